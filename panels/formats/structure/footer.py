"""Recognise the footer below a dialogue on its page: licence, credits, links to share, author biographies.

Only strong evidence counts, and only below the last label: a heading after which no dialogue follows; at the end,
paragraphs about the transcript itself or its licence; below a rule, those that introduce somebody who spoke. Without
any of these the text continues the last turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from panels.formats.parsing.text_lines import Line, LineKind
from panels.formats.structure.article_parts import is_credit_text, is_site_words
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

REASON = gettext_noop("below the dialogue")
_HEADING = re.compile(
    r"about (?:the|our|this) (?:authors?|speakers?|panell?ists?|hosts?|guests?|interviewers?|"
    r"transcript|podcast|series)|"
    r"learn more|further reading|read (?:more|next)|share (?:this|on).{0,30}|(?:follow|support|contact) us|"
    r"related(?: \w+)?|recent posts|you (?:may|might) also like.{0,20}|post navigation|leave a (?:comment|reply)|"
    r"(?:\d+ )?(?:comments?|replies)(?: \(\d+\))?|"
    r"(?:attendees|attendance|participants|present|apologies|regrets)(?: list)?|next (?:meeting|call)(?: date)?.{0,20}|"
    r"summary of action items|"
    r"über (?:die|den|das) (?:autor|sprecher|podcast|gäste?)\w*|mehr erfahren|teilen|kommentare|"
    r"(?:à propos|sobre) (?:des?|el|la|los|las|l['’]) ?(?:auteure?s?|autore?s?|autora?s?)|compartir|partager|"
    r"mehr zum thema|ähnliche (?:artikel|beiträge)|lesen sie auch.{0,80}|auch interessant|weitere (?:artikel|beiträge)|"
    r"(?:à )?lire aussi.{0,80}|articles? (?:liés|similaires|connexes)|sur le même sujet|commentaires?|"
    r"(?:lea|leia) (?:también|também|mais).{0,80}|artículos relacionados|comentarios|comentários|artigos relacionados|"
    r"leggi anche.{0,80}|articoli correlati|condividi.{0,30}|commenti|lees ook.{0,80}|gerelateerde artikelen|reacties|"
    r"об авторах?|читайте также.{0,80}|похожие (?:статьи|материалы)|(?:материалы )?по теме|комментарии|поделиться|"
    r"подписывайтесь.{0,60}|читайте також.{0,80}|коментарі|"
    r"اقرأ أيض[اً]{1,2}.{0,80}|(?:مقالات|مواضيع) ذات صلة|التعليقات|عن الكاتب|شارك.{0,30}|"
    r"(?:关于|關於)(?:作者|嘉宾|我们|我們)|作者简介|嘉宾简介|评论列表|评论|相关(?:文章|阅读|推荐|链接)|推荐阅读|分享|"
    r"延伸(?:阅读|閱讀)|往期(?:回顾|推荐|精选).{0,20}|猜你喜欢|热门文章|更多(?:阅读|精彩).{0,20}|扫码关注.{0,20}|"
    r"関連(?:記事|リンク|ページ)|(?:この記事を)?シェア(?:する)?|コメント|(?:著者|執筆者|登壇者|出演者)(?:プロフィール|紹介|について)|"
    r"あわせて読みたい|おすすめ記事|人気記事.{0,20}|(?:次|前)の記事|"
    r"관련 기사|댓글|공유하기|저자 소개|추천 기사",
    re.IGNORECASE,
)
_OF_ITSELF = re.compile(
    r"(?:this|the|our) (?:above )?(?:transcript(?:ion)?|translation)(?: \w+){0,3}? "
    r"(?:was|were|has been|is|may|might)\b.*|"
    r"(?:this|the) (?:\w+ )?(?:interview|conversation|discussion|panel|text|q&a)(?: \w+){0,3}? (?:was|has been|is) "
    r"(?:\w+ ){0,3}(?:edited|condensed|shortened|transcribed|translated)\b.*|"
    r".{0,80}\bedited (?:\w+ ){0,3}for (?:length|clarity|brevity|readability)\b.*|"
    r".{0,120}\b(?:licen[sc]ed|released|available|published|shared) under (?:a|an|the|cc|creative|mit)\b.*|"
    r"(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})|all rights reserved|alle rechte vorbehalten|todos los derechos|"
    r"tous droits réservés|tutti i diritti|todos os direitos|все права защищены|усі права захищено|جميع الحقوق محفوظة|"
    r"無断転載|무단 ?전재).*|"
    r"(?:transcri(?:bed|pt|ption)|translated|edited) by\b.{1,80}|(?:editor|transcriber|translator)['’]s note\b.*|"
    r"dies(?:e|es|er) (?:transkript(?:ion)?|gespräch|interview|übersetzung) (?:wurde|ist|steht)\b.*|"
    r"est[ae] (?:transcripción|entrevista|traducción) (?:fue|ha sido|se|está)\b.*|"
    r"cet(?:te)? (?:transcription|entretien|traduction) (?:a été|est)\b.*|"
    r"(?:本文|本稿|本文字稿|本访谈|本次访谈|以上内容)(?:由|系|经|已|为|根据|采用|仅).*|"
    r"(?:版权|著作权|版權|著作權)(?:所有|归|歸|声明|聲明).*|(?:未经|未經)(?:授权|許可|许可|授權).*|(?:转载|轉載)(?:请|請).*",
    re.IGNORECASE | re.DOTALL,
)
_RULE = re.compile(r"[-*_=\s]{3,}")
_IS = re.compile(
    r"\W{0,4}(?:is|was|are|works|writes|serves|teaches|ist|war|arbeitet|schreibt|es|trabaja|est|travaille|是|现任|現任)\b",
)
_WORDLESS = re.compile(r"!\[[^\[\]]*\]\([^()\s]*\)|\[\s*\]\([^()\s]*\)")  # an image, a link without text
_LONGEST_NAME = 60  # characters
_MOST = 12  # paragraphs below a rule


def begins(paragraphs: Sequence[str], names: Iterable[str]) -> int:
    """The index where a footer begins among the paragraphs below the last label; their number if there is none."""
    bare = [paragraph.strip().strip("#*_>()[]•· \n:：") for paragraph in paragraphs]
    headed = next((at for at, text in enumerate(bare) if _heads(text)), len(bare))
    ruled = max((at for at, text in enumerate(paragraphs[:headed]) if _RULE.fullmatch(text)), default=-1)
    below = bare[ruled + 1 : headed] if ruled >= 0 else []
    if 0 < len(below) <= _MOST and _is_furniture(paragraphs[ruled + 1 : headed]):
        return ruled
    if 0 < len(below) <= _MOST and any(_OF_ITSELF.fullmatch(text) or _introduces(text, names) for text in below):
        return ruled
    last = bare[:headed]
    tail = list(takewhile(lambda text: _OF_ITSELF.fullmatch(text) or _is_site(text) or not text, reversed(last)))
    sure = headed < len(bare) or any(_OF_ITSELF.fullmatch(text) or _has_sign(text) for text in tail)
    return headed - len(tail) if sure else len(bare)


def _heads(text: str) -> bool:
    """Whether a paragraph is, or begins with, the heading of what follows an article, on a line of its own."""
    first, broken, _ = text.partition("\n")
    return bool(_HEADING.fullmatch(text) or (broken and _HEADING.fullmatch(first.strip(" #*_>•·:："))))


def _is_site(text: str) -> bool:
    """Whether every line of a paragraph is from the site: menus, credits, rights, headings of other articles."""
    lines = [line.strip(" #*_>•·") for line in text.split("\n")]
    return all(is_site_words(line) or _is_sign(line) or _HEADING.fullmatch(line.strip(":：")) for line in lines)


def _has_sign(text: str) -> bool:
    return any(_is_sign(line.strip(" #*_>•·")) for line in text.split("\n"))


def _is_sign(line: str) -> bool:
    """Whether a line only says who made a picture or the text, or whose the rights are."""
    return is_credit_text(line) or bool(_OF_ITSELF.fullmatch(line))


def _is_furniture(paragraphs: Sequence[str]) -> bool:
    """Whether all of it is page furniture: menus, images and links without text, and repeated names of the house."""
    bare = [_WORDLESS.sub("", text).strip(" \n*_#") for text in paragraphs]
    site = [not text or is_site_words(text) for text in bare]
    named = [len(text) <= _LONGEST_NAME and not text.endswith((".", "?", "!", "。", "？", "！")) for text in bare]
    return any(site) and all(known or short for known, short in zip(site, named, strict=True))


def _introduces(text: str, names: Iterable[str]) -> bool:
    """Whether a paragraph introduces somebody: `Ada Byron is …`, but nothing that Ada may have said of herself."""
    spoken = (name for name in names if name and text.startswith(name))
    return any(_IS.match(text, len(name)) for name in spoken)


def footer_start(lines: Sequence[Line], names: Iterable[str], *, spoken: bool) -> int:
    """The index where a footer begins among the lines below the last label; their number if there is none.

    If nothing is `spoken` on the label's own line, the first paragraph below it is speech.
    """
    starts = [
        at
        for at, line in enumerate(lines)
        if not at or line.blank_before or not (line.kind is lines[at - 1].kind is LineKind.WORDS)
    ]
    bounds = [*(starts if spoken else starts[1:]), len(lines)]
    paragraphs = ["\n".join(line.raw for line in lines[start:stop]) for start, stop in pairwise(bounds)]
    return bounds[begins(paragraphs, tuple(names))]


def below_dialogue(lines: Sequence[Line]) -> list[Unread]:
    """A footer as unread: one entry, since it is kept or removed as a whole."""
    text = "\n".join(line.raw.strip() for line in lines)
    return [Unread(line=lines[0].number, text=text, reason=REASON)] if lines else []
