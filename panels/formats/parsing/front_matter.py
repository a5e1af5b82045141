"""Read the front matter of a text file: YAML between `---`, TOML between `+++`, or a JSON object.

Fields are recognised under the names that archives of transcripts use. A field that sessions do not have is kept
with its line.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from panels.formats.base import FormatError
from panels.formats.dates import date_in
from panels.formats.limits import OBJECTS, check_count, check_time, in_force, timed
from panels.formats.wording import gettext_noop
from panels.transcript import PanelMember, Role, Transcript, Unread

_INVALID_YAML = gettext_noop("The front matter is not valid YAML: %(fault)s.")
_INVALID_TOML = gettext_noop("The front matter is not valid TOML: %(fault)s.")
_VALUES = gettext_noop("The file has more than %(most)s values in its front matter.")
_TOML_CHARACTERS = gettext_noop("The file has more than %(most)s characters of TOML.")

_TEXTS = {
    "title": "title",
    "lang": "language",
    "language": "language",
    "locale": "language",
    "media": "recording_url",
    "video": "recording_url",
    "recording": "recording_url",
    "recording_url": "recording_url",
    "source": "source_url",
    "source_url": "source_url",
    "source_file": "source_url",
    "original": "source_url",
    "url": "source_url",
    "link": "source_url",
    "canonical": "source_url",
    "publisher": "publisher",
    "programme": "programme",
    "program": "programme",
    "series": "programme",
    "podcast": "programme",
    "show": "programme",
    "licence": "licence",
    "license": "licence",
}
_PEOPLE = {
    "speakers": Role.PANELIST,
    "speaker": Role.PANELIST,
    "panelists": Role.PANELIST,
    "guests": Role.PANELIST,
    "guest": Role.PANELIST,
    "participants": Role.PANELIST,
    "hosts": Role.HOST,
    "host": Role.HOST,
    "interviewer": Role.MODERATOR,
    "moderator": Role.MODERATOR,
    "moderators": Role.MODERATOR,
}
_TAGS = ("tags", "tag", "topics", "topic", "keywords", "keyword", "categories", "category")
_LONGEST_TOML = 20_000  # reading takes quadratic time in the number of dots in a key
_NAME_TITLE = re.compile(r"(?P<name>[^()（）,，]+)(?:[(（](?P<inside>[^()]*)[)）]|[,，]\s*(?P<after>\S.*))?")


@dataclass(frozen=True, slots=True)
class Head:
    """A transcript with the fields of the front matter, and the line (from 1) where the text begins."""

    transcript: Transcript = field(default_factory=Transcript)
    first: int = 1
    found: bool = False
    summary: str = ""


def read_head(lines: Sequence[str]) -> Head:
    """Read the front matter of a file, if it has one. Raises FormatError if it is malformed."""
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    opening = lines[start].strip() if lines else ""
    if opening in ("---", "+++"):
        return _fenced(lines, start, opening)
    if opening.startswith("{") and not opening.startswith("{%"):
        return _json(lines, start)
    return Head()


def _fenced(lines: Sequence[str], start: int, fence: str) -> Head:
    ends = (i for i in range(start + 1, len(lines)) if lines[i].rstrip() in (fence, "..." if fence == "---" else fence))
    end = next(ends, None)
    if end is None:
        return Head()
    body = "\n".join(lines[start + 1 : end])
    values = yaml_values(body, start + 2) if fence == "---" else _toml(body, start + 2)
    if not isinstance(values, dict):
        return Head()
    return _head(values, lines[start : end + 1], start + 1, end + 2)


def yaml_values(body: str, line: int) -> Any:
    try:
        return yaml.load(body, Loader=_Plain)  # noqa: S506  (a SafeLoader without aliases and dates)
    except yaml.MarkedYAMLError as fault:
        at = fault.problem_mark.line if fault.problem_mark else 0
        reason = _INVALID_YAML % {"fault": fault.problem}
        raise FormatError(
            reason, line=line + at, advice=gettext_noop("Put quotation marks around the value.")
        ) from fault
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        raise FormatError(
            gettext_noop("The front matter is not valid YAML."), line=line, advice=gettext_noop("Correct it.")
        ) from fault


class _Plain(yaml.SafeLoader):
    """YAML in which dates and numbers stay text, and aliases are refused."""

    nodes = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        check_time()
        self.nodes += 1
        check_count(self.nodes, in_force().elements, _VALUES)
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "references are not supported", mark)
        return super().compose_node(parent, index)


_Plain.yaml_implicit_resolvers = {
    key: [(tag, rule) for tag, rule in rules if tag.endswith((":null", ":bool", ":merge"))]
    for key, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _toml(body: str, line: int) -> Any:
    check_count(len(body), _LONGEST_TOML, _TOML_CHARACTERS, line=line, advice=gettext_noop("Shorten it."))
    try:
        return tomllib.loads(body)
    except (ValueError, RecursionError) as fault:  # ValueError: also a number of more digits than Python reads
        raise FormatError(_INVALID_TOML % {"fault": fault}, line=line, advice=gettext_noop("Correct it.")) from fault


def _json(lines: Sequence[str], start: int) -> Head:
    text = "\n".join(lines[start:])
    check_count(text.count("[") + text.count("{"), in_force().elements, OBJECTS, line=start + 1)
    try:
        values, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return Head()
    after = start + text.count("\n", 0, end) + 1
    return _head(values, lines[start:after], start + 1, after + 1)


def _head(values: dict[str, Any], lines: Sequence[str], first_line: int, first: int) -> Head:
    fields: dict[str, Any] = {}
    people: list[PanelMember] = []
    unread: list[Unread] = []
    for name, value in timed(values.items()):
        key = str(name).casefold().strip()
        if value in (None, "", [], {}):
            continue
        if key in _PEOPLE:
            people.extend(_people(value, _PEOPLE[key]))
        elif not _take(fields, key, value):
            where = next((i for i, line in enumerate(lines) if line.strip().startswith((str(name), f'"{name}'))), 0)
            words = f"{name}: {_shown(value)}"
            unread.append(
                Unread(line=first_line + where, text=words, reason=gettext_noop("field that sessions do not have"))
            )
    fields["tags"] = _joined(fields.get("tags", {}))
    transcript = replace(Transcript(), **fields, panelists=tuple(_unique(people)), unread=tuple(unread))
    summary = values.get("summary")
    return Head(transcript, first, found=True, summary=summary if isinstance(summary, str) else "")


def _take(fields: dict[str, Any], key: str, value: Any) -> bool:
    if key in _TEXTS and isinstance(value, str) and _TEXTS[key] not in fields:
        fields[_TEXTS[key]] = " ".join(value.split())
    elif key in ("date", "event_date", "recorded") and "date" not in fields:
        date = value if isinstance(value, dt.date) else date_in(str(value))
        if date is None:
            return False
        fields["date"] = date.date() if isinstance(date, dt.datetime) else date
    elif key in _TAGS:
        more = (" ".join(tag.split()) for tag in _texts(value, split=",") if tag.strip())
        fields.setdefault("tags", {})[key] = tuple(dict.fromkeys(more))
    else:
        return False
    return True


def _joined(fields: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The tags of all fields that have some, those of `tags` first, whatever the order of the fields."""
    folded: dict[str, str] = {}
    for name in _TAGS:
        for tag in fields.get(name, ()):
            folded.setdefault(tag.casefold(), tag)
    return tuple(folded.values())


def _people(value: Any, role: Role) -> Iterator[PanelMember]:
    if isinstance(value, dict):
        value = [value] if "name" in value else [{"name": name, "title": title} for name, title in value.items()]
    for person in value if isinstance(value, list) else _texts(value, split=","):
        if isinstance(person, dict) and isinstance(person.get("name"), str):
            title, organisation = (str(person.get(key) or "") for key in ("title", "organisation"))
            yield PanelMember(name=person["name"].strip(), role=role, title=title, organisation=organisation)
        elif isinstance(person, str) and person.strip():
            yield _person(person.strip(), role)


def _person(words: str, role: Role) -> PanelMember:
    found = _NAME_TITLE.fullmatch(words)
    if not found or not found["name"].strip():
        return PanelMember(name=words, role=role)
    return PanelMember(name=found["name"].strip(), role=role, title=(found["inside"] or found["after"] or "").strip())


def _unique(people: Iterable[PanelMember]) -> Iterator[PanelMember]:
    """Each person once; whoever is listed again as the moderator or host is that."""
    found: dict[str, PanelMember] = {}
    for person in people:
        known = found.setdefault(person.name, person)
        if known.role is Role.PANELIST:
            found[person.name] = replace(known, role=person.role)
    yield from found.values()


def _texts(value: Any, *, split: str) -> list[str]:
    if isinstance(value, str):
        return value.split(split)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
