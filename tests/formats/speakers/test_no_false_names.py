"""Texts in which nobody speaks: nothing in them is taken for a name."""

import pytest

from panels.formats import registry
from panels.formats.base import Source

TEXTS = {
    "notes": "# Notes\n\nDate: 3 May\nPlace: Hall 3\n\nTotal: 300\nSpent: 200\nTotal: 100\nSpent: 90\n",
    "recipe": "Ingredients:\n\nFlour: 300 g\n\nTip: use warm milk.\n\nTip: let it rest.\n",
    "questions": "# FAQ\n\n## What is it?\n\nIt is this.\n\n## Why so?\n\nBecause.\n",
    "essay": "There was a question: why?\n\nThe answer is simple: because.\n\nThe answer is simple: again.\n",
    "code": "Some words.\n\n```\nkey: value\nother: thing\nkey: value\n```\n\nMore words.\n",
    "letter": "Dear Jane,\n\nthank you: it was good.\n\nPS: see you.\n\nYours,\nKim\n",
    "schedule": "09:00 Opening\n10:30 Coffee break\n11:00 Panel\n12:00 Lunch\n13:00 Coffee break\n14:00 Lunch\n",
    "fields": "title: A talk\nspeaker: Jane\n\nThis is what was said there, and it goes on.\n",
    "asides": "[Music]\n\nHello.\n\n[Laughter] Yes.\n\n[Laughter] No.\n\n[Applause] Bye.\n\n[Applause] Now.\n",
    "table": "Item\tPrice\nApples\t3\nPears\t4\nApples\t5\nPears\t6\n",
    "report": "# Report\n\n## Data\n\nText.\n\n## Methods\n\nText.\n\n## Data\n\nText.\n\n## Methods\n\nText.\n",
    "warnings": "**Note** that it is so.\n\n**Note** again.\n\n**Important:** read this.\n\n**Important:** and this.\n",
    "changes": "Added: a thing\n\nFixed: a bug\n\nAdded: another\n\nFixed: another bug\n",
    "glossary": "# Terms\n\nHarbour — A place for ships.\n\nRoof — Tiles.\n\nHarbour — An airport.\n\nRoof — Slates.\n",
    "reports": "London — The minister spoke.\n\nParis — Nobody did.\n\nLondon — He spoke again.\n\nParis — Nothing.\n",
    "programme": "Ida Krane – The harbour\nBen Marsh – Of roofs\nIda Krane – More roofs\nBen Marsh – The end\n",
    "parts": "Core – Fixed the reader.\n\nDocs – Wrote a page.\n\nCore – Fixed it again.\n\nDocs – Another page.\n",
    "streets": "Market Street — Closed.\n\nHarbour Lane — Open.\n\nMarket Street — Open.\n\nHarbour Lane — Shut.\n",
    "apart": "The harbour — it is old — lies there.\n\nIda Krane — who had been there — said nothing.\n\n"
    "The harbour — it is busy.\n\nIda Krane — who left — came back.\n",
    "diary": "Monday: rain.\n\nTuesday: sun.\n\nMonday: rain again.\n\nTuesday: sun again.\n",
    "german": "Thema: Regen\n\nFazit: nass.\n\nThema: Sonne\n\nFazit: warm.\n",
    "chinese": "问题有三：价格、质量。\n\n首先：价格高。\n\n其次：质量差。\n\n首先：又高。\n\n结论：不买。\n",
    "subtitles": "1\n00:00:01,000 --> 00:00:02,000\n(LAUGHTER) Yes.\n\n2\n"
    "00:00:03,000 --> 00:00:04,000\n(LAUGHTER) No.\n\n"
    "3\n00:00:05,000 --> 00:00:06,000\n[Door Opens] So.\n\n4\n00:00:07,000 --> 00:00:08,000\nThat is: all.\n",
    "page": "<title>News</title><p><b>Exampletown.</b> It rained.</p><p><b>Background</b></p><p>It rains often.</p>",
}


@pytest.mark.parametrize("case", TEXTS)
def test_nobody_is_named(case: str) -> None:
    transcript = registry.read(Source.of(TEXTS[case]))

    turns = [turn for exchange in transcript.exchanges for turn in (exchange.question, *exchange.answers) if turn]
    assert [turn.label for turn in turns if turn.label] == []
