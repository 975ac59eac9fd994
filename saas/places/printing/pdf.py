"""The poster of a walk: one sheet of A3, the line down its left side."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from saas.kernel.context import current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.places import words
from saas.places.views import StopView, Walk, minutes_in_words
from saas.rooms.printing import can_print, svg_of, typeset
from saas.territory.queries import Unit
from saas.themes import queries as themes
from saas.web.pictures import qr_code

__all__ = ["can_print", "pdf_of"]
_TEMPLATE: Final = Path(__file__).parent / "walk.typ"


def pdf_of(walk: Walk, address: str, street: Unit) -> bytes:
    """The sheet; ``address`` is the page of the walk. Raises `Unavailable` where this server cannot
    make a PDF.
    """
    facts = [minutes_in_words(walk.minutes), str(words.STEP_FREE[walk.route.step_free])]
    data = {
        "name": say(walk.route.name),
        "purpose": say(walk.route.purpose),
        "facts": " · ".join(facts),
        "start": _("Begins: %(place)s", place=walk.start),
        "stops": [_stop(one) for one in walk.stops],
        "code": svg_of(qr_code(address)),
        "caption": _("Scan to have the walk on your phone. It works without signal, too."),
        "address": address.partition("://")[2],
        "footer": f"{say(current_tenant().name)} · {say(street.name)}",
        "paint": themes.paint_of(themes.current_pack()),
    }
    return typeset(_TEMPLATE, data)


def _stop(one: StopView) -> dict[str, Any]:
    way = _("%(minutes)s min", minutes=one.stop.minutes) if one.no > 1 else ""
    told = [part for part in (one.what or one.note, one.access) if part]
    return {"no": str(one.no), "name": one.name, "what": " · ".join(told), "way": way,
            "square": one.kind in {"room", "venue"}}  # fmt: skip
