"""Gifts of the past or of a day, as a workbook: given out as they are, read back with every fault
at its cell. Who gave is read and never given out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from saas import sheets
from saas.funds import commands, queries, words
from saas.funds.commands import Given as Gift
from saas.funds.models import Gift as Stored
from saas.funds.origins import origins
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import LOCALES, say, speaking
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.workbooks import Cell, CellFault, plain
from saas.ledger import yuan
from saas.sheets import Column, Given, Planned, Row, Table, found, text
from saas.sheets.columns import Wrong
from saas.territory.queries import Unit

#: More new rows than this are looked at in portions.
MOST: Final = 500
#: Where the money of the rows is: with the host since long, or in cash with who sends the workbook.
WHERE: Final = {"host": _l("the host has it"), "cash": _l("I have it in cash")}


def _amount(cell: Cell, written: str, given: Given) -> Decimal:
    found_ = yuan(written)
    if found_ is None:
        raise Wrong("no_amount")
    return found_


def _coded(kind: str) -> Callable[[str], str | None]:
    def find(code: str) -> str | None:
        return next((one.code for one in origins([code]) if one.kind == kind), None)

    return find


TABLE: Final = Table("gifts", _l("Gifts"), (
    Column("number", _l("Number of the gift"), 14, _l("Leave it empty for a new one."), text(12)),
    Column("amount", _l("Amount in yuan"), 14, _l("Like 12.50."), _amount, needed=True),
    Column("purpose", _l("Purpose"), 20, _l("Choose from the list."),
           found("purpose", "no_purpose"), needed=True),
    Column("way", _l("Way"), 16, _l("Choose from the list."), found("way", "no_way"), needed=True),
    Column("shown_as", _l("What may everybody see?"), 24, _l("Choose from the list."),
           found("shown_as", "no_shown"), needed=True),
    Column("name", _l("Name of who gives"), 20, _l("Kept sealed; needed where something of it is"
           " shown."), text(60), personal=True),
    Column("phone", _l("Telephone"), 16, _l("Kept sealed."), text(30), personal=True),
    Column("on", _l("Day"), 14, _l("A day, like 2026-11-28."), sheets.past_day, needed=True),
    Column("campaign", _l("Campaign"), 18, _l("Its code, as on its page."),
           found("campaign", "no_campaign", 40)),
    Column("point", _l("Donation point"), 18, _l("Its code, as on its page."),
           found("point", "no_point", 40)),
))  # fmt: skip
FILE: Final[dict[str, Any]] = {
    **sheets.FILE,
    "no_heading": _l("This is not the list of gifts: its headings are missing."),
    "no_rows": _l("There is no filled-in row."),
    "rows": _l("At most 500 rows a file."),
}
CELL: Final[dict[str, Any]] = {
    **sheets.CELL,
    "no_amount": _l("is no amount: yuan above 0 with at most two places, like 12.50"),
    "no_purpose": _l("is none of the purposes: choose from the list"),
    "no_way": _l("is none of the ways: choose from the list"),
    "no_shown": _l("says not what may be shown: choose from the list"),
    "no_name": _l("is missing: something of it is to be shown"),
    "no_campaign": _l("is no campaign: copy the code from its page"),
    "no_point": _l("is no donation point: copy the code from its page"),
    "no_gift": _l("is no gift: leave it empty for a new one"),
    "fixed": _l("is written down already, and a gift never changes"),
    "not_cash": _l("is no cash that you hold: a box is opened by two, a transfer is at the bank"),
}


def choices() -> dict[tuple[str, str], tuple[str, ...]]:
    """What can be chosen."""
    return {
        (TABLE.key, "purpose"): tuple(say(one.name) for one in queries.purposes().values()),
        (TABLE.key, "way"): tuple(str(word) for word in words.WAY.values()),
        (TABLE.key, "shown_as"): tuple(str(word) for word in words.SHOWN.values()),
    }


def worded(known: Mapping[str, object]) -> Callable[[str], str | None]:
    """What finds a code by its word in any language."""
    by_word: dict[str, str] = {}
    for locale in LOCALES:
        with speaking(locale):
            by_word |= {plain(str(word)): code for code, word in known.items()}
    return lambda written: by_word.get(plain(written))


def _given() -> Given:
    """What cells are held against."""
    purposes = {plain(name): code for code, one in queries.purposes().items()
                for name in one.name.values()}  # fmt: skip
    return Given(clock.today(), {
        "purpose": lambda written: purposes.get(plain(written)), "way": worded(words.WAY),
        "shown_as": worded(words.SHOWN), "campaign": _coded("campaign"), "point": _coded("point"),
    })  # fmt: skip


def filled() -> list[dict[str, str]]:
    """Gifts as their rows would be filled in, the oldest first; of who gave, what may be shown."""
    names = {one.id: say(one.name) for one in queries.purposes().values()}
    query = sa.select(Stored).order_by(Stored.number.desc()).limit(sheets.MOST_FILLED)
    return [
        {"number": str(one.number), "amount": f"{one.amount:.2f}", "purpose": names[one.purpose_id],
         "way": str(words.WAY[one.way]), "shown_as": str(words.SHOWN[one.shown_as]),
         "name": one.shown, "phone": "", "on": one.received_on.isoformat(),
         "campaign": one.campaign or "", "point": one.point or ""}
        for one in queries.every(query)[::-1]
    ]  # fmt: skip


def book() -> bytes:
    """The workbook with the gifts as they are."""
    page = sheets.page_of(TABLE, choices(), filled())
    return sheets.book_of([page], _l("How to fill it in"), sheets.guide_of([page]), _l("Lists"))


def looked_at(
    rows: Sequence[Row], actor: Actor, *, where: str
) -> tuple[list[Planned], list[CellFault]]:
    """What would become of each row, and every fault."""
    given, here = _given(), {row["number"]: row for row in filled()}
    alike = {(row["amount"], row["on"], row["purpose"]) for row in here.values()}
    planned, faults = list[Planned](), list[CellFault]()
    for row in rows:
        values, wrong = row.values(given)
        state, changes = sheets.compared(row, here.get(row.get("number")))
        if not wrong and (number := row.get("number")):
            wrong = [row.fault(one.column, "fixed") for one in changes]
            wrong += [row.fault("number", "no_gift")] if number not in here else []
        elif not wrong:
            wrong = [*_between(row, values, where)]
        faults += wrong
        if not wrong:
            same = (f"{values['amount']:.2f}", values["on"].isoformat(), row.get("purpose"))
            told = [str(ALIKE)] if state == "add" and same in alike else []
            name = f"{values['on']} · {values['amount']:,.2f} · {row.get('purpose')}"
            planned.append(Planned(row, state, name, (), told))
    return planned, faults


#: Said of a row in the look before it is taken over.
ALIKE: Final = _l("a gift of this sum, day and purpose is there already")


def _between(row: Row, values: Mapping[str, Any], where: str) -> Iterable[CellFault]:
    if values["shown_as"] != "anonymous" and not values.get("name"):
        yield row.fault("name", "no_name")
    if where == "cash" and values["way"] not in {"point", "event"}:
        yield row.fault("way", "not_cash")


def take_over(
    texts: Sequence[Mapping[str, str]], sealed: str, unit: Unit, *, where: str, actor: Actor
) -> int:
    """Do what was looked at, once: a second press of the same adds nothing. How many are new."""
    given, key = _given(), hashlib.sha256(sealed.encode()).hexdigest()[:40]
    rows = sorted(
        (_gift(text, given) for text in texts), key=lambda one: one.received_on or date.min
    )
    if where == "host":
        return commands.take_over_gifts(unit, rows, key=key, actor=actor)
    if queries.submitted(Stored, f"{key}:1"):
        return 0
    for number, one in enumerate(rows, 1):
        commands.receive(unit, one, submission=f"{key}:{number}", actor=actor)
    return len(rows)


def _gift(row: Mapping[str, str], given: Given) -> Gift:
    find = given.finders
    gift = Gift(
        amount=yuan(row["amount"]) or Decimal(), purpose=find["purpose"](row["purpose"]),
        way=find["way"](row["way"]), shown_as=find["shown_as"](row["shown_as"]),
        name=row.get("name", ""), phone=row.get("phone", ""),
        received_on=sheets.past_day(row["on"], row["on"], given),
    )  # fmt: skip
    return replace(gift, campaign=row.get("campaign", ""), point=row.get("point", ""))
