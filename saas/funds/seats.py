"""Seats of the committee as a workbook: who, which seat, since when, until when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from saas import sheets
from saas.accounts import queries as people
from saas.funds import commands, queries, rules, words
from saas.funds.models import Member
from saas.funds.workbook import worded
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.workbooks import CellFault
from saas.sheets import Column, Given, Planned, Row, Table, found, text

MOST: Final = 500
TABLE: Final = Table("committee", _l("Committee"), (
    Column("number", _l("Number of the seat"), 14, _l("Leave it empty for a new one."), text(12)),
    Column("person", _l("Sign-in name or telephone"), 24, _l("Of somebody who has an account."),
           found("person", "no_person"), personal=True),
    Column("seat", _l("Seat"), 14, _l("Choose from the list."), found("seat", "no_seat"),
           needed=True),
    Column("since", _l("From day"), 14, _l("A day, like 2026-11-28."), sheets.past_day,
           needed=True),
    Column("until", _l("Until day"), 14, _l("Empty: still in the committee."), sheets.past_day),
))  # fmt: skip
FILE: Final[dict[str, Any]] = {
    **sheets.FILE,
    "no_heading": _l("This is not the list of the committee: its headings are missing."),
    "no_rows": _l("There is no filled-in row."),
    "rows": _l("At most 500 rows a file."),
}
CELL: Final[dict[str, Any]] = {
    **sheets.CELL,
    "no_person": _l("is nobody who has an account: write the sign-in name or the telephone"),
    "no_seat": _l("is no seat: choose from the list"),
    "no_number": _l("is no seat of the committee: leave it empty for a new one"),
    "fixed": _l("is written down already; only the day of leaving is added here"),
    "order": _l("lies before the first day"),
    "twice": _l("sat in the committee in this time already"),
    "taken": _l("was taken by another in this time: there is one chair and one supervisor"),
}


class Sat(NamedTuple):
    """Somebody sat there: from a day until one (without: still)."""

    person: int
    seat: str
    since: date
    until: date | None

    def meets(self, other: Sat) -> bool:
        """Whether both sat at the same time."""
        return self.since < (other.until or date.max) and other.since < (self.until or date.max)


def choices() -> dict[tuple[str, str], tuple[str, ...]]:
    """What can be chosen."""
    return {(TABLE.key, "seat"): tuple(str(words.SEAT[seat]) for seat in rules.SEATS)}


def _person() -> Callable[[str], int | None]:
    def find(written: str) -> int | None:
        number = people.usable_phone(written)
        one = people.person_by_login(written) or (
            people.person_by_phone(number) if number else None
        )
        return one.id if one else None

    return find


def _given() -> Given:
    return Given(clock.today(), {"person": _person(), "seat": worded(words.SEAT)})


def _members() -> Sequence[Member]:
    return queries.every(sa.select(Member).order_by(Member.since, Member.id))


def filled() -> list[dict[str, str]]:
    """Every seat that there was, by the sign-in name; a telephone is never given out."""
    members = _members()
    logins = people.logins_of([one.person_id for one in members])
    return [
        {"number": str(one.id), "person": logins.get(one.person_id, ""),
         "seat": str(words.SEAT[one.seat]), "since": one.since.isoformat(),
         "until": one.until.isoformat() if one.until else ""}
        for one in members
    ]  # fmt: skip


def book() -> bytes:
    """The workbook with the committee as it is and was."""
    page = sheets.page_of(TABLE, choices(), filled())
    return sheets.book_of([page], _l("How to fill it in"), sheets.guide_of([page]), _l("Lists"))


def looked_at(rows: Sequence[Row], actor: Actor) -> tuple[list[Planned], list[CellFault]]:
    """What would become of each row, and every fault."""
    given, here = _given(), {row["number"]: row for row in filled()}
    sat = [(str(one.id), Sat(one.person_id, one.seat, one.since, one.until)) for one in _members()]
    planned, faults = list[Planned](), list[CellFault]()
    for row in rows:
        values, wrong = row.values(given)
        number = row.get("number")
        before = here.get(number)
        state, changes = sheets.compared(row, before)
        if not wrong:
            wrong = [
                *_faults(
                    row,
                    values,
                    number,
                    before,
                    [one for n, one in sat if not number or n != number],
                )
            ]
        if not wrong and not number:
            sat.append(("", Sat(values["person"], values["seat"], values["since"],
                                values.get("until"))))  # fmt: skip
        faults += wrong
        planned.append(Planned(row, state, f"{row.get('seat')} · {row.get('since')}", changes))
    return planned, faults


def _faults(
    row: Row, values: Mapping[str, Any], number: str, before: Mapping[str, str] | None,
    others: Sequence[Sat],
) -> Iterator[CellFault]:  # fmt: skip
    until = values.get("until")
    if until and until < values["since"]:
        yield row.fault("until", "order")
    if number:
        if before is None:
            yield row.fault("number", "no_number")
            return
        for change in sheets.compared(row, before)[1]:
            if change.column != "until" or before["until"]:
                yield row.fault(change.column, "fixed")
        return
    if "person" not in values:
        yield row.fault("person", "empty")
        return
    mine = Sat(values["person"], values["seat"], values["since"], until)
    met = [one for one in others if one.meets(mine)]
    if any(one.person == mine.person for one in met):
        yield row.fault("person", "twice")
    elif mine.seat != "member" and any(one.seat == mine.seat for one in met):
        yield row.fault("seat", "taken")


def take_over(texts: Sequence[Mapping[str, str]], *, actor: Actor) -> int:
    """Do what was looked at; what is there by now is left out. How many rows did anything."""
    given, there, done = _given(), {str(one.id): one for one in _members()}, 0
    known = {(one.person_id, one.since) for one in there.values()}
    for row in texts:
        since, until = (
            sheets.past_day(row[name], row[name], given) if row.get(name) else None
            for name in ("since", "until")
        )
        one = there.get(row.get("number", ""))
        if one is not None and until and one.until is None:
            commands.unseat(one, on=until, actor=actor)
            done += 1
        elif one is None and since and (given.finders["person"](row["person"]), since) not in known:
            commands.seat_past(given.finders["person"](row["person"]),
                               seat=given.finders["seat"](row["seat"]), since=since, until=until,
                               actor=actor)  # fmt: skip
            done += 1
    return done
