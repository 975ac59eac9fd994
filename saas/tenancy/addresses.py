"""By which addresses a district is reached: its code, codes of before, hosts of its own.

Each works in the hub scope. What was printed with a code of before goes on leading there, so such a
code is given to nobody else, ever.
"""

from __future__ import annotations

import re
import secrets
from typing import Final

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import settings
from saas.tenancy import commands, name_service, queries, rules
from saas.tenancy.events import tenant_changed
from saas.tenancy.models import Host, OldCode, Tenant

#: Below which name of a host its record stands, and with which word what it says begins.
RECORD_NAME: Final = "_1519"
RECORD_WORD: Final = "1519-proof="
_LABEL: Final = r"(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST: Final = re.compile(rf"(?:{_LABEL}\.)+(?!xn--)[a-z]{{2,63}}")


def rename(code: str, *, new: str, actor: Actor) -> Tenant:
    """Give a district another code; the one of before leads on. Raises `Invalid` for one that is no
    code or belongs to another district, `Conflict` for a demo: it is found by its code.
    """
    tenant = queries.access_tenant(code, lock=True)
    if tenant.kind == "demo":
        raise Conflict(_l("A demo district keeps its code."))
    if not rules.usable_code(new):
        raise Invalid({"new": [_l("Use 2 to 32 small letters, digits and inner hyphens.")]})
    if tenant.code == new:
        raise Invalid({"new": [_l("This is its code already.")]})
    found = queries.find_by_code(new) or queries.find_by_old_code(new)
    if found is not None and found.id != tenant.id:
        raise Invalid({"new": [_l("Another district has this code, or had it before.")]})
    before, tenant.code = tenant.code, new
    session.execute(sa.delete(OldCode).where(OldCode.code == new))
    session.add(OldCode(code=before, tenant_id=tenant.id, at=clock.now()))
    commands.note(tenant, "rename", actor=actor, reason=f"{before} → {new}")
    session.flush()
    tenant_changed.send(new)
    return tenant


def add_host(code: str, *, host: str, actor: Actor) -> Host:
    """Write down a host that is to lead to a district; it does so once it is proved."""
    plain = host.strip().lower().rstrip(".")
    if not _HOST.fullmatch(plain) or len(plain) > 253:
        told = _l("Write a name like hall.example.org: small letters, digits, hyphens, dots.")
        raise Invalid({"host": [told]})
    if _is_ours(plain):
        raise Invalid({"host": [_l("This is a name of the service itself.")]})
    tenant = queries.access_tenant(code, lock=True)
    if session.scalar(sa.select(Host.id).where(Host.host == plain)):
        raise Invalid({"host": [_l("This name is written down already, here or elsewhere.")]})
    made = Host(host=plain, tenant_id=tenant.id, proof=secrets.token_urlsafe(24))
    session.add(made)
    commands.note(tenant, "add_host", actor=actor, reason=plain)
    session.flush()
    return made


def _is_ours(host: str) -> bool:
    base = settings().base_domain
    return bool(base) and (host == base or host.endswith(f".{base}"))


def record_of(host: Host) -> tuple[str, str]:
    """The TXT record that proves a host: its name, and what it says."""
    return f"{RECORD_NAME}.{host.host}", f"{RECORD_WORD}{host.proof}"


def prove_host(code: str, host_id: int, *, actor: Actor) -> bool:
    """Look whether the record is there; from then on the host leads to the district.

    Raises `Conflict` where no server of names answers.
    """
    name, wanted = record_of(_host(queries.access_tenant(code), host_id))
    try:
        texts = name_service.texts_at(name)  # takes seconds: nothing is held meanwhile
    except name_service.NoAnswer as error:
        raise Conflict(_l("No server of names answers just now. Try again later.")) from error
    tenant, host = access_host(code, host_id)
    found = bool(host.proof) and wanted in texts
    host.asked_at = clock.now()
    if found and host.proved_at is None:
        host.proved_at = clock.now()
        commands.note(tenant, "prove_host", actor=actor, reason=host.host)
    session.flush()
    tenant_changed.send(tenant.code)
    return found


def remove_host(code: str, host_id: int, *, actor: Actor) -> None:
    """The host leads nowhere from now on."""
    tenant, host = access_host(code, host_id)
    session.delete(host)
    commands.note(tenant, "remove_host", actor=actor, reason=host.host)
    session.flush()
    tenant_changed.send(tenant.code)


def access_host(code: str, host_id: int) -> tuple[Tenant, Host]:
    """A host of a district, locked with it; else `NotFound`."""
    tenant = queries.access_tenant(code, lock=True)
    return tenant, _host(tenant, host_id)


def _host(tenant: Tenant, host_id: int) -> Host:
    host = session.get(Host, host_id)
    if host is None or host.tenant_id != tenant.id:
        raise NotFound
    return host


def host_by_name(code: str, name: str) -> Host:
    """A host of a district by its name; else `NotFound`."""
    tenant = queries.access_tenant(code)
    found = session.scalar(sa.select(Host).where(Host.host == name, Host.tenant_id == tenant.id))
    if found is None:
        raise NotFound
    return found
