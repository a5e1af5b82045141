"""Lists under a tag, whether few or many passages have it."""

import pytest
from django.test import Client

from panels.api import filters
from tests.builders import make_answer, make_event, make_question, make_session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("few", [1, 5_000])
@pytest.mark.parametrize("kind", ["answers", "questions"])
def test_passages_of_a_tag_are_listed_once_however_they_have_it(
    kind: str, few: int, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "_FEW", few)
    by_event, by_question, by_answer, other = (make_session(title=f"Session {number}") for number in range(4))
    for tagged in (by_event, by_event.answers.get(), by_question.questions.get(), by_answer.answers.get()):
        tagged.tags.add("Archives")
    other.tags.add("Other")
    draft = make_event()
    draft.tags.add("Archives")
    make_answer(make_question(draft))

    listed: list[str] = []
    url = f"/api/v1/{kind}/?tag=archives&limit=1"
    while url:
        page = client.get(url).json()
        listed += [one["event"]["slug"] for one in page["items"]]
        url = page["next"] or ""

    expected = [by_answer, by_question, by_event] if kind == "answers" else [by_question, by_event]
    assert listed == [event.slug for event in expected]
