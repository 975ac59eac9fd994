"""A statement is read, its lines are said to be what they are, and the month is closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from saas import casework
from saas.funds import commands as funds
from saas.funds import permissions
from saas.funds import queries as book
from saas.funds.commands import Given
from saas.kernel import audit, clock, writers
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands as notices
from saas.statements import queries, rules, words
from saas.statements.models import Act, Closing, Line, Month, Party
from saas.statements.rules import BankLine, Thing
from saas.territory.queries import Unit

#: Which column of an act holds the key of a thing.
_COLUMN: Final = {"slip": "slip", "gift": "gift_id", "refund": "gift_id", "payout": "payout_id"}


def _person(actor: Actor) -> int:
    """Who says it; a statement is never read or matched by the system itself."""
    if actor.person_id is None or not permissions.works(actor):
        raise Forbidden
    return actor.person_id


def month_faults(month: date | None, opening: Decimal, last: Month | None) -> dict[str, list[Any]]:
    """What is wrong with the month of a statement and its first balance, by field, after the last
    one.
    """
    if month is None or rules.next_month(month) > clock.today():
        return {"month": [_l("Write a month that is over, like 2026-06.")]}
    if last is None:
        return {}
    if month <= last.month:
        there = _l("%(month)s was read already: the newest is %(last)s.", month=f"{month:%Y-%m}",
                   last=f"{last.month:%Y-%m}")  # fmt: skip
        return {"month": [there]}
    if month != (wanted := rules.next_month(last.month)):
        gap = _l("Months follow without a gap: the next one is %(month)s.", month=f"{wanted:%Y-%m}")
        return {"month": [gap]}
    if opening != last.closing:
        told = _l("%(month)s ended with %(closing)s: the next one begins with the same.",
                  month=f"{last.month:%Y-%m}", closing=f"{last.closing:,.2f}")  # fmt: skip
        return {"opening": [told]}
    return {}


def take_in(
    month: date, lines: Sequence[BankLine], *, opening: Decimal, closing: Decimal,
    sample: bool = False, actor: Actor,
) -> Month:  # fmt: skip
    """Read the statement of a month, whole or not at all. Raises `Invalid` by field."""
    person = _person(actor)
    writers.in_turn("statements")
    before = queries.last_month()
    if faults := month_faults(month, opening, before):
        raise Invalid(faults)
    lines = [lines[place] for place in rules.in_order(lines, opening)]
    known = queries.known_references([one.reference for one in lines if one.reference])
    if wrong := rules.misfits(lines, month=month, opening=opening, closing=closing,
                              today=clock.today(), known=known):  # fmt: skip
        raise Invalid({wrong[0].name: [words.CELL[wrong[0].key]]})
    made = Month(month=month, before_month=before.month if before else None, opening=opening,
                 closing=closing, lines=len(lines), at=clock.now(), by_id=person,
                 sample=sample)  # fmt: skip
    session.add(made)
    session.flush()
    _store(made, lines)
    audit.record("statements.read", "statement", made.id, actor=actor, rows=len(lines))
    return made


def _store(month: Month, lines: Sequence[BankLine]) -> None:
    if not lines:
        return
    befores = [month.opening, *(one.after for one in lines)]
    ids = session.scalars(
        sa.insert(Line).returning(Line.id, sort_by_parameter_order=True),
        [{"month": month.month, "opening": month.opening, "lines": len(lines), "number": number,
          "before_number": number - 1 or None, "before": before, "amount": one.amount,
          "after": one.after, "on": one.on, "reference": one.reference or None}
         for number, (one, before) in enumerate(zip(lines, befores, strict=False), 1)],
    ).all()  # fmt: skip
    parties = [{"line_id": key, "words": one.words}
               for key, one in zip(ids, lines, strict=True) if one.words]  # fmt: skip
    if parties:
        session.execute(sa.insert(Party), parties)


def _ensure_open(month: Month) -> None:
    """One after the other says something of statements; nobody of a month that is closed."""
    writers.in_turn("statements")
    if (tip := queries.tip_of(month)) and not tip.is_open:
        raise Conflict(_l("This month is closed: nothing of it changes any more."))


def _say(month: Month, verb: str, rows: Iterable[Mapping[str, Any]], person: int) -> int:
    """Append acts to the chain of a month; the number of the last one."""
    tip, step = queries.tip_of(month), {"match": 1, "back": -1}.get(verb, 0)
    number, count, by = (tip.number, tip.after, tip.by_id) if tip else (0, 0, None)
    made = list[dict[str, Any]]()
    for row in rows:
        made.append({
            "month": month.month, "number": number + 1, "before_number": number or None,
            "before": count, "after": count + step, "verb": verb, "at": clock.now(),
            "by_id": person, "before_by": by, "imported_by": month.by_id,
            **dict.fromkeys(("kind", "line_id", "amount", "slip", "gift_id", "payout_id",
                             "line_number", "line_before", "thing_number", "thing_before")),
            "note": "", **row,
        })  # fmt: skip
        number, count, by = number + 1, count + step, person
    session.execute(sa.insert(Act), made)
    return number


def _turns(owner: str, number: int) -> dict[str, int | None]:
    return {f"{owner}_number": number + 1, f"{owner}_before": number or None}


def _matched(
    month: Month, pairs: Sequence[tuple[Line, str, Thing | None]], note: str, actor: Actor
) -> None:
    """Lines are these kinds, and these things of the book; what is at the bank is confirmed."""
    person = _person(actor)
    lines = queries.turns_of([line.id for line, _kind, _thing in pairs])
    called = {line.id: thing.thing if thing else f"line:{line.id}" for line, _kind, thing in pairs}
    turns = queries.thing_turns([*called.values()])
    for line, _kind, thing in pairs:
        if lines.get(line.id, 0) % 2:
            raise Conflict(_l("This line is explained already: take that back first."))
        if thing and turns.get(thing.thing, 0) % 2:
            raise Conflict(_l("Another line is this already."))
    _confirm(pairs, actor)
    _say(month, "match", [
        {"kind": kind, "line_id": line.id, "amount": line.amount, "note": note.strip(),
         **_turns("line", lines.get(line.id, 0)),
         **_turns("thing", turns.get(called[line.id], 0)),
         **({_COLUMN[kind]: _key(thing)} if thing else {})}
        for line, kind, thing in pairs
    ], person)  # fmt: skip


def _key(thing: Thing) -> Any:
    return thing.key if thing.kind == "slip" else int(thing.key)


def _confirm(pairs: Sequence[tuple[Line, str, Thing | None]], actor: Actor) -> None:
    """What is at the bank and not confirmed is confirmed by its line, on the day of the bank."""
    days = {thing.thing: line.on for line, _kind, thing in pairs if thing}
    keys = {kind: [thing.key for _line, one, thing in pairs if thing and one == kind]
            for kind in ("slip", "gift")}  # fmt: skip
    waiting = dict[date, list[Any]]()
    for thing, gift in book.waiting_gifts(keys["slip"], [int(key) for key in keys["gift"]]):
        waiting.setdefault(days[thing], []).append(gift)
    for on, gifts in waiting.items():
        funds.confirm(gifts, on=on, actor=actor)


def match(line: Line, month: Month, *, thing: str = "", kind: str = "", note: str = "",
          actor: Actor) -> None:  # fmt: skip
    """A line is a thing of the book (by its name, as "slip:7"), or a fee, interest, or something
    else that the note tells. Raises `Invalid` by field, `Conflict` where either is taken.
    """
    _person(actor)
    _ensure_open(month)
    found = None
    if thing:
        found = next((o for o in queries.things() if o.thing == thing), None)
        if found is None:
            raise Conflict(_l("Another line is this already."))
        if found.amount != line.amount:
            raise Invalid({"thing": [_l("It is another sum than the line.")]})
        kind = found.kind
    elif kind not in {*rules.OWN, "other"}:
        raise Invalid({"kind": [_l("Say what this line is.")]})
    elif kind != "other" and (line.amount > 0) != (kind == "interest"):
        raise Invalid({"kind": [_l("A fee goes out, interest comes in.")]})
    elif kind == "other" and not note.strip():
        raise Invalid({"note": [_l("Write what is known of it, and who asks further.")]})
    _matched(month, [(line, kind, found)], note, actor)
    audit.record("statements.match", "statement", month.id, actor=actor)


def match_sure(month: Month, *, actor: Actor) -> int:
    """Take every proposal that leaves no doubt; how many there were."""
    _person(actor)
    _ensure_open(month)
    lines = queries.lines_of(month)
    told = queries.matches([one.id for one in lines])
    left = [one for one in lines if one.id not in told]
    found = rules.proposals(left, queries.things(), book.term("match_days") or 0)
    pairs = [(line, one.thing.kind, one.thing) for line in left for one in found[line.id]
             if one.sure]  # fmt: skip
    if pairs:
        _matched(month, pairs, "", actor)
        audit.record("statements.match", "statement", month.id, actor=actor, rows=len(pairs))
    return len(pairs)


def import_gift(
    line: Line, month: Month, unit: Unit, given: Given, *, actor: Actor
) -> Any:  # fmt: skip
    """A line is a new gift that came by bank: it is received with what was answered for it, and
    confirmed by the statement itself.
    """
    _person(actor)
    _ensure_open(month)
    if queries.matches([line.id]):
        raise Conflict(_l("This line is explained already: take that back first."))
    if line.amount <= 0:
        raise Conflict(_l("Only what came in can be a gift."))
    given = replace(given, amount=line.amount, way="bank", received_on=line.on)
    gift = funds.receive(unit, given, actor=actor)
    thing = Thing(f"gift:{gift.id}", "gift", str(gift.id), gift.amount, line.on, line.on, "")
    _matched(month, [(line, "gift", thing)], "", actor)
    audit.record("statements.import_gift", "gift", gift.id, actor=actor)
    return gift


def take_back(line: Line, month: Month, *, reason: str, actor: Actor) -> None:
    """A line is not what was said; what was confirmed by it stays confirmed until it is matched
    with another line or given back.
    """
    person = _person(actor)
    _ensure_open(month)
    told = queries.matches([line.id]).get(line.id)
    if told is None:
        raise Conflict(_l("Nothing is said of this line."))
    if not reason.strip():
        raise Invalid({"reason": [_l("Why was it wrong?")]})
    copied = {name: getattr(told, name) for name in ("kind", "line_id", "amount", "slip", "gift_id",
                                                     "payout_id")}  # fmt: skip
    _say(month, "back", [{
        **copied, **_turns("line", told.line_number or 0), "note": reason.strip(),
        **_turns("thing", told.thing_number or 0),
    }], person)  # fmt: skip
    audit.record("statements.take_back", "statement", month.id, actor=actor)


def wait(month: Month, *, things: Collection[str], words_: str, actor: Actor) -> None:
    """Things of the book are on their way at the end of the month, with words that say why."""
    person = _person(actor)
    _ensure_open(month)
    said = queries.waits_of(month)
    found = [one for one in queries.on_way(month)
             if one.thing in things and one.thing not in said]  # fmt: skip
    if not found:
        raise Conflict(_l("There is nothing left to say this of."))
    if not words_.strip():
        raise Invalid({"words": [_l("Write why the bank does not have it yet.")]})
    _say(month, "wait", [{"kind": one.kind, _COLUMN[one.kind]: _key(one), "note": words_.strip()}
                         for one in found], person)  # fmt: skip
    audit.record("statements.wait", "statement", month.id, actor=actor, rows=len(found))


def bars_of(month: Month, actor: Actor) -> list[object]:
    """What stands in the way of closing a month, in words."""
    found: list[object] = []
    if month.before_month and not queries.closed_of([month.before_month]):
        found.append(words.BAR["before"])
    if queries.explained([month.month]).get(month.month, 0) != month.lines:
        found.append(words.BAR["lines"])
    if {one.thing for one in queries.on_way(month)} - queries.waits_of(month).keys():
        found.append(words.BAR["things"])
    if actor.person_id in queries.hands_of(month):
        found.append(words.BAR["own"])
    return found


def close(month: Month, *, begin_words: str = "", actor: Actor) -> Closing:
    """Another person than who matched closes a month, once nothing is left to explain."""
    person = _person(actor)
    _ensure_open(month)
    if bars := bars_of(month, actor):
        raise Conflict(bars[0])
    sums = queries.standing(month)
    if sums.left:
        raise Conflict(_l("%(left)s is left between book and bank: look at the entries of the"
                          " fund.", left=f"{sums.left:,.2f}"))  # fmt: skip
    if sums.begin and not begin_words.strip():
        raise Invalid({"begin_words": [_l("Write why book and bank differed before the first"
                                          " statement.")]})  # fmt: skip
    made = Closing(
        month=month.month, before_month=month.before_month, is_open=False,
        number=_say(month, "close", [{}], person),
        opening=month.opening, closing=month.closing, lines=month.lines, book=sums.book,
        own=sums.own, unbooked=sums.unbooked, on_way=sums.on_way, begin=sums.begin,
        begin_words=begin_words.strip() if sums.begin else "", at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record("statements.close", "statement", month.id, actor=actor)
    if not casework.is_quiet():
        facts = {"month": f"{month.month:%Y-%m}", "closing": f"{month.closing:.2f}"}
        notices.announce(words.CLOSED.name, facts)
    return made
