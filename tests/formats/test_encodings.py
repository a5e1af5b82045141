"""Files of before UTF-8: the encoding is found, told as a doubt, and can be named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from panels.formats.base import FormatError, Source
from panels.formats.registry import read

TEXTS = {
    "ja": "田中：図書館は何時に開きますか。\n鈴木：九時です。ありがとうございます。\n",
    "zh": "主持人：各位好，欢迎来到图书馆。\n李四：好的，没问题，我们开始吧。\n",
    "tw": "主持人：各位好，歡迎來到圖書館。\n李四：好的，沒問題，我們開始吧。\n",
    "ko": "사회자: 도서관은 언제 엽니까?\n김민수: 아홉 시에 엽니다. 감사합니다.\n",
    "ru": "Иван: Сегодня мы говорим о библиотеке.\nОльга: Хорошо, спасибо.\n",
    "pl": "Łukasz: Dziś mówimy o książkach i żółtych lampach.\nZofia: Świetnie, dziękuję.\n",
    "hu": "Győző: Ma a könyvtárról beszélünk, és az őszről.\nÁgi: Köszönöm, szép estét.\n",
    "el": "Ελένη: Σήμερα μιλάμε για τη βιβλιοθήκη.\nΝίκος: Καλά, ευχαριστώ.\n",
    "he": "דנה: היום אנחנו מדברים על הספרייה.\nיוסי: טוב, תודה.\n",
    "ar": "ليلى: اليوم نتحدث عن المكتبة.\nعمر: حسنا، شكرا لكم.\n",
    "tr": "Ayşe: Bugün kütüphaneyi konuşuyoruz, değil mi?\nİbrahim: Tamam, teşekkür ederim.\n",
    "th": "สมชาย: วันนี้เราพูดถึงห้องสมุด\nมาลี: ดีมาก ขอบคุณ\n",
    "fr": "Élodie : Aujourd’hui, nous parlons de la bibliothèque.\nBenoît : Très bien, merci à tous.\n",
    "uk": "Олена: Сьогодні ми говоримо про бібліотеку і її читачів.\nІван: Дуже добре, дякую.\n",
    "lt": "Jonas: Šiandien kalbame apie biblioteką ir žmones.\nRūta: Labai ačiū, žinoma.\n",
    "lv": "Jānis: Šodien mēs runājam par bibliotēku un grāmatām.\nIlze: Ļoti labi, paldies.\n",
    "is": "Þórður: Í dag tölum við um bókasafnið og góðar bækur.\nÆvar: Já, þakka þér fyrir.\n",
    "dos": "Élodie : Voilà, nous parlons de la bibliothèque.\nBenoît : Très bien, déjà.\n",
    "dashes": "Ida: It’s “fine”—yes—so he said “no”, and “yes” again…\nBen: “So.”\n",
    "names": "Ida: Søren and Zoë met Peña, and Müller, in Lodz.\nBen: Oui, déjà.\n",
    "en": "Ida: It’s “fine” – naïve.\nBen: Yes.\n",
}
ENCODINGS = [
    ("ja", "shift_jis", "Shift_JIS"), ("ja", "euc_jp", "EUC-JP"), ("zh", "gb18030", "GB18030"),
    ("tw", "big5", "Big5"), ("ko", "euc_kr", "EUC-KR"), ("ru", "windows-1251", "windows-1251"),
    ("ru", "koi8-r", "KOI8-R"), ("ru", "cp866", "IBM866"), ("pl", "windows-1250", "windows-1250"),
    ("hu", "windows-1250", "windows-1250"), ("pl", "iso8859-2", "ISO-8859-2"),
    ("el", "windows-1253", "windows-1253"), ("he", "windows-1255", "windows-1255"),
    ("ar", "windows-1256", "windows-1256"), ("tr", "windows-1254", "windows-1254"), ("th", "tis-620", "TIS-620"),
    ("uk", "koi8-u", "koi8-u"), ("ru", "mac_cyrillic", "mac-cyrillic"),
    ("ru", "cp855", "cp855"), ("el", "cp737", "cp737"), ("el", "mac_greek", "mac-greek"),
    ("ar", "iso8859-6", "iso8859-6"), ("he", "cp862", "cp856"), ("ko", "johab", "johab"), ("zh", "hz", "HZ"),
    ("lt", "windows-1257", "windows-1257"), ("lv", "windows-1257", "windows-1257"), ("is", "cp1252", "windows-1252"),
    ("hu", "cp852", "cp852"), ("pl", "mac_latin2", "mac-latin2"), ("dos", "cp850", "cp850"),
    ("dos", "mac_roman", "mac-roman"), ("dashes", "windows-1252", "windows-1252"),
    ("names", "windows-1252", "windows-1252"),
    ("fr", "windows-1252", "windows-1252"), ("en", "windows-1252", "windows-1252"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "encoding", "name"), ENCODINGS)
@pytest.mark.parametrize("above", ["", "1\n00:00:01,000 --> 00:00:02,000\n"])
def test_the_encoding_is_found_and_told_with_its_first_line(
    language: str, encoding: str, name: str, above: str
) -> None:
    text = above + TEXTS[language]
    source = Source(text.encode(encoding))

    doubts = [item for item in read(source).unread if "not UTF-8" in item.reason]

    assert source.text == text
    assert [(item.line, item.text) for item in doubts] == [(text.count("\n") - 1, TEXTS[language].split("\n")[0])]
    assert f"read as {name}," in doubts[0].reason


@pytest.mark.parametrize("language", ["ru", "zh", "ko", "ja"])
def test_utf_16_without_a_mark_is_found_in_any_script(language: str) -> None:
    source = Source(TEXTS[language].encode("utf-16-le"))

    assert (source.text, source.guess) == (TEXTS[language], None)


def test_korean_in_seven_bits_is_certain() -> None:
    source = Source(TEXTS["ko"].encode("iso2022_kr"))

    assert (source.text, source.guess) == (TEXTS["ko"], None)


def test_ascii_with_tildes_and_braces_is_no_chinese() -> None:
    text = "Ida: Write it as ~{a}~ or as ~{ab~} here.\nBen: Yes.\n"

    assert Source(text.encode()).text.startswith("Ida: Write it as")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso2022_jp"])
def test_what_is_certain_is_no_doubt(encoding: str) -> None:
    source = Source(("Ida: Hello, hello.\nBen: " + TEXTS["ja"]).encode(encoding))

    assert source.text.endswith(TEXTS["ja"])
    assert source.guess is None


def test_what_a_file_declares_is_no_doubt() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body><p><b>Иван:</b> {TEXTS["ru"]}</p></body></html>'

    source = Source(page.encode("windows-1251"))

    assert (source.text, source.guess) == (page, None)


def test_an_encoding_that_is_named_is_no_guess() -> None:
    source = Source("Zoé: déjà\n".encode("mac_roman"), encoding="mac_roman")

    assert (source.text, source.guess) == ("Zoé: déjà\n", None)


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("klingon", "There is no encoding “klingon”"),
        ("utf-8", "line 1: The file is not utf-8"),
        ("rot13", "There is no encoding “rot13”"),
    ],
)
def test_an_encoding_that_does_not_fit_is_refused(encoding: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        _ = Source("Zoé\n".encode("windows-1252"), encoding=encoding).text


def test_the_command_takes_an_encoding(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_bytes("Zoé: déjà vu\nBen: oui\nZoé: non\n".encode("mac_roman"))

    command = [sys.executable, "-m", "panels.formats", str(file), "--encoding", "mac_roman"]
    result = subprocess.run(command, capture_output=True, check=True)

    assert "déjà vu" in result.stdout.decode()
