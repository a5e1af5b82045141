"""Merging on the desk: listed, looked at, done, undone."""

import pytest
from django.test import Client

from panels.models import Merge, Speaker, Tag
from tests.builders import make_editor, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Speaker, Speaker]:
    short, whole = make_speaker("J. Doe"), make_speaker("Jane Doe")
    make_session(2, 2, speakers=[short, make_speaker("Kim")], slug="night-opening", title="Night opening")
    return short, whole


def transcript_at_version(desk: Client, gone: Speaker, kept: Speaker) -> dict[str, str]:
    """What the page would send that shows what merging moves."""
    page = desk.get(f"/admin/panels/speaker/merge/?of={gone.pk},{kept.pk}&into={kept.pk}")
    return {"of": page.context["of"], "into": str(kept.pk), "version": page.context["version"]}


def test_likely_duplicates_are_listed_with_why_and_the_way_to_merge_them(
    desk: Client, two: tuple[Speaker, Speaker]
) -> None:
    page = desk.get("/admin/panels/speaker/duplicates/").content.decode()

    assert "initials" in page
    assert f"/admin/panels/speaker/merge/?of={two[0].pk},{two[1].pk}" in page
    assert "/admin/panels/speaker/duplicates/" in desk.get("/admin/panels/speaker/").content.decode()
    Tag.objects.create(name="Archive")
    assert "No likely duplicates" in desk.get("/admin/panels/tag/duplicates/").content.decode()


def test_nobody_is_merged_before_somebody_has_looked(desk: Client, two: tuple[Speaker, Speaker]) -> None:
    short, whole = two
    response = desk.post(
        "/admin/panels/speaker/", {"action": "merge_selected", "_selected_action": [short.pk, whole.pk]}
    )
    page = desk.get(response["Location"] + f"&into={whole.pk}").content.decode()

    assert "Merge “J. Doe” into “Jane Doe”" in " ".join(page.split())
    assert "1 panelists, 2 answers" in page
    assert "Night opening" in page
    assert Speaker.objects.filter(pk=short.pk).exists()

    merged = desk.post("/admin/panels/speaker/merge/", transcript_at_version(desk, short, whole))

    assert merged["Location"] == f"/admin/panels/speaker/{whole.pk}/change/"
    told = desk.get(merged["Location"]).content.decode()
    assert "Merged: J. Doe → Jane Doe" in told
    assert f'<a href="/admin/panels/merge/{Merge.objects.get().pk}/change/">Undo merge</a>' in told
    assert not Speaker.objects.filter(pk=short.pk).exists()
    assert whole.answers.count() == 2


def test_a_merge_is_undone_on_its_page(desk: Client, two: tuple[Speaker, Speaker]) -> None:
    short, whole = two
    desk.post("/admin/panels/speaker/merge/", transcript_at_version(desk, short, whole))
    merge_record = Merge.objects.get()
    assert "Undo merge" in desk.get(f"/admin/panels/merge/{merge_record.pk}/change/").content.decode()

    page = desk.post(f"/admin/panels/merge/{merge_record.pk}/undo/", follow=True).content.decode()

    assert "Merge undone: “J. Doe” restored." in page
    assert "Undo merge" not in page
    assert short.answers.count() == 2
    assert (
        "This merge has already been undone."
        in desk.post(f"/admin/panels/merge/{merge_record.pk}/undo/", follow=True).content.decode()
    )


@pytest.mark.parametrize("of", ["", "x", "1", "999999999999999,999999999999998", "9" * 40])
def test_less_than_two_are_not_merged(of: str, desk: Client, two: tuple[Speaker, Speaker]) -> None:
    response = desk.get(f"/admin/panels/speaker/merge/?of={of}", follow=True)

    assert "Select at least two to merge." in response.content.decode()
    assert Speaker.objects.count() == 3


def test_a_contributor_merges_nothing_and_undoes_nothing(desk: Client, two: tuple[Speaker, Speaker]) -> None:
    contributor = Client()
    contributor.force_login(make_editor("contributor", role="Contributor"))
    data = transcript_at_version(desk, *two)

    assert contributor.post("/admin/panels/speaker/merge/", data).status_code == 403
    desk.post("/admin/panels/speaker/merge/", data)
    undoing = f"/admin/panels/merge/{Merge.objects.get().pk}/undo/"
    assert contributor.post(undoing).status_code == 403
    assert "Undo merge" not in contributor.get(undoing.replace("undo", "change")).content.decode()
