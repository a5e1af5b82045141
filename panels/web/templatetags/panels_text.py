"""Text for readers: Markdown, languages, times, excerpts."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

from panels.editorial.history.event_versions import token_of
from panels.editorial.wording import translated_evidence
from panels.models import Event, Speaker, Tag
from panels.reading import attribution
from panels.reading.citations import FORMS, Citation
from panels.reading.citations.plain_text import sentence
from panels.reading.languages import language_name
from panels.reading.transcript_pages import TranscriptView
from panels.transcript.recordings import url_at
from panels.transcript.text import excerpt_of, initials_of, is_right_to_left, is_web_url, language_by_script
from panels.web.markdown import render, render_inline, split_opening

TONES = 8  # as many as in tokens.css

register = template.Library()
register.filter(language_name)
register.filter(translated_evidence)
register.simple_tag(attribution.unattributed)
register.simple_tag(attribution.inferred)

# Characters that could end or begin a script element or a comment are escaped by number.
_HARMLESS_JSON = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.filter
def markdown(text: str) -> SafeString:
    return render(text)


@register.filter
def opening(text: str) -> str:
    """The first paragraph of a Markdown text."""
    return split_opening(text)[0]


@register.filter
def after_opening(text: str) -> str:
    """The rest of a Markdown text after its first paragraph; empty if `opening` is all of it."""
    return split_opening(text)[1]


@register.filter
def version(event: Event, number: int | None) -> str:
    """The token with which a form records the version of the event it shows."""
    return token_of(event, number)


@register.filter
def markdown_inline(text: str) -> SafeString:
    """Same as `markdown`, for elements that cannot contain paragraphs, such as headings: they become line breaks."""
    return render_inline(text)


@register.filter
def excerpt(text: str, length: int = 200) -> str:
    return excerpt_of(text, length=length)


@register.filter
def name_in(speaker: Speaker, language: str) -> str:
    return speaker.name_in(language)


@register.filter
def shown_name(speaker: Speaker) -> str:
    """The name as the language of the page writes it."""
    return speaker.name_in(get_language() or "")


@register.filter
def listed(names: Iterable[str]) -> str:
    """Names on one line, with the separators of the reader's language."""
    return pgettext("between names", ", ").join(names)


@register.filter
def names_in(speakers: Sequence[Speaker], language: str) -> str:
    return listed(speaker.name_in(language) for speaker in speakers)


@register.simple_tag
def original_name(speaker: Speaker) -> SafeString:
    """The name in the other script, marked as such, to follow the one that is shown; empty if they are equal."""
    shown = shown_name(speaker)
    original = speaker.name if shown == speaker.original_name else speaker.original_name
    if original in {"", shown}:
        return SafeString("")
    language = language_by_script(original)
    marked = format_html(' lang="{}" dir="{}"', language, direction(language)) if language else ""
    return format_html(' <bdi class="original-name"{}>{}</bdi>', marked, original)


@register.simple_tag
def speaker_note(speaker: Speaker) -> SafeString:
    """What tells a speaker apart from others of the name, if anything does; to stand behind the name."""
    if not speaker.note:
        return SafeString("")
    return format_html(' <bdi class="speaker-note">{}</bdi>', speaker.note)


@register.filter
def direction(tag: str) -> str:
    """The direction of a language, for `dir`: "rtl" or "ltr"."""
    return "rtl" if is_right_to_left(tag) else "ltr"


@register.filter
def media_time(seconds: float) -> str:
    """Seconds as a time in a recording: 75 → "1:15", 3675 → "1:01:15"."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


@register.filter
def safe_url(url: str) -> str:
    """A stored URL if a page may link to it, else an empty text: no link can run code, whatever wrote it.

    The database refuses others; this is the second defence. Comes first in an `href`: `{{ url|safe_url|at_time:75 }}`.
    """
    return url if is_web_url(url) else ""


@register.filter
def at_time(recording: str, seconds: float) -> str:
    """The URL of a recording at a time."""
    return url_at(recording, seconds)


@register.filter
def speaker_mark(speaker: Speaker, language: str) -> SafeString:
    """The avatar of a speaker: initials as the language writes them, and a colour.

    It is always next to the name, which is what screen readers read. The colour is the same on every page, and differs
    between speakers who were stored one after the other, as a panel is.
    """
    initials = initials_of(speaker.name_in(language))
    classes = f"avatar {tone(speaker)}" if len(initials) > 1 else f"avatar single {tone(speaker)}"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, initials)


@register.filter
def shown_mark(speaker: Speaker) -> SafeString:
    """The avatar of a speaker whose name stands in the language of the page."""
    return speaker_mark(speaker, get_language() or "")


@register.simple_block_tag
def speaker_link(content: str, speaker: Speaker, css: str = "", lang: str = "") -> SafeString:
    """A link to a speaker's page around a name; a label of one session has no page, and no link."""
    kind, language = (format_html(' {}="{}"', *one) if one[1] else "" for one in (("class", css), ("lang", lang)))
    if not speaker.is_identified:
        return format_html("<span{}{}>{}</span>", kind, language, content)
    return format_html('<a{} href="{}"{}>{}</a>', kind, speaker.get_absolute_url(), language, content)


@register.filter
def identified(speakers: Iterable[Speaker]) -> list[Speaker]:
    """The identified speakers, who have a page and may be compared across sessions."""
    return [speaker for speaker in speakers if speaker.is_identified]


@register.filter
def tone(speaker: Speaker) -> str:
    """The class for a speaker's colour."""
    return f"tone-{speaker.pk % TONES + 1}"


@register.filter
def duration(seconds: float) -> str:
    """Seconds as a machine-readable duration in HTML, for <time>: 75 → "PT75S"."""
    return f"PT{int(seconds)}S"


@register.inclusion_tag("panels/shared/_citation.html")
def cite(citation: Citation, event: Event, anchor: str = "") -> dict[str, Any]:
    """A citation of an event or, with its anchor, a passage: a sentence to copy, and files for reference managers."""
    return {
        "citation": citation,
        "sentence": sentence(citation),
        "event": event,
        "anchor": anchor,
        "forms": [(suffix, form.NAME) for suffix, form in FORMS.items()],
    }


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """Linked data as a data block, which browsers do not execute and script policies do not forbid."""
    written = json.dumps(data, ensure_ascii=False).translate(_HARMLESS_JSON)
    block = mark_safe(written)  # noqa: S308 - nothing in it can end the element
    return format_html('<script type="application/ld+json">{}</script>', block)


@register.simple_tag
def speaker_query(chosen: Sequence[Speaker], speaker: Speaker) -> str:
    """The query string with the speaker added to the chosen ones or, if already chosen, removed."""
    slugs = [one.slug for one in chosen]
    slugs = [one for one in slugs if one != speaker.slug] if speaker.slug in slugs else [*slugs, speaker.slug]
    return "?" + urlencode({"speaker": slugs}, doseq=True)


@register.filter
def part_query(shown: TranscriptView, number: int) -> str:
    """The query string of another part of the same page."""
    return shown.query(number)


@register.simple_tag(takes_context=True)
def filter_url(context: dict[str, Any], name: str, value: Any = "") -> str:
    """The current URL with another value of one parameter, or none, from the first page on."""
    query = context["request"].GET.copy()
    for other in (name, "page", "asked", "events", "questions", "before"):
        query.pop(other, None)
    if value:
        query[name] = str(value)
    return f"?{query.urlencode()}" if query else context["request"].path


@register.simple_tag
def compare_url(speakers: Sequence[Speaker], tag: Tag | None = None) -> str:
    """The URL of a comparison of speakers, on a tag or on everything."""
    asked = [("speaker", one.slug) for one in speakers] + ([("tag", tag.slug)] if tag else [])
    return f"{reverse('compare')}?{urlencode(asked)}"


@register.simple_tag(takes_context=True)
def page_url(context: dict[str, Any], number: int, name: str = "") -> str:
    """The current URL with another page number, in the parameter `name`, and the same filters."""
    query = context["request"].GET.copy()
    query[name or "page"] = str(number)
    return f"?{query.urlencode()}"
