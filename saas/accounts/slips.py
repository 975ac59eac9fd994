"""Slips to cut out: what somebody is handed to sign in for the first time."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from saas.accounts import queries
from saas.accounts.commands import Keys
from saas.accounts.models import Person
from saas.kernel.context import current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say, short_datetime
from saas.kernel.separated import harmless
from saas.kernel.shortcodes import shown_code
from saas.web.pictures import QrCode, qr_code


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's slip. ``link`` is the address in the QR code, ``door`` the one for the code."""

    name: str
    posts: str
    place: str
    link: str
    qr: QrCode
    door: str
    code: str
    until: datetime | None


def slips_of(made: Sequence[tuple[Person, Keys]]) -> list[Slip]:
    """Slips by street, in the order of the units; shown once, as nobody keeps the keys."""
    ids = [person.id for person, _keys in made]
    held, places = queries.posts_of(ids), queries.streets_of(ids)
    order = {person_id: number for number, person_id in enumerate(places)}
    ranked = sorted(made, key=lambda one: order.get(one[0].id, len(order)))
    return [
        _slip(person, keys, held.get(person.id, []), say(places.get(person.id, {})))
        for person, keys in ranked
    ]


def _slip(person: Person, keys: Keys, posts: Sequence[queries.HeldPost], place: str) -> Slip:
    link = url_for("accounts.welcome", token=keys.token, _external=True)
    return Slip(
        name=person.name,
        posts=_(", ").join(say(post.name) for post in posts),
        place=place,
        link=link,
        qr=qr_code(link),
        door=url_for("accounts.by_code", _external=True),
        code=shown_code(keys.code),
        until=queries.link_open_until(person),
    )


def table_of(slips: Sequence[Slip]) -> str:
    """The same as a table, as an address of its own: it is nowhere but in this answer."""
    out, zone = io.StringIO(), current_tenant().time_zone
    writer = csv.writer(out)
    heads = (_("Street"), _("Full name"), _("Posts"), _("Short code"), _("Address for the code"))
    writer.writerow([*heads, _("Address of the invitation"), _("Good until")])
    for one in slips:
        until = short_datetime(one.until, zone) if one.until else ""
        cells = (one.place, one.name, one.posts, one.code, one.door, one.link, until)
        writer.writerow([harmless(cell) for cell in cells])
    coded = base64.b64encode(out.getvalue().encode("utf-8-sig")).decode()
    return f"data:text/csv;charset=utf-8;base64,{coded}"
