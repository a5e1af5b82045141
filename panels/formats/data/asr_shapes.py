"""The paths and field names of the JSON of speech recognisers and meeting tools."""

from __future__ import annotations

UTTERANCES: tuple[tuple[str | int, ...], ...] = (
    ("results", "utterances"),  # Deepgram
    ("utterances",),  # AssemblyAI
    ("result", "transcription", "utterances"),  # Gladia
    ("monologues",),  # Rev.ai
    ("recognizedPhrases",),  # Azure, in batches
    ("phrases",),  # Azure, fast
    ("transcript", "paragraphs"),  # Trint
    ("paragraphs",),
    ("transcript", "sentences"),  # Fireflies
    ("data", "transcript", "sentences"),  # Fireflies, from its API
    ("speech", "transcripts"),  # Otter
    ("data",),  # tl;dv
    (0, "sentence_info"),  # FunASR
    ("sentence_info",),
    ("entries",),  # Teams
    ("value",),  # Microsoft Graph
    ("speakers",),  # insanely-fast-whisper
)
SEGMENTS: tuple[tuple[str | int, ...], ...] = (
    ("results", "channels", 0, "alternatives", 0, "paragraphs", "paragraphs"),  # Deepgram without utterances
    ("results", "channels", 0, "alternatives", 0, "words"),
    ("segments",),  # Whisper, Podcasting 2.0
    ("transcripts",),  # Podlove
    ("sentences",),
    ("transcript",),
    ("transcript", "segments"),
    ("transcription",),  # whisper.cpp
    ("results", "audio_segments"),  # AWS without words
    ("chunks",),  # pipelines of transformers
    ("words",),  # ElevenLabs
    ("results",),  # Speechmatics
    (),
    ("results", "channels", 0, "alternatives"),  # Deepgram with nothing but the text
)
TEXTS = (
    "body",
    "text",
    "sentence",
    "spokenText",
    "transcript",
    "punctuated_word",
    "punctuatedWord",
    "word",
    "content",
    "value",
    "display",
)
SPEAKERS = (
    "speaker_info", "participant", "voice", "speaker_name", "speakerName", "speakerDisplayName", "speaker",
    "speaker_label", "speakerLabel",
    "speakerTag", "speaker_tag", "speaker_id", "speakerId", "spk", "name",
    "channel_label", "channelLabel",
)  # fmt: skip
TIMES = (
    "start", "startTime", "start_time", "startOffset", "start_offset", "start_ms", "startMs",
    "offsetMilliseconds", "data_start", "begin",
    "start_timestamp",
    "ts",
    "timestamp", "from", "offset", "time", "timecode",
)  # fmt: skip
ENDS = ("end", "endTime", "end_time", "endOffset", "end_offset", "end_ms", "endMs", "to")
NESTED = (
    "sentences",
    "elements",
    "contents",
    "alternatives",
    "nBest",
    "words",
    "result",
)  # the text of a row may be in rows of its own
NAMES = ("name", "display_name", "displayName", "user_name", "id")  # of a speaker that is an object
TITLES: tuple[tuple[str, ...], ...] = (
    ("title",),
    ("transcript", "title"),
    ("data", "transcript", "title"),
    ("meeting_title",),
)
DATES: tuple[tuple[str, ...], ...] = (
    ("date",),
    ("transcript", "date"),
    ("data", "transcript", "date"),
    ("meeting_date",),
    ("recordingStartDateTime",),
    ("recording_start_time",),
    ("started_at",),
)
_LANGUAGES = """
    english en chinese zh mandarin zh cantonese yue spanish es german de french fr italian it portuguese pt dutch nl
    russian ru ukrainian uk polish pl czech cs greek el turkish tr arabic ar hebrew he hindi hi japanese ja korean ko
    vietnamese vi thai th indonesian id swedish sv norwegian no danish da finnish fi hungarian hu romanian ro
    eng en zho zh cmn zh spa es deu de ger de fra fr fre fr ita it por pt nld nl rus ru ukr uk pol pl ell el tur tr
    ara ar heb he hin hi jpn ja kor ko
"""
_WORDS = _LANGUAGES.split()
LANGUAGES = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""The tags of languages that Whisper and ElevenLabs write as names or as codes of three letters."""
