"""An address as a QR code: one path, black on white with its quiet zone, for screen and paper."""

from __future__ import annotations

from dataclasses import dataclass

import segno

#: Modules of white around the code, without which scanners do not find it.
_QUIET = 4


@dataclass(frozen=True, slots=True)
class QrCode:
    """``size`` is the edge in modules with the quiet zone; ``path`` draws the dark ones."""

    text: str
    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of ``text``, legible with a sixth of it dirty or torn off."""
    code = segno.make(text, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=_QUIET)]
    return QrCode(text, len(rows), "".join(_runs(rows)))


def _runs(rows: list[list[int]]) -> list[str]:
    """Dark modules that touch in a row are one rectangle: hairlines between them would show."""
    found = []
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                found.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return found
