"""Each form on its own: what the form itself could break."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from panels.reading.citations import FORMS, Citation, CitedKind, Name
from panels.reading.citations.bibtex import write as bibtex
from panels.reading.citations.csl_json import item
from panels.reading.citations.plain_text import sentence
from panels.reading.citations.ris import write as ris

SESSION = Citation(
    kind=CitedKind.SESSION,
    key="night-opening",
    title="Night Opening",
    authors=(Name("Jane Doe", "Doe", "Jane"), Name("Zhang San", "Zhang", "San", original="张三")),
    nameless="Speakers not named in the source",
    container="Town Talks",
    date=dt.date(2021, 3, 4),
    publisher="Musterstadt Sheet",
    site="Panels",
    language="en",
    url="https://panels.example/events/night-opening/",
    anchor="",
    version=7,
    accessed=dt.date(2024, 5, 6),
)
ANSWER = replace(
    SESSION,
    kind=CitedKind.ANSWER,
    key="night-opening-q3-a2",
    title="Answer to: How late?",
    authors=(Name("Jane Doe", "Doe", "Jane"),),
    container="Night Opening",
    anchor="q3-a2",
    url="https://panels.example/events/night-opening/q3-a2/",
)


def test_bibtex_of_an_answer() -> None:
    assert bibtex(ANSWER) == (
        "@inproceedings{night-opening-q3-a2,\n"
        "  author = {Doe, Jane},\n"
        "  title = {{Answer to: How late?}},\n"
        "  booktitle = {{Night Opening}},\n"
        "  publisher = {{Musterstadt Sheet}},\n"
        "  date = {2021-03-04},\n"
        "  year = {2021},\n"
        "  month = 3,\n"
        "  pages = {q3-a2},\n"
        "  url = {https://panels.example/events/night-opening/q3-a2/},\n"
        "  urldate = {2024-05-06},\n"
        "  version = {7},\n"
        "  language = {en}\n"
        "}\n"
    )


def test_ris_of_an_answer() -> None:
    assert ris(ANSWER).split("\r\n") == [
        "TY  - CPAPER", "ID  - night-opening-q3-a2", "AU  - Doe, Jane", "TI  - Answer to: How late?",
        "T2  - Night Opening", "PY  - 2021", "DA  - 2021/03/04/", "PB  - Musterstadt Sheet", "SP  - q3-a2",
        "UR  - https://panels.example/events/night-opening/q3-a2/", "Y2  - 2024/05/06/", "ET  - 7", "LA  - en",
        "DP  - Panels", "ER  - ", "",
    ]  # fmt: skip


def test_csl_of_an_answer() -> None:
    assert item(ANSWER) == {
        "id": "night-opening-q3-a2",
        "type": "speech",
        "title": "Answer to: How late?",
        "author": [{"family": "Doe", "given": "Jane"}],
        "container-title": "Night Opening",
        "event-title": "Night Opening",
        "issued": {"date-parts": [[2021, 3, 4]]},
        "publisher": "Musterstadt Sheet",
        "page": "q3-a2",
        "URL": "https://panels.example/events/night-opening/q3-a2/",
        "accessed": {"date-parts": [[2024, 5, 6]]},
        "version": "7",
        "language": "en",
        "source": "Panels",
    }


def test_sentence_of_an_answer_and_of_a_session() -> None:
    assert sentence(ANSWER) == (
        "Jane Doe. “Answer to: How late?” In: Night Opening, Musterstadt Sheet, 4 Mar 2021. "
        "https://panels.example/events/night-opening/q3-a2/ (q3-a2, version 7, accessed 6 May 2024)."
    )
    assert sentence(SESSION) == (
        "Jane Doe; Zhang San (张三). Night Opening. Town Talks, Musterstadt Sheet, 4 Mar 2021. "
        "https://panels.example/events/night-opening/ (version 7, accessed 6 May 2024)."
    )


def test_sentence_of_a_chinese_record_follows_the_national_standard() -> None:
    four = tuple(Name(name, name[0], name[1:]) for name in ("张三", "李四", "王五", "赵六"))
    chinese = replace(
        ANSWER, language="zh-Hans", title="对“开到几点？”的回答", container="夜间开放", publisher="示例报"
    )

    assert sentence(replace(chinese, authors=four[:1])) == (
        "张三. 对“开到几点？”的回答[EB/OL]//夜间开放. 示例报, 2021: q3-a2(2021-03-04)[2024-05-06]. "
        "https://panels.example/events/night-opening/q3-a2/."
    )
    assert sentence(replace(chinese, authors=four)).startswith("张三, 李四, 王五, 等. ")
    assert "示例报, [出版年不详]: q3-a2[2024-05-06]" in sentence(replace(chinese, date=None))


@pytest.mark.parametrize("suffix", FORMS)
def test_who_is_not_named_gets_no_name(suffix: str) -> None:
    nameless = replace(ANSWER, authors=(), nameless="Speaker not named in the source")

    written = FORMS[suffix].write(nameless)

    assert "Speaker not named in the source" in written
    assert "author" not in written
    assert "AU  -" not in written


@pytest.mark.parametrize("suffix", FORMS)
def test_an_undated_session_gets_no_date(suffix: str) -> None:
    written = FORMS[suffix].write(replace(SESSION, date=None))

    assert "2021" not in written
    assert "None" not in written


@pytest.mark.parametrize("suffix", FORMS)
def test_remarks_are_in_every_form(suffix: str) -> None:
    assert "Machine translation" in FORMS[suffix].write(replace(SESSION, notes=("Machine translation",)))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("50 % of R&D costs $5, item #3_b", r"50 \% of R\&D costs \$5, item \#3\_b"),
        ("a ~ b ^ c", r"a {\textasciitilde} b {\textasciicircum} c"),
        (r"C:\temp", r"C:{\textbackslash}temp"),
        ("an { odd brace", r"an {\textbraceleft} odd brace"),
        ("a brace } alone", r"a brace {\textbraceright} alone"),
        ("two\n lines\x07", "two lines"),
        ("Łukasz 张三 — “ß”", "Łukasz 张三 — “ß”"),
    ],
)
def test_bibtex_escapes_what_latex_would_read(text: str, escaped: str) -> None:
    assert f"  title = {{{{{escaped}}}}},\n" in bibtex(replace(ANSWER, title=text))


def test_bibtex_braces_balance_whatever_is_written() -> None:
    written = bibtex(replace(ANSWER, title="}{{", container="}}", publisher="{", url="https://panels.example/{x}/"))

    assert written.count("{") == written.count("}")


@pytest.mark.parametrize(
    ("name", "author"),
    [
        (Name("Bread and Roses"), "{Bread and Roses}"),
        (Name("Institute, Office of Records"), "{Institute, Office of Records}"),
        (Name("Cher"), "{Cher}"),
        (Name("Ludwig van Muster", "van Muster", "Ludwig"), "van Muster, Ludwig"),
        (Name("John Doe, Jr.", "Doe", "John, Jr."), "Doe, {John, Jr.}"),
        (Name("欧阳某", "欧阳", "某"), "欧阳, 某"),
        (Name("Prince", "Prince"), "Prince"),
    ],
)
def test_bibtex_keeps_names_whole(name: Name, author: str) -> None:
    assert f"  author = {{{author}}},\n" in bibtex(replace(ANSWER, authors=(name,)))


def test_ris_has_one_line_a_value_and_no_comma_in_an_unparted_name() -> None:
    written = ris(replace(ANSWER, title="Two\r\nER  - \nlines", authors=(Name("Institute, Office"),)))

    assert "TI  - Two ER - lines\r\n" in written
    assert "AU  - Institute Office\r\n" in written
    assert written.count("ER  - ") == 1


def test_csl_is_json_of_a_list_with_names_as_they_are() -> None:
    authors = (Name("Jane Doe"), Name("Prince", "Prince"))

    (read,) = json.loads(FORMS["csl.json"].write(replace(SESSION, authors=authors)))

    assert read["author"] == [{"literal": "Jane Doe"}, {"family": "Prince"}]
    assert read["type"] == "webpage"
    assert "event-title" not in read
