"""The district's figures for everybody: counted beside stated; and keeping what was stated."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.accounts.permissions import SETTINGS
from saas.figures import commands, queries
from saas.figures.cut import Place
from saas.figures.models import Claim
from saas.figures.pages import months_asked, year_name
from saas.figures.schemas import ClaimIn
from saas.figures.views import public
from saas.figures.words import span_of
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.domain import Link
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.runtime import wired
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.web.forms import Form
from saas.web.pages import PUBLIC, Pages, render

pages = Pages("figures", __name__, plane="tenant")


@pages.page("/figures", needs=PUBLIC)
def shown(actor: Actor) -> ResponseReturnValue:
    """Every public figure as it is counted at this moment, beside what was stated about it; with
    months in the address as they were in these.
    """
    root, claims, months = territory.root(), queries.claims_in_use().values(), months_asked()
    return render(
        "showcase/figures.html",
        groups=_groups(root, claims, actor, months) if root else [],
        months=span_of(*months) if months else "",
        spans=_spans(root, months) if root else [],
        settings=actor.may(SETTINGS),
        now=clock.now(),
    )


def _groups(root: Unit, claims: Any, actor: Actor, months: public.Months | None) -> Any:
    """Each domain that says how opens a group; others join the one before."""
    headings, heading = {}, ""
    for domain in wired().domains:
        heading = str(domain.counted or heading)
        headings[domain.name] = heading
    shown = public.public_rows(root, _units(claims), actor, months)
    return public.grouped(shown, headings, root, months)


def _spans(root: Unit, months: public.Months | None) -> list[tuple[object, str, bool]]:
    """What each claim is about by itself, and each year of which there are records."""
    found: list[tuple[object, str, bool]] = [
        (_("What each total is about"), url_for("figures.shown"), months is None)
    ]
    for year in public.years_of_public(root):
        span = date(year, 1, 1), date(year, 12, 1)
        url = url_for("figures.shown", since=f"{year}-01", until=f"{year}-12")
        found.append((year_name(year), url, months == span))
    return found


def claim_links(ids: Collection[int], actor: Actor) -> Mapping[int, Link]:
    """Claims by the figures that they are about, for the audit."""
    known, page = queries.measures(), url_for("figures.claims") if actor.may(SETTINGS) else None
    return {
        claim.id: Link(str(known[claim.measure].words.name), page)
        for claim in queries.claims()
        if claim.id in ids and claim.measure in known
    }


def _units(claims: Any) -> Mapping[int, Place]:
    return territory.units_by_id({claim.unit_id for claim in claims})


@pages.page("/figures/claims", needs=SETTINGS)
def claims(actor: Actor) -> ResponseReturnValue:
    """What was stated, with its source; what is not shown any more below."""
    return render("showcase/claims.html", lines=public.claim_lines(_units(queries.claims())))


@pages.page("/figures/claims/new", needs=SETTINGS, methods=("GET", "POST"))
def add_claim(actor: Actor) -> ResponseReturnValue:
    """Enter a total that somebody stated."""
    form = Form(ClaimIn)
    if form.accepts(lambda **given: _add(**given, actor=actor)):
        flash(_("It stands beside the counted number now."), "done")
        return redirect(url_for("figures.claims"))
    used = queries.claims_in_use()
    return render(
        "showcase/claim_form.html",
        form.status,
        form=form,
        measures=[
            (code, str(one.words.name))
            for code, one in queries.measures().items()
            if one.public and code not in used
        ],
        units=_choices(),
    )


def _add(*, unit: str, actor: Actor, **given: Any) -> Claim:
    _ensure_settings(actor)
    try:
        place = territory.unit_by_code(unit)
    except NotFound as error:
        raise Invalid({"unit": [_l("Choose one of the list.")]}) from error
    return commands.add_claim(unit=place, **given, actor=actor)


def _ensure_settings(actor: Actor) -> None:
    root = territory.root()
    if root is None or not actor.may(SETTINGS, root.path):
        raise Forbidden


def _choices() -> list[tuple[str, str]]:
    """The district, what stands beneath it, and what stands beneath that."""
    found: list[tuple[str, str]] = []

    def take(unit: Unit, depth: int) -> None:
        found.append((unit.code, "– " * depth + say(unit.name)))
        for child in territory.children(unit) if depth < _DEEPEST else ():
            if territory.is_place(child):
                take(child, depth + 1)

    if root := territory.root():
        take(root, 0)
    return found


_DEEPEST = 2


@pages.page("/figures/claims/<int:claim>/retire", needs=SETTINGS, methods=("POST",))
def retire_claim(actor: Actor, claim: int) -> ResponseReturnValue:
    """Show a claim no more."""
    _ensure_settings(actor)
    row = queries.claim(claim)
    unit = territory.find_unit(row.unit_id)
    assert unit is not None
    try:
        commands.retire_claim(row, unit=unit, actor=actor)
        flash(_("It is shown no more. You can enter another one."), "done")
    except Conflict as error:
        flash(str(error.text), "warn")
    return redirect(url_for("figures.claims"))
