"""The reception list as a workbook, for the voucher."""

from __future__ import annotations

from collections.abc import Iterable

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.kernel.workbooks import Column, Page, write_book
from saas.visits import words
from saas.visits.views import Reception, yuan


def book_of(shown: Reception) -> bytes:
    """About it first; then guests, stops and costs, a sheet each."""
    it = shown.content
    about = [
        (_("They come from"), it["from_org"]),
        (_("Kind of visit"), str(words.LEVEL[it["level"]])),
        (_("What for?"), it["purpose"]),
        (_("Number of the letter"), it["letter_no"] or ""),
        (_("When"), f"{it['start']} – {it['end']}"),
        (_("Street"), say(it["street"])),
        (_("Guests"), str(it["guests_n"])),
        (_("Of the house at table"), str(it["escorts_n"] or 0)),
        (_("At table"), shown.table),
        (_("Digest"), shown.frozen.digest if shown.frozen else _("not frozen yet")),
    ]
    return write_book((_("Reception list"), about), [
        _page(_("Guests"), (_("Full name"), _("Post held")), shown.guests),
        _page(_("Itinerary"), (_("Hours"), _("Where?")),
              ((one["times"], one["place"]) for one in it["stops"])),
        _page(_("Costs"), (_("What"), _("Yuan")),
              ((one["what"], yuan(one["fen"])) for one in it["costs"])),
    ], _("Choices"))  # fmt: skip


def _page(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Page:
    return Page(title, [Column(head, 24) for head in heads], [[*row] for row in rows])
