import doctest

import pytest

from panels.transcript import recordings
from panels.transcript.recordings import url_at


@pytest.mark.parametrize(
    ("recording", "url"),
    [
        ("https://www.youtube.com/watch?v=x", "https://www.youtube.com/watch?v=x&t=75"),
        ("https://youtu.be/x?t=3", "https://youtu.be/x?t=75"),
        ("https://m.youtube.com/watch?v=x&list=y", "https://m.youtube.com/watch?v=x&list=y&t=75"),
        ("https://www.bilibili.com/video/BV1/?p=2", "https://www.bilibili.com/video/BV1/?p=2&t=75"),
        ("https://archive.org/details/panel", "https://archive.org/details/panel?start=75"),
        ("https://vimeo.com/1", "https://vimeo.com/1#t=75s"),
        ("https://soundcloud.com/town/panel", "https://soundcloud.com/town/panel#t=1:15"),
        ("https://example.org/panel.mp3", "https://example.org/panel.mp3#t=75"),
        ("https://example.org/panel.mp3#t=5", "https://example.org/panel.mp3#t=75"),
        ("https://example.org/#panel", "https://example.org/#panel"),
        ("https://notyoutube.com/watch?v=x", "https://notyoutube.com/watch?v=x#t=75"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_a_moment_is_written_as_its_host_wants_it(recording: str, url: str) -> None:
    assert url_at(recording, 75.9) == url


def test_examples_of_recordings() -> None:
    assert doctest.testmod(recordings).failed == 0
