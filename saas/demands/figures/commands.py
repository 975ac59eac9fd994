"""Defining reports: a view of the figures is kept, renamed, ordered, taken out of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas.demands.case.permissions import ensure_settings
from saas.demands.figures import queries
from saas.demands.figures.models import Report
from saas.demands.figures.rules import MOST_SECTIONS, REPORT_GROUPINGS, REPORT_MEASURES
from saas.kernel import audit
from saas.kernel.context import Actor, Label
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.ordering import free_code, reorder


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


def add_report(*, title: Label, summary: Label, period: str, view: View, actor: Actor) -> Report:
    """A new report with one section, the last of the list."""
    ensure_settings(actor)
    known = queries.every_report()
    row = Report(
        code=free_code(title, "report", {each.code for each in known}),
        title=title,
        summary=summary or title,
        period=period,
        sections=[view.section()],
        position=max((each.position for each in known), default=-1) + 1,
        retired=False,
    )
    session.add(row)
    _note("add_report", row, actor, title=title)
    return row


def add_section(row: Report, *, view: View, actor: Actor) -> None:
    """One more section, the last of the report."""
    ensure_settings(actor)
    if len(row.sections) >= MOST_SECTIONS:
        raise Conflict(_l("A report has at most twelve sections. Begin a new one."))
    row.sections = [*row.sections, view.section()]
    _note("change_report", row, actor, sections=len(row.sections))


def change_report(row: Report, *, title: Label, summary: Label, actor: Actor) -> None:
    """Other words."""
    ensure_settings(actor)
    before = dict(row.title)
    row.title, row.summary = title, summary or title
    _note("change_report", row, actor, before=before, after=title)


def shift_report(row: Report, *, way: str, actor: Actor) -> None:
    """One place further up or down."""
    ensure_settings(actor)
    reorder(queries.defined_reports(), row.code, way)
    _note("order_reports", row, actor, way=way)


def retire_report(row: Report, *, actor: Actor) -> None:
    """Offer it no more; its figures stand on the page of figures as before."""
    ensure_settings(actor)
    row.retired = True
    _note("retire_report", row, actor)


def restore_report(row: Report, *, actor: Actor) -> None:
    """Offer it again."""
    ensure_settings(actor)
    row.retired = False
    _note("restore_report", row, actor)


def _note(deed: str, row: Report, actor: Actor, **facts: Any) -> None:
    session.flush()
    audit.record(f"demands.{deed}", "demand_report", row.id, actor=actor, code=row.code, **facts)
