"""Sessions that were, as a workbook: given out as they are, read back with every fault at its cell.
How many came stands there by bands, never who.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any, Final

from saas import sheets
from saas.activities import commands as activities
from saas.activities import queries as sessions
from saas.activities.commands import Past, PastKind
from saas.attendance import commands, queries, rules, words
from saas.attendance.commands import PastCount
from saas.kernel import clock, writers
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.hours import read_time
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.workbooks import Cell, CellFault, plain, tidy
from saas.rooms import queries as rooms
from saas.sheets import Column, Given, Planned, Row, Table, found, text
from saas.sheets.columns import Reader, Wrong
from saas.territory.queries import Unit

#: More new rows than this are looked at in portions.
MOST: Final = 500


def _minutes(written: str) -> str:
    """A time of the day as it is kept, however a spreadsheet writes it."""
    hours, colon, rest = tidy(written).partition(":")
    return f"{hours.zfill(2)}:{rest.removesuffix(':00').zfill(2)}" if colon else hours


def _clock(cell: Cell, written: str, given: Given) -> time:
    moment = read_time(written)
    if moment is None:
        raise Wrong("no_time")
    return moment


def _many(cell: Cell, written: str, given: Given) -> int:
    if not (written.isascii() and written.isdigit() and len(written) <= 4 and int(written) <= 5000):
        raise Wrong("no_number_of")
    return int(written)


def _counted(key: str, heading: object) -> Column:
    return Column(key, heading, 10, _l("How many came; never who. Empty is 0."), _many)  # fmt: skip


def _picked(finder: str) -> Reader:
    return found(finder, f"no_{finder}")


TABLE: Final = Table("past_sessions", _l("Sessions that were"), (
    Column("number", _l("Number"), 14, _l("Leave it empty for a new one."), text(26)),
    Column("street", _l("Code of the street"), 18, _l("Who answers for it."), _picked("street"),
           needed=True),
    Column("title", _l("What is it called?"), 34, _l("The same name is the same activity."),
           text(40), needed=True),
    Column("kind", _l("Kind"), 16, _l("Choose from the list."), _picked("kind")),
    Column("tag", _l("Counted as"), 18, _l("Choose from the list; empty: like any other."),
           _picked("tag")),
    Column("place", _l("Where"), 24, _l("A room of the street by its name, or any other place."),
           text(80), needed=True),
    Column("on", _l("Day"), 14, _l("A day, like 2026-11-28."), sheets.past_day, needed=True),
    Column("start", _l("Begins at"), 10, _l("Like 14:30."), _clock, needed=True,
           clean=_minutes),
    Column("end", _l("Ends at"), 10, _l("Like 16:30, on the same day."), _clock, needed=True,
           clean=_minutes),
    _counted("listed", _l("On a list of names")),
    *(_counted(band, word) for band, word in words.BAND.items()),
))  # fmt: skip
FILE: Final = {
    **sheets.FILE,
    "no_heading": _l("This is not the list of sessions: its headings are missing."),
    "no_rows": _l("There is no filled-in row."),
    "rows": _l("At most 500 rows a file."),
}
CELL: Final = {
    **sheets.CELL,
    "no_street": _l("is no street where you work: copy its code from the tree"),
    "no_kind": _l("is none of the kinds: choose from the list"),
    "no_tag": _l("is none of the tags: choose from the list"),
    "no_time": _l("is no time: write it like 14:30"),
    "no_number_of": _l("is no number of people: 0 to 5,000"),
    "ends": _l("It would end before it begins."),
    "not_over": _l("is not over yet: plan it instead"),
    "no_session": _l("is no session in your reach: leave it empty for a new one"),
    "fixed": _l("is written down already: correct it on its page, with a cause"),
    "there": _l("is there already at this time and place"),
    "twice": _l("stands in row %(row)s already"),
}


def choices() -> dict[tuple[str, str], tuple[str, ...]]:
    """What can be chosen."""
    return {
        (TABLE.key, use): tuple(say(o.name) for o in sessions.terms(use) if not o.retired_at)
        for use in ("kind", "tag")
    }


def given_for(actor: Actor) -> Given:
    """What cells are held against, for who sends them."""
    streets = {one.code: one for one in rooms.streets_at_work(actor)}
    return Given(clock.today(), {
        "street": lambda code: streets.get(code.strip()),
        **{use: _named(sessions.terms(use)) for use in ("kind", "tag")},
    })  # fmt: skip


def _named(found_: Sequence[Any]) -> Callable[[str], Any]:
    known = {plain(name): one for one in found_ for name in one.name.values()}
    return lambda written: known.get(plain(written))


def filled(actor: Actor) -> list[dict[str, str]]:
    """What is over where the actor works, the oldest first, as its rows would be filled in."""
    over, zone = sessions.Session.state.in_(("held", "closed")), clock.zone()
    found_ = sessions.rows_of(sessions.reached(actor) & over, sheets.MOST_FILLED)
    counts = queries.counts_of([one.id for one in found_])
    names = {one.code: say(one.name) for one in sessions.every_term()}
    return [
        {"number": scene.session.code, "street": scene.street.code,
         "title": say(scene.activity.title), "kind": names.get(scene.activity.kind, ""),
         "tag": names.get(scene.activity.tag or "", ""), "place": say(scene.where),
         **{name: f"{moment.astimezone(zone):{shape}}" for name, moment, shape in (
             ("on", scene.session.start, "%Y-%m-%d"), ("start", scene.session.start, "%H:%M"),
             ("end", scene.session.end, "%H:%M"))},
         **_numbers(counts[scene.session.id])}
        for scene in sessions.scenes(found_)
    ]  # fmt: skip


def _numbers(counts: queries.Counts) -> dict[str, str]:
    found_ = {"listed": counts.named, **{band: counts.bands.get(band, 0) for band in rules.BANDS}}
    return {name: str(n) if n else "" for name, n in found_.items()}


def book(actor: Actor) -> bytes:
    """The workbook with the sessions as they are."""
    page = sheets.page_of(TABLE, choices(), filled(actor))
    return sheets.book_of([page], _l("How to fill it in"), sheets.guide_of([page]), _l("Lists"))


def looked_at(rows: Sequence[Row], actor: Actor) -> tuple[list[Planned], list[CellFault]]:
    """What would become of each row, and every fault."""
    given, here = given_for(actor), {row["number"]: row for row in filled(actor)}
    planned, faults = list[Planned](), list[CellFault]()
    seen = {_same(row): None for row in here.values()} | dict[tuple[str, ...], Row | None]()
    for row in rows:
        values, wrong = row.values(given)
        state, changes = sheets.compared(row, here.get(row.get("number")))
        if wrong:
            faults += wrong
        elif number := row.get("number"):
            faults += [row.fault(one.column, "fixed") for one in changes]
            faults += [row.fault("number", "no_session")] if number not in here else []
        else:
            faults += _between(row, values, seen)
        planned.append(Planned(row, state, row.get("title"), changes))
    return planned, faults


def _same(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(plain(row[name]) for name in ("street", "title", "place", "on", "start"))


def _between(
    row: Row, values: Mapping[str, Any], seen: dict[tuple[str, ...], Row | None]
) -> Iterator[CellFault]:
    """Faults between the cells of a new row, and with what is there or stands above."""
    if values["end"] <= values["start"]:
        yield row.fault("end", "ends")
    if datetime.combine(values["on"], values["end"], clock.zone()) > clock.now():
        yield row.fault("on", "not_over")
    other = seen.setdefault(_same({**row.texts, "on": f"{values['on']:%Y-%m-%d}"}), row)
    if other is not row:
        yield row.fault("title", "twice" if other else "there", other)


def take_over(texts: Sequence[Mapping[str, str]], *, actor: Actor) -> int:
    """Do what was looked at; each row as its texts; what is there by now is left out, so that a
    second press adds nothing. How many sessions are new.
    """
    writers.in_turn(f"attendance.{TABLE.key}")
    here = {_same(row) for row in filled(actor)}
    given, by_street = given_for(actor), defaultdict[str, list[Mapping[str, str]]](list)
    for row in texts:
        day = sheets.past_day(row["on"], row["on"], given)
        if _same({**row, "on": f"{day:%Y-%m-%d}"}) not in here:
            by_street[row["street"]].append({**row, "number": new_token()[:10]})
    counts = list[PastCount]()
    for code, rows in by_street.items():
        if (street := given.finders["street"](code)) is not None:
            _add(street, rows, given, actor)
            counts += [
                PastCount(row["number"], int(row.get("listed") or 0),
                          {band: int(row.get(band) or 0) for band in rules.BANDS})
                for row in rows
            ]  # fmt: skip
    commands.take_over(counts, actor=actor)
    return len(counts)


def _add(street: Unit, rows: Sequence[Mapping[str, str]], given: Given, actor: Actor) -> None:
    """The sessions of a street; what has the same title, kind and tag is one activity."""
    there = {plain(name): one for one in rooms.structure_of(street, retired=True).rooms
             for name in one.name.values()}  # fmt: skip
    known, kinds, past = sessions.activities_called(street), dict[str, PastKind](), list[Past]()
    for row in rows:
        kind, tag = (
            one.code if (one := given.finders[use](row.get(use, ""))) else ""
            for use in ("kind", "tag")
        )
        own = known.setdefault((row["title"], kind, tag), new_token()[:10])
        kinds[own] = PastKind(code=own, title={"zh": row["title"]}, kind=kind, tag=tag or None)
        day = sheets.past_day(row["on"], row["on"], given)
        start, end = (
            datetime.combine(day, time.fromisoformat(row[name]), clock.zone())
            for name in ("start", "end")
        )
        room = there.get(plain(row["place"]))
        past.append(Past(code=row["number"], activity=own, start=start, end=end, room=room,
                         address=None if room else {"zh": row["place"]}))  # fmt: skip
    activities.take_over(street, kinds.values(), past, actor=actor)
