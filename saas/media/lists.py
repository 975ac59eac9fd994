"""The media ledger as a list, for who keeps it."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import url_for

from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.written import month_written
from saas.listing.declared import Act, Cell, Choice, Column, Filter, Listing, Search, Values
from saas.media import commands, queries, views, words
from saas.media.models import Coverage
from saas.media.permissions import KEEP
from saas.media.views import Row


def _of(table: Any) -> Any:
    def choices(actor: Actor, values: Values) -> list[Choice]:
        return [Choice(code, word[1] if isinstance(word, tuple) else word)
                for code, word in table.items()]  # fmt: skip

    return choices


def _months(actor: Actor, values: Values) -> list[Choice]:
    return [Choice(f"{one:%Y-%m}", f"{one:%Y-%m}") for one in queries.months()]


def _in_month(first: date) -> sa.ColumnElement[bool]:
    return queries.in_month(first)


def _does(state: str) -> Any:
    def do(item: Coverage, *, actor: Actor) -> None:
        commands.set_link(item, state=state, actor=actor)

    return do


def _access(key: str, actor: Actor) -> Coverage:
    return queries.access_coverage(int(key), actor=actor, lock=True)


COVERAGES = Listing[Row](
    endpoint="media.listing",
    words=_l("Media ledger"),
    query=queries.within,
    rows=views.rows_of,
    order=(Coverage.published_on.desc(), Coverage.id.desc()),
    search=Search(_l("Words of a title, or of a link"), queries.called),
    filters=(
        Filter("tier", _l("Tier"), queries.in_tier, _of(words.TIER)),
        Filter("kind", _l("Kind"), queries.is_kind, _of(words.KIND), kind="select",
               every=_l("originals and reprints")),
        Filter("month", _l("Month"), _in_month, _months, read=month_written, kind="select",
               every=_l("every month")),
        Filter("link", _l("Link"), lambda state: Coverage.link_state == state, _of(words.LINK),
               kind="select", every=_l("every link")),
        Filter("counts", _l("It counts"), lambda _text: Coverage.counted.is_(True), kind="hidden",
               read=lambda text: text or None),
    ),
    columns=(
        Column("title", _l("Title"), lambda row: Cell(
            row.item.title, note="" if row.item.counted else str(_l("does not count")),
            url=url_for("media.edit", number=row.item.id))),
        Column("outlet", _l("Outlet"), lambda row: Cell(
            say(row.outlet.name), note=str(words.TIER[row.outlet.tier]))),
        Column("on", _l("Published on"), lambda row: f"{row.item.published_on:%Y-%m-%d}",
               Coverage.published_on, narrow=True),
        Column("kind", _l("Kind"), lambda row: Cell(
            str(words.KIND[row.kind]), note=row.original.title if row.original else "")),
        Column("link", _l("Link"), lambda row: Cell(
            row.link[1], tone=row.link[0],
            note=f"{row.item.link_on:%Y-%m-%d}" if row.item.link_on else "")),
        Column("copy", _l("Copy"), lambda row: Cell(
            str(_l("there")), url=url_for("media.copy", number=row.item.id)) if row.copy else ""),
        Column("url", _l("Address"), lambda row: row.item.url or "", drawn=False),
    ),
    acts=(
        Act("alive", _l("The link works"), KEEP, _access, _does("alive"), lambda one: one.title),
        Act("gone", _l("The link is dead"), KEEP, _access, _does("gone"), lambda one: one.title),
    ),
    key=lambda row: str(row.item.id),
)  # fmt: skip
