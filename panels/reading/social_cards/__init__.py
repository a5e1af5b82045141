"""Pictures of a passage or a session, for wherever its address is shared: drawn here, with a font of this machine.

Text that no font here can write, or that nothing here can set (joined and right-to-left letters need Raqm), is left
out, rather than shown as boxes. Where there is no font at all, there is no picture.
"""

from panels.reading.social_cards.content import Card, card_of_passage, card_of_session
from panels.reading.social_cards.drawing import HEIGHT, WIDTH, draw
from panels.reading.social_cards.fonts import has_faces

__all__ = ["HEIGHT", "WIDTH", "Card", "card_of_passage", "card_of_session", "draw", "has_faces"]
