"""The working calendar knows the holidays of the time in which deadlines will fall."""

from __future__ import annotations

from saas.kernel import clock
from saas.onboarding.rules import Finding, years_needed
from saas.workdays import queries as workdays


def check() -> list[Finding]:
    """This year, and from November on the next one. That one may be published late: the gap can be
    answered for; without this year no deadline is right.
    """
    today = clock.today()
    return [_year(year, today.year) for year in years_needed(today.year, today.month)]


def _year(year: int, this: int) -> Finding:
    path, known = f"/workdays/{year}", workdays.state_of(year)
    if known.state is None:
        key = f"calendar:{year}" if year > this else ""
        return Finding("year_unknown", "gap", {"year": year}, key, path)
    days = sum(not day.works for day in workdays.exceptions_of(year))
    return Finding(f"year_{known.state}", "ok", {"year": year, "days": days}, path=path)
