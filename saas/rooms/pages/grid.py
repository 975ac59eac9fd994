"""All rooms of a street in one table."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import locale_code, ngettext, say
from saas.rooms import commands, queries, rules, views, words
from saas.rooms.pages.blueprint import pages
from saas.rooms.pages.manage import list_url
from saas.rooms.permissions import CONFIGURE
from saas.rooms.schemas import GridIn
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import render

#: So many rooms are told by name after a save; of more only the number.
_TOLD = 5


@pages.page("/console/rooms/<street>/grid", needs=CONFIGURE, methods=("GET", "POST"))
def grid(actor: Actor, street: str) -> ResponseReturnValue:
    """Edit them like a sheet; one press saves everything that is different, or nothing."""
    place = queries.configured_street(street, actor=actor)
    structure = queries.structure_of(place)
    language = "en" if locale_code() == "en" else "zh"
    start = views.grid_typed(structure.rooms, queries.venues_in(place, closed=True), language)
    form = Form(GridIn, suggested=start)  # every row carries its own mark
    if form.accepts(lambda rows: _save(place, rows, actor)):
        flash(_said(place, form.result), "done")
        return redirect(list_url(place) if form.result else url_for("rooms.grid", street=street))
    return render(
        "rooms/grid.html",
        form.status,
        form=form,
        street=place,
        structure=structure,
        start=start,
        keepers=queries.keepers_for(place),
        venues=queries.venues_in(place),
        changes=rules.CHANGES,
        words=words,
    )


def _save(street: Unit, rows: dict[str, dict[str, Any]], actor: Actor) -> dict[str, list[str]]:
    table = {code: commands.Row(**row) for code, row in rows.items()}
    return commands.save_grid(street, rows=table, actor=actor)


def _said(street: Unit, changed: dict[str, list[str]]) -> str:
    """Which rooms were changed, and what of them."""
    if not changed:
        return _("Nothing was different.")
    told = ngettext("%(num)s room changed", "%(num)s rooms changed", len(changed))
    if len(changed) > _TOLD:
        return told
    names = {room.code: say(room.name) for room in queries.rooms_named(street, list(changed))}
    lines = [
        _("%(room)s (%(fields)s)", room=names.get(code, code),
          fields=_(", ").join(str(words.FIELDS[field]) for field in fields))
        for code, fields in changed.items()
    ]  # fmt: skip
    return told + _(": ") + _(", ").join(lines)
