"""Kinds, units, papers, states and what became of goods, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from saas.funds import words as funds
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext
from saas.notices.words import declare

BESIDE: Final = funds.BESIDE
#: Stands beside every sum of worth.
WORTH: Final = _l("value by its giver's papers, not money")
OUT: Final = declare(
    "goods.out", title=_l("Goods given out: %(number)s"), icon="organisation",
    group=_l("Funds"),
)  # fmt: skip
KIND: Final = {
    "food": _l("Food and drink"), "clothes": _l("Clothes and bedding"),
    "books": _l("Books and stationery"), "aids": _l("Aids and nursing"),
    "home": _l("Household goods"), "other": _l("Other goods"),
}  # fmt: skip
CONDITION: Final = {"new": _l("brand new"), "used": _l("used, in good order")}
SOURCE: Final = {
    "invoice": _l("invoice"), "price": _l("list price"), "expert": _l("expert's opinion"),
    "none": _l("none: no value is claimed"),
}  # fmt: skip
#: What a unit is called in a form.
UNIT: Final = {
    "piece": _l("articles"), "bag": _l("bags"), "box": _l("boxes"), "bottle": _l("bottles"),
    "set": _l("sets"), "copy": _l("copies"), "quilt": _l("quilts"), "pair": _l("pairs"),
    "kilo": _l("kilograms"),
}  # fmt: skip
_NUMBER: Final[Mapping[str, Callable[[int], str]]] = {
    "piece": lambda n: ngettext("%(num)s article", "%(num)s articles", n),
    "bag": lambda n: ngettext("%(num)s bag", "%(num)s bags", n),
    "box": lambda n: ngettext("%(num)s box", "%(num)s boxes", n),
    "bottle": lambda n: ngettext("%(num)s bottle", "%(num)s bottles", n),
    "set": lambda n: ngettext("%(num)s set", "%(num)s sets", n),
    "copy": lambda n: ngettext("%(num)s copy", "%(num)s copies", n),
    "quilt": lambda n: ngettext("%(num)s quilt", "%(num)s quilts", n),
    "pair": lambda n: ngettext("%(num)s pair", "%(num)s pairs", n),
    "kilo": lambda n: ngettext("%(num)s kilogram", "%(num)s kilograms", n),
}
LOSS: Final = {
    "spoiled": _l("spoiled, or past its day"), "lost": _l("lost"), "broken": _l("broken"),
}  # fmt: skip
HEADS: Final = {"household": _l("households"), "person": _l("persons")}
STATE: Final = {
    "there": ("good", _l("in stock")), "gone": ("done", _l("nothing left")),
    "void": ("late", _l("void")),
}  # fmt: skip
DUE: Final = {
    "past": ("late", _l("past its day")), "soon": ("warn", _l("best before is near")),
}  # fmt: skip
DONE: Final = {
    "in": _l("Quantity in"), "out": _l("Given out"), "off": _l("Written off"),
    "keep": _l("Not written off"), "count": _l("Stock counted"), "void": _l("Declared void"),
}  # fmt: skip
LACKS: Final = {
    "condition": _l("Food that was used before cannot be taken."),
    "best_before": _l("Food has a best-before day: it stands on the package."),
    "worth": _l("A value needs its paper, and a paper its value. Without a paper leave it empty."),
}  # fmt: skip


def quantity(number: int, unit: str) -> str:
    """As "12 bags"."""
    return _NUMBER[unit](number)


def heads(number: int, as_: str) -> str:
    """As "12 households"."""
    if as_ == "household":
        return ngettext("%(num)s household", "%(num)s households", number)
    return ngettext("%(num)s person", "%(num)s people", number)
