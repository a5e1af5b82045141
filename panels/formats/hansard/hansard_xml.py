"""Read Hansard in the XML of the parliaments of Canada, Australia and South Australia.

Canada: `<Intervention>` with `<PersonSpeaking>` and `<ParaText>`. Australia: `<speech>`, `<question>`, `<answer>` and
`<interjection>` with a `<talker>`, in `<para>` or, since 2011, in Word paragraphs, where marked labels begin the words
of others. South Australia: `<talker>` with `<text>`. Titles of subjects are headings; what is not spoken is unread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from panels.formats.base import Format
from panels.formats.dates import date_in
from panels.formats.hansard.members import Member, Members, labelled, speaker_of
from panels.formats.limits import timed
from panels.formats.parsing.flow import name_of
from panels.formats.parsing.richtext import escape
from panels.formats.parsing.xmltree import line_of, parse, root_name, words, words_apart
from panels.formats.speakers.people import Elapsed, People, clock_of, turn
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import PanelMember, Transcript, Unread


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MARKS = re.compile(r"<(?:Intervention|talk\.start|talker|chamber\.xscript)\b")
_HEADINGS = _names("orderofbusinesstitle subjectofbusinesstitle catchline debateinfo")
_NAMED = _names("proceeding subject subproceeding")  # their `name` is a heading, in South Australia
_SPOKEN = _names("intervention speech question answer interjection continue")
_PARAGRAPHS = _names("paratext para p quote item text")
_HOLDS_WORDS = _names("content talk.text talk.start body")
_ABOUT = _names(
    "talker personspeaking timestamp floorlanguage page.no time.stamp extractedinformation session.header "
    "documenttitle type startpagenumber name date house venue sessionname parliamentnum reviewstage "
    "startpage datemodified starttime electorate by id.no cognate day.start pagenumber"
)
_WHOLE = _names("proceduraltext prayer division divisions division.header division.data")  # one notice each
_MARKED = re.compile(
    r"(?:HPS-)?(?P<who>Member|Office|General)I?(?P<kind>Speech|Continuation|Interjecting|Question|Answer)"
)
_LABEL = re.compile(r"(?P<label>[^:]{1,200}?)(?:\s?\((?:\d{1,2}:\d{2})\))?:\s*")
_LEAD = re.compile(r"^(?:[^:]{0,120}?\((?:\d{1,2}:\d{2})\)|(?:The|Mr|Mrs|Ms|Dr|Senator|Madam) [^:.]{2,80}):\s*")
_NOISE = re.compile(r"[^.:?!]{0,60}\binterjecting ?[—–-]*")
_WORD_STYLES = re.compile(r"HPS-")
_DASHES = "—–- "
_NOT_SPOKEN = gettext_noop("aside, not spoken")


def matches(text: str) -> bool:
    """Whether this is a Hansard of one of these kinds."""
    return root_name(text) == "hansard" and bool(_MARKS.search(text))


def read(text: str) -> Transcript:
    """Read a day. Raises FormatError for XML that is not well formed."""
    root = parse(text)
    found = _HansardDay(Members.of(root))
    found.inside(root)
    stated = [words(item) for item in root.iter("ExtractedItem") if item.get("Name") == "Date"]
    dates = [*stated, *(words(date) or date.get("date") or "" for date in root.iter("date", "DATE"))]
    return Transcript(
        title=words(next(root.iter("DocumentTitle"), None)) or words(root.find("name")),
        date=next((date for text in (*dates, root.get("date") or "") if (date := date_in(text))), None),
        panelists=found.people.panelists(),
        exchanges=found.outline.exchanges(),
        unread=tuple(found.unread),
    )


@dataclass
class _Speech:
    """A turn that is being read."""

    member: Member
    line: int
    clock: float | None = None
    paragraphs: list[str] = field(default_factory=list)


@dataclass
class _HansardDay:
    members: Members
    outline: Outline = field(default_factory=Outline)
    people: People = field(default_factory=People)
    clock: Elapsed = field(default_factory=Elapsed)
    unread: list[Unread] = field(default_factory=list)
    stamp: float | None = None  # a clock time before the next turn
    speech: _Speech | None = None

    def inside(self, holder: etree._Element) -> None:
        """Read the contents of an element outside turns, in order."""
        for element in timed(holder):
            name = name_of(element)
            if name in _HEADINGS or name.endswith("info"):
                self._heading(words(element.find("title")) or words(element), element)
            elif name in _SPOKEN or (name == "talker" and element.find("text") is not None):
                self._spoken(element)
            elif name == "timestamp":
                self.stamp = _clock(element)
            elif name in _PARAGRAPHS or name in _WHOLE or (name and not len(element) and name not in _ABOUT):
                self._aside(element)
            elif name and name not in _ABOUT:
                if name in _NAMED:
                    self._heading(words(element.find("name")), element)
                self.inside(element)

    def _heading(self, text: str, element: etree._Element) -> None:
        if text:
            self.outline.heading(escape(text), line=line_of(element))

    def _aside(self, element: etree._Element) -> None:
        text = words_apart(element) if name_of(element) in _WHOLE else words(element)
        if text:
            self.unread.append(Unread(line=line_of(element), text=text, reason=_NOT_SPOKEN))

    def _spoken(self, element: etree._Element) -> None:
        member = speaker_of(element)
        clock, self.stamp = self.stamp if self.stamp is not None else _clock(element), None
        self.speech = _Speech(member, line_of(element), clock)
        self._words(element, member)
        self._end()

    def _words(self, holder: etree._Element, member: Member) -> None:
        """Read the contents of a turn. After a turn within it, its member goes on."""
        if holder.text and holder.text.strip() and name_of(holder) in _HOLDS_WORDS:
            self._say(holder.text)
        for child in timed(holder):
            name = name_of(child)
            if name in _SPOKEN:
                self._end()
                self._spoken(child)
                self.speech = _Speech(member, line_of(child))
            elif name in _PARAGRAPHS:
                self._paragraph(child, member)
            elif name in _WHOLE or (name and not len(child) and name not in _ABOUT and name not in _HOLDS_WORDS):
                self._aside(child)
            elif name and name not in _ABOUT:
                self._words(child, member)

    def _paragraph(self, element: etree._Element, member: Member) -> None:
        text, by = words(element), words(element.find("by"))
        marks = [found for part in element.iter("a", "span") if (found := _mark(part))]
        if marks:
            self._marked(element, text, marks)
        elif _NOISE.fullmatch(text):
            self._aside(element)
        else:
            first = self.speech is not None and not self.speech.paragraphs
            if first and member.label and _WORD_STYLES.search(element.get("class") or ""):
                text = _LEAD.sub("", text, count=1)
            text = text.removeprefix(by).lstrip(" :") if by else text
            self._say(text.lstrip(_DASHES) if first and element.tag == "para" else text)

    def _marked(self, element: etree._Element, text: str, marks: Sequence[tuple[str, str, etree._Element]]) -> None:
        """A Word paragraph that begins with a marked label: the member of the turn, or somebody else."""
        who, kind, part = marks[0]
        label = words(part).rstrip(" :")
        lead = _LABEL.match(text)
        if not lead or not text.startswith(label[:20]):
            if who == "General" or _NOISE.fullmatch(text):
                self._aside(element)
            else:
                self._say(text)
            return
        number = next((part.get("href") or "" for part in element.iter("a")), "")
        member = labelled(lead["label"]) if who == "General" else self.members.called(label, number)
        time = next((words(span) for span in element.iter("span") if span.get("class") == "HPS-Time"), "")
        begins = self.speech is not None and not self.speech.paragraphs and kind != "Interjecting"
        if begins and self.speech and (self.speech.member.name == member.name or not self.speech.member.label):
            member = self.speech.member if self.speech.member.name else member
            self.speech.member, self.speech.clock = member, self.speech.clock or clock_of(time)
        else:
            self._end()
            self.speech = _Speech(member, line_of(element), clock_of(time))
        self._say(text[lead.end() :])

    def _say(self, text: str) -> None:
        text = " ".join(text.split())
        if text and self.speech:
            self.speech.paragraphs.append(text)

    def _end(self) -> None:
        speech, self.speech = self.speech, None
        if not speech or not speech.paragraphs:
            return
        label, name = speech.member.label, speech.member.name
        if name:
            labels = (label,) if label and label != name else ()
            self.people.add(PanelMember(name=name, organisation=speech.member.role, labels=labels))
        text = "\n\n".join(map(escape, speech.paragraphs))
        time = self.clock(speech.clock)
        self.outline.answer(turn(text, name or None, label=label or None, time=time, line=speech.line))


def _mark(part: etree._Element) -> tuple[str, str, etree._Element] | None:
    """Whose label a part of a Word paragraph is, and of what kind of turn."""
    found = _MARKED.fullmatch(part.get("type") or part.get("class") or "")
    return (found["who"], found["kind"], part) if found and words(part) else None


def _clock(element: etree._Element) -> float | None:
    stamp = next(element.iter("Timestamp"), None)  # including the element itself
    if stamp is not None:
        return clock_of(f"{stamp.get('Hr') or ''}:{(stamp.get('Mn') or '').zfill(2)}")
    started = element.find("startTime")
    if started is not None:
        return clock_of(started.get("time"))
    return clock_of(words(next(element.iter("time.stamp"), None)))


FORMAT = Format(
    name="hansard-xml",
    suffix=".hansard.xml",
    media_type="application/xml",
    recognises=lambda source: 0.96 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
