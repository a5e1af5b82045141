"""Find a font of this machine that can draw a text."""

import os
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from PIL import ImageFont, features

# Regular and bold, the best first: fonts with Latin letters, then those for Han, then those with the widest coverage.
_FILES = (
    ("notoserif-regular.ttf", "notoserif-bold.ttf"),
    ("p052-roman.otf", "p052-bold.otf"),
    ("notoserifcjk-regular.ttc", "notoserifcjk-bold.ttc"),
    ("georgia.ttf", "georgia bold.ttf"),
    ("georgia.ttf", "georgiab.ttf"),
    ("dejavuserif.ttf", "dejavuserif-bold.ttf"),
    ("liberationserif-regular.ttf", "liberationserif-bold.ttf"),
    ("sourcehanserifsc-regular.otf", "sourcehanserifsc-bold.otf"),
    ("songti.ttc", "songti.ttc"),
    ("notosanscjk-regular.ttc", "notosanscjk-bold.ttc"),
    ("msyh.ttc", "msyhbd.ttc"),
    ("wqy-zenhei.ttc", "wqy-zenhei.ttc"),
    ("notonaskharabic-regular.ttf", "notonaskharabic-bold.ttf"),
    ("amiri-regular.ttf", "amiri-bold.ttf"),
    ("notoserifhebrew-regular.ttf", "notoserifhebrew-bold.ttf"),
    ("notosans-regular.ttf", "notosans-bold.ttf"),
    ("notoserifdevanagari-regular.ttf", "notoserifdevanagari-bold.ttf"),
    ("notosansdevanagari-regular.ttf", "notosansdevanagari-bold.ttf"),
    ("dejavusans.ttf", "dejavusans-bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
    ("arial unicode.ttf", "arial unicode.ttf"),
)
# Noto's collections hold one face for each Han region; in other files the first face is the only one.
_PLACES = {"ja": 0, "zh-hant": 3, "zh-tw": 3, "zh-hk": 4, "zh": 2}
_WITH_NARROW_QUOTES = 1  # the Korean one, whose quotation marks and apostrophes have Latin widths

# Scripts whose letters join, move or stack: without Raqm they would be drawn one by one, in the wrong order.
_SHAPED = range(0x0590, 0x0E00)
_SHAPED_TOO = range(0x0E80, 0x1100)

_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}

_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}

_lock = Lock()  # FreeType's faces must not be shared between threads


@dataclass(frozen=True, slots=True)
class Face:
    path: str
    index: int

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(self.path, size, index=self.index)


def has_faces() -> bool:
    """Whether anything can be drawn at all."""
    return bool(_found())


def face_for(text: str, *, bold: bool, language: str) -> Face | None:
    """The best face that has every character of a text; None if there is none, or if it cannot be laid out."""
    signs = {sign for sign in text if unicodedata.category(sign) not in _UNSEEN}
    if not is_shaping and any(ord(sign) in _SHAPED or ord(sign) in _SHAPED_TOO for sign in signs):
        return None
    for face in _faces(bold=bold, language=language):
        if all(_has(face, sign) for sign in signs):
            return face
    return None


is_shaping = bool(features.check_feature("raqm") and features.check_feature("fribidi"))


def _faces(*, bold: bool, language: str) -> Iterator[Face]:
    tag = f"{language.lower()}-"
    place = next((at for known, at in _PLACES.items() if tag.startswith(f"{known}-")), _WITH_NARROW_QUOTES)
    for pair in _FILES:
        name = pair[1] if bold and pair[1] in _found() else pair[0]
        if name in _found():
            yield Face(_found()[name], place if name.startswith(("notoserifcjk", "notosanscjk")) else 0)


@lru_cache(maxsize=1)
def _found() -> dict[str, str]:
    """The paths of the known files on this machine, by name."""
    wanted = {name for pair in _FILES for name in pair}
    found: dict[str, str] = {}
    for folder in _folders():
        for root, _folders_in, names in os.walk(folder):
            for name in names:
                if name.lower() in wanted:
                    found.setdefault(name.lower(), str(Path(root) / name))
    return found


def _folders() -> list[Path]:
    """The folders that fontconfig searches, and those of macOS and Windows."""
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
    home = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share"))
    shared = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
    folders = [home / "fonts", *(Path(folder) / "fonts" for folder in shared if folder), Path.home() / ".fonts"]
    return [*folders, Path("/System/Library/Fonts"), Path("/Library/Fonts")]


@lru_cache(maxsize=65_536)
def _has(face: Face, sign: str) -> bool:
    """Whether a face draws a character as anything but its glyph for unknown characters."""
    with _lock:
        probe = _probe(face)
        return bytes(probe.getmask(sign)) != bytes(probe.getmask("\U0010ffff"))


@lru_cache(maxsize=64)
def _probe(face: Face) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face.path, 20, index=face.index, layout_engine=ImageFont.Layout.BASIC)
