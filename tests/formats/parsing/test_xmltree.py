import pytest

from panels.formats.base import FormatError
from panels.formats.parsing.xmltree import parse, root_name, words


def test_parse_honours_entities_that_are_characters() -> None:
    root = parse(
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE a [\n<!ENTITY pound "&#163;">\n'
        '<!ENTITY nb "x">\n]>\n<a>&pound;5&mdash;&nb;&amp;&unheard;</a>'
    )

    assert words(root) == "£5—x&&unheard;"
    assert root.sourceline == 6


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY lol "lollollollol">',
        '<!ENTITY a "&b;&b;">',
        '<!ENTITY file SYSTEM "file:///etc/passwd">',
        '<!ENTITY % all SYSTEM "http://example.org/all.dtd">',
    ],
)
def test_parse_refuses_other_entities_with_their_line(declaration: str) -> None:
    with pytest.raises(FormatError, match="declares the entity") as refusal:
        parse(f"<!DOCTYPE a [\n{declaration}\n]>\n<a>&lol;</a>")

    assert refusal.value.line == 2


def test_parse_ignores_an_external_document_type() -> None:
    assert words(parse('<!DOCTYPE Trans SYSTEM "trans-14.dtd">\n<Trans>text</Trans>')) == "text"


@pytest.mark.parametrize("text", ["<a><b></a>", "<a>" * 400 + "</a>" * 400, "<a>\x01</a>", "", "<a>\x00</a>"])
def test_parse_refuses_what_is_not_well_formed(text: str) -> None:
    with pytest.raises(FormatError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\ufeff<?xml version='1.0'?>\n<!-- a <b> -->\n<akn:akomaNtoso xmlns:akn='x'>", "akomantoso"),
        ("<!DOCTYPE publicwhip [\n<!ENTITY pound '&#163;'>\n]>\n<publicwhip>", "publicwhip"),
        ("plain < text", ""),
        ("", ""),
    ],
)
def test_root_name_sees_through_what_stands_before(text: str, name: str) -> None:
    assert root_name(text) == name
