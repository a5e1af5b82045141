"""Validators of single values, with messages that say what to write instead."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from panels.transcript.text import slug_of

QUESTION_ANCHOR = r"q[1-9]\d{0,5}"
ANSWER_ANCHOR = r"q[1-9]\d{0,5}-a[1-9]\d{0,5}"

validate_question_anchor = RegexValidator(
    re.compile(rf"\A{QUESTION_ANCHOR}\Z"), _("A question's anchor looks like q3.")
)
validate_answer_anchor = RegexValidator(re.compile(rf"\A{ANSWER_ANCHOR}\Z"), _("An answer's anchor looks like q3-a2."))
validate_anchor = RegexValidator(
    re.compile(rf"\A({QUESTION_ANCHOR}|{ANSWER_ANCHOR})\Z"), _("An anchor looks like q3 or q3-a2.")
)
validate_language = RegexValidator(
    re.compile(r"\A[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z"), _("A language tag looks like en, zh-Hans or pt-BR.")
)

_validate_url = URLValidator(schemes=["http", "https"])


def validate_web_url(url: str) -> None:
    """Refuse anything but web URLs; browsers also accept others (`javascript:`, `data:`, `ftp:`)."""
    try:
        _validate_url(url)
    except ValidationError as error:
        raise ValidationError(
            _("Enter an address that starts with http:// or https://."), code="invalid", params={"value": url}
        ) from error


def validate_slug(slug: str) -> None:
    """Require lower-case words joined by hyphens, in any script."""
    if slug != slug_of(slug, max_length=100):
        raise ValidationError(
            _("Use lower-case letters, digits and single hyphens, for example %(example)s."),
            params={"example": slug_of(slug, max_length=100) or "panel-2020"},
        )
