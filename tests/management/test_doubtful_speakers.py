import pytest
from django.core.management import call_command

from tests.builders import make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


def test_labels_joined_over_sessions_are_listed_the_most_sessions_first(capsys: pytest.CaptureFixture[str]) -> None:
    joined, asker, once, person = (make_speaker(name) for name in ("PW", "Ida", "Ben", "Ida Krane"))
    organisation = make_speaker("BBC", kind="organisation")
    for title in ("First", "Second", "Third", "Fourth"):
        make_session(speakers=[joined, person, organisation], title=title, slug=title.lower())
    make_session(speakers=[once], title="Fifth", slug="fifth")
    for slug in ("first", "fifth"):
        make_question(joined.panelists.model.objects.filter(event__slug=slug)[0].event, asked_by=asker)

    call_command("doubtful_speakers")

    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "PW (pw): 4 sessions: first, fourth, second, …",
        f"    split: /admin/panels/speaker/{joined.pk}/split/",
        "Ida (ida): 2 sessions: fifth, first",
        f"    split: /admin/panels/speaker/{asker.pk}/split/",
    ]
    assert said.err == "2 doubtful speakers\n"
