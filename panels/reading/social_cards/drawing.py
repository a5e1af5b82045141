"""Draw the image."""

from io import BytesIO

from PIL import Image, ImageDraw

from panels.reading.social_cards.content import Card
from panels.reading.social_cards.fonts import face_for
from panels.reading.social_cards.text_layout import TextBlock, direction, set_in
from panels.transcript.text import is_right_to_left

WIDTH, HEIGHT = 1200, 630
_MARGIN = 88
_ROOM = WIDTH - 2 * _MARGIN
_TOP, _BELOW_TEXT = 72, 408
_FINE = 8  # shapes are drawn so many times larger, and made smaller, because Pillow does not smooth their edges
_SIZES = (62, 54, 47, 41, 36)

# The light theme's colours in tokens.css.
_PAPER, _INK, _QUIET, _RULE, _ACCENT = "#fcfcfa", "#191d21", "#565e66", "#d8dbd6", "#0a566a"
_TONES = ("#0a566a", "#8a3324", "#4a4e9c", "#4c5f12", "#86306a", "#775000", "#22633e", "#565063")


def draw(card: Card) -> bytes:
    """A PNG of `WIDTH` × `HEIGHT`; text that cannot be drawn is left out."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    canvas = _Canvas(picture, card)
    tone = _ACCENT if card.speaker is None else _TONES[card.speaker % len(_TONES)]
    canvas.edge(tone)
    lead = canvas.block(card.lead, size=29, most=2)
    below = canvas.write(lead, _TOP, _QUIET) + (26 if lead else 0)
    canvas.write(canvas.fitted(card.text, room=_BELOW_TEXT - below), below, _INK)
    canvas.signature(tone)
    file = BytesIO()
    # Text on paper has few colours, and a small file loads faster.
    picture.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


class _Canvas:
    """Places the contents of a card, from the side that its language is read from."""

    def __init__(self, picture: Image.Image, card: Card) -> None:
        self.picture = picture
        self.pen = ImageDraw.Draw(picture)
        self.card = card
        self.rtl = is_right_to_left(card.language)

    def block(self, text: str, *, size: int, most: int = 1, bold: bool = False, width: int = _ROOM) -> TextBlock | None:
        face = face_for(text, bold=bold, language=self.card.language) if text else None
        return set_in(face, text, size, width=width, most=most, rtl=self.rtl) if face else None

    def fitted(self, text: str, *, room: int) -> TextBlock | None:
        """The text as large as the space allows; it is cut only at the smallest size."""
        block = None
        for size in _SIZES:
            block = self.block(text, size=size, most=max(1, int(room / (size * 1.36))))
            if block is None or block.is_whole:
                break
        return block

    def write(self, block: TextBlock | None, top: int, colour: str, *, inset: int = 0) -> int:
        """Draw a block, and return where it ends."""
        if block is None:
            return top
        side = WIDTH - _MARGIN - inset if self.rtl else _MARGIN + inset
        for place, line in enumerate(block.lines):
            at = (side, top + place * block.leading)
            anchor = "ra" if self.rtl else "la"
            self.pen.text(at, line, fill=colour, font=block.font, anchor=anchor, direction=direction(rtl=self.rtl))
        return top + block.height

    def edge(self, tone: str) -> None:
        self.pen.rectangle((WIDTH - 16, 0, WIDTH, HEIGHT) if self.rtl else (0, 0, 15, HEIGHT), fill=tone)

    def signature(self, tone: str) -> None:
        """Draw the speaker, their office, and the source."""
        card = self.card
        inset = 84 if card.mark else 0
        office = self.block(card.office, size=25, width=_ROOM - inset)
        by = self.block(card.by, size=34, bold=True, width=_ROOM - inset)
        self.write(by, 430 if office else 446, _INK, inset=inset)
        self.write(office, 476, _QUIET, inset=inset)
        if card.mark:
            self._mark(tone)
        self.pen.line((_MARGIN, 532, WIDTH - _MARGIN, 532), fill=_RULE, width=2)
        site = self.block(card.site, size=25, bold=True, width=360)
        self.write(site, 552, _INK)
        taken = round(site.font.getlength(site.lines[0])) + 28 if site else 0
        self.write(self.block(card.source, size=24, width=_ROOM - taken), 553, _QUIET, inset=taken)

    def _mark(self, tone: str) -> None:
        x = WIDTH - _MARGIN - 32 if self.rtl else _MARGIN + 32
        disc = Image.new("L", (_FINE * 64, _FINE * 64))
        ImageDraw.Draw(disc).ellipse((0, 0, _FINE * 64 - 1, _FINE * 64 - 1), fill=255)
        smooth = disc.resize((64, 64), Image.Resampling.LANCZOS)
        self.picture.paste(Image.new("RGB", (64, 64), tone), (x - 32, 436), smooth)
        if face := face_for(self.card.mark, bold=True, language=self.card.language):
            self.pen.text((x, 468), self.card.mark, fill=_PAPER, font=face.at(26), anchor="mm")
