"""Public money and its lines; sheets that are published; seats."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from saas import attachments, casework, ledger
from saas.accounts import queries as people
from saas.funds import permissions, queries, rules, words
from saas.funds.books import LEDGER
from saas.funds.commands.gifts import account, next_number
from saas.funds.models import BudgetLine, Disclosure, Member, Source
from saas.funds.queries import NOTHING
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code
from saas.ledger import Transfer
from saas.notices import commands as notices
from saas.territory.queries import Unit


def _ensure(actor: Actor) -> None:
    if not permissions.works(actor):
        raise Forbidden


def _transfer(
    source: str, target: str, amount: Decimal, key: str, kind: str, actor: Actor, on: date | None,
    reason: str | None = None,
) -> None:  # fmt: skip
    ledger.post(LEDGER, Transfer(
        source=account(source), target=account(target), amount=amount, key=key, kind=kind,
        on=on or clock.today(), reason=reason,
    ), actor=actor)  # fmt: skip


# Sources ----------------------------------------------------------------------------------------


def add_source(unit: Unit, *, name: str, department: str, document: str, amount: Decimal,
               since: date, until: date, about: bool = False, sample: bool = False,
               actor: Actor) -> Source:  # fmt: skip
    """Money that a department gives for a time."""
    _ensure(actor)
    if until < since:
        raise Invalid({"until": [_l("It would end before it begins.")]})
    made = Source(unit_id=unit.id, name=name.strip(), department=department.strip(),
                  document=document.strip(), amount=amount, since=since, until=until, about=about,
                  sample=sample)  # fmt: skip
    session.add(made)
    session.flush()
    account(f"source:{made.id}")
    audit.record("funds.add_source", "source", made.id, actor=actor, unit_path=unit.path)
    return made


def add_line(source: Source, *, name: str, purpose: str, amount: Decimal, until: date,
             stops: str = "", about: bool = False, actor: Actor) -> BudgetLine:  # fmt: skip
    """A part of a source for one thing; all parts together are never more than the source."""
    _ensure(actor)
    ledger.lock(LEDGER, [account(f"source:{source.id}")])
    left = source.amount + ledger.balance(LEDGER, f"source:{source.id}")
    if amount > left:
        told = _l("The source has %(left)s left to divide.", left=f"{left:,.2f}")
        raise Invalid({"amount": [told]})
    if until > source.until:
        raise Invalid({"until": [_l("The source itself ends before that day.")]})
    made = BudgetLine(source_id=source.id, name=name.strip(), purpose=purpose.strip(),
                      amount=amount, until=until, stops=stops.strip(), about=about)  # fmt: skip
    session.add(made)
    session.flush()
    _transfer(f"source:{source.id}", f"line:{made.id}", amount, f"line:{made.id}", "line", actor,
              source.since)  # fmt: skip
    audit.record("funds.add_line", "source", source.id, actor=actor)
    return made


def reserve(line: BudgetLine, *, what: str, amount: Decimal, on: date | None = None,
            actor: Actor) -> str:  # fmt: skip
    """Promise a part of a line, once; the account of the promise. Raises `ledger.Short`."""
    _ensure(actor)
    ledger.lock(LEDGER, [account(f"line:{line.id}")])
    held = f"held:{line.id}:{len(queries.promises(line)) + 1}"
    _transfer(
        f"line:{line.id}", held, amount, f"reserve:{held}", "reserve", actor, on, what.strip()
    )
    audit.record("funds.reserve", "source", line.source_id, actor=actor)
    return held


def settle(line: BudgetLine, held: str, *, amount: Decimal, pay: bool, on: date | None = None,
           actor: Actor) -> None:  # fmt: skip
    """Pay a part of what was promised, or give it back to its line."""
    _ensure(actor)
    if held not in {code for code, _what, _left in queries.promises(line)}:
        raise NotFound
    kind = "pay" if pay else "release"
    target = "spent" if pay else f"line:{line.id}"
    source = account(held)
    ledger.lock(LEDGER, [source])
    number = len(ledger.entries_of(LEDGER, source)) + 1
    _transfer(held, target, amount, f"{kind}:{held}:{number}", kind, actor, on)
    audit.record(f"funds.{kind}", "source", line.source_id, actor=actor)


# The seats of the committee ---------------------------------------------------------------------


def seat(*, login: str, seat: str, since: date | None = None, actor: Actor) -> Member:
    """Somebody takes a seat in the committee, unpaid."""
    _ensure(actor)
    person = people.person_by_login(login.strip())
    if person is None:
        raise Invalid({"login": [_l("Nobody signs in with this name.")]})
    now = queries.members(clock.today())
    if any(one.person_id == person.id for one in now):
        raise Invalid({"login": [_l("This person has a seat already.")]})
    if seat != "member" and any(one.seat == seat for one in now):
        raise Invalid({"seat": [_l("This seat is taken.")]})
    made = Member(person_id=person.id, seat=seat, since=since or clock.today())
    session.add(made)
    session.flush()
    audit.record("funds.seat", "committee_member", made.id, actor=actor)
    return made


def seat_past(
    person_id: int, *, seat: str, since: date, until: date | None, actor: Actor
) -> Member:  # fmt: skip
    """Somebody sat in the committee, or sits there since a day of the past; whether that can be is
    looked at before.
    """
    _ensure(actor)
    made = Member(person_id=person_id, seat=seat, since=since, until=until)
    session.add(made)
    session.flush()
    audit.record("funds.seat", "committee_member", made.id, actor=actor)
    return made


def unseat(member: Member, *, on: date | None = None, actor: Actor) -> None:
    """Somebody leaves the committee, or left it on a day; what they voted stays."""
    _ensure(actor)
    member.until = on or clock.today()
    audit.record("funds.unseat", "committee_member", member.id, actor=actor)


# Sheets -----------------------------------------------------------------------------------------


def due(today: date) -> tuple[date, date, date] | None:
    """The first span that is over and has no sheet, as (first day, last day, due day); None where
    all are published, there is no rule, or nothing was ever given.
    """
    months = queries.term("disclose_months")
    begun = queries.begun_on()
    if not months or begun is None:
        return None
    done = {one.first_day for one in queries.disclosures()}
    first, after = rules.quarter_of(begun, months)
    while after <= today:
        if first not in done:
            return first, after - timedelta(days=1), rules.months_after(after, 1)
        first, after = after, rules.months_after(after, months)
    return None


def content_of(first: date, last: date) -> dict[str, Any]:
    """What a sheet says: by purpose what came in, what was used, what is left at its last day;
    what was done in it and for how many. Nobody is named.
    """
    before, after = queries.money(first - timedelta(days=1)), queries.money(last)
    names = {code: dict(one.name) for code, one in queries.purposes().items()}
    return {
        "first": first.isoformat(), "last": last.isoformat(),
        "opening": f"{before.left:.2f}", "raised": f"{after.raised - before.raised:.2f}",
        "used": f"{after.used - before.used:.2f}", "left": f"{after.left:.2f}",
        "ways": {way: f"{amount - before.ways.get(way, NOTHING):.2f}"
                 for way, amount in sorted(after.ways.items())},
        "purposes": [
            {"code": code, "name": names[code],
             "used": f"{after.paid.get(code, NOTHING) - before.paid.get(code, NOTHING):.2f}",
             "left": f"{after.left_for(code):.2f}"}
            for code in names
        ],
        "stories": [
            {"words": one.words, "heads": one.heads} for one in queries.told_between(first, last)
        ],
    }  # fmt: skip


def digest_of(content: Mapping[str, Any], previous: str | None) -> str:
    """SHA-256 of a sheet as JSON with sorted keys, and of the digest of the sheet before."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous or ''}\n{text}".encode()).hexdigest()


def freeze(first: date, last: date, *, corrects: Disclosure | None = None, reason: str = "",
           actor: Actor) -> Disclosure:  # fmt: skip
    """Publish a sheet; it is never changed. A correction says what was wrong."""
    _ensure(actor)
    if last >= clock.today():
        raise Conflict(_l("This time is not over yet."))
    if corrects is not None and not reason.strip():
        raise Invalid({"reason": [_l("Say what was wrong and why: it is published with it.")]})
    place = next_number(Disclosure, "disclosures")
    before = next(iter(queries.disclosures()), None)
    content, previous = content_of(first, last), before.digest if before else None
    made = Disclosure(
        **place, code=new_code(), first_day=first, last_day=last, content=content,
        digest=digest_of(content, previous), previous=previous, at=clock.now(),
        corrects_id=corrects.id if corrects else None, reason=reason.strip() or None,
        by_id=actor.person_id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record("funds.disclose", "disclosure", made.id, actor=actor)
    if not casework.is_quiet():
        notices.announce(words.DISCLOSED.name, {"code": made.code, "digest": made.digest})
    return made


def is_whole(one: Disclosure) -> bool:
    """Whether a sheet fits its digest."""
    return digest_of(one.content, one.previous) == one.digest


def hang(one: Disclosure, *, photo: Any, actor: Actor) -> None:
    """It hangs on the board; the picture shows it."""
    _ensure(actor)
    taken = attachments.take(photo, field="photo")
    if not taken:
        raise Invalid({"photo": [_l("Add the picture of the board as it hangs.")]})
    attachments.attach(
        taken, thing="disclosure", thing_id=one.id, place="evidence", sealed=False, actor=actor
    )
    audit.record("funds.hang", "disclosure", one.id, actor=actor)
