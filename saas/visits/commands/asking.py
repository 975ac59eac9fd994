"""A delegation asks for a visit, and changes what it asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from saas.accounts import queries as people
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import session
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.shortcodes import new_code
from saas.territory.queries import Unit
from saas.visits import queries, rules
from saas.visits.commands.acting import Deed, act, keep_letter, taken_letter, written
from saas.visits.models import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who wants to come when, from where and what for. ``letter`` are files as a form sent them."""

    from_org: str
    level: str
    purpose: str
    day: date
    start: time
    end: time
    guests_n: int
    contact_name: str
    contact_phone: str
    contact_mail: str = ""
    letter_no: str = ""
    letter: Sequence[Any] = ()
    sample: bool = False


def ask(street: Unit, wish: Wish, *, submission: str | None = None, actor: Actor) -> Visit:
    """Ask for a visit; the same ``submission`` gives what it made. Raises `Invalid` by field."""
    if submission and (again := queries.find_submission(submission)):
        return again
    asked, letter = _columns(wish), taken_letter(wish.letter)
    visit = Visit(
        code=new_code(), day_code=new_code(), submission=submission, unit_id=street.id, acts=0,
        state="asked", sample=wish.sample, **asked,
    )  # fmt: skip
    session.add(visit)
    session.flush()
    keep_letter(visit, letter, actor)
    written(visit, Deed(verb="ask"), street, actor)
    return visit


def _columns(wish: Wish) -> dict[str, Any]:
    start, end = (datetime.combine(wish.day, at, clock.zone()) for at in (wish.start, wish.end))
    now = clock.now()
    if end <= start:
        raise Invalid({"end": [_l("It would end before it begins.")]})
    if start <= now or start > now + rules.FURTHEST:
        raise Invalid({"day": [_l("Choose a day from tomorrow on, within a year.")]})
    phone = people.usable_phone(wish.contact_phone)
    if phone is None:
        told = _l("Write a telephone number, so that you can be told.")
        raise Invalid({"contact_phone": [people.no_phone(told)]})
    return {
        "from_org": wish.from_org.strip(), "level": wish.level, "purpose": wish.purpose.strip(),
        "letter_no": wish.letter_no.strip() or None, "starts_at": start, "ends_at": end,
        "guests_n": wish.guests_n, "contact_name": wish.contact_name.strip(),
        "contact_phone": phone, "contact_mail": wish.contact_mail.strip() or None,
        "contact_hash": lookup_hash(phone), "erase_after": wish.day + rules.KEPT,
    }  # fmt: skip


def change(visit: Visit, wish: Wish, *, actor: Actor) -> None:
    """Something else, as long as nobody has looked at it; a new letter comes beside the old one."""
    asked, letter = _columns(wish), taken_letter(wish.letter)
    act(visit, Deed(verb="change"), actor=actor)
    for name, value in asked.items():
        setattr(visit, name, value)
    keep_letter(visit, letter, actor)
