"""What is asked of a merchant, a walk and a stop, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from marshmallow import Schema, fields, pre_load, validate

from saas.catalogue.rows import Catalogue
from saas.forms.fields import DAY, FILES, LONG, NUMBER, PICK, Field
from saas.kernel.context import Actor
from saas.kernel.errors import Forbidden
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.places import permissions, queries, rules, words
from saas.places.models import Kind, Merchant, Route, Stop
from saas.places.views import thing_of
from saas.rooms import queries as rooms
from saas.rooms.schemas import FEW_ROWS, Hours, hours_from
from saas.territory import queries as territory


def _ensure(actor: Actor) -> None:
    if actor.kind != "system" and not actor.may(permissions.SETTINGS):
        raise Forbidden


KINDS: Final = Catalogue(
    model=Kind, domain="places", noun="kind", thing="merchant_kind",
    words=_l("Kind of merchants"), retired="retired_at", ensure=_ensure,
)  # fmt: skip
KIND_SHAPE: Final = (Field(name="name", label=_l("Name"), required=True),)
_STEP_FREE = Field(
    name="step_free", label=_l("Can one get there without steps?"), kind=PICK, required=True,
    default="unknown", options=[*words.STEP_FREE.items()],
    help=_l("Say “not known” unless somebody has looked: it is said so on the page."),
)  # fmt: skip


def _unit(actor: Actor, streets: bool) -> Field:
    """Where something new belongs to: streets, or places beneath them too, in the actor's reach."""
    found = rooms.streets_at_work(actor) if streets else territory.upper_units()
    here = [(u.code, say(u.name)) for u in found if permissions.can_keep(actor, u.path)]
    words_ = _l("Street office") if streets else _l("Street or community")
    return Field(name="unit", label=words_, kind=PICK, required=True, once=True, options=here)


def _kinds() -> list[tuple[str, str]]:
    return [(kind.code, say(kind.name)) for kind in KINDS.in_use()]


def _kind_of(merchant: Merchant) -> str:
    return next((k.code for k in queries.kinds().values() if k.id == merchant.kind_id), "")


def merchant_shape(actor: Actor) -> Sequence[Field]:
    """A merchant."""
    return (
        Field(name="name", label=_l("Name"), required=True),
        _unit(actor, streets=False),
        Field(name="kind", label=_l("Kind"), kind=PICK, options=_kinds, blank=_l("not said"),
              read=_kind_of),
        Field(name="sells", label=_l("What it sells"), kind=LONG, required=True, longest=120,
              longest_en=200, help=_l("One sentence. No prices: nothing is sold here.")),
        Field(name="place", label=_l("Where to find it"), longest=100, longest_en=150),
        Field(name="concession", label=_l("What older people get cheaper"), longest=100,
              longest_en=150, help=_l("Leave it empty if there is nothing.")),
        _STEP_FREE,
        Field(name="position", label=_l("Place on the street"), kind=NUMBER, least=0, most=9999,
              help=_l("Counted from the beginning of the street; merchants stand in this order. "
                      "Empty: the last.")),
        Field(name="consent_until", label=_l("It agrees to be shown until"), kind=DAY,
              required=True, help=_l("The day after, its page is gone by itself.")),
        Field(name="photo", label=_l("Picture"), kind=FILES, read=lambda row: ""),
    )  # fmt: skip


def route_shape(actor: Actor) -> Sequence[Field]:
    """A walk."""
    return (
        Field(name="name", label=_l("Name"), required=True),
        _unit(actor, streets=True),
        Field(name="purpose", label=_l("What it is for"), kind=LONG, required=True, longest=200,
              longest_en=300),
        Field(name="start", label=_l("Where it begins"), longest=100, longest_en=150,
              help=_l("Empty: at its first stop.")),
        _STEP_FREE,
    )  # fmt: skip


def stop_shape(route: Route, stop: Stop | None, no: int) -> Sequence[Field]:
    """A stop; what can be chosen lies in the walk's street."""
    things = queries.things_of(queries.unit_of(route), [stop] if stop else ())
    now = thing_of(stop) if stop else ""
    told = {
        _("Function rooms"): [("room", r) for r in things.rooms.values() if r.status != "retired"],
        _("Merchants"): [("merchant", m) for m in things.merchants.values()],
        _("Premises"): [("venue", v) for v in things.venues.values() if not v.closed_at],
    }
    known = {"room": things.rooms, "venue": things.venues, "merchant": things.merchants}
    kind, _dash, key = now.partition("-")
    if kind and all(row.id != int(key) for rows in told.values() for k, row in rows if k == kind):
        told[_("At present")] = [(kind, known[kind][int(key)])]
    choices = [(words_, [(f"{k}-{row.id}", say(row.name)) for k, row in rows])
               for words_, rows in told.items() if rows]  # fmt: skip
    among = [value for _words, rows in choices for value, _name in rows]
    return (
        Field(name="thing", label=_l("What stands at this stop"), kind=PICK, options=choices,
              among=among, blank=_l("A place with a story of its own"), read=thing_of),
        Field(name="name", label=_l("Name of the place"), longest=40,
              help=_l("Only for a place with a story of its own.")),
        Field(name="minutes", label=_l("Minutes from the stop before"), kind=NUMBER, required=True,
              least=0, most=rules.LONGEST, unit=_l("minutes on foot"), default=0 if no == 1 else 5,
              help=_l("Of a new first stop: to the next one.")),
        Field(name="what", label=_l("What is to be seen there"), kind=LONG, longest=200,
              longest_en=300),
        _STEP_FREE,
    )  # fmt: skip


class HoursIn(Schema):
    """The editor of opening hours."""

    hours = fields.List(fields.Nested(Hours), load_default=list, validate=FEW_ROWS)

    @pre_load
    def _gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "hours": hours_from(data)}


class SeenIn(Schema):
    """How many edits of the stops stood on the page."""

    seen = fields.Integer(required=True)


class MoveIn(SeenIn):
    """One place up or down."""

    way = fields.String(required=True, validate=validate.OneOf(("up", "down")))


class VerbIn(Schema):
    """Publish or withdraw."""

    verb = fields.String(required=True, validate=validate.OneOf([*words.VERBS]))
