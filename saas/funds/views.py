"""What templates show of funds, every word ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import url_for

from saas import casework, ledger
from saas.accounts import queries as people
from saas.casework import ActForm
from saas.funds import commands, queries, rules, words
from saas.funds.books import LEDGER
from saas.funds.models import (
    BudgetLine,
    Item,
    Meeting,
    Member,
    Organ,
    Payout,
    Resolution,
    Source,
    Story,
)
from saas.funds.queries import Money
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.domain import Link
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.rooms import queries as rooms
from saas.web.pictures.river import River, RiverNode, river


def yuan(amount: Decimal) -> str:
    """1,234.50"""
    return f"{amount:,.2f}"


def river_of(money: Money) -> River:
    """Ways → fund → purposes → what they paid, or what is left."""
    names = {code: say(one.name) for code, one in queries.purposes().items()}
    flows: dict[tuple[str, str], Decimal] = {}

    def flow(source: str, target: str, amount: Decimal) -> None:
        if amount > 0:
            flows[source, target] = flows.get((source, target), Decimal()) + amount

    for way, amount in money.ways.items():
        flow(f"way:{way}", "fund", amount)
    for (source, target), amount in money.flows.items():
        if source.startswith("fund:") and target.startswith("paid:"):
            flow("fund", source, amount)
            flow(source, target, amount)
    for code, amount in money.lies.items():
        place = code if code.startswith("fund:") else "moving"
        flow("fund", place, amount)
        flow(place, "left", amount)
    return river(_("Where the gifts flow"), _columns(flows, names), flows)


def _columns(flows: dict[tuple[str, str], Decimal], names: dict[str, str]) -> list[list[RiverNode]]:
    there = {key for pair in flows for key in pair}

    def node(key: str, name: str, **asked: Any) -> list[RiverNode]:
        if key not in there:
            return []
        total = max(sum((a for pair, a in flows.items() if pair[side] == key), Decimal())
                    for side in (0, 1))  # fmt: skip
        return [
            RiverNode(key, name, yuan(total), url_for("funds.rows", **asked) if asked else None)
        ]

    return [
        [n for way in rules.WAYS for n in node(f"way:{way}", str(words.WAY[way]), way=way)],
        node("fund", _("The fund")),
        [n for code in names for n in node(f"fund:{code}", names[code], purpose=code)]
        + node("moving", _("On the way to the fund")),
        [n for code in names
         for n in node(f"paid:{code}", _("Used: %(what)s", what=names[code]), paid=code)]
        + node("left", _("Still there")),
    ]  # fmt: skip


def purposes_of(money: Money) -> list[tuple[str, str, str, str]]:
    """A line each: code, name, used, left in the fund."""
    return [
        (code, say(one.name), yuan(money.paid.get(code, Decimal())), yuan(money.left_for(code)))
        for code, one in queries.purposes().items()
    ]


def accounts_of(money: Money) -> list[tuple[str, str]]:
    """Accounts of which everybody can have the file: code and name."""
    names = {f"fund:{code}": say(one.name) for code, one in queries.purposes().items()}
    there = {code for pair in money.flows for code in pair}
    names["transit"] = _("On the way to the fund")
    return [(code, name) for code, name in names.items() if code in there]


def organs() -> list[tuple[object, list[tuple[Organ, str | None]]]]:
    """What the fund is made of, by kind, each with the room that it is, where there is one."""
    found, street = [*queries.organs().values()], rooms.first_street()
    codes = [one.room for one in found if one.room]
    there = {room.code for room in rooms.rooms_named(street, codes)} if street and codes else set()

    def url(one: Organ) -> str | None:
        if street is None or one.room not in there:
            return None
        return url_for("rooms.show", street=street.code, code=one.room)

    return [(words.ORGAN[kind], [(one, url(one)) for one in found if one.kind == kind])
            for kind in rules.ORGANS]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """What was paid for, for everybody: of households one line a quarter, without a code."""

    what: str
    amount: str
    on: date
    payee: str = ""
    words: str = ""
    heads: int | None = None


def done(payouts: Any) -> list[Done]:
    """Payouts that were posted, in public words, the newest first."""
    told, found = queries.stories([p.id for p in payouts]), list[Done]()
    homes: dict[date, tuple[Decimal, int]] = {}
    returned = queries.own_parts([p.id for p in payouts if p.gift_id])
    for one in payouts:
        if (left := one.amount - returned.get(one.id, 0)) <= 0:
            continue
        story: Story | None = told.get(one.id)
        if one.file_no:
            after = rules.quarter_of(one.posted_on, 3)[1]
            amount, number = homes.get(after, (Decimal(), 0))
            homes[after] = amount + one.amount, number + 1
        else:
            found.append(
                Done(
                    one.what,
                    yuan(left),
                    one.posted_on,
                    one.payee,
                    story.words if story else "",
                    story.heads if story else None,
                )
            )
    for after, (amount, number) in homes.items():
        what = _("Households in need: %(number)s payouts in this quarter", number=number)
        found.append(Done(what, yuan(amount), after - timedelta(days=1)))
    return sorted(found, key=lambda one: one.on, reverse=True)


def late_cash() -> list[tuple[str, str, int, bool]]:
    """Who holds cash: name, how much, for how many days, and whether that is too long."""
    held, most = queries.held(), queries.term("cash_days")
    names, today = people.names_of([*held]), clock.today()
    oldest = {person: min(one.received_on for one in gifts) for person, gifts in held.items()}
    return [
        (names.get(person, "–"), yuan(sum((one.amount for one in held[person]), Decimal())), days,
         most is not None and days > most)
        for person, day in sorted(oldest.items(), key=lambda one: one[1])
        for days in [(today - day).days]
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """An item of an agenda. Of a payout that is still in the fund: what there is for it ``now``,
    ``before`` it after all earlier items, and ``after`` it. ``votes``: member → vote. ``bar``: why
    it is not carried, "" when it is.
    """

    item: Item
    payout: Payout | None
    what: str
    purpose: str
    votes: dict[int, str]
    counts: dict[str, int]
    tied: list[Member]
    bar: str
    resolution: Resolution | None
    now: Decimal | None = None
    before: Decimal | None = None
    after: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Evening:
    """A meeting with everything that its page shows; ``here`` are ids of members."""

    meeting: Meeting
    place: Link | None
    points: list[Point]
    seats: Sequence[Member]
    here: set[int]
    names: Mapping[int, str]
    me: Member | None
    leads: bool
    forms: list[ActForm]
    missing: list[object]
    story: list[dict[str, Any]]
    waiting: Sequence[Payout]


def evening_of(meeting: Meeting, actor: Actor) -> Evening:
    """A meeting for a reader who may see it; of a closed one everybody reads a part."""
    seats, acts = queries.seats_of(meeting), queries.meeting_acts(meeting)
    me, leads = queries.member_of(actor, clock.today()), commands.leads(actor)
    bars, verbs = (
        commands.meeting_bars(meeting),
        [
            verb
            for (state, verb), _cell in rules.MEETING.items()
            if leads and state == meeting.state
        ],
    )
    cells = {verb: rules.MEETING[meeting.state, verb] for verb in verbs}
    told = people.names_of([one.person_id for one in seats] + [a.actor_id for a in acts
                                                               if a.actor_id])  # fmt: skip
    return Evening(
        meeting=meeting, place=_place(meeting), points=_points(meeting, seats), seats=seats,
        here=queries.present(meeting), names={one.id: told[one.person_id] for one in seats}, me=me,
        leads=leads, missing=[words.OBSTACLE[bar] for cell in cells.values()
                              for bar in cell.unless if bar in bars],
        forms=[casework.form_of(words.MEETING_VERBS[verb], cell) for verb, cell in cells.items()
               if not set(cell.unless) & bars],
        story=[casework.line_of(casework.Told(one.at, told.get(one.actor_id or 0), one.reason),
                                words.MEETING_VERBS[one.verb]) for one in acts],
        waiting=queries.to_decide() if leads and meeting.state == "planned" else (),
    )  # fmt: skip


def _place(meeting: Meeting) -> Link | None:
    """Where it meets: the room of this code, or words."""
    if not meeting.place:
        return None
    if street := rooms.first_street():
        for room in rooms.rooms_named(street, [meeting.place]):
            return Link(say(room.name), url_for("rooms.show", street=street.code, code=room.code))
    return Link(meeting.place)


def _points(meeting: Meeting, seats: Sequence[Member]) -> list[Point]:
    items, votes = queries.items_of(meeting), queries.votes_in(meeting)
    decided, sums = queries.resolutions_in(meeting), _sums([one for _item, one in items if one])
    names = {one.id: say(one.name) for one in queries.purposes().values()}
    found = []
    for item, payout in items:
        cast = votes.get(item.id, {})
        counts = {vote: [*cast.values()].count(vote) for vote in rules.VOTES}
        resolution = decided.get(item.id)
        found.append(Point(
            item, payout, public_words(payout) if payout else item.subject,
            names[payout.purpose_id] if payout else "", cast, counts,
            queries.tied(seats, payout) if payout and meeting.state != "closed" else [],
            "" if resolution else commands.carries(cast), resolution,
            *(sums.get(payout.id, ()) if payout else ()),
        ))  # fmt: skip
    return found


def _sums(payouts: Sequence[Payout]) -> dict[int, tuple[Decimal, Decimal, Decimal]]:
    """Of payouts of an agenda that are not paid yet, in its order: what there is now, before and
    after each; what was promised at other meetings is gone from all of it.
    """
    open_now = [one for one in payouts if one.state in {"asked", "resolved", "checked", "sent"}]
    if not open_now:
        return {}
    left = queries.money().funds
    promised = queries.promised([one.id for one in open_now])
    earlier = [rules.Ask(code, amount) for code, amount in promised.items()]
    asks, count = [commands.taking(one) for one in open_now], len(earlier)
    chained = rules.run_down(left, [*earlier, *asks])[count:]
    return {
        one.id: (rules.run_down(left, [*earlier, ask])[-1][0], before, after)
        for one, ask, (before, after) in zip(open_now, asks, chained, strict=True)
    }


def public_words(payout: Payout) -> str:
    """What a payout is for, as everybody may read it."""
    if payout.gift_id:
        return _("Gift %(gift)s is given back: %(why)s", gift=payout.payee, why=payout.what)
    return _("A household in need") if payout.file_no else payout.what


@dataclass(frozen=True, slots=True)
class Record:
    """A payout with everything that its page shows."""

    payout: Payout
    purpose: str
    forms: list[ActForm]
    missing: list[object]
    story: list[dict[str, Any]]
    cover: Any
    resolution: Resolution | None
    votes: dict[str, int]


def record_of(payout: Payout, actor: Actor) -> Record:
    """A payout for a reader who may see it."""
    bars, parts = commands.bars_of(payout, actor), commands.parts_of(actor)
    verbs = [v for (state, v), cell in rules.TABLE.items()
             if state == payout.state and cell.by in parts]  # fmt: skip
    cells = {verb: rules.TABLE[payout.state, verb] for verb in verbs}
    free = [v for v in verbs if not set(cells[v].unless) & bars]
    acts = queries.payout_acts(payout)
    named = people.names_of([one.actor_id for one in acts if one.actor_id])
    votes = [*queries.votes_on(payout).values()]
    story = [
        casework.line_of(casework.Told(one.at, named.get(one.actor_id or 0), one.reason),
                         words.VERBS[one.verb])
        for one in acts
    ]  # fmt: skip
    return Record(
        payout=payout, story=story, cover=queries.cover_of(payout),
        purpose={p.id: say(p.name) for p in queries.purposes().values()}[payout.purpose_id],
        forms=[casework.form_of(words.VERBS[v], cells[v]) for v in free],
        missing=[words.OBSTACLE[bar] for v in verbs if v not in free
                 for bar in cells[v].unless if bar in bars],
        resolution=queries.resolution_of(payout),
        votes={vote: votes.count(vote) for vote in rules.VOTES if vote in votes},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Runway:
    """A line of public money on the way to its end, in hundredths of its time and of its sum."""

    line: BudgetLine
    source: Source
    free: Decimal
    promised: Decimal
    spent: Decimal
    time: int
    gone: int
    days: int
    promises: list[tuple[str, str, Decimal]]


def runways() -> list[Runway]:
    """Every line, the one that ends first on top."""
    today, known, found = clock.today(), {one.id: one for one in queries.sources()}, []
    for line in queries.lines():
        source, promises = known[line.source_id], queries.promises(line)
        free = ledger.balance(LEDGER, f"line:{line.id}")
        promised = sum((left for _c, _w, left in promises), Decimal())
        spent = Decimal(line.amount) - free - promised
        whole = max((line.until - source.since).days, 1)
        time = min(max((today - source.since).days * 100 // whole, 0), 100)
        found.append(
            Runway(
                line,
                source,
                free,
                promised,
                spent,
                time,
                int(spent * 100 / line.amount),
                (line.until - today).days,
                promises,
            )
        )
    return found
