"""Seeds in the formats of tools that make captions, records and chats."""

from __future__ import annotations

CAPTIONS = {
    "rolling.vtt": (
        "WEBVTT\n\n00:00.160 --> 00:02.230\nhigh<00:01.000><c> tides</c>\n\n00:02.230 --> 00:02.240\nhigh tides\n\n"
        "00:02.240 --> 00:04.550\nhigh tides\nand low\n\n00:04.550 --> 00:06.000\nand low\nones\n"
    ),
    "loose.srt": (
        "1\n00:00:01 -> 00:00:2,5\n- High.\n- Low.\n\n2\n00:00:3 -->\nLost.\n\n3\n0:4 –> 0:5\n王小明：高。\n低。\n"
    ),
    "captions.ttml": (
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="urn:m" xmlns:ttp="urn:p" ttp:frameRate="24" ttp'
        ':tickRate="1">'
        '<head><ttm:agent xml:id="a"><ttm:name>Kim</ttm:name></ttm:agent></head><body begin="1s"><div><p '
        'begin="00:00:01:12" '
        'dur="99999999999h" ttm:agent="a">High<br/>and <span ttm:agent="b">low</span></p><p begin="5f" en'
        'd="7t"/></div></body></tt>'
    ),
    "captions.sbv": "0:00:01.000,0:00:02.500\nKim: High.\n\n999:59:59.9,0:0:0.0\nJane Doe: Low.[br]No.\n",
    "captions.ass": (
        "[Script Info]\nTitle: Tides\n[Events]\nFormat: Layer, Start, End, Style, Name, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,D,Kim,{\\i1}High{\\i0}\\Nlow\nDialogue: 0,x,0:1:2,D,,No\nComme"
        "nt: 0,,,,,c\n"
    ),
    "captions.lrc": "[ti:Tides]\n[00:01.00][00:09.00]High\n[999:59.999]<00:04.50>low <00:04.80>tides\n[00:05.00]\n",
    "captions.srv3": (
        '<timedtext format="3"><body><p t="160" d="4390"><s>high</s><s t="300"> tides</s></p><p t="x" d="'
        '1e9">low</p></body></timedtext>'
    ),
    "captions.json3": (
        '{"wireMagic":"pb3","events":[{"tStartMs":160,"dDurationMs":9,"segs":[{"utf8":"high"},{"utf8":1}]'
        '},{"tStartMs":-1,"segs":7}]}'
    ),
    "panel.txt": "0:00\nhigh tides\n0:04\n4 seconds\nlow tides\n1:01:22\nno tides\n",
}
RECORDS = {
    "record.ohms.xml": (
        '<ROOT><record dt="2031-05-05"><title>Tides</title><interviewee>Kim</interviewee><interviewer>Jan'
        "e Doe</interviewer>"
        "<sync>1:|3(5)|99999(2)</sync><index><point><time>65</time><title>Low</title><partial_transcript>"
        "no</partial_transcript>"
        "</point></index><transcript>\nKIM: High.\n\nJANE DOE: Low.\n\nKIM: So.\n</transcript></record></ROOT>"
    ),
    "canada.hansard.xml": (
        "<Hansard><OrderOfBusinessTitle>Tides</OrderOfBusinessTitle><Intervention><PersonSpeaking><Affili"
        "ation>Kim (Sea, Ind.):"
        '</Affiliation></PersonSpeaking><Content><Timestamp Hr="11" Mn="5"/><ParaText>High <B>and</B> low'
        ".</ParaText></Content>"
        "</Intervention></Hansard>"
    ),
    "australia.hansard.xml": (
        "<hansard><date>2031-05-05</date><speech><talk.start><talker><time.stamp>12:01</time.stamp><name "
        'role="metadata">Doe, Kim'
        '</name></talker></talk.start><talk.text><p class="HPS-Normal">Mr DOE (12:01): High.</p></talk.te'
        "xt><interjection>"
        "<talk.start><talker><name>Jane</name></talker><para>Low!</para></talk.start></interjection></spe"
        "ech></hansard>"
    ),
    "tides.exb": (
        '<basic-transcription><speaker id="S"><abbreviation>Kim</abbreviation></speaker><tli id="T0" time'
        '="0.5"/><tli id="T1" time="x"/>'
        '<tier speaker="S" type="t"><event start="T0" end="T1">High.</event></tier><tier type="a"><event '
        'start="T1">x</event></tier>'
        "</basic-transcription>"
    ),
    "tides.eaf": (
        '<ANNOTATION_DOCUMENT DATE="2031-05-05"><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="500"/><TIER TIER_'
        'ID="Kim"><ANNOTATION>'
        '<ALIGNABLE_ANNOTATION TIME_SLOT_REF1="a"><ANNOTATION_VALUE>High.</ANNOTATION_VALUE></ALIGNABLE_A'
        "NNOTATION></ANNOTATION>"
        "</TIER></ANNOTATION_DOCUMENT>"
    ),
    "whatsapp.txt": (
        "05/05/2031, 18:59 - Kim created group\n05/05/2031, 19:00 - Kim: High\ntides.\n5/13/31, 7:01 PM -"
        " Jane Doe: <Media omitted>\n"
        "[99.99.31, 19:02:12] Kim: Low.\n"
    ),
    "discord.txt": (
        "=====\nGuild: Tides\n=====\n\n[05-May-31 07:00 PM] kim\nhigh\n\n[05-May-31 07:01 PM] jane\nlow\n"
        "\n{Reactions}\n1\n\n"
        "[99-Xyz-99 99:99 PM] kim\nso\n"
    ),
    "slack.json": (
        '[{"type":"message","user":"U1","text":"<@U1> high","ts":"1935770460.000100","user_profile":{"rea'
        'l_name":"Kim"}},'
        '{"type":"message","user":["x"],"text":[1],"ts":"99999999999.0"}]'
    ),
    "telegram.json": (
        '{"name":"Tides","messages":[{"type":"message","date":"2031-05-05T19:00:00","from":"Kim","from_id":"u","text":["High",'
        '{"type":"bold","text":"er"},7],"text_entities":[]},{"type":"message","date":"x","text":"low"}]}'
    ),
    "deposition.txt": (
        "Page 12\n 1        Q.   What of it?\n 2        A.   High, as\n 3   ever.\n 4             MS. DOE"
        ":  Objection.\n"
        " 5        Q.   And?\n 6        A.   Low.\n"
    ),
    "court.txt": (
        "DEPOSITION OF KIM DOE\nMay 5, 2031\nBY MS. DOE:\nQ.   What of it?\nA.   High.\n(Recess.)\n"
        "MR. POE:  Objection.\n"
        "CROSS-EXAMINATION\nQ.   And?\nA.   Low.\nREPORTER'S CERTIFICATE\nI, Jane Doe.\n"
    ),
    "telegram.html": (
        '<html><body><div class="page_wrap"><div class="message service" id="m">'
        '<div class="body details">5 May</div></div>'
        '<div class="message default clearfix"><div class="body"><div class="date" title="05.05.2031 19:00:05"></div>'
        '<div class="from_name">Kim</div><div class="text">High</div><div class="forwarded body">'
        '<div class="from_name">J</div><div class="text">Low</div></div></div></div></div></body></html>'
    ),
    "trint.json": (
        '{"transcript":{"words":[{"name":"High","time":1000,"para":"1"},{"name":".","time":"2e9","strikethrough":true}],'
        '"paragraphs":[{"time":1000,"speaker":"Kim"},{"time":[],"speaker":7}],"speakers":[{"name":"Kim","time":"1"}]}}'
    ),
    "feishu.json": (
        '{"data":{"paragraphs":[{"pid":"1","start_time":"3000",'
        '"sentences":[{"contents":[{"content":"高"},{"content":1}]}]}],'
        '"paragraph_to_speaker":{"1":"s"},"speaker_info_map":{"s":{"user_name":"王小明"}},'
        '"transcript":"a 0:01\\nb\\n"}}'
    ),
    "south-australia.hansard.xml": (
        '<hansard><name>House</name><date date="2031-05-05"/><subject><name>Tides</name><talker role="member">'
        '<name>Ms DOE</name><startTime time="2031-05-05T14:05:00"/><text><by>Ms DOE:</by> High.</text></talker>'
        "<text>Low.</text>"
        "</subject></hansard>"
    ),
    "dash.txt": (
        "Jane Poe — Welcome, all of you.\n\nKim Doe — High?\n\nJane Doe — Low, we think.\n\nKim Doe — Why?\n\n"
        "Jane Doe — So.\n"
    ),
    "wiki.txt": "== Tides ==\n"
    "'''Kim Doe''': [[Tide|High]]. ''So''\n\n'''Jane''': Low.\n\n[vc_row a=\"1\"]\nEnd\n----\n",
    "cyrillic.txt": "Kim: \u00c2\u00e8\u00e2\u00e0\u00ed.\nJane Doe: \u00c4\u00e0.\nKim: No.\n",
}
