"""The ledger as a workbook: given out as it is, read back with every fault at its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from saas import sheets
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.workbooks import CellFault, plain
from saas.media import commands, queries, rules
from saas.sheets import Column, Given, Planned, Row, Table, found, text
from saas.territory import queries as territory

#: More new rows than this are looked at in portions.
MOST: Final = 500
TABLE: Final = Table("coverages", _l("Media ledger"), (
    Column("number", _l("Number"), 8, _l("Leave it empty for a new one."), text(18)),
    Column("outlet", _l("Outlet"), 20, _l("Choose from the list."), found("outlet", "no_outlet"),
           needed=True),
    Column("title", _l("Title"), 50, _l("As it was printed."), text(200), needed=True),
    Column("on", _l("Published on"), 14, _l("A day, like 2026-11-28."), sheets.past_day,
           needed=True),
    Column("url", _l("Link"), 50, _l("The whole address; none on paper."), text(500)),
    Column("unit", _l("Code of the unit"), 20, _l("What place it is about."),
           found("unit", "no_unit"), needed=True),
))  # fmt: skip
FILE: Final = {
    **sheets.FILE,
    "no_heading": _l("This is not the ledger: its headings are missing."),
    "no_rows": _l("There is no filled-in row."),
    "rows": _l("At most 500 rows a file."),
}
CELL: Final = {
    **sheets.CELL,
    "no_outlet": _l("is none of the outlets: choose from the list"),
    "no_unit": _l("is no unit in your reach: copy its code from the tree"),
    "no_url": _l("is no address: it begins with https://"),
    "known_url": _l("is in the ledger already"),
    "twice": _l("stands in row %(row)s already"),
    "no_number": _l("is no item in your reach: leave it empty for a new one"),
}


def choices() -> dict[tuple[str, str], tuple[str, ...]]:
    """What can be chosen."""
    known = [say(one.name) for one in queries.outlets().values() if not one.retired_at]
    return {("coverages", "outlet"): tuple(known)}


def given_for(actor: Actor) -> Given:
    """What cells are held against, for who sends them."""
    by_name = {plain(name): one for one in queries.outlets().values() for name in one.name.values()}

    def unit(code: str) -> Any:
        one = territory.unit_coded(code.strip())
        return one if one and commands.permissions.keeps(actor, one.path) else None

    return Given(clock.today(), {"outlet": lambda t: by_name.get(plain(t)), "unit": unit})


def filled(actor: Actor) -> list[dict[str, str]]:
    """The ledger in reach as its rows would be filled in."""
    items = session.scalars(queries.within(actor).limit(5000)).all()
    units, outlets = territory.units_by_id({one.unit_id for one in items}), queries.outlets()
    return [
        {"number": str(one.id), "outlet": say(outlets[one.outlet_id].name), "title": one.title,
         "on": f"{one.published_on:%Y-%m-%d}", "url": one.url or "",
         "unit": units[one.unit_id].code}
        for one in sorted(items, key=lambda one: one.id)
    ]  # fmt: skip


def book(actor: Actor) -> bytes:
    """The workbook with the ledger as it is."""
    page = sheets.page_of(TABLE, choices(), filled(actor))
    return sheets.book_of([page], _l("How to fill it in"), sheets.guide_of([page]), _l("Lists"))


def looked_at(rows: Sequence[Row], actor: Actor) -> tuple[list[Planned], list[CellFault]]:
    """What would become of each row, and every fault."""
    given, here = given_for(actor), {row["number"]: row for row in filled(actor)}
    planned, faults, seen = [], [], dict[tuple[int, str], Row]()
    for row in rows:
        values, wrong = row.values(given)
        faults += wrong or _between(row, values, here, seen)
        state, changes = sheets.compared(row, here.get(row.get("number")))
        planned.append(Planned(row, state, row.get("title"), changes))
    return planned, faults


def _between(
    row: Row, values: Mapping[str, Any], here: Mapping[str, Any], seen: dict[tuple[int, str], Row]
) -> list[CellFault]:
    """Faults between the cells of a row, and with the rows before it."""
    number, url = row.get("number"), row.get("url")
    found_ = [row.fault("number", "no_number")] if number and number not in here else []
    if not url:
        return found_
    address = rules.clean_url(url)
    if address is None:
        return [*found_, row.fault("url", "no_url")]
    again = queries.same_address(values["outlet"].id, address)
    if again is not None and str(again.id) != number:
        found_.append(row.fault("url", "known_url"))
    other = seen.setdefault((values["outlet"].id, address), row)
    return found_ if other is row else [*found_, row.fault("url", "twice", other)]


def take_over(texts: Sequence[Mapping[str, str]], *, actor: Actor) -> int:
    """Do what was looked at; each row as its texts. How many were new or changed."""
    given = given_for(actor)
    for row in texts:
        outlet = given.finders["outlet"](row["outlet"])
        said: dict[str, Any] = {
            "outlet": outlet.code if outlet else None, "title": row["title"],
            "url": row.get("url", ""), "published_on": _day(row["on"]),
        }  # fmt: skip
        if row.get("number"):
            item = queries.access_coverage(int(row["number"]), actor=actor, lock=True)
            rest: dict[str, Any] = {
                "reprint_of": str(item.reprint_of_id or ""), "about": item.about,
                "about_code": item.about_code or "", "counted": item.counted,
            }  # fmt: skip
            commands.change_coverage(item, **said, **rest, actor=actor)
        else:
            commands.add_coverage(unit=row["unit"], **said, actor=actor)
    return len(texts)


def _day(text_: str) -> Any:
    return sheets.past_day(text_, text_, Given(clock.today()))
