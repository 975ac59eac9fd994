"""Hours in words, as a package has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.schemas.fields import plain
from saas.workdays.package.shapes import Hours

#: The days of the week, 1 is Monday.
DAY: Final = {
    1: _l("Monday"),
    2: _l("Tuesday"),
    3: _l("Wednesday"),
    4: _l("Thursday"),
    5: _l("Friday"),
    6: _l("Saturday"),
    7: _l("Sunday"),
}


def spans(rows: Iterable[Hours]) -> tuple[str, ...]:
    """Each row of hours in words."""
    return tuple(hours_in_words(plain(row)) for row in rows)


def hours_in_words(row: Mapping[str, Any]) -> str:
    """One row of hours: "Monday to Friday 09:00–17:30"."""
    return f"{days(row['days'])} {row['opens']}–{row['closes']}"


def days(numbers: Sequence[int]) -> str:
    """Days of the week in words, those in a row as a span: "Monday to Friday"."""
    if set(numbers) == set(DAY):
        return _("every day")
    spans: list[list[int]] = []
    for day in sorted(set(numbers)):
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    return _(", ").join(_span(span) for span in spans)


def _span(span: Sequence[int]) -> str:
    first, last = str(DAY[span[0]]), str(DAY[span[-1]])
    if len(span) == 1:
        return first
    return _("%(first)s to %(last)s", first=first, last=last)
