"""Second factors: codes of an app, passkeys, printed codes: taken on, checked and used up.

``owner_id`` is somebody of the plane at work; who may act for whom is the matter of the door.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyotp
import sqlalchemy as sa

from saas.kernel import audit, shortcodes, throttle
from saas.kernel.context import Actor, Tenant, current_scope
from saas.kernel.crypto import keyed_hash
from saas.kernel.db import session
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import unit_of_work
from saas.signin import passkeys, rules
from saas.signin.models import Factor, SecondRules, factors, spares
from saas.signin.queries import world_now

_DOOR = "second"
APP, PASSKEY = "app", "passkey"


def new_secret() -> str:
    """What an app and we are to share."""
    return pyotp.random_base32()


def add_app(owner_id: int, secret: str, *, code: str, name: str) -> Factor:
    """Take an app on that shows the right code for ``secret``. Raises `Invalid` for a wrong one."""
    step = _step_of(secret, code, after=0)
    if step is None:
        raise Invalid({"code": [_l("This is not the code that the app shows now. Try the next.")]})
    return _add(owner_id, APP, name, secret=secret, counter=step)


def add_passkey(owner_id: int, made: passkeys.Made, *, name: str) -> Factor:
    """Take a passkey on that was made for this owner just now. Raises `Invalid` for a known one."""
    table = factors()
    known = sa.select(table.id).where(table.credential == made.credential)
    if session.scalar(known) is not None:
        raise Invalid({"_schema": [_l("This passkey is known already.")]})
    return _add(
        owner_id, PASSKEY, name,
        credential=made.credential, public_key=made.public_key, host=made.host,
        counter=made.counter,
    )  # fmt: skip


def _add(owner_id: int, kind: str, name: str, **values: Any) -> Factor:
    row = factors()(owner_id=owner_id, kind=kind, name=name, added_at=world_now(), **values)
    session.add(row)
    session.flush()
    return row


def new_spares(owner_id: int) -> list[str]:
    """Ten printed codes, shown once; those of before are good no more."""
    table = spares()
    session.execute(sa.delete(table).where(table.owner_id == owner_id))
    codes = [shortcodes.new_code() for _ in range(rules.SPARES)]
    session.add_all(table(owner_id=owner_id, code_hash=_spare_hash(owner_id, c)) for c in codes)
    session.flush()
    return codes


def _spare_hash(owner_id: int, code: str) -> str:
    return keyed_hash("spare", f"{owner_id}:{code}")


def ensure_may_prove(owner_id: int) -> None:
    """Count a second step that is about to be checked; it stays counted whatever becomes of it.

    Raises `TooMany` after too many, with the seconds to wait.
    """
    with unit_of_work():
        number = throttle.count_try(_DOOR, str(owner_id), window=rules.WINDOW)
    if number > rules.SECOND_LIMIT:
        throttle.ensure_calm(_DOOR, str(owner_id), limit=rules.SECOND_LIMIT)


def prove_by_code(owner_id: int, typed: str) -> bool:
    """Whether this is the code of one of the owner's apps, or a printed one. It is good once."""
    digits = rules.digits_of(typed)
    return _proved(owner_id, _by_app(owner_id, digits) if digits else _by_spare(owner_id, typed))


def _proved(owner_id: int, right: bool) -> bool:
    if right:
        throttle.forget_tries(_DOOR, str(owner_id))
    return right


def _by_app(owner_id: int, digits: str) -> bool:
    for row in _locked(owner_id, APP):
        step = _step_of(row.secret or "", digits, after=row.counter)
        if step is not None:
            row.counter, row.used_at = step, world_now()
            return True
    return False


def _step_of(secret: str, typed: str, *, after: int) -> int | None:
    """The step of which this is the code, if it is near and newer than ``after``."""
    digits, app = rules.digits_of(typed) or "", pyotp.TOTP(secret)
    near = (step for step in rules.steps_near(world_now()) if step > after)
    return next((s for s in near if pyotp.utils.strings_equal(digits, app.generate_otp(s))), None)


def _by_spare(owner_id: int, typed: str) -> bool:
    code, table = shortcodes.read_code(typed), spares()
    if code is None:
        return False
    used = (
        sa.update(table)
        .where(table.code_hash == _spare_hash(owner_id, code), table.used_at.is_(None))
        .values(used_at=world_now())
    )
    return session.scalars(used.returning(table.id)).first() is not None


def prove_by_passkey(owner_id: int, answer: str, asked: passkeys.Asked) -> bool:
    """Whether a passkey of the owner signed what was asked; an answer is good once."""
    used = throttle.count_try("challenge", asked.challenge, window=rules.PENDING_LASTS)
    rows = _locked(owner_id, PASSKEY) if used == 1 else []
    known = {row.credential or "": row for row in rows if row.host == asked.host}
    row = known.get(passkeys.credential_in(answer))
    counter = passkeys.signed(answer, asked, row.public_key, row.counter) if row else None
    if row is None or counter is None:
        return _proved(owner_id, False)
    row.counter, row.used_at = counter, world_now()
    return _proved(owner_id, True)


def _locked(owner_id: int, kind: str) -> Sequence[Factor]:
    table = factors()
    query = sa.select(table).where(table.owner_id == owner_id, table.kind == kind)
    return session.scalars(query.with_for_update().order_by(table.id)).all()


def remove(owner_id: int, number: int) -> Factor:
    """Part from one app or passkey; else `NotFound`."""
    row = session.get(factors(), number)
    if row is None or row.owner_id != owner_id:
        raise NotFound
    session.delete(row)
    session.flush()
    return row


def forget_all(owner_id: int) -> None:
    """All ways of somebody are gone, printed codes too."""
    for table in (factors(), spares()):
        session.execute(sa.delete(table).where(table.owner_id == owner_id))
    throttle.forget_tries(_DOOR, str(owner_id))


_NOTED = {
    "add": "signin.add",
    "remove": "signin.remove",
    "codes": "signin.codes",
    "off": "signin.off",
}


def note_ways(owner_id: int, what: str, *, actor: Actor) -> None:
    """Record that somebody added (``add``) or removed a way (``remove``), printed new codes
    (``codes``) or does without (``off``): in districts, which keep a list of what was done.
    """
    if isinstance(current_scope(), Tenant):
        who = actor if actor.id is not None else Actor("person", owner_id)
        audit.record(_NOTED[what], "person", owner_id, actor=who)


def set_rules(values: Mapping[str, Any]) -> None:
    """What the district asks: ``required`` at all, and after how many ``grace_days``."""
    row = session.scalars(sa.select(SecondRules)).first()
    if row is None:
        session.add(SecondRules(**values))
    else:
        row.required, row.grace_days = values["required"], values["grace_days"]
    session.flush()
