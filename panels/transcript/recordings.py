"""Link to a time in a recording, in the form that its host expects."""

from urllib.parse import parse_qsl, urlencode, urlsplit

# Hosts that take the time as a query parameter, in seconds.
_PARAMETERS = {
    "youtube.com": "t",
    "youtube-nocookie.com": "start",
    "youtu.be": "t",
    "bilibili.com": "t",
    "dailymotion.com": "start",
    "archive.org": "start",
    "facebook.com": "t",
}
# Hosts that take the time as a fragment, in this form.
_FRAGMENTS = {"vimeo.com": "t={start}s", "soundcloud.com": "t={minutes}:{rest:02}"}


def url_at(recording: str, seconds: float) -> str:
    """The URL of a recording at a time in seconds; Media Fragments for files and unknown hosts.

    >>> url_at("https://www.youtube.com/watch?v=x&t=5", 75.4), url_at("https://example.org/panel.mp3", 75.4)
    ('https://www.youtube.com/watch?v=x&t=75', 'https://example.org/panel.mp3#t=75')

    https://www.w3.org/TR/media-frags/#naming-time
    """
    start = int(seconds)
    try:
        parts = urlsplit(recording)
        host = (parts.hostname or "").lower()
    except ValueError:
        return recording
    if parameter := _of_host(_PARAMETERS, host):
        parameters = parse_qsl(parts.query, keep_blank_values=True)
        others = [(name, value) for name, value in parameters if name != parameter]
        return parts._replace(query=urlencode([*others, (parameter, str(start))])).geturl()
    fragment = _of_host(_FRAGMENTS, host) or "t={start}"
    if parts.fragment and not parts.fragment.startswith("t="):
        return recording
    return parts._replace(fragment=fragment.format(start=start, minutes=start // 60, rest=start % 60)).geturl()


def _of_host(known: dict[str, str], host: str) -> str | None:
    return next((form for name, form in known.items() if host == name or host.endswith(f".{name}")), None)
