"""A corrected file of any shape: one changed word is one change, and nothing that was decided is asked again."""

import json
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from panels.models import Event
from tests.admin.importing.test_importing import PATH, page_of, press

pytestmark = pytest.mark.django_db

Turns = list[tuple[str, str]]
TURNS = [
    ("IK", "Welcome to all of you. What did the storm do to the harbour?"),
    ("Ben Marsh", "It took the old pier, and it left the boats where they lay."),
    ("BM", "And the wall behind it stands as if nothing had happened."),
    ("IK", "Does it cost much to build it again, compared with the flood?"),
    ("Ben Marsh", "Less than one would think, since the stones are all there."),
    ("IK", "Who pays for it in the end?"),
    ("Speaker 2", "Nobody asks for more than that."),
]
SETTLED = {"title": "The harbour", "date": "2019-05-11"}


def vtt(turns: Turns) -> str:
    cues = [f"00:0{place}:01.000 --> 00:0{place}:09.000\n<v {name}>{text}" for place, (name, text) in enumerate(turns)]
    return "\n\n".join(["WEBVTT", *cues])


def srt(turns: Turns) -> str:
    times = [f"00:0{place}:01,000 --> 00:0{place}:09,000" for place in range(len(turns))]
    return "\n\n".join(
        f"{place}\n{times[place - 1]}\n{name}: {text}" for place, (name, text) in enumerate(turns, start=1)
    )


def txt(turns: Turns) -> str:
    return "\n\n".join(["The harbour", *(f"{name}: {text}" for name, text in turns)])


def with_times(turns: Turns) -> str:
    return "\n\n".join(f"{name}  0:{place:02}\n{text}" for place, (name, text) in enumerate(turns, start=1))


def html(turns: Turns) -> str:
    paragraphs = [f"<p><b>{name}:</b> {text}</p>" for name, text in turns]
    return "\n".join(["<html><body><h1>The harbour</h1>", *paragraphs, "</body></html>"])


def recognised(turns: Turns) -> str:
    segments = [
        {"start": 9.0 * place, "end": 9.0 * place + 8, "speaker": name, "text": text}
        for place, (name, text) in enumerate(turns)
    ]
    return json.dumps({"segments": segments})


SHAPES: dict[Callable[[Turns], str], str] = {
    vtt: "vtt",
    srt: "srt",
    txt: "txt",
    with_times: "txt",
    html: "html",
    recognised: "json",
}


@pytest.mark.parametrize("written", SHAPES)
def test_one_corrected_word_is_one_change(desk: Client, written: Callable[[Turns], str]) -> None:
    address = upload(desk, PATH, SHAPES[written], written(TURNS))
    accept_all_proposals(desk, address)
    names = re.findall(r'name="(voice-[^"]+)"', page_of(desk, address))
    assert names, "nobody asks who BM, IK and Speaker 2 are"
    people = dict(zip(names, ("Ida Krane", "Ben Marsh", "Ana Pinto"), strict=False))
    press(desk, address, "step", "voices", **SETTLED, **people)
    press(desk, address, "store", **SETTLED)
    event = Event.objects.get()
    corrected = [(name, text.replace("boats", "ships")) for name, text in TURNS]

    page = page_of(desk, upload(desk, f"{PATH}?event={event.pk}", SHAPES[written], written(corrected)))

    assert re.findall("<(?:ins|del)>(.*?)</(?:ins|del)>", page) == ["boats", "ships"]
    assert page.count('class="change') == 1
    for heading in ("Who is who?", "Proposed for removal", "Speakers and questions to check", "no speaker"):
        assert heading not in page


def upload(desk: Client, address: str, extension: str, content: str) -> str:
    file = SimpleUploadedFile(f"harbour.{extension}", content.encode())
    return str(desk.post(address, {"file": file})["Location"])


def accept_all_proposals(desk: Client, address: str) -> None:
    while proposals := re.findall(r'name="step" value="(proposal [^"]+)"', page_of(desk, address)):
        press(desk, address, "step", proposals[0], **SETTLED)
