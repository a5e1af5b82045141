"""Variants of one name are one person in every shape of file, and one name with two organisations stays two."""

import pytest

from panels.formats import registry
from panels.formats.base import Source
from panels.transcript import Transcript

VARIANTS = ("Ida Krane (idak)", "Ida Krane", "Dr. Ida Krane", "IDA KRANE", "Ida Krane (Mill Ltd)")
NAMESAKES = ("Ida Krane (Mill Ltd)", "Ida Krane (Harbour Club)")


def _ttml(names: tuple[str, ...]) -> str:
    agents = "".join(f'<agent xml:id="a{at}"><name>{name}</name></agent>' for at, name in enumerate(names))
    cues = "".join(
        f'<p begin="{at}s" end="{at + 1}s" agent="a{at}">Lamp number {at} is lit.</p>' for at in range(len(names))
    )
    return (
        f'<tt xmlns="http://www.w3.org/ns/ttml"><head><metadata>{agents}</metadata></head>'
        f"<body><div>{cues}</div></body></tt>"
    )


def _ass(names: tuple[str, ...]) -> str:
    cues = "".join(
        f"Dialogue: 0,0:00:0{at}.00,0:00:0{at + 1}.00,Default,{name},0,0,0,,Lamp number {at} is lit.\n"
        for at, name in enumerate(names)
    )
    order = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
    return f"[Script Info]\nTitle: Lamps\n\n[Events]\nFormat: {order}\n{cues}"


def _elan(names: tuple[str, ...]) -> str:
    slots = "".join(f'<TIME_SLOT TIME_SLOT_ID="t{at}" TIME_VALUE="{at}000"/>' for at in range(len(names) + 1))
    tiers = "".join(
        f'<TIER TIER_ID="{name}" PARTICIPANT="{name}"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{at}" '
        f'TIME_SLOT_REF1="t{at}" TIME_SLOT_REF2="t{at + 1}"><ANNOTATION_VALUE>Lamp number {at} is lit.'
        f"</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>"
        for at, name in enumerate(names)
    )
    return f"<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>"


def _table(names: tuple[str, ...]) -> str:
    rows = "".join(f"<tr><td>{name}</td><td>Lamp number {at} is lit.</td></tr>" for at, name in enumerate(names))
    return f"<html><body><table><tr><th>Speaker</th><th>Text</th></tr>{rows}</table></body></html>"


def _csv(names: tuple[str, ...]) -> str:
    return "speaker,text\n" + "".join(f'"{name}",Lamp number {at} is lit.\n' for at, name in enumerate(names))


def _vtt(names: tuple[str, ...]) -> str:
    return "WEBVTT\n\n" + "".join(
        f"00:00:0{at}.000 --> 00:00:0{at + 1}.000\n<v {name}>Lamp number {at} is lit.\n\n"
        for at, name in enumerate(names)
    )


def _dialogue(names: tuple[str, ...]) -> str:
    return "".join(f"{name}: Lamp number {at} is lit.\n\n" for at, name in enumerate((*names, *names)))


SHAPES = {
    "ttml": _ttml,
    "ass": _ass,
    "eaf": _elan,
    "html": _table,
    "csv": _csv,
    "vtt": _vtt,
    "txt": _dialogue,
}


def read(shape: str, names: tuple[str, ...]) -> Transcript:
    return registry.read(Source(SHAPES[shape](names).encode(), f"lamps.{shape}"))


@pytest.mark.parametrize("shape", SHAPES)
def test_variants_of_one_name_are_one_person(shape: str) -> None:
    transcript = read(shape, VARIANTS)

    assert {turn.speaker for turn in transcript.turns} == {"Ida Krane"}
    assert [person.name for person in transcript.panelists] == ["Ida Krane"]
    assert transcript.panelists[0].organisation == "Mill Ltd"


@pytest.mark.parametrize("shape", SHAPES)
def test_one_name_with_two_organisations_is_two_people(shape: str) -> None:
    assert {turn.speaker for turn in read(shape, NAMESAKES).turns} == {"Ida Krane", "Ida Krane (Harbour Club)"}
