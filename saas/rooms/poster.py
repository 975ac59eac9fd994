"""A room's poster: one sheet of A4 as a drawing, whatever the length of its words."""

from __future__ import annotations

from dataclasses import dataclass

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.rooms import views
from saas.rooms.models import Room
from saas.territory.queries import Unit
from saas.web.pictures import QrCode, qr_code
from saas.web.pictures.lines import Line, balanced, width_of

#: Tenths of a millimetre inside the margins of an A4 sheet.
WIDTH, HEIGHT = 1820, 2580
MIDDLE = WIDTH / 2
SEAL, TOP, FOOT = 560, 150, 860
#: 46 mm with its quiet zone: read from an arm's length by an old telephone.
CODE = 460
_NAME, _BODY, _SMALL = 190, 84, 60


@dataclass(frozen=True, slots=True)
class Text:
    """A line with the size of its letters."""

    line: Line
    size: float
    heavy: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Poster:
    """The sheet, ready to be drawn."""

    seal_x: float
    seal_y: float
    seal_size: float
    texts: tuple[Text, ...]
    code: QrCode
    code_x: float
    code_y: float
    code_size: float


def poster_of(street: Unit, room: Room, address: str, report: str) -> Poster:
    """Seal, name, what for, when and where; from top to bottom, centred.

    ``address`` is the room's own page, ``report`` the absolute address for the code to scan.
    """
    rows = [(say(room.name), _NAME, True, False)]
    rows += [(line, _BODY, False, True) for line in balanced(say(room.purpose), 19, 3)]
    rows += [("", _SMALL, False, False)]
    rows += [(line, _BODY, True, False) for line in views.hours_lines(room.hours)[:5]]
    rows += [("", _SMALL, False, False)]
    rows += [(line, _BODY, False, False) for line in balanced(_where(street, room), 20, 3)]
    if room.contact:
        rows.append((room.contact, _BODY, False, False))
    rows.append((address, _SMALL, False, True))
    texts = _stacked(rows, TOP + SEAL + 60)
    caption = _("Something wrong here, or missing? Scan and tell us.")
    texts.append(Text(Line(MIDDLE, HEIGHT - 190, caption), min(64, 1500 / width_of(caption)), True))
    return Poster(
        seal_x=MIDDLE - SEAL / 2,
        seal_y=TOP,
        seal_size=SEAL,
        texts=tuple(texts),
        code=qr_code(report),
        code_x=MIDDLE - CODE / 2,
        code_y=HEIGHT - 270 - CODE,
        code_size=CODE,
    )


def _where(street: Unit, room: Room) -> str:
    return say(room.place) or say(street.name)


def _stacked(rows: list[tuple[str, int, bool, bool]], top: float) -> list[Text]:
    """Rows below each other, smaller or with more air as the sheet has room for them."""
    tall = sum(size * 1.5 for _text, size, _heavy, _quiet in rows)
    scale = min(1.0, (HEIGHT - top - FOOT) / tall)
    air = (HEIGHT - top - FOOT - tall * scale) / (len(rows) + 1)
    texts: list[Text] = []
    y = top + air
    for text, size, heavy, quiet in rows:
        fitted = min(size * scale, (WIDTH - 200) / max(width_of(text), 1))
        y += size * scale * 1.5 + min(air, 60)
        line = Line(MIDDLE, round(y - size * scale * 0.3, 1), text)
        texts.append(Text(line, round(fitted, 1), heavy, quiet))
    return texts
