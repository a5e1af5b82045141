"""Words for readers: Markdown, languages, times, excerpts."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from panels.markdown import render, render_inline
from panels.models import Speaker
from panels.text import excerpt_of

register = template.Library()

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}


@register.filter
def markdown(text: str) -> SafeString:
    return render(text)


@register.filter
def markdown_inline(text: str) -> SafeString:
    """As `markdown`, for places that hold no paragraphs, such as headings: they become line breaks."""
    return render_inline(text)


@register.filter
def excerpt(text: str, length: int = 200) -> str:
    return excerpt_of(text, length=length)


@register.filter
def language_name(tag: str) -> str:
    """The name of a language in the reader's: "zh-Hans" → "Simplified Chinese"; the tag itself if it is not known."""
    if tag.lower() == "zh":
        return _("Chinese")
    try:
        name: str = get_language_info(tag.lower())["name_translated"]
    except KeyError:
        return tag
    return name


@register.filter
def name_in(speaker: Speaker, language: str) -> str:
    return speaker.name_in(language)


@register.filter
def direction(tag: str) -> str:
    """The direction in which a language is written, for `dir`: "rtl" or "ltr"."""
    primary, *rest = tag.lower().split("-")
    if "latn" in rest:
        return "ltr"
    return "rtl" if primary in _RIGHT_TO_LEFT or {"arab", "hebr"} & set(rest) else "ltr"


@register.filter
def media_time(seconds: float) -> str:
    """Seconds as a time in a recording: 75 → "1:15", 3675 → "1:01:15"."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


@register.filter
def duration(seconds: float) -> str:
    """Seconds as a machine-readable duration for <time>, as HTML has it: 75 → "PT75S"."""
    return f"PT{int(seconds)}S"


@register.simple_tag(takes_context=True)
def page_address(context: dict[str, Any], number: int, name: str = "") -> str:
    """The present address with another page number, in the parameter `name`; whatever narrows the list stays."""
    query = context["request"].GET.copy()
    query[name or "page"] = str(number)
    return f"?{query.urlencode()}"
