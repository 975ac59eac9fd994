"""What is asked of an outlet and of an item, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from marshmallow import Schema, fields, validate

from saas.catalogue.rows import Catalogue
from saas.forms.fields import DAY, PICK, TEXT, TICK, Field
from saas.kernel.context import Actor
from saas.kernel.errors import Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.schemas import Uploads
from saas.media import permissions, queries, rules, words
from saas.media.models import Coverage, Outlet
from saas.territory import queries as territory


def _ensure(actor: Actor) -> None:
    if actor.kind != "system" and not actor.may(permissions.KEEP):
        raise Forbidden


def _settle(values: Mapping[str, Any], row: Outlet | None) -> Mapping[str, Any]:
    """The host as addresses have it; no two outlets share one."""
    host = values["host"].strip().lower().removeprefix("https://").removeprefix("http://")
    host = host.partition("/")[0].removeprefix("www.")
    known = {one.host: one for one in queries.outlets().values() if one.host}
    if host in known and known[host] is not row:
        told = _l("This address belongs to %(name)s.", name=say(known[host].name))
        raise Invalid({"host": [told]})
    return {**values, "host": host}


OUTLETS: Final = Catalogue(
    model=Outlet, domain="media", noun="outlet", thing="outlet", words=_l("Outlet"),
    retired="retired_at", ensure=_ensure, settle=_settle,
)  # fmt: skip
OUTLET_SHAPE: Final = (
    Field(name="name", label=_l("Name"), required=True),
    Field(name="tier", label=_l("Tier"), kind=PICK, required=True, options=[*words.TIER.items()]),
    Field(name="host", label=_l("Address of its site"), kind=TEXT, longest=100,
          help=_l("Like paper.example.cn: links that are pasted are known by it. On paper: none.")),
)  # fmt: skip


def coverage_shape(actor: Actor, coverage: Coverage | None = None) -> Sequence[Field]:
    """An item; the link stands first, since the outlet is read off it."""
    units = [(u.code, say(u.name)) for u in territory.upper_units()
             if permissions.keeps(actor, u.path)]  # fmt: skip
    known = queries.outlets()
    outlets = [(one.code, say(one.name)) for one in known.values() if not one.retired_at]
    originals = [
        (str(one.id), f"{one.published_on:%Y-%m-%d} {say(known[one.outlet_id].name)} {one.title}")
        for one in queries.originals(but=coverage.id if coverage else None)
    ]
    return (
        Field(name="url", label=_l("Link"), kind=TEXT, longest=500,
              help=_l("Paste it: the outlet is read off it. On paper: leave it empty.")),
        Field(name="outlet", label=_l("Outlet"), kind=PICK, options=outlets,
              blank=_l("as the link says"),
              read=lambda row: known[row.outlet_id].code),
        Field(name="title", label=_l("Title"), kind=TEXT, required=True, longest=200),
        Field(name="published_on", label=_l("Published on"), kind=DAY, required=True),
        Field(name="unit", label=_l("What place it is about"), kind=PICK, required=True, once=True,
              options=units, default=units[0][0] if units else ""),
        Field(name="reprint_of", label=_l("Reprint of"), kind=PICK, options=originals,
              among=[key for key, _name in originals], blank=_l("nothing: it is an original"),
              read=lambda row: str(row.reprint_of_id or "")),
        Field(name="about", label=_l("What it is about"), kind=PICK, blank=_l("not said"),
              options=[*words.ABOUT.items()]),
        Field(name="about_code", label=_l("Code of it"), kind=TEXT, longest=40,
              help=_l("As it stands in its address, or on its slip.")),
        Field(name="counted", label=_l("It counts"), kind=TICK, default=True,
              help=_l("Without the tick it stays in the list and is not counted.")),
    )  # fmt: skip


class CoverageIn(Schema):
    """The copy besides."""

    copy = Uploads(load_default=list)


class LinkIn(Schema):
    """What somebody found at the address."""

    state = fields.String(required=True, validate=validate.OneOf(rules.LINKS))
