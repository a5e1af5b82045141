"""Pages and documents whose markup names nobody are read as the text that they show."""

import io
import zipfile

from panels.formats.markup import html_page
from panels.formats.office import docx
from tests.formats.plain_values import exchanges_of, unread_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def page(*paragraphs: str, title: str = "A panel") -> str:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!doctype html><title>{title}</title><nav>Home</nav>\n{body}"


def document(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


ARTICLE = (
    "Some words before.",
    "Question 1: What is it?",
    "Jane Doe",
    "It is this.",
    "Kim Lee",
    "It is that.",
    "Question 2, why so?",
    "Kim Lee",
    "No idea.",
    "Jane Doe",
    "Because.",
)
ANSWERS = [
    (
        (None, None, "What is it?", None),
        [("Jane Doe",) * 2 + ("It is this.", None), ("Kim Lee",) * 2 + ("It is that.", None)],
    ),
    ((None, None, "why so?", None), [("Kim Lee",) * 2 + ("No idea.", None), ("Jane Doe",) * 2 + ("Because.", None)]),
]


def test_a_page_with_numbered_questions_is_an_article() -> None:
    transcript = html_page.read(page(*ARTICLE))

    assert (transcript.title, transcript.introduction) == ("A panel", "Some words before.")
    assert exchanges_of(transcript) == ANSWERS
    assert [answer.line for answer in transcript.exchanges[0].answers] == [4, 6]
    assert unread_of(transcript) == [
        (1, "Home", "part of the web page, not of the session"),
        (3, "Question 1\nQuestion 2", "numbers of the questions"),
    ]


def test_a_document_with_numbered_questions_is_an_article() -> None:
    transcript = docx.read(document("A panel", *ARTICLE))

    assert exchanges_of(transcript) == ANSWERS
    assert [answer.line for answer in transcript.exchanges[0].answers] == [4, 6]


def test_a_page_with_questions_and_answers_opens_an_exchange_at_each() -> None:
    transcript = html_page.read(page("Q: Why is it so?", "A: Because.", "More of it.", "Q: Is it?", "A: Yes."))

    assert exchanges_of(transcript) == [
        (("Q", None, "Why is it so?", None), [("A", None, "Because.\n\nMore of it.", None)]),
        (("Q", None, "Is it?", None), [("A", None, "Yes.", None)]),
    ]


def test_names_with_times_stand_above_their_words() -> None:
    transcript = html_page.read(page("Jane (00:01):", "Hello.", "Kim (00:09):", "Hi.", "Jane (00:12):", "Bye."))

    assert exchanges_of(transcript) == [
        (None, [("Jane", "Jane", "Hello.", 1.0), ("Kim", "Kim", "Hi.", 9.0), ("Jane", "Jane", "Bye.", 12.0)])
    ]


def test_questions_in_bold_are_nobody() -> None:
    transcript = html_page.read(
        page("<b>Who are you?</b>", "A writer.", "<b>What with?</b>", "A pen.", "<b>Why?</b>", "It works.")
    )

    assert [(entry.question and entry.question.text, len(entry.answers)) for entry in transcript.exchanges] == [
        ("Who are you?", 1),
        ("What with?", 1),
        ("Why?", 1),
    ]


def test_a_page_of_typewritten_text_keeps_its_lines() -> None:
    transcript = html_page.read("<pre>\nJane Doe: Hello.\n\nKim Lee: Hi.\n\nJane Doe: Bye.\n\nKim Lee: Bye.\n</pre>")

    assert [(answer.label, answer.text) for answer in transcript.exchanges[0].answers] == [
        ("Jane Doe", "Hello."),
        ("Kim Lee", "Hi."),
        ("Jane Doe", "Bye."),
        ("Kim Lee", "Bye."),
    ]
