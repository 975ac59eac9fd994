"""How somebody can be reached, as links: a number to call, an address to write to."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

#: A mail address, or a telephone number, in a sentence.
_REACHED: Final = re.compile(
    r"([\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\d-])(?:\+86[ -]?)?[01]\d[\d -]{7,13}\d(?![\d-]))",
    re.ASCII,
)


def reachable(text: str | None) -> Markup:
    """A text in which numbers and mail addresses are links."""
    pieces = enumerate(_REACHED.split(text or ""))
    return Markup().join(_link(piece) if at % 2 else escape(piece) for at, piece in pieces)


def _link(piece: str) -> Markup:
    to = f"mailto:{piece}" if "@" in piece else "tel:" + re.sub(r"[^0-9+]", "", piece)
    return Markup('<a href="{}">{}</a>').format(to, piece)
