"""Defining reports: a view of the figures is kept, renamed, ordered, taken out of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas.catalogue.rows import Catalogue
from saas.demands.case.permissions import ensure_settings
from saas.demands.figures.models import Report
from saas.demands.figures.rules import MOST_SECTIONS, REPORT_GROUPINGS, REPORT_MEASURES
from saas.kernel import audit
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class View:
    """A view of the figures: measures divided by one thing; ``filters`` has level, kind, category
    where they are narrowed down to.
    """

    by: str
    measures: Sequence[str]
    filters: Mapping[str, str]

    def section(self) -> dict[str, Any]:
        """It as a section of a report. Raises `Invalid` where there is no such figure."""
        known = [name for name in REPORT_MEASURES if name in self.measures]
        if not known or self.by not in REPORT_GROUPINGS:
            raise Invalid({"measures": [_l("Choose at least one figure.")]})
        return {"by": self.by, "measures": known, **{k: v for k, v in self.filters.items() if v}}


def _settle(values: Mapping[str, Any], row: Report | None) -> Mapping[str, Any]:
    return {**values, "summary": values["summary"] or values["title"]}


#: The reports of a district; their figures stand on the page of figures whatever becomes of them.
REPORTS = Catalogue(
    model=Report,
    domain="demands",
    noun="report",
    thing="demand_report",
    words=_l("Report"),
    ensure=ensure_settings,
    label="title",
    settle=_settle,
)


def add_section(row: Report, *, view: View, actor: Actor) -> None:
    """One more section, the last of the report."""
    ensure_settings(actor)
    if len(row.sections) >= MOST_SECTIONS:
        raise Conflict(_l("A report has at most twelve sections. Begin a new one."))
    row.sections = [*row.sections, view.section()]
    session.flush()
    audit.record(
        "demands.change_report", "demand_report", row.id,
        actor=actor, code=row.code, sections=len(row.sections),
    )  # fmt: skip
