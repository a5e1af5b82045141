"""Read an article with a panel: numbered questions as headings, names on lines of their own, site chrome around.

The layout is interpreted as follows: a question heading opens an exchange; a name alone on its line, with or without a
colon, begins a turn; numbered points and paragraphs continue it. **A doubled blank line where single ones are the rule
is a lost name**: the text below it is a turn without a speaker, and so is text right below a question. Its possible
speakers are suggested by elimination, and never set: the panelists without an answer to that question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from panels.formats.base import Format, Source
from panels.formats.dialogue.interviews.questions import ArticleQuestion, questions_in
from panels.formats.parsing.links import definitions, with_definitions
from panels.formats.parsing.text_lines import LINKS, Line, LineKind, joined
from panels.formats.speakers import label_patterns
from panels.formats.speakers.described import is_whole_name
from panels.formats.speakers.label_patterns import LabelMatch, Strength
from panels.formats.speakers.labels import accepted
from panels.formats.speakers.names import answers, is_capitalised, is_chair, looks_like_name
from panels.formats.speakers.speaker_resolution import SpeakerResolution
from panels.formats.structure.article_parts import (
    FURNITURE,
    ends_article,
    is_chrome,
    is_credit,
    panelists_in,
    signature,
    tags_in,
)
from panels.formats.structure.document import Document, opened
from panels.formats.structure.footer import footer_start
from panels.formats.wording import gettext_noop
from panels.transcript import Candidate, Exchange, PanelMember, Transcript, Turn, Unread

_NOT_ANSWERED = gettext_noop("%(name)s is a panelist and has not answered this question")

_WEIGHT = 0.94
_DOUBLED = 2
_RARELY = 0.35
_ENDS = (".", "。", "?", "？", "!", "！", "…", "”", '"')
_END = (".", "。", "?", "？", "!", "！", ";", "；", ",", "，")


@dataclass
class _Turn:
    label: str | None
    time: float | None
    line: int
    lines: list[Line] = field(default_factory=list)


@dataclass
class _Exchange:
    asked: ArticleQuestion | None  # None for text before the first question
    line: int
    turns: list[_Turn] = field(default_factory=list)


@dataclass
class _Article:
    """The parts of an article found so far."""

    document: Document
    questions: dict[int, ArticleQuestion | None]
    labels: dict[int, LabelMatch]
    blanks_matter: bool
    title: str = ""
    introduction: list[Line] = field(default_factory=list)
    exchanges: list[_Exchange] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    unread: list[Unread] = field(default_factory=list)


def recognises(source: Source) -> float:
    """Surer with more numbered questions, and names below them."""
    document = opened(source)
    found_questions = questions_in(document.lines)
    questions = sum(1 for question in found_questions.values() if question)
    if questions < _DOUBLED:
        return 0.0
    found = _labels(document, found_questions)
    if found and all(answers(mark.label) for mark in found):
        return 0.0  # `Q1: … A1: …`: both are labels, and the questions are turns
    return _WEIGHT * questions / (questions + 1) if found else 0.5 * questions / (questions + 1)


def read(source: Source) -> Transcript:
    """Read an article."""
    document = opened(source)
    questions = questions_in(document.lines)
    labels = {mark.line.number: mark for mark in _labels(document, questions)}
    article = _Article(document, questions, labels, blanks_matter=_blanks_matter(document.lines))
    first = _first(document.lines, questions, labels)
    speakers = tuple(dict.fromkeys(mark.label for mark in labels.values()))
    panelists = _before(article, document.lines[:first], speakers)
    _after(article, document.lines[first:])
    _number(article)
    resolution = SpeakerResolution.of((*document.people, *panelists))
    exchanges = tuple(_exchanges(article, resolution))
    known = document.head.transcript
    transcript = replace(
        known,
        title=known.title or article.title,
        introduction=joined(article.introduction),
        tags=known.tags or article.tags,
        panelists=resolution.panelists(),
        exchanges=exchanges,
        unread=tuple(sorted((*known.unread, *article.unread), key=lambda item: item.line)),
    )
    return with_definitions(transcript, definitions(document.lines))


def _labels(document: Document, questions: Collection[int]) -> list[LabelMatch]:
    """The labels: names that recur below the first question, or that begin a line of introduction.

    Above the first question, the turns are the chair's welcome and the labelled lines after it.
    """
    first = next((i for i, line in enumerate(document.lines) if line.number in questions), 0)
    before, after = document.lines[:first], document.lines[first:]
    lines = [
        line for line in after if line.kind is LineKind.WORDS and line.number not in questions and not tags_in(line)
    ]
    below = {line.number for above, line in pairwise(after) if above.number in questions}
    found = [
        _surer(mark) if mark.line.number in below or is_whole_name(mark.label) else mark
        for mark in map(_label, lines)
        if mark
    ]
    listed = [mark.label for mark in found if any(line.text.startswith(mark.label) for line in before)]
    welcome = next((i for i, line in enumerate(before) if _welcomes(line)), first)
    spoken = [mark for line in before[welcome:] if (mark := label_patterns.colon(line)) and mark.text.endswith(_ENDS)]
    marks = accepted([*spoken, *found], (*document.known, *listed))
    silent = _silent(marks, after)
    return [mark for mark in marks if mark.label not in silent]


def _silent(marks: Sequence[LabelMatch], lines: Sequence[Line]) -> set[str]:
    """The labels without any words below them: the name of the site, repeated in its footer."""
    at = {mark.line.number for mark in marks if mark.label}
    words = {above.number for above, line in pairwise(lines) if line.number not in at and _may_be_said(line)}
    spoken = {mark.label for mark in marks if mark.text or mark.line.number in words}
    return {mark.label for mark in marks} - spoken


def _may_be_said(line: Line) -> bool:
    return line.kind not in (LineKind.RULE, LineKind.MARKUP) and not is_chrome(line)


def _welcomes(line: Line) -> bool:
    mark = label_patterns.colon(line) or label_patterns.bold(line)
    return bool(mark and is_chair(mark.label) and mark.text.endswith(_ENDS))


def _first(lines: Sequence[Line], questions: Collection[int], labels: Collection[int]) -> int:
    """The index of the first question, or of a speaker above it."""
    begins = (i for i, line in enumerate(lines) if line.number in questions or line.number in labels)
    return next(begins, len(lines))


def _label(line: Line) -> LabelMatch | None:
    alone = label_patterns.alone(line)
    if alone and looks_like_name(alone.label) and not alone.label.endswith(_END) and not _is_furniture(line):
        return alone
    return label_patterns.bold(line) or label_patterns.colon(line)


def _is_furniture(line: Line) -> bool:
    """Whether a line alone is part of the site: its menu, or a name above nothing but images and links."""
    return is_chrome(line) or line.heads == LINKS


def _surer(mark: LabelMatch) -> LabelMatch:
    """The match, made sure if it is a name with a colon, alone on its line; it need not recur.

    So is any name below a question, and a whole name anywhere.
    """
    named = not mark.text and mark.line.text.endswith((":", "：")) and is_capitalised(mark.label)
    return replace(mark, strength=Strength.STRONG) if named else mark


def _blanks_matter(lines: Sequence[Line]) -> bool:
    """Whether single blank lines are the rule, so that a doubled one is significant."""
    apart = [line for line in lines if line.blank_before]
    return sum(line.blank_before >= _DOUBLED for line in apart) <= _RARELY * len(apart)


def _before(article: _Article, lines: Sequence[Line], speakers: Sequence[str]) -> list[PanelMember]:
    """Title, site chrome, panelists and introduction."""
    known = article.document.head.transcript
    introduced = {line.number: person for line, person in panelists_in(lines, speakers)}
    for line in lines:
        if line.number in introduced:
            continue
        if not article.title and not known.title and not is_chrome(line) and line.kind is not LineKind.RULE:
            article.title = line.text
        elif is_chrome(line) or line.kind in (LineKind.MARKUP, LineKind.RULE):
            _aside(article, line, FURNITURE)
        else:
            article.introduction.append(line)
    return list(introduced.values())


def _aside(article: _Article, line: Line, reason: str) -> None:
    article.unread.append(Unread(line=line.number, text=line.raw.strip(), reason=reason))


def _after(article: _Article, lines: Sequence[Line]) -> None:
    ended = False
    foot = _footer(article, lines)
    for at, line in enumerate(lines):
        question, tags = article.questions.get(line.number), tags_in(line)
        ended = ended or ends_article(line) or at == foot
        if ended:
            _aside(article, line, gettext_noop("below the article"))
        elif line.number in article.questions and not question:
            continue  # its number is that of the question below
        elif question:
            article.exchanges.append(_Exchange(question, line.number))
        elif tags:
            article.tags = tags
        elif is_chrome(line) or line.kind in (LineKind.MARKUP, LineKind.RULE):
            _aside(article, line, FURNITURE)
        elif is_credit(line):
            _aside(article, line, gettext_noop("picture credit"))
        else:
            _add_words(article, line)


def _footer(article: _Article, lines: Sequence[Line]) -> int:
    """The index where a footer begins below the last label or question; the number of lines if there is none."""
    line_numbers = {*article.questions, *article.labels}
    last = max((n for n, line in enumerate(lines) if line.number in line_numbers), default=-1)
    mark = article.labels.get(lines[last].number) if lines else None
    names = {label.label for label in article.labels.values()}
    return last + 1 + footer_start(lines[last + 1 :], names, spoken=bool(mark and mark.text))


def _number(article: _Article) -> None:
    """Report the numbers before questions as unread: questions are numbered by their order."""
    marked = [(entry.line, entry.asked.number) for entry in article.exchanges if entry.asked and entry.asked.number]
    if marked:
        text = "\n".join(number for _, number in marked)
        reason = gettext_noop("numbers of the questions")
        article.unread.append(Unread(line=marked[0][0], text=text, reason=reason))


def _add_words(article: _Article, line: Line) -> None:
    if not article.exchanges:
        article.exchanges.append(_Exchange(None, line.number))
    exchange = article.exchanges[-1]
    mark = article.labels.get(line.number)
    if mark:
        turn = _Turn(mark.label, mark.time, line.number)
        exchange.turns.append(turn)
        if mark.text:
            turn.lines.append(replace(line, raw=mark.text, text=mark.text))
        return
    signed = signature(line)
    if signed and exchange.turns and exchange.turns[-1].label is None:
        exchange.turns[-1].label = signed
        return
    lost = article.blanks_matter and line.blank_before >= _DOUBLED
    if not exchange.turns or (lost and exchange.turns[-1].lines):
        exchange.turns.append(_Turn(None, None, line.number))
    exchange.turns[-1].lines.append(line)


def _exchanges(article: _Article, resolution: SpeakerResolution) -> Iterator[Exchange]:
    for entry in article.exchanges:
        turns = [resolution.turn(t.label, joined(t.lines), time=t.time, line=t.line) for t in entry.turns]
        yield Exchange(
            question=Turn(text=entry.asked.text, line=entry.line) if entry.asked else None,
            answers=tuple(_offered(turn, turns, resolution.panelists()) for turn in turns),
            follow_up=bool(entry.asked and entry.asked.follow_up),
        )


def _offered(turn: Turn, turns: Sequence[Turn], panelists: Sequence[PanelMember]) -> Turn:
    """A turn without a label, with everybody who may have spoken it as candidates."""
    if turn.label or turn.speaker:
        return turn
    heard = {other.speaker for other in turns}
    names = [person.name for person in panelists if person.name not in heard]
    return replace(
        turn, candidates=tuple(Candidate(name=name, evidence=_NOT_ANSWERED % {"name": name}) for name in names)
    )


FORMAT = Format(
    name="article", suffix=".txt", media_type="text/plain", recognises=recognises, read=read, finds_date=True
)
