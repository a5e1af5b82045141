"""What is mutated: the samples, sessions in every format that can be written, and seeds that are hostile by hand."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

from panels.formats.registry import FORMATS
from panels.transcript import (
    Attribution,
    Candidate,
    CorrectionEntry,
    Exchange,
    PanelMember,
    Role,
    Transcript,
    Turn,
    Unread,
)
from tests.torture.seeds_of_documents import documents
from tests.torture.seeds_of_tools import CAPTIONS, RECORDS

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
_WORD_BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def seeds() -> dict[str, bytes]:
    """Every seed by its name."""
    found = {path.name: path.read_bytes() for path in sorted(SAMPLES.rglob("*")) if path.is_file()}
    for session in (PANEL, CHINESE):
        for known in FORMATS:
            if known.write:
                written = known.write(session)
                raw = written.encode() if isinstance(written, str) else written
                found[f"{session.language}{known.suffix}"] = raw
    found |= {name: text.encode() for name, text in (TEXTS | CAPTIONS | RECORDS).items()}
    found["cyrillic.srt"] = "1\n00:00:01,000 --> 00:00:02,000\nИван: Да, это так.\n".encode("windows-1251")
    found |= documents()
    return found | {"table.docx": word(_WORD_BODY.format(_WORD_TABLE)), "stored.zip": word("no document at all")}


def word(document: str, **parts: str) -> bytes:
    """A Word document of nothing but its parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return packed.getvalue()


PANEL = Transcript(
    title="Parks after the flood",
    date=dt.date(2021, 9, 18),
    language="en",
    introduction="Two gardeners & a *moderator* met.\n\n- soil\n- seeds",
    licence="CC BY 4.0",
    tags=("parks", "water"),
    panelists=(
        PanelMember(name="Erika Mustermann", role=Role.MODERATOR, labels=("EM",)),
        PanelMember(name="Jane Doe", title="gardener", organisation="Parks, Ltd"),
        PanelMember(name="Kim", role=Role.AUDIENCE),
    ),
    exchanges=(
        Exchange(question=None, answers=(Turn(text="Welcome.", speaker="Erika Mustermann", time=0.5),)),
        Exchange(
            question=Turn(text="What grows **now**?", anchor="q1", time=12.25, tags=("soil",)),
            answers=(
                Turn(
                    text="Grass.\n\n> And `moss`.",
                    label="JD",
                    speaker="Jane Doe",
                    attribution=Attribution.INFERRED,
                    evidence="her voice",
                    anchor="q1-a1",
                    time=15.0,
                ),
                Turn(text="1. Ferns <b>?", candidates=(Candidate(name="Kim", evidence="answers last"),), time=3600.0),
            ),
            follow_up=True,
        ),
    ),
    corrections=(CorrectionEntry(date=dt.date(2021, 10, 1), note="A name was misspelt.", anchor="q1-a1"),),
    unread=(Unread(line=7, text="Share this", reason="of the site"),),
)
CHINESE = Transcript(
    title="城市的夜晚",
    language="zh-Hans",
    panelists=(PanelMember(name="张三"), PanelMember(name="李四", original_name="李四")),
    exchanges=(
        Exchange(
            question=Turn(text="夜里开放的图书馆有人来吗？", time=1.0),
            answers=(
                Turn(text="有，多半是学生。", label="张三", speaker="张三", attribution=Attribution.STATED, time=5.0),
                Turn(text="也有下夜班的人。", label="李四", speaker="李四", attribution=Attribution.STATED, time=9.0),
            ),
        ),
    ),
)

_WORD_TABLE = "".join(
    f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{name}</w:t></w:r></w:p></w:tc>"
    f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    for name, text in (("Jane Doe", "Nothing to add to that."), ("Kim", "Nor have I."), ("Jane Doe", "So be it."))
)

TEXTS = {
    "laughs.xml": (
        '<?xml version="1.0"?><!DOCTYPE akomaNtoso [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;'
        '">]><akomaNtoso><debate><debateBody><speech><from>Kim</from><p>&b;&nbsp;</p></speec'
        "h></debateBody></debate></akomaNtoso>"
    ),
    "outside.xml": (
        '<!DOCTYPE TEI SYSTEM "file:///etc/hostname" [<!ENTITY x SYSTEM "file:///etc/hostnam'
        'e">]><TEI><text><body><u who="#Kim">&x; said</u></body></text></TEI>'
    ),
    "tei.xml": (
        '<TEI xml:lang="en"><text><body><head>Tides</head><note type="speaker">Kim:</note><u'
        ' who="#Kim">High.<kinesic>Laughter</kinesic></u></body></text></TEI>'
    ),
    "publicwhip.xml": (
        '<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE publicwhip [<!ENTITY ndash "&#'
        '8211;">]><publicwhip><major-heading id="a">Tides</major-heading><speech id="b" spea'
        'kername="Kim" time="014:30:00"><p>High &ndash; and low.</p></speech></publicwhip>'
    ),
    "editing_session.trs": (
        '<Trans><Speakers><Speaker id="s1" name="Kim"/></Speakers><Episode><Section><Turn sp'
        'eaker="s1" startTime="0.5" endTime="2"><Sync time="0.5"/>High.<Event desc="noise"/>'
        "Low.</Turn></Section></Episode></Trans>"
    ),
    "whisper.json": (
        '{"language":"en","segments":[{"start":0.5,"end":2,"text":" High.","speaker":"SPEAKE'
        'R_00"},{"start":1e999,"end":-1,"text":" Low.","speaker":1}]}'
    ),
    "amazon.json": (
        '{"results":{"items":[{"start_time":"0.5","alternatives":[{"content":"High"}]}],"spe'
        'aker_labels":{"segments":[{"items":[{"start_time":"0.5","speaker_label":"spk_0"}]}]'
        "}}}"
    ),
    "google.json": (
        '{"results":[{"alternatives":[{"words":[{"startTime":{"seconds":"1e9","nanos":5},"wo'
        'rd":"High","speakerTag":1}]}]}]}'
    ),
    "case.oyez.json": (
        '{"title":"One v. Two (2001-02-03)","transcript":{"sections":[{"turns":[{"start":1,"'
        'speaker":{"name":"Kim","roles":[{"role_title":"Chief"}]},"text_blocks":[{"text":"Hi'
        'gh."}]}]}]}}'
    ),
    "captions.vtt": (
        "WEBVTT - Tides\n\nNOTE about\nDate: 2021-09-18\n"
        "\n1\n00:00:01.000 --> 99999999:59:59.000\n<v Kim>High <b>and</b> low.\n"
        "\n00:05.000 --> 00:06.000\n<v.loud Jane Doe>No &amp; yes"
    ),
    "captions.srt": (
        "1\n00:00:01,000 --> 00:00:02,000\nKim: High.\n\n2\n00:00:03,000 --> 00:00:04,000\nJane Doe: Low.\n"
    ),
    "table.csv": (
        'Speaker,Time,Text,Note\nKim,0:01,"High, ""very"" high",x\n,0:05,"and\nlow",\nJane Doe,1:00:00,No.,y\n'
    ),
    "chat.txt": (
        '10:00:01\tKim:\tHigh.\n10:00:05\tJane Doe:\tReplying to "High."\n\nLow.\n10:00:09 From Kim to Everyone: ok\n'
    ),
    "channel.log": (
        "[10:00] <kim> high\n[10:01] * kim waves\n[10:01] <jane> low\n2020-01-01 10:02 -!- kim has joined\n"
    ),
    "head.md": (
        "---\ntitle: Tides\ndate: 2020-04-10\nspeakers: [Kim (captain), Jane Doe]\n"
        "x: &a [1, 2]\ny: *a\n---\n\n# Tides\n\n**Kim:** [0:01] High.\n"
        "\n**Jane Doe:** Low.\n\n**Kim** (0:09): So.\n"
    ),
    "head.toml.md": (
        '+++\ntitle = "Tides"\ntags = ["a"]\n+++\n\n### Kim:\n\nHigh.\n\n### Jane Doe\n\nLow.\n\n### Kim:\n\nSo.\n'
    ),
    "otter.txt": ("Kim  0:03  \nHigh tides.\n\nJane Doe  0:07  \nLow tides.\n\nKim  99:59:59\nSo.\n"),
    "qa.txt": (
        "Q: What of the tides?\nA: They are high, as ever.\nQ. And then?\nA. Low.\n问：然后呢？\n答：没有了。\n"
    ),
    "minutes.html": (
        "<!DOCTYPE html><html lang=en><head><title>Tides</title></head><body><nav>Home</nav>"
        "<h1>Tides</h1><p><cite>Kim:</cite> High &amp; low.<br><br><time>0:05</time></p><tab"
        "le><tr><td>Kim</td><td>A long thing said</td></tr><tr><td>Jane Doe</td><td>Another "
        "thing said</td></tr><tr><td>Kim</td><td>So it is then</td></tr></table>"
    ),
}
