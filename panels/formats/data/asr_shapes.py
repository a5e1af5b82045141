"""The paths and field names of the JSON of speech recognisers and meeting tools."""

from __future__ import annotations

UTTERANCES: tuple[tuple[str, ...], ...] = (
    ("results", "utterances"),  # Deepgram
    ("utterances",),  # AssemblyAI
    ("result", "transcription", "utterances"),  # Gladia
    ("monologues",),  # Rev.ai
    ("recognizedPhrases",),  # Azure, in batches
    ("phrases",),  # Azure, fast
    ("transcript", "paragraphs"),  # Trint
    ("transcript", "sentences"),  # Fireflies
    ("data", "transcript", "sentences"),  # Fireflies, from its API
    ("speech", "transcripts"),  # Otter
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
    "voice", "speaker_name", "speakerName", "speakerDisplayName", "speaker", "speaker_label", "speakerLabel",
    "speakerTag", "speaker_tag", "speaker_id", "speakerId", "name",
)  # fmt: skip
TIMES = (
    "start", "startTime", "start_time", "startOffset", "start_offset", "start_ms", "startMs",
    "offsetMilliseconds", "data_start", "begin",
    "ts",
    "timestamp", "from", "offset", "time", "timecode",
)  # fmt: skip
ENDS = ("end", "endTime", "end_time", "endOffset", "end_offset", "end_ms", "endMs", "to")
NESTED = (
    "sentences",
    "elements",
    "alternatives",
    "nBest",
    "words",
    "result",
)  # the text of a row may be in rows of its own
