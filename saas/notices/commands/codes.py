"""One-time codes by SMS: proof that somebody has the telephone whose number was typed."""

from __future__ import annotations

import hmac
import secrets

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas.accounts.queries import usable_phone
from saas.kernel import clock, throttle
from saas.kernel.crypto import keyed_hash, lookup_hash, new_token
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import jobs, queries, rules, words
from saas.notices.models import Delivery, TextCode


def send_code(phone: str, purpose: str, *, address: str = "") -> None:
    """Send a new code to ``phone`` for ``purpose`` ("sign_up", "sign_in"); an older one ends.

    ``address`` is where the request came from, hashed by the page. Raises `Invalid` by ``phone``
    for what is no mobile number, `Conflict` where no code can be sent now, `TooMany` after
    `rules.CODES_A_NUMBER` an hour to a number or `rules.CODES_AN_ADDRESS` from an address.
    """
    number = usable_phone(phone)
    if number is None or not rules.is_mobile(number):
        raise Invalid({"phone": [_l("Write a mobile number of 11 digits.")]})
    if not queries.can_text():
        raise Conflict(_l("No SMS can be sent now. The community's desk helps you."))
    _count(number, address)
    code = f"{secrets.randbelow(10**6):06}"
    _keep(number, purpose, code)
    now = clock.now()
    delivery = Delivery(
        key=new_token(), channel="sms", event=words.CODE.name, phone=number, secret=code,
        state="waiting", next_try_at=now, at=now, tries=0,
    )  # fmt: skip
    session.add(delivery)
    session.flush()
    jobs.queue_deliveries([delivery.id], now)


def _count(number: str, address: str) -> None:
    throttle.use("code", number, limit=rules.CODES_A_NUMBER, window=rules.CODE_WINDOW)
    if address:
        throttle.use("code-from", address, limit=rules.CODES_AN_ADDRESS, window=rules.CODE_WINDOW)


def _keep(number: str, purpose: str, code: str) -> None:
    fresh = {
        "code_hash": _hash(number, purpose, code),
        "tries": 0,
        "expires_at": clock.now() + rules.CODE_GOOD,
    }
    row = insert(TextCode).values(phone_hash=lookup_hash(number), purpose=purpose, **fresh)
    session.execute(row.on_conflict_do_update(index_elements=["phone_hash", "purpose"], set_=fresh))


def _hash(number: str, purpose: str, code: str) -> str:
    return keyed_hash("code", f"{purpose}:{number}:{code}")


def check_code(phone: str, purpose: str, code: str) -> bool:
    """Whether this is the newest code of the number for this purpose. A right one is good once; a
    wrong one counts, and after `rules.CODE_TRIES` none is right any more.

    The count is kept when the caller's work is: a page that answers "wrong" must not raise.
    """
    number = usable_phone(phone)
    if number is None:
        return False
    query = sa.select(TextCode).where(
        TextCode.phone_hash == lookup_hash(number), TextCode.purpose == purpose
    )
    kept = session.scalar(query.with_for_update())
    if kept is None or kept.expires_at <= clock.now() or kept.tries >= rules.CODE_TRIES:
        return False
    kept.tries += 1
    right = hmac.compare_digest(kept.code_hash, _hash(number, purpose, code.strip()))
    if right:
        session.delete(kept)
    return right
