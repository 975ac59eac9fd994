"""The rules between the rows of accounts.yaml, and between them and the kinds of units."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.faults import (
    Fault,
    Parts,
    codes,
    explain,
    places,
    repeated,
    rows,
    strange,
    text,
    texts,
    texts_of,
)

explain(
    {
        "no_such_permission": _l("There is no permission “%(found)s”."),
        "one_administers": _l(
            "Exactly one role must have administers: true; here it is %(count)s."
        ),
        "one_resident": _l("Exactly one role must have resident: true; here it is %(count)s."),
        "administers_at_root": _l(
            "The role that administers must stand at the root kind “%(root)s”."
        ),
    }
)


def check(parts: Parts) -> Iterator[Fault]:
    """Every fault between roles, and between them and the kinds of units."""
    part = parts.get("accounts")
    known = codes(parts.get("territory"), "kinds")
    yield from repeated("accounts", places(part, "roles"))
    for place, role in rows(part, "roles"):
        path = f"roles[{place}]"
        yield from repeated("accounts", texts_of(role, "at", path))
        yield from repeated("accounts", texts_of(role, "permissions", path))
        if known:
            yield from strange("accounts", texts_of(role, "at", path), known, "no_such_kind")
    yield from _special_roles(parts)


def check_permissions(parts: Parts, known: Collection[str]) -> Iterator[Fault]:
    """A fault for each permission that the product does not have."""
    for place, role in rows(parts.get("accounts"), "roles"):
        given = texts_of(role, "permissions", f"roles[{place}]")
        yield from strange("accounts", given, known, "no_such_permission")


def _special_roles(parts: Parts) -> Iterator[Fault]:
    """Who founds a district and who lives in it must be clear without asking."""
    roles = rows(parts.get("accounts"), "roles")
    for flag, key in (("administers", "one_administers"), ("resident", "one_resident")):
        count = sum(role.get(flag) is True for _, role in roles)
        if roles and count != 1:
            yield Fault("accounts", "roles", key, {"count": count})
    kinds = rows(parts.get("territory"), "kinds")
    roots = [text(row, "code") for _, row in kinds if row.get("under") == []]
    for place, role in roles:
        at = [kind for _, kind in texts(role, "at")]
        if role.get("administers") is True and len(roots) == 1 and roots[0] not in at:
            where = f"roles[{place}].at"
            yield Fault("accounts", where, "administers_at_root", {"root": roots[0]})
