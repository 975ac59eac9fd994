"""Reply templates where somebody is about to answer: their blanks filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from saas.demands import queries, rules
from saas.demands.models import Demand
from saas.demands.package.shapes import TEMPLATE_VERBS
from saas.kernel import i18n
from saas.kernel.context import current_tenant
from saas.kernel.i18n import say
from saas.territory.queries import Unit


class Offering(Protocol):
    """A form that can offer something to choose; `ActForm` is one."""

    @property
    def verb(self) -> str: ...
    @property
    def options(self) -> dict[str, list[tuple[str, str]]]: ...


def offer_templates(demand: Demand, holder: Unit, forms: Sequence[Offering]) -> None:
    """Add to each form the texts that fit its verb and the demand's category, in one question."""
    fitting = [form for form in forms if form.verb in TEMPLATE_VERBS]
    if not fitting:
        return
    found, values = queries.templates_for(demand.category), _values(demand, holder)
    for form in fitting:
        form.options["template"] = [
            (rules.filled(say(row.text), values), say(row.name))
            for row in found
            if row.verb in (None, form.verb)
        ]


def _values(demand: Demand, holder: Unit) -> dict[str, str]:
    return {
        "code": demand.code,
        "unit": say(holder.name),
        "category": say(queries.category_name(demand.category)),
        "due": i18n.long_date(demand.due_at, current_tenant().time_zone),
    }
