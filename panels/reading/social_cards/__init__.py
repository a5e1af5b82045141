"""Preview images of a passage or a session for social media, drawn with a font of this machine.

Text that no font here has, or that cannot be laid out (joined and right-to-left letters need Raqm), is left out
rather than drawn as boxes. Without any font, there is no image.
"""

from panels.reading.social_cards.content import Card, card_of_passage, card_of_session
from panels.reading.social_cards.drawing import HEIGHT, WIDTH, draw
from panels.reading.social_cards.fonts import has_faces

__all__ = ["HEIGHT", "WIDTH", "Card", "card_of_passage", "card_of_session", "draw", "has_faces"]
