"""The roll, and the hours that stand, as lists for who works there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask import url_for

from saas.accounts import queries as people
from saas.activities.queries import Scene
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import masked_phone
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say, short_date
from saas.listing.declared import Cell, Choice, Column, Filter, Listing, Values, day_in
from saas.territory import queries as territory
from saas.volunteers import queries, words
from saas.volunteers.models import Service, Shift, Volunteer
from saas.volunteers.queries import Sum


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on the roll in a list. Nobody is put before anybody: they stand as they came."""

    volunteer: Volunteer
    name: str
    phone: str
    unit: str
    sum: Sum


def rows_of(found: Sequence[Volunteer], actor: Actor | None = None) -> list[Row]:
    """Rows of a page, in as many questions as for one."""
    names, units = queries.names_of(found), territory.names([one.unit_id for one in found])
    sums = queries.sums_of([one.id for one in found])
    return [
        Row(one, names[one.id], masked_phone(one.phone), say(units[one.unit_id]), sums[one.id])
        for one in found
    ]


def _day(moment: datetime) -> str:
    return short_date(moment, str(clock.zone()))


def _states(actor: Actor, values: Values) -> list[Choice]:
    return [Choice("on", _l("on the roll")), Choice("left", _l("have left"))]


def _in_state(state: str) -> sa.ColumnElement[bool]:
    return Volunteer.left_at.is_(None) if state == "on" else Volunteer.left_at.is_not(None)


def _state(row: Row) -> Cell:
    gone = row.volunteer.left_at is not None
    return Cell(
        str(_l("have left") if gone else _l("on the roll")), tone="ended" if gone else "good"
    )


ROLL = Listing[Row](
    endpoint="volunteers.roll",
    words=_l("Volunteers"),
    query=queries.on_roll,
    rows=rows_of,
    order=(Volunteer.consented_at.desc(), Volunteer.id.desc()),
    filters=(Filter("state", _l("State"), _in_state, _states),),
    columns=(
        Column("name", _l("Full name"), lambda row: Cell(row.name, note=row.phone)),
        Column("skills", _l("Good at"), lambda row: row.volunteer.skills or ""),
        Column("unit", _l("Place"), lambda row: row.unit),
        Column("times", _l("Times"), lambda row: str(row.sum.times), narrow=True),
        Column("hours", _l("Helped for"), lambda row: words.hours(row.sum.minutes)),
        Column("since", _l("On the roll since"), lambda row: _day(row.volunteer.consented_at),
               Volunteer.consented_at),
        Column("state", _l("State"), _state),
    ),
    key=lambda row: row.volunteer.code,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """Hours in a list, as a record of volunteering has them."""

    service: Service
    shift: Shift
    scene: Scene
    name: str
    verifier: str


def entries_of(found: Sequence[Service], actor: Actor | None = None) -> list[Entry]:
    """Rows of a page, in as many questions as for one."""
    by_id = queries.by_ids([one.volunteer_id for one in found])
    names, verifiers = (
        queries.names_of(list(by_id.values())),
        people.names_of([one.verified_by for one in found]),
    )
    return [
        Entry(one, shift, scene, names[one.volunteer_id], verifiers[one.verified_by])
        for one, shift, scene in queries.with_places(found)
    ]


def _from(day: date) -> sa.ColumnElement[bool]:
    return Service.held_at >= clock.begin_of(day)


def _to(day: date) -> sa.ColumnElement[bool]:
    return Service.held_at < clock.begin_of(day + timedelta(days=1))


SERVICES = Listing[Entry](
    endpoint="volunteers.services",
    words=_l("Hours of volunteers"),
    query=queries.within_reach,
    rows=entries_of,
    order=(Service.held_at.desc(), Service.id.desc()),
    filters=(
        Filter("from", _l("From day"), _from, read=day_in, kind="day"),
        Filter("to", _l("To day"), _to, read=day_in, kind="day"),
    ),
    columns=(
        Column("name", _l("Full name"), lambda row: row.name),
        Column("work", _l("What they did"), lambda row: Cell(
            say(row.shift.work), note=say(row.scene.activity.title),
            url=url_for("volunteers.helpers", code=row.scene.session.code))),
        Column("when", _l("When"), lambda row: words.when(row.shift), Service.held_at),
        Column("where", _l("Where"), lambda row: say(row.scene.where)),
        Column("minutes", _l("Minutes"), lambda row: str(row.service.minutes), narrow=True),
        Column("verifier", _l("Verified by"), lambda row: row.verifier),
        Column("at", _l("Written down"), lambda row: _day(row.service.at), drawn=False),
        Column("cause", _l("Cause of a correction"), lambda row: row.service.cause or "",
               drawn=False),
    ),
    key=lambda row: str(row.service.id),
)  # fmt: skip
