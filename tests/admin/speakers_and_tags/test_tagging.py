"""Many questions or answers tagged at once on the desk."""

import pytest
from django.test import Client

from panels.models import Answer, Tag
from tests.builders import make_editor, make_session

pytestmark = pytest.mark.django_db


def press(who: Client, **data: object) -> str:
    chosen = list(Answer.objects.order_by("pk").values_list("pk", flat=True))
    response = who.post(
        "/admin/panels/answer/", {"action": "tag_selected", "_selected_action": chosen, **data}, follow=True
    )
    return " ".join(response.content.decode().split())


def test_it_asks_for_the_tags_first(desk: Client) -> None:
    make_session(1, 3)

    page = press(desk)

    assert "3 passages" in page
    assert 'name="tags"' in page
    assert 'value="tag_selected"' in page


def test_tags_are_given_and_taken_away(desk: Client) -> None:
    event, tag = make_session(1, 3), Tag.objects.create(name="Keyboard shortcuts")
    event.answers.get(anchor="q1-a1").tags.add(tag)

    assert "2 passages were changed." in press(desk, do="add", tags=[tag.pk])
    assert all(answer.tags.get() == tag for answer in Answer.objects.all())

    assert "3 passages were changed." in press(desk, do="remove", tags=[tag.pk])
    assert not any(answer.tags.exists() for answer in Answer.objects.all())


def test_without_a_tag_it_asks_again(desk: Client) -> None:
    make_session(1, 1)

    assert "errorlist" in press(desk, do="add")
    assert "errorlist" in press(desk, do="add", tags=["999999"])


def test_what_one_may_not_change_stays_as_it_is() -> None:
    mine, theirs = make_session(1, 1, status="draft", published_at=None), make_session(1, 1)
    tag, contributor = Tag.objects.create(name="Keyboard shortcuts"), Client()
    contributor.force_login(make_editor("contributor", role="Contributor"))

    assert "1 passage that you cannot change is left as it is." in press(contributor)
    press(contributor, do="add", tags=[tag.pk])

    assert mine.answers.get().tags.exists()
    assert not theirs.answers.get().tags.exists()
