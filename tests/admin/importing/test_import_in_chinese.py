"""The import page in Chinese: reasons, guesses and refusals of formats are Chinese, and what is stored is not."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from panels.models import ImportDraft
from tests.admin.importing.pages import press_on_import
from tests.builders import make_answer, make_event, make_panelist, make_question, make_speaker

pytestmark = pytest.mark.django_db

PATH = "/admin/panels/event/import/"
PAGE = """<html><head><title>Night opening</title></head><body><nav>Home | Sections</nav><h1>Night opening</h1>
<p><b>Speakers:</b> Jane Wong, Ida Krane, Kim Placeholder</p>
<p><b>Jane Wong:</b> Why do you open at night?</p>
<p><b>IK:</b> Because people asked for it.</p>
<p><b>Jane Wang:</b> And the <s>lamp</s> lamps?</p>
<p><b>IK:</b> They are cheap.</p></body></html>"""
ENGLISH = ("part of the web page", "struck through", "could be the initials", "spelled almost like")


@pytest.fixture
def chinese(desk: Client) -> Client:
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    return desk


def words(page: bytes) -> str:
    """What a page says, without its source beside it and its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def imported(desk: Client, raw: bytes, name: str = "") -> bytes:
    return desk.post(PATH, {"file": SimpleUploadedFile(name or "night.html", raw)}, follow=True).content


def test_reasons_and_guesses_are_chinese(chinese: Client) -> None:
    page = words(imported(chinese, PAGE.encode()))

    assert "已移除： “Home | Sections” (网页内容，不属于活动)" in page
    assert "“lamp” (带删除线)" in page
    assert "“IK”可能是“Ida Krane”的姓名缩写" in page
    assert "“Jane Wang”与“Jane Wong”拼写相近" in page
    assert [english for english in ENGLISH if english in page] == []


def test_what_is_stored_stays_english(chinese: Client) -> None:
    imported(chinese, PAGE.encode())
    import_draft = ImportDraft.objects.get()
    path = f"{PATH}{import_draft.pk}/"
    place = re.search(r'value="candidate (\S+) 1"', chinese.get(path).content.decode())
    assert place

    answer = press_on_import(chinese, path, {"step": f"candidate {place[1]} 1"}, follow=True)

    import_draft.refresh_from_db()
    assert "could be the initials of Ida Krane" in import_draft.steps[-1]["evidence"]
    assert "(“IK”可能是“Ida Krane”的姓名缩写)" in words(answer.content)


def test_what_an_editor_removes_is_named_in_chinese(chinese: Client) -> None:
    imported(chinese, PAGE.encode())
    path = f"{PATH}{ImportDraft.objects.get().pk}/"

    page = press_on_import(chinese, path, {"step": "drop 1.1"}, follow=True).content

    assert "(由编辑移除)" in words(page)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (
            b"{\\rtf1\\ansi " + b"{" * 300 + b"It is.",
            "文件中的组嵌套超过 200 层。请减少该处的嵌套，或只复制文字。",
        ),
        (
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
            "此 PDF 文件已损坏，无法读取。请重新保存文件，或复制其文字后粘贴。",
        ),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "这是图片。请改为粘贴文字。"),
        (
            b'["Ida: Hello.", "Ben: Hello."]',
            "这是 JSON 文件，但 Panels 不支持这种结构。请从生成它的程序中将实录导出为",
        ),
        (
            b"<minutes><item>Ida: Hello.</item></minutes>",
            "这是 XML 文件（<minutes>），但 Panels 不支持这种结构。",
        ),
        (b"\n" + "问问问问问\n".encode() * 4 + b"\xff", "第 6 行：文件是 UTF-8 编码，但部分字节已损坏。"),
    ],
)
def test_a_refusal_is_chinese(chinese: Client, raw: bytes, said: str) -> None:
    page = words(imported(chinese, raw, "night.txt"))

    assert said in page
    assert "line 1" not in page
    assert not ImportDraft.objects.exists()


def test_candidates_of_a_label_are_chinese(chinese: Client) -> None:
    event = make_event(title="Lanterns")
    label, ida = make_speaker("IK", session=event), make_speaker("Ida Krane")
    make_panelist(event, speaker=ida)
    make_answer(make_question(event), speaker=label)

    page = chinese.get("/admin/panels/speaker/unidentified/").content

    assert "“IK”可能是“Ida Krane”的姓名缩写" in words(page)
    assert f'name="evidence-{ida.pk}" value="“IK” could be the initials of Ida Krane"' in page.decode()


def test_a_text_without_words_is_refused_in_chinese(chinese: Client) -> None:
    page = words(imported(chinese, b"{\\rtf1", "night.rtf"))

    assert "此实录中没有文字" in page
    assert "(文件不完整：此后可能缺少内容)" in page
