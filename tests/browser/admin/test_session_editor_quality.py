"""Every page of the desk × theme × language, on a tablet: no accessibility fault, nothing wider than the window."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from panels.editorial.history.row_history import changing, delete, version_of
from panels.editorial.saving.corrections import ChangeNote
from panels.editorial.session_editor.saving import save
from panels.editorial.speakers_and_tags.merge import merge
from panels.models import Event, Merge, RowRevision, Speaker, Tag
from tests.browser.test_quality import LOCALES, faults_of, in_every_look, window_beside

pytestmark = [pytest.mark.looks, pytest.mark.slow]

WIDTHS = (820, 1280)
DJANGOS = ("#searchbar", "select2", "empty-table-header")
"""What axe-core finds in the lists and forms of Django itself: the search, its autocomplete, headings of columns."""


@pytest.fixture
def work(site: str, editor_at_work: User) -> Event:
    """A session that was changed twice and is corrected; two names that may be one, and two that were made one."""
    event = Event.objects.get(slug="library-round-table-2021-09-18")
    for text in ("Other words.", "Words again."):
        step = {"do": "edit", "at": "q1-a1", "fields": {"text": text}}
        save(event, [step], version=event.version.number, by=editor_at_work, change_note=ChangeNote(same_meaning=True))
        event = Event.objects.get(pk=event.pk)
    merge(Speaker.objects.create(name="Kimm", slug="kimm"), Speaker.objects.get(slug="kim"), by=editor_at_work)
    jane = Speaker.objects.create(name="Doe, Jane", slug="doe-jane")
    for words in ("Archivist. Keeps the minutes.", "Archivist: keeps the maps of the city.\n\nAnd the *minutes*."):
        with changing(Speaker, jane.pk, version=version_of(jane), by=editor_at_work):
            Speaker.objects.filter(pk=jane.pk).update(biography=words, family_name="Doe")
        jane.refresh_from_db()
    Tag.objects.create(name="Library")
    delete(Tag.objects.create(name="Night opening"), by=editor_at_work)
    return event


def faults_beside_djangos(page: Page) -> list[str]:
    return [fault for fault in faults_of(page) if not any(one in fault for one in DJANGOS)]


def addresses_of(event: Event) -> dict[str, str]:
    """Of the pages that an editor comes to, by name."""
    jane, other = Speaker.objects.filter(name__in=["Jane Doe", "Doe, Jane"])
    one, two = Tag.objects.filter(slug__in=["libraries", "library"])
    here = f"event/{event.pk}"
    rows = {"event": event, "speaker": jane, "tag": one}
    lists = (*rows, "question", "answer", "panelist", "correction", "merge", "importdraft")
    return {
        "front page": "../",
        **{f"list of {name}s": f"{name}/" for name in lists},
        **{f"form of {name}": f"{name}/{row.pk}/change/" for name, row in rows.items()},
        "new event": "event/add/",
        "list, searched and narrowed": "event/?q=library&status__exact=published",
        "list without any": "event/?q=nothing",
        "deleting": f"tag/{two.pk}/delete/",
        "session": f"{here}/editor/?edit=q1-a1&edit=q2&comment=q1-a2",
        "text": f"{here}/text/",
        "publication": f"{here}/publication/",
        "bin": f"{here}/trash/",
        "history": f"{here}/history/",
        "comparison": f"{here}/history/?old=1&new=3",
        "import": "event/import/",
        "duplicates": "speaker/duplicates/",
        "duplicate tags": "tag/duplicates/",
        "merging": f"speaker/merge/?of={jane.pk},{other.pk}&into={jane.pk}",
        "merging tags": f"tag/merge/?of={one.pk},{two.pk}&into={one.pk}",
        "history of speaker": f"speaker/{other.pk}/history/",
        "comparison of speaker": f"speaker/{other.pk}/history/?old=1&new=3",
        "history of deleted tag": f"tag/{RowRevision.objects.get(reason='deleted').key}/history/",
        "deleted tags": "tag/deleted/",
        "deleted speakers": "speaker/deleted/",
        "list of row versions": "rowrevision/",
        "merge_record": f"merge/{Merge.objects.latest('pk').pk}/change/",
    }


@pytest.mark.parametrize("language", LOCALES)
def test_the_desk_is_for_everyone(language: str, work: Event, site: str, page: Page) -> None:
    with window_beside(page, language) as window:
        shots = os.environ.get("SCREENSHOTS")
        for name, path in addresses_of(work).items():
            answer = window.goto(f"{site}/admin/panels/{path}")
            assert answer
            assert answer.status == 200
            for look in in_every_look(window, *WIDTHS):
                if look.endswith(f"-{WIDTHS[0]}"):
                    assert faults_beside_djangos(window) == [], (name, look)
                if shots:
                    window.screenshot(path=Path(shots) / f"{name}-{language}-{look}.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_conflict_is_for_everyone(scheme: str, work: Event, site: str, page: Page) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{site}/admin/panels/event/{work.pk}/change/")
    Event.objects.filter(pk=work.pk).update(title="Renamed meanwhile", publisher="Somebody else")
    page.get_by_label("Title:", exact=True).fill("Renamed here")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="Compare before you save")).to_be_visible()
    expect(page.get_by_label("Title:", exact=True)).to_have_value("Renamed here")
    assert faults_beside_djangos(page) == []
    for width in (390, *WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if shots := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(shots) / f"conflict-{scheme}-{width}.png", full_page=True)

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert Event.objects.get(pk=work.pk).title == "Renamed here"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_giving_tags_to_many_is_for_everyone(scheme: str, work: Event, site: str, page: Page) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{site}/admin/panels/answer/?event__id__exact={work.pk}")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("tag_selected")
    page.locator(".actions button[name=index]").click()  # Django 6.1 calls it otherwise than 5.2
    expect(page.get_by_role("heading", name="Tags", exact=True)).to_be_visible()
    assert faults_beside_djangos(page) == []
    if shots := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(shots) / f"tagging-{scheme}.png")


@pytest.mark.parametrize("language", LOCALES)
def test_a_conflict_about_a_row_is_for_everyone(language: str, work: Event, site: str, page: Page) -> None:
    """What was typed, and what the other editor changed; then the same of a speaker who is gone."""
    jane = Speaker.objects.get(slug="doe-jane")
    with window_beside(page, language) as window:
        for name, others in {"conflict": {"biography": "Theirs, in other words."}, "gone": {}}.items():
            window.goto(f"{site}/admin/panels/speaker/{jane.pk}/change/")
            window.locator("[name=biography]").fill("Mine.")
            if others:
                Speaker.objects.filter(pk=jane.pk).update(**others)
            else:
                delete(Speaker.objects.get(pk=jane.pk), by=None)
            window.locator("[name=_continue]").click()
            expect(window.locator(".errornote").first).to_be_visible()
            for look in in_every_look(window, 390, *WIDTHS):
                if look.endswith(f"-{WIDTHS[0]}"):
                    assert faults_beside_djangos(window) == [], (name, look)
                if shots := os.environ.get("SCREENSHOTS"):
                    window.screenshot(path=Path(shots) / f"{name}-{language}-{look}.png", full_page=True)
