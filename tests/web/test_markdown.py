import pytest

from panels.web.markdown import render, render_inline, split_opening


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\n\nTwo\nlines.", "<p>One.</p>\n<p>Two<br>\nlines.</p>\n"),
        ("2 < 3 & 4 > 3", "<p>2 &lt; 3 &amp; 4 &gt; 3</p>\n"),
        ("1) first;\n\n2) second.", "<p>1) first;</p>\n<p>2) second.</p>\n"),
        ("*1) first*\n\n2. second", "<p><em>1) first</em></p>\n<p>2. second</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("# Loud", "<h3>Loud</h3>\n"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("", ""),
    ],
)
def test_render(text: str, html: str) -> None:
    assert render(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "*a* <img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        "![a](https://example.org/track.gif)",
        '<https://example.org/" onmouseover="alert(1)>',
        '[a](https://example.org "\\" onclick=\\"alert(1)")',
        "*a*\n\n<svg/onload=alert(1)>",
        "`<b>`\n\n<style>*{display:none}</style>",
    ],
)
def test_nothing_runs_that_was_written(text: str) -> None:
    for html in (render(text), render_inline(text)):
        bare = html.replace("&lt;", "").replace("&quot;", "")
        assert not any(f"<{element}" in bare for element in ("script", "img", "svg", "style", "b>"))
        assert 'href="javascript' not in html.lower()
        assert 'href="data' not in html.lower()
        assert ' onclick="' not in bare


def test_render_is_the_same_by_the_short_cut_and_by_the_long_way() -> None:
    plain = "It's a “question” & an answer: 5 > 4.\n\nSecond paragraph\nwith a line."

    long_way = render(plain + "\n\n*x*").removesuffix("<p><em>x</em></p>\n")

    assert long_way.replace("'", "&#x27;") == render(plain)


def test_render_inline_has_no_blocks() -> None:
    assert render_inline("Why?\n\nAnd *how*?") == "Why?<br>\nAnd <em>how</em>?"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One.\n\nTwo.\n\n- three", ("One.", "Two.\n\n- three")),
        ("2020 was long.\n\nSo was 2021.", ("2020 was long.", "So was 2021.")),
        ("Only one.", ("Only one.", "")),
        ("- a list\n\n- with a gap", ("- a list\n\n- with a gap", "")),
        ("1. a number\n\n2. another", ("1. a number\n\n2. another", "")),
        ("```\ncode\n\nmore\n```", ("```\ncode\n\nmore\n```", "")),
        ("See [the map][m].\n\n[m]: https://map.example/", ("See [the map][m].\n\n[m]: https://map.example/", "")),
        ("", ("", "")),
    ],
)
def test_an_introduction_is_divided_after_its_first_paragraph(text: str, parts: tuple[str, str]) -> None:
    assert split_opening(text) == parts
