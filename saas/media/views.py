"""Items as pages show them, and the ledger in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from saas import attachments
from saas.figures import queries as figures
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.media import queries, words
from saas.media.models import Coverage, Outlet
from saas.web import charts
from saas.web.charts import Bars, Point


@dataclass(frozen=True, slots=True)
class Row:
    """An item with its outlet, what it repeats, and its copy (an attachment), if there is one."""

    item: Coverage
    outlet: Outlet
    original: Coverage | None
    copy: Any

    @property
    def kind(self) -> str:
        """Original or reprint."""
        return "reprint" if self.item.reprint_of_id else "original"

    @property
    def link(self) -> tuple[str, str]:
        """How its link stands, as tone and word; nothing for one on paper."""
        if not self.item.url:
            return ("ended", _("no link"))
        tone, word = words.LINK[self.item.link_state]
        return tone, str(word)

    @property
    def opens(self) -> str | None:
        """Where everybody is led: to the address, or to the copy where that is dead."""
        if self.item.link_state != "gone":
            return self.item.url
        return url_for("media.copy", number=self.item.id) if self.copy else None


def rows_of(found: Sequence[Coverage], actor: object = None) -> list[Row]:
    """Rows of a page, in as many questions as for one."""
    if not found:
        return []
    outlets = queries.outlets()
    originals = queries.by_ids({one.reprint_of_id for one in found if one.reprint_of_id})
    copies = attachments.first_of("coverage", [one.id for one in found])
    return [
        Row(one, outlets[one.outlet_id], originals.get(one.reprint_of_id or 0), copies.get(one.id))
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger in numbers: counted, originals among them, what was stated and by whom."""

    counted: int
    originals: int
    stated: int | None
    source: str
    on: str
    months: Bars
    tiers: Bars

    @property
    def differs(self) -> bool:
        """Whether the stated total is another one."""
        return self.stated is not None and self.stated != self.counted


def ledger() -> Ledger:
    """Everything that counts; each number opens its list."""
    found, claim = queries.tally(), figures.claims_in_use().get("media_items")
    total = sum(all_ for all_, _again in found.tiers.values())
    again = sum(again for _all, again in found.tiers.values())
    months = [
        Point.month(month, (all_ - more, more), tuple(
            url_for("media.public", month=f"{month:%Y-%m}", kind=kind)
            for kind in ("original", "reprint")))
        for month, (all_, more) in found.months.items()
    ]  # fmt: skip
    tiers = [
        Point(str(words.TIER[tier]), (all_ - more, more), tuple(
            url_for("media.public", tier=tier, kind=kind) for kind in ("original", "reprint")))
        for tier, (all_, more) in found.tiers.items()
    ]  # fmt: skip
    series = [_("originals"), _("reprints")]
    return Ledger(
        total, total - again, int(claim.stated) if claim else None,
        say(claim.source) if claim else "", f"{claim.stated_on:%Y-%m-%d}" if claim else "",
        charts.columns(months, _("By month"), _("items"), series),
        charts.bars(tiers, _("By tier"), _("items"), series),
    )  # fmt: skip


def about_url(item: Coverage, *, staff: bool) -> str | None:
    """The page of what an item is about, for a reader who can open it."""
    if not staff or not item.about_code:
        return None
    pages = {"visit": "visits.show", "demand": "demands.show"}
    return url_for(pages[item.about], code=item.about_code) if item.about in pages else None
