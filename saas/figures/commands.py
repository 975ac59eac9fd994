"""Adding and retiring claims. Who may do so is for the caller to ask: it knows the district."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from saas.figures import queries
from saas.figures.cut import Place
from saas.figures.facts import Measure
from saas.figures.models import Claim
from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l


def ensure_target(measure: str) -> Measure:
    """The measure for which somebody wants to set an aim: whatever keeps aims comes through here.

    Raises `Invalid` with the sentence why where the measure refuses one, or where there is none.
    """
    declared = queries.measures().get(measure)
    if declared is None:
        raise Invalid({"measure": [_l("Choose one of the list.")]})
    if declared.no_target:
        raise Invalid({"measure": [declared.no_target]})
    return declared


def add_claim(
    *,
    measure: str,
    unit: Place,
    stated: Decimal,
    source: Label,
    stated_on: date,
    first_month: date | None = None,
    last_month: date | None = None,
    actor: Actor,
) -> Claim:
    """Keep what a source stated about a unit, in the months from ``first_month`` to ``last_month``.

    Raises `Invalid` at the field that does not fit the measure or is used already.
    """
    _ensure_fits(measure, stated, first_month, last_month)
    row = Claim(
        measure=measure,
        unit_id=unit.id,
        first_month=first_month,
        last_month=last_month,
        stated=stated,
        source=source,
        stated_on=stated_on,
    )
    session.add(row)
    _note("add_claim", row, actor, unit.path, stated=str(stated))
    return row


def _ensure_fits(
    measure: str, stated: Decimal, first_month: date | None, last_month: date | None
) -> None:
    declared = queries.measures().get(measure)
    errors: dict[str, list[Any]] = {}
    if declared is None:
        errors["measure"] = [_l("Choose one of the list.")]
    elif measure in queries.claims_in_use():
        errors["measure"] = [_l("There is a claim about it already. Retire that one first.")]
    elif not declared.is_money and stated != stated.to_integral_value():
        errors["stated"] = [_l("This is counted in whole numbers.")]
    elif declared.facts.time is None and first_month:
        errors["first_month"] = [_l("This is counted as it stands: leave the months empty.")]
    if (first_month is None) != (last_month is None):
        errors["last_month" if first_month else "first_month"] = [_l("Give both months, or none.")]
    elif first_month and last_month and first_month > last_month:
        errors["last_month"] = [_l("The last month lies before the first.")]
    if errors:
        raise Invalid(errors)


def retire_claim(row: Claim, *, unit: Place, actor: Actor) -> None:
    """Show it no more; it is kept with its source. Raises `Conflict` if it was retired already."""
    session.refresh(row, with_for_update=True)
    if row.retired_at is not None:
        raise Conflict(_l("It was retired already."))
    row.retired_at = clock.now()
    _note("retire_claim", row, actor, unit.path)


def _note(deed: str, row: Claim, actor: Actor, path: str, **facts: Any) -> None:
    session.flush()
    audit.record(
        f"figures.{deed}",
        "claim",
        row.id,
        actor=actor,
        unit_path=path,
        measure=row.measure,
        **facts,
    )
