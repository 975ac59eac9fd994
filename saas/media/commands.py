"""Every write of the media ledger. What an item is about is named by its code alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from saas import attachments
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.media import permissions, queries, rules
from saas.media.models import Coverage, Outlet
from saas.territory import queries as territory

_COPIES = ("jpeg", "pdf")
_NO_ADDRESS = _l("Write the whole address, with https:// before it; none for one on paper.")


def add_coverage(
    *, unit: str, copy: Sequence[Any] = (), sample: bool = False, actor: Actor, **given: Any
) -> Coverage:
    """One more. ``given`` are outlet (empty: as its address says), title, url, published_on,
    reprint_of, about, about_code and counted. Raises `Invalid` by field.
    """
    place = territory.unit_coded(unit)
    if place is None or not permissions.keeps(actor, place.path):
        raise not_listed("unit")
    taken = attachments.take(copy, kinds=_COPIES, field="copy")
    made = Coverage(unit_id=place.id, sample=sample, **_columns(None, **given))
    session.add(made)
    session.flush()
    _keep(made, taken, actor)
    _note("add_coverage", made, place.path, actor)
    return made


def change_coverage(
    coverage: Coverage, *, copy: Sequence[Any] = (), actor: Actor, **given: Any
) -> None:
    """Other words; a new copy takes the place of the old one."""
    place = queries.unit_of(coverage)
    if not permissions.keeps(actor, place.path):
        raise Forbidden
    taken = attachments.take(copy, kinds=_COPIES, field="copy")
    for name, value in _columns(coverage, **given).items():
        setattr(coverage, name, value)
    session.flush()
    _keep(coverage, taken, actor)
    _note("change_coverage", coverage, place.path, actor)


def _columns(
    before: Coverage | None, *, outlet: str | None, title: str, url: str, published_on: date,
    reprint_of: str | None = None, about: str | None = None, about_code: str = "",
    counted: bool = True,
) -> dict[str, Any]:  # fmt: skip
    address = rules.clean_url(url) if url.strip() else ""
    if address is None:
        raise Invalid({"url": [_NO_ADDRESS]})
    found = _outlet(outlet, address)
    again = queries.same_address(found.id, address)
    if again is not None and again is not before:
        told = _l("This address is there already: “%(title)s” of %(day)s.", title=again.title,
                  day=f"{again.published_on:%Y-%m-%d}")  # fmt: skip
        raise Invalid({"url": [told]})
    if published_on > clock.today():
        raise Invalid({"published_on": [_l("This day has not come yet.")]})
    if bool(about) != bool(about_code.strip()):
        raise Invalid({"about_code": [_l("Give the code of what it is about, or leave both.")]})
    return {
        "outlet_id": found.id, "title": title.strip(), "published_on": published_on,
        "url": address or None,
        "reprint_of_id": _original(reprint_of, before), "about": about or None,
        "about_code": about_code.strip() or None, "counted": counted,
    }  # fmt: skip


def _outlet(code: str | None, url: str) -> Outlet:
    known = {one.code: one for one in queries.outlets().values() if not one.retired_at}
    code = code or rules.outlet_of(url, queries.hosts())
    if code is None or code not in known:
        raise Invalid({"outlet": [_l("Choose the outlet: its address is not known yet.")]})
    return known[code]


def _original(key: str | None, before: Coverage | None) -> int | None:
    if not key:
        return None
    found = queries.by_ids({int(key)}) if key.isdecimal() else {}
    original = found.get(int(key)) if found else None
    if original is None or original.reprint_of_id or original is before:
        raise not_listed("reprint_of")
    return original.id


def _keep(coverage: Coverage, taken: Sequence[attachments.Taken], actor: Actor) -> None:
    """The copy; its digest stands with it (`Attachment.digest`)."""
    if taken:
        for old in attachments.of("coverage", coverage.id):
            attachments.retire(old)
    attachments.attach(taken[:1], thing="coverage", thing_id=coverage.id, place="copy",
                       sealed=False, actor=actor)  # fmt: skip


def set_link(coverage: Coverage, *, state: str, actor: Actor) -> None:
    """Somebody has opened the address and says what is there."""
    place = queries.unit_of(coverage)
    if not permissions.keeps(actor, place.path):
        raise Forbidden
    coverage.link_state = state
    coverage.link_on = None if state == "unknown" else clock.today()
    _note("set_link", coverage, place.path, actor, state=state)


def _note(action: str, coverage: Coverage, path: str, actor: Actor, **facts: Any) -> None:
    session.flush()
    audit.record(f"media.{action}", "coverage", coverage.id, actor=actor, unit_path=path, **facts)
