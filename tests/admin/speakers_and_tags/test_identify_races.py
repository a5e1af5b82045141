"""Labels identified while somebody else identifies, merges, splits or undoes, truly at once, on either database."""

from functools import partial
from typing import Any

import pytest
from django.test import Client

from panels.editorial.speakers_and_tags.identifying import IdentifyError, identify, take_back
from panels.editorial.speakers_and_tags.merge import merge
from panels.editorial.speakers_and_tags.split import split
from panels.models import Event, Speaker
from tests.admin.speakers_and_tags.versioned import signed_in
from tests.builders import make_answer, make_event, make_question, make_speaker
from tests.racing import ROUNDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/admin/panels/speaker/unidentified/"
WHY = "The programme says so."


def make_labelled() -> tuple[Event, Speaker]:
    event = make_event(programme="Lantern Talks")
    label = make_speaker("IK", session=event)
    make_answer(make_question(event, asked_by=label), speaker=label)
    return event, label


def make_speaking(name: str) -> Speaker:
    """A speaker of two sessions."""
    speaker = make_speaker(name)
    for _session in range(2):
        make_answer(make_question(), speaker=speaker)
    return speaker


def or_refused(labels: list[Speaker], who: Speaker) -> Any:
    try:
        return identify(labels, who, evidence=WHY, by=None)
    except IdentifyError:
        return None


def test_of_two_who_identify_one_label_one_does() -> None:
    clients: list[Client] = [signed_in("ann"), signed_in("ben")]
    for _round in range(ROUNDS):
        event, label = make_labelled()
        chosen = [make_speaker("Ida Krane"), make_speaker("Ilse Kern")]
        sent = [{"label": label.pk, "who": who.pk, "evidence": WHY, "scope": "session"} for who in chosen]

        answers = at_once(*(partial(who.post, PAGE, data) for who, data in zip(clients, sent, strict=True)))

        assert sorted(answer.status_code for answer in answers) == [302, 422]
        assert event.answers.get().speaker in chosen
        assert event.answers.get().speaker == event.questions.get().asked_by
        assert event.revisions.count() == 2


def test_a_label_is_identified_while_the_speaker_is_merged() -> None:
    for _round in range(ROUNDS):
        (event, label), gone, kept = make_labelled(), make_speaking("Ida Krane"), make_speaking("Ida M. Krane")

        done, _merged = at_once(partial(or_refused, [label], gone), partial(merge, gone, kept, by=None))

        assert event.answers.get().speaker == (kept if done else label)
        assert not Speaker.objects.filter(pk=gone.pk).exists()


def test_a_label_is_identified_while_the_speaker_is_split() -> None:
    for _round in range(ROUNDS):
        (event, label), who = make_labelled(), make_speaking("Ida Krane")
        session = who.answers.order_by("pk").values_list("event", flat=True)[0]
        other = Speaker(name="Ida Krane", note="painter")

        done, made = at_once(
            partial(or_refused, [label], who), partial(split, who, [session], other, keeps_url=True, by=None)
        )

        assert done
        assert event.answers.get().speaker == who
        assert list(Event.objects.filter(answers__speaker=made.target_key)) == [Event.objects.get(pk=session)]


def test_identifications_of_one_session_are_undone_at_once() -> None:
    for _round in range(ROUNDS):
        event, label = make_labelled()
        other = make_speaker("BM", session=event)
        make_answer(event.questions.get(), speaker=other)
        done = [
            identify([one], make_speaker(name), evidence=WHY, by=None)
            for one, name in ((label, "Ida Krane"), (other, "Ben Marsh"))
        ]

        at_once(*(partial(take_back, one, by=None) for one in done))

        assert list(event.answers.order_by("position").values_list("speaker", flat=True)) == [label.pk, other.pk]
