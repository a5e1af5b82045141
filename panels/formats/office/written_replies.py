"""Read replies to written questions of a parliament: the word REPLY separates one question and one answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from panels.formats.dates import date_in
from panels.formats.parsing.richtext import Block, BlockKind, to_markdown
from panels.formats.speakers.people import People, turn
from panels.formats.structure.paragraphs import Para
from panels.transcript import Exchange, Transcript, Turn

_REPLY = re.compile(r"(?:REPLY|ANSWER|RESPONSE|Reply|Answer)\s*+:?\s*+(?:(?<=\s)BY\s+.*)?")
_ASKS = re.compile(
    r"(?:\d+[.)]\s*+)?(?P<asker>\S.{1,78}?(?<=\S))\s+(?:to ask|asked|to enquire of)\s+"
    r"(?P<asked>\S.{1,198}?(?<=\S))\s*+[:：]?"
)
_THE = re.compile(r"^the\s+", re.IGNORECASE)


def as_reply(paras: Sequence[Para]) -> Transcript | None:
    """The transcript, if the paragraphs are a question, the word REPLY, and an answer; otherwise None."""
    replies = [index for index, para in enumerate(paras) if _REPLY.fullmatch(para.block.text.strip())]
    asked = [index for index, para in enumerate(paras) if _ASKS.fullmatch(para.block.text.strip())]
    if len(replies) != 1 or not asked or asked[0] >= replies[0]:
        return None
    found = _ASKS.fullmatch(paras[asked[0]].block.text.strip())
    assert found  # noqa: S101  (it was chosen because it matches)
    people = People()
    asker, answerer = found["asker"], _THE.sub("", found["asked"]).strip()
    people.speaks(asker)
    people.speaks(answerer)
    question = _turn(paras[asked[0] : replies[0]], asker)
    answer = _turn(paras[replies[0] :], answerer)
    head = paras[: asked[0]]
    return Transcript(
        title=head[0].block.text if head else "",
        date=next((date for para in head if (date := date_in(para.block.text))), None),
        introduction=_text(head[1:]),
        panelists=people.panelists(),
        exchanges=(Exchange(question=question, answers=(answer,)),),
    )


def _turn(paras: Sequence[Para], name: str) -> Turn:
    """A turn whose first paragraph is its label."""
    return turn(_text(paras[1:]), name, label=paras[0].block.text, line=paras[0].line)


def _text(paras: Sequence[Para]) -> str:
    """Paragraphs as Markdown; headings become paragraphs, because in a reply they are the letterhead."""
    plain = (para.block if para.block.kind is BlockKind.ITEM else Block(para.block.spans) for para in paras)
    return to_markdown(list(plain))
