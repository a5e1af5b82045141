import pytest
from django.core.management import CommandError, call_command

from panels.editorial.importing import apply, plan
from panels.editorial.publishing.checklist import checklist
from panels.models import Event
from panels.transcript import Exchange, Transcript, Turn

pytestmark = pytest.mark.django_db

CHINESE = "我们在夜里开放阅览室，因为白天工作的人要求这样。"


def stored(title: str, text: str, language: str) -> Event:
    answers = (Turn(text=text),)
    exchanges = (Exchange(question=None, answers=answers),)
    return apply(plan(Transcript(title=title, language=language, exchanges=exchanges)))


def test_sessions_in_another_script_than_their_language_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    stored("Right", CHINESE, "zh-Hans")
    stored("English", "We opened the reading room at night.", "en")
    event = stored("Wrong", CHINESE, "en")

    with pytest.raises(CommandError, match="1 in another script than their language says"):
        call_command("check_languages")

    assert capsys.readouterr().out == "wrong: en, probably zh-Hans\n"
    assert "The text is not written in the script of its language (en)." in [one.text for one in checklist(event)]


def test_it_finds_nothing_where_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    event = stored("Right", CHINESE, "zh-Hans")

    call_command("check_languages")

    assert capsys.readouterr().out == "every session is in the script of its language\n"
    assert not [one for one in checklist(event) if "script" in one.text]


def test_sessions_in_the_trash_are_not_looked_at() -> None:
    event = stored("Wrong", CHINESE, "en")
    Event.objects.filter(pk=event.pk).update(status=Event.Status.BINNED)

    call_command("check_languages", verbosity=0)
