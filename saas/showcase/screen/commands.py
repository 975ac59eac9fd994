"""Pairing screens, and noticing that they live. In the hub."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from saas.kernel.crypto import new_token, token_hash
from saas.kernel.db import session
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.showcase.screen import queries
from saas.showcase.screen.models import Screen
from saas.signin.queries import world_now

#: A code that nobody typed is good for so long.
CODE_GOOD: Final = timedelta(minutes=15)


def ask(tenant_id: int, code: str) -> str:
    """A screen that nobody knows yet shows this code; returns the token by which it is known."""
    now, token = world_now(), new_token()
    old = sa.delete(Screen).where(Screen.paired_at.is_(None), Screen.asked_at < now - CODE_GOOD)
    session.execute(old)
    session.add(Screen(tenant_id=tenant_id, code=code, token_hash=token_hash(token), asked_at=now))
    return token


def pair(tenant_id: int, *, code: str, name: str) -> Screen:
    """Know the screen that shows this code, in this district, from now on."""
    found = queries.by_code("".join(sign for sign in code if sign.isdecimal()))
    if found is None or found.tenant_id != tenant_id or found.asked_at < world_now() - CODE_GOOD:
        raise Invalid({"code": [_l("No screen of this district shows this code now.")]})
    found.name, found.code, found.paired_at = name.strip(), None, world_now()
    return found


def remove(tenant_id: int, number: int) -> None:
    """Show nothing on a screen any more."""
    found = session.get(Screen, number)
    if found is None or found.tenant_id != tenant_id:
        raise NotFound
    session.delete(found)


def beat(number: int) -> None:
    """A screen has asked for something just now."""
    session.execute(sa.update(Screen).where(Screen.id == number).values(seen_at=world_now()))
