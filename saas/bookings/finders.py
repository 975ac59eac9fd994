"""Bookings, for who searches with the code of a slip or with a guest's number."""

from __future__ import annotations

from flask import url_for

from saas.accounts import queries as people
from saas.bookings import lists, queries, views
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.search.declared import Finder, Hit


def _find(typed: str, actor: Actor, limit: int) -> list[Hit]:
    phone = people.usable_phone(typed)
    found = list(queries.earlier_of(phone, actor=actor)) if phone else []
    one = queries.find_by_slip(typed)
    if one is not None and queries.can_see(one, queries.place_of(one), actor):
        found.append(one)
    return [
        Hit(f"{say(row.room)} {views.when(row.booking)}",
            url_for("bookings.show", code=row.booking.code), say(row.street), exact=True)
        for row in lists.rows_of(found[:limit])
    ]  # fmt: skip


BOOKINGS = Finder("bookings", _l("Bookings"), _find, 31)
