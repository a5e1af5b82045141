import datetime as dt

import pytest

from panels.formats.base import FormatError
from panels.formats.markup import html_page
from panels.transcript import PanelMember
from tests.formats.plain_values import exchanges_of, unread_of

CHROME = "part of the web page, not of the session"


def test_read_takes_cite_time_and_paragraph() -> None:
    transcript = html_page.read(
        "<cite>Anna:</cite>\n<time>0:00</time>\n<p>One &amp; <b>two</b>. I read <cite>Emma</cite> too.</p>\n"
        "<cite>Anna:</cite>\n<time>0:53</time>\n<p>Three.</p><p>Four.</p>\n<cite>Ben:</cite><p>Five.</p>"
    )

    assert exchanges_of(transcript) == [
        (
            None,
            [
                ("Anna", "Anna", "One & **two**. I read Emma too.", 0.0),
                ("Anna", "Anna", "Three.\n\nFour.", 53.0),
                ("Ben", "Ben", "Five.", None),
            ],
        )
    ]
    assert transcript.unread == ()


def test_read_takes_bold_labels_out_of_tag_soup() -> None:
    transcript = html_page.read(
        "<html><head><title>M:</title></head><body>\n<h1>Round table, 3 May 2001</h1><nav>"
        "<a href=x>Home</a></nav>\n"
        "<p>Introduced here.</p>\n<P><B>Aho</B>: First <I>words</B> here.</I><P>More of it.\n"
        "<P><B>Bea:</B> Second<BR><BR>0:45<BR>\n<B>Aho</B>: Third.\n<footer>3 comments</footer></body></html>"
    )

    assert (transcript.title, transcript.source_title) == ("Round table, 3 May 2001", "M:")
    assert (transcript.date, transcript.introduction) == (dt.date(2001, 5, 3), "Introduced here.")
    assert exchanges_of(transcript) == [
        (
            None,
            [
                ("Aho", "Aho", "First *words here.*\n\nMore of it.", None),
                ("Bea", "Bea", "Second", 45.0),
                ("Aho", "Aho", "Third.", None),
            ],
        )
    ]
    assert unread_of(transcript) == [(2, "Home", CHROME), (7, "3 comments", CHROME)]


def test_read_takes_elements_classed_as_turns() -> None:
    transcript = html_page.read(
        '<div class="transcript"><div class="turn"><span class="speaker">Anna</span> '
        '<span class="time">00:01:02</span>'
        '<div class="text"><p>Hello <a href="https://a.example/x">there</a> '
        '<a href="javascript:x()">you</a>.</p>'
        '</div></div><div class="turn"><span class="speaker"></span><div class="text">Who?</div></div>'
        '<div class="turn"><b class="name">Ben</b><ul><li>one</li><li>two</li></ul></div></div>'
    )

    assert exchanges_of(transcript) == [
        (
            None,
            [
                ("Anna", "Anna", "Hello [there](https://a.example/x) you.", 62.0),
                (None, None, "Who?", None),
                ("Ben", "Ben", "- one\n- two", None),
            ],
        )
    ]


def test_read_takes_statements_that_name_their_speaker_in_an_attribute() -> None:
    transcript = html_page.read(
        '<html lang="en"><head><title>Debates, 2012-11-29</title></head><body><h1>Debates, 2012-11-29</h1>'
        '<div class="statement" data-timestamp="2012-11-29 10:00:00" data-h1="Orders" data-h2="Budget" '
        'data-person-speaking-attribution="Hon. Anna Example (Town, Party)">'
        "<p>Mr. Speaker,&#160;hello.</p></div>"
        '<div class="statement" data-timestamp="2012-11-29 10:05:00" data-h1="Orders" data-h2="Budget">'
        "<p>(Motion agreed to)</p></div>"
        '<div class="statement" data-timestamp="2012-11-29 10:06:00" data-h1="Orders" data-h2="Other" '
        'data-person-speaking-attribution="The Speaker"><p>Order.</p></div></body></html>'
    )

    name = "Hon. Anna Example (Town, Party)"
    assert (transcript.date, transcript.language) == (dt.date(2012, 11, 29), "en")
    assert exchanges_of(transcript) == [
        ((None, None, "Orders", None), []),
        (
            (None, None, "Budget", None),
            [(name, name, "Mr. Speaker,\xa0hello.", 0.0), (None, None, "(Motion agreed to)", 300.0)],
        ),
        ((None, None, "Other", None), [("The Speaker", "The Speaker", "Order.", 360.0)]),
    ]


def page(number: int, text: str) -> str:
    gap = "&#160;" * 9
    return f"<A name={number}></a>November 29, 2012{gap}DEBATES{gap}{number}<br>\n{text}<hr>"


def test_read_joins_what_printed_pages_part() -> None:
    transcript = html_page.read(
        "<HTML><BODY>"
        + page(
            1,
            "<b>PRAYERS</b><br>\n&#160;<br>\n<b>The Speaker </b>(Hon. Example): This is<br>\nwrapped over<br>\n",
        )
        + page(2, "&#160;<br>\nthe page.<br>\n&#160;<br>\n<b>Sen. Sample</b>: On a point.<br>\n")
        + page(3, "<b>Hon. Members:</b> Yes!<br>\n<b>Sen. Sample</b>: Last.<br>\n")
        + "</BODY></HTML>"
    )

    assert exchanges_of(transcript) == [
        (
            (None, None, "PRAYERS", None),
            [
                ("The Speaker (Hon. Example)", "Hon. Example", "This is wrapped over the page.", None),
                ("Sen. Sample", "Sen. Sample", "On a point.", None),
                ("Hon. Members", "Hon. Members", "Yes!", None),
                ("Sen. Sample", "Sen. Sample", "Last.", None),
            ],
        )
    ]
    assert [reason for _, _, reason in unread_of(transcript)] == ["page header"] * 3


def test_read_takes_minutes_of_the_w3c() -> None:
    transcript = html_page.read(
        "<!DOCTYPE html>\n<html lang=en><head><title>Group &ndash; 09 April 2014</title></head><body><header>"
        "<h1>Group</h1></header><dl><dt>Present</dt><dd>Anna, ben_</dd></dl><main>\n<h3>Topic</h3>\n"
        '<p class="phone s01"><cite>Anna:</cite> One<br>\n<span>… two?</span></p>\n'
        '<p class=irc><cite>&lt;ben&gt;</cite> typed</p>\n<p class="phone s02"><cite>s;Agenda:'
        "</cite> x</p></main>"
        "<address>Made by hand</address></body></html>"
    )

    assert transcript.panelists[:2] == (PanelMember(name="Anna"), PanelMember(name="ben_"))
    assert exchanges_of(transcript) == [
        (
            (None, None, "Topic", None),
            [("Anna", "Anna", "One\\\n… two?", None), ("s;Agenda", "s;Agenda", "x", None)],
        )
    ]
    assert unread_of(transcript) == [
        (6, "<ben> typed", "typed or summarised, not spoken"),
        (7, "Made by hand", "below the minutes"),
    ]


def test_read_takes_a_table_with_a_column_of_names() -> None:
    transcript = html_page.read(
        "<table><tr><td>Anna</td><td>A first long answer to that.</td></tr><tr><td>Ben</td>"
        "<td>A second one.</td></tr>"
        "<tr><td>Anna</td><td>A third of many words.</td></tr></table>"
    )

    assert exchanges_of(transcript) == [
        (
            None,
            [
                ("Anna", "Anna", "A first long answer to that.", None),
                ("Ben", "Ben", "A second one.", None),
                ("Anna", "Anna", "A third of many words.", None),
            ],
        )
    ]


def test_read_makes_one_turn_of_nobody_of_prose() -> None:
    transcript = html_page.read("<p>One.</p><p>Note: two.</p><script>alert(1)</script>")

    assert exchanges_of(transcript) == [(None, [(None, None, "One.\n\nNote: two.", None)])]


def test_read_runs_nothing_that_was_pasted() -> None:
    transcript = html_page.read('<p><b>Anna:</b> <img src=x onerror=alert(1)>&lt;script&gt; <a href="data:x">d</a></p>')

    assert exchanges_of(transcript) == [(None, [("Anna", "Anna", "<script> d", None)])]


def test_read_refuses_what_is_nested_too_deeply_instead_of_losing_it() -> None:
    with pytest.raises(FormatError, match="could not be read completely"):
        html_page.read("<div>" * 5000 + "hello" + "</div>" * 5000)


def test_read_loses_nothing_that_stands_before_the_body() -> None:
    transcript = html_page.read("<title>A</title><nav>Menu</nav> Words <header>and</header> more. <p>Last.</p>")

    assert exchanges_of(transcript) == [(None, [(None, None, "Words\n\nand\n\nmore.\n\nLast.", None)])]
    assert unread_of(transcript) == [(1, "Menu", CHROME)]


def test_read_proposes_buttons_for_removal_and_loses_no_word_of_them() -> None:
    transcript = html_page.read("<p>Words.</p><button>Copy link</button><select><option>English</select>")

    assert unread_of(transcript) == [(1, "Copy link", CHROME), (1, "English", CHROME)]


@pytest.mark.parametrize(
    ("html", "shown", "left"),
    [
        ("10<sup>9</sup> crowns", "10⁹ crowns", []),
        ("x<sup>k+1</sup>, H<sub>2</sub>O", "x^(k+1), H₂O", []),
        ("the 21<sup>st</sup> time<sup>[1]</sup>", "the 21st time[1]", []),
        ("pay <del>zero</del> <ins>forty</ins>", "pay forty", [("zero", "struck through")]),
        ("pay <s>zero</s> forty", "pay forty", [("zero", "struck through")]),
        (
            'pay <span style="text-decoration: line-through">zero</span> forty',
            "pay forty",
            [("zero", "struck through")],
        ),
        ("No.<span hidden> He <b>lies</b>.</span>", "No.", [("He lies.", "hidden on the page")]),
        ('No.<span style="color:red;display: none"> He lies.</span>', "No.", [("He lies.", "hidden on the page")]),
        ('No.<i style="visibility:hidden"> He lies.</i> Yes.', "No. Yes.", [("He lies.", "hidden on the page")]),
        ("No.<span hidden> He <del>never</del> lies.</span>", "No.", [("He never lies.", "hidden on the page")]),
        ("he said <q>no</q>.", "he said “no”.", []),
        ('er sagte <q lang="de">nein, <b>nie</b></q>.', "er sagte „nein, **nie**“.", []),
        ("is <math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mn>4</mn></math>.", "is x² = 4.", []),
        ("is <math><mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac></math>", "is 1/(a + b)", []),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>です", "漢字（かんじ）です", []),
    ],
)
def test_read_takes_what_a_browser_shows(html: str, shown: str, left: list[tuple[str, str]]) -> None:
    transcript = html_page.read(f"<p><b>Anna:</b> {html}</p><p><b>Ben:</b> Yes.</p>")

    assert transcript.exchanges[0].answers[0].text == shown
    assert [(text, reason) for _, text, reason in unread_of(transcript)] == left


def test_read_takes_words_that_only_speak_of_hiding() -> None:
    transcript = html_page.read("<p><b>Anna:</b> Nothing is hidden here, or delayed.</p><p><b>Ben:</b> Yes.</p>")

    assert unread_of(transcript) == []
