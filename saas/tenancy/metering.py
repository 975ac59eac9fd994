"""What districts use, counted by the hour into the hub, and how much they may."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas.kernel import clock
from saas.kernel.context import Actor, Tenant, entering
from saas.kernel.db import session, tenant_metadata
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.tenancy import commands, queries
from saas.tenancy.events import tenant_changed
from saas.tenancy.models import Tenant as TenantRow
from saas.tenancy.models import Usage

MEGABYTE: Final = 1024 * 1024
#: Of tables that we know by name: a search through the catalogue costs with every other district.
_SIZES: Final = sa.text(
    """
    SELECT coalesce(sum(pg_total_relation_size(found.oid)), 0)::bigint,
        coalesce(sum(greatest(found.reltuples, 0)), 0)::bigint
    FROM unnest(CAST(:names AS text[])) AS known (name)
    JOIN pg_class AS found ON found.oid = to_regclass(quote_ident(known.name))
    """
)


def measured() -> dict[str, Any]:
    """What the district at work uses now: what its domains count, and the size of its tables."""
    found = {name: count() for name, count in wired().domains.usage.items()}
    names = [table.name for table in tenant_metadata.sorted_tables]
    found["database"], found["rows"] = session.execute(_SIZES, {"names": names}).one()
    return found


def count(code: str) -> None:
    """Count one district anew; in transactions of its own, since it enters the district."""
    with reading():
        scope = queries.as_scope(queries.access_tenant(code))
    count_scope(scope)


def count_scope(scope: Tenant) -> None:
    """The same for a district that is at hand."""
    with entering(scope), reading():
        found = measured()
    seen_at, edition = found.pop("seen", None), found.pop("edition", None)
    with unit_of_work():
        _note(scope.id, found, seen_at=seen_at, edition=edition)


def _note(
    tenant_id: int, counts: dict[str, Any], *, seen_at: datetime | None, edition: str | None
) -> None:
    fresh = {"at": clock.now(), "edition": edition, "counts": counts}
    row = insert(Usage).values(tenant_id=tenant_id, seen_at=seen_at, **fresh)
    latest = sa.func.greatest(Usage.seen_at, row.excluded.seen_at)
    session.execute(
        row.on_conflict_do_update(index_elements=["tenant_id"], set_={**fresh, "seen_at": latest})
    )


def quotas_in_form(tenant: TenantRow) -> dict[str, int | None]:
    """A district's quotas as a form has them, files in megabytes."""
    files = tenant.quota_bytes
    return {
        "megabytes": None if files is None else files // MEGABYTE,
        "people": tenant.quota_people,
        "sms": tenant.quota_sms,
    }


def set_quotas(
    code: str, *, megabytes: int | None, people: int | None, sms: int | None, actor: Actor
) -> None:
    """How much a district may use; None for no bound. What is there already stays."""
    tenant = queries.access_tenant(code, lock=True)
    before = quotas_in_form(tenant)
    tenant.quota_bytes = None if megabytes is None else megabytes * MEGABYTE
    tenant.quota_people, tenant.quota_sms = people, sms
    commands.note(tenant, "quotas", actor=actor, old=before, new=quotas_in_form(tenant))
    session.flush()
    tenant_changed.send(tenant.code)
