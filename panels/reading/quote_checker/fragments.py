"""Links to words inside a page: text fragments, https://wicg.github.io/scroll-to-text-fragment/."""

from urllib.parse import quote

# A directive contains short texts whole, and longer ones by their beginning and end.
_WHOLE = 160
_END = 32


def text_fragment(passage: str) -> str:
    """The directive for a passage, to append to an anchor: ":~:text=…"."""
    lines = [" ".join(line.split()) for line in passage.splitlines() if line.strip()]
    if not lines:
        return ""
    if len(lines) == 1 and len(lines[0]) <= _WHOLE:
        return f":~:text={_encoded(lines[0])}"
    return f":~:text={_encoded(_beginning(lines[0]))},{_encoded(_ending(lines[-1]))}"


def _beginning(line: str) -> str:
    cut = line[:_END]
    return cut.rpartition(" ")[0] or cut if len(line) > _END else line


def _ending(line: str) -> str:
    cut = line[-_END:]
    return cut.partition(" ")[2] or cut if len(line) > _END else line


def _encoded(words: str) -> str:
    """The words, encoded: commas, ampersands and hyphens have a meaning in a directive."""
    return quote(words, safe="").replace("-", "%2D")
