"""What templates show of statements, every word ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for

from saas import ledger
from saas.accounts import queries as people
from saas.funds import queries as book
from saas.funds.words import BESIDE
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.statements import commands, queries, rules, words
from saas.statements.models import Act, Closing, Line, Month
from saas.statements.rules import NOTHING, Proposal, Standing, Thing


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with what it is said to be, or what it could be."""

    line: Line
    match: Act | None
    called: str
    proposals: Sequence[Proposal] = ()

    @property
    def kind(self) -> str | None:
        """The kind that it is said to be."""
        return self.match.kind if self.match else None


def called(act: Act) -> str:
    """What a match says, without the other side of the line."""
    told = str(words.KIND[str(act.kind)])
    return f"{told} {act.slip}" if act.kind == "slip" else told


def links_of(act: Act) -> list[tuple[str, str]]:
    """The things of the book that a line is, each with its page."""
    if act.payout_id:
        found, page = book.payout_names([act.payout_id]), "funds.payout"
    else:
        ids = book.gifts_on(act.slip) if act.slip else [act.gift_id] if act.gift_id else []
        found, page = book.gift_names(ids), "funds.gift"
    return [(str(name), url_for(page, **parts)) for name, parts in found.values()]


def without_line() -> list[tuple[str, Decimal, list[tuple[str, str]]]]:
    """What stays confirmed without its line: what it is, how much, its gifts with their pages."""
    return [(str(words.KIND[one.kind]), one.amount, _gifts(one))
            for one in queries.without_line()]  # fmt: skip


def _gifts(thing: Thing) -> list[tuple[str, str]]:
    ids = book.gifts_on(thing.key) if thing.kind == "slip" else [int(thing.key)]
    return [(str(name), url_for("funds.gift", **parts))
            for name, parts in book.gift_names(ids).values()]  # fmt: skip


def lines_of(month: Month, *, proposed: bool = False) -> list[Shown]:
    """The lines of a month, with proposals for those that nobody has explained."""
    lines = queries.lines_of(month)
    told = queries.matches([one.id for one in lines])
    left, found = [one for one in lines if one.id not in told], dict[int, list[Proposal]]()
    if proposed and left:
        days = book.term("match_days") or 0
        found = {**rules.proposals(left, queries.things(), days)}
    return [
        Shown(one, match := told.get(one.id), called(match) if match else "", found.get(one.id, ()))
        for one in lines
    ]  # fmt: skip


def came_and_went(shown: Sequence[Shown]) -> tuple[Decimal, Decimal]:
    """What came in and what went out in all."""
    amounts = [one.line.amount for one in shown]
    return (sum((one for one in amounts if one > 0), NOTHING),
            -sum((one for one in amounts if one < 0), NOTHING))  # fmt: skip


def sum_of(month: Month, closing: Closing | None) -> Standing:
    """The one sum of a month: as it was closed, or as it is now."""
    if closing is None:
        return queries.standing(month)
    return Standing(book=closing.book, own=closing.own, unbooked=closing.unbooked,
                    on_way=closing.on_way, begin=closing.begin,
                    statement=closing.closing)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """A month with everything that its page shows. What a line could be is not said to be on its
    way.
    """

    month: Month
    lines: Sequence[Shown]
    came: Decimal
    went: Decimal
    sums: Standing
    closing: Closing | None
    on_way: Sequence[tuple[Thing, str]]
    bars: Sequence[object]
    story: Sequence[tuple[Act, str]]
    hands: tuple[str, str]

    @property
    def left(self) -> int:
        """How many lines nobody has explained."""
        return sum(one.match is None for one in self.lines)

    @property
    def sure(self) -> int:
        """How many proposals leave no doubt."""
        return sum(len(one.proposals) == 1 and one.proposals[0].sure for one in self.lines)


def record_of(month: Month, actor: Actor) -> Record:
    """A month for who works on it."""
    closing = queries.closing_of(month)
    shown, waits = lines_of(month, proposed=closing is None), queries.waits_of(month)
    acts = queries.acts_of(month)
    named = people.names_of([month.by_id, *(one.by_id for one in acts)])
    last = acts[-1].by_id if closing else 0
    near = {proposal.thing.thing for one in shown for proposal in one.proposals}
    return Record(
        month, shown, *came_and_went(shown), sum_of(month, closing), closing,
        [(one, waits.get(one.thing, "")) for one in queries.on_way(month) if one.thing not in near],
        [] if closing else commands.bars_of(month, actor),
        [(one, named.get(one.by_id, "–")) for one in acts if one.verb == "back"],
        (named.get(month.by_id, "–"), named.get(last, "–")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    on: Any
    kind: str
    key: str
    amount: Decimal
    after: Decimal
    reverses: str
    reason: str


def file_of(month: Month) -> str:
    """The lines as a file: the amounts, added to the first balance, give the last."""
    rows = [
        _Row(0, month.month, _("First balance"), "", month.opening, month.opening, "", ""),
        *(_Row(one.line.number, one.line.on, one.called, one.line.reference or "", one.line.amount,
               one.line.after, str(one.match.thing if one.match else ""),
               one.match.note if one.match else "") for one in lines_of(month)),
    ]  # fmt: skip
    return ledger.comma_separated(rows, f"{month.month:%Y-%m} · {BESIDE}", words.HEADS, {})
