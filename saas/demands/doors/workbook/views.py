"""A workbook on its way in: what it may speak of, its template, its faults in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from saas import sheets
from saas.accounts import queries as people
from saas.demands.case import queries as cases
from saas.demands.doors.workbook import queries, words
from saas.demands.doors.workbook.rules import WorkbookRow
from saas.demands.menu import queries as menu
from saas.kernel import i18n
from saas.kernel.clock import today
from saas.kernel.context import Actor, Label
from saas.kernel.i18n import LOCALES, say
from saas.kernel.workbooks import CellFault, plain
from saas.sheets import Faults, Given
from saas.territory.queries import Unit

_SHOWN_FAULTS = 200
_SHOWN_ROWS = 10


def given_for(actor: Actor) -> Given:
    """What ``actor`` may write into a workbook, in any language that the product speaks."""
    categories, units = _only(_category_names()), _only(_unit_names(actor))
    return Given(
        today(),
        {
            "category": lambda text: categories.get(plain(text)),
            "unit": lambda text: units.get(plain(text)),
            "phone": lambda text: text if people.usable_phone(text) else None,
            "flag": sheets.flag,
        },
    )


def _only(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that mean one thing; what two have means nothing."""
    meanings: dict[str, set[str]] = {}
    for text, code in pairs:
        if text:
            meanings.setdefault(plain(text), set()).add(code)
    return {text: next(iter(codes)) for text, codes in meanings.items() if len(codes) == 1}


def _category_names() -> Iterator[tuple[str, str]]:
    for _, top, leaf in menu.leaves_in_line():
        yield leaf.code, leaf.code
        for locale in LOCALES:
            name = say(leaf.name, locale)
            yield name, leaf.code
            yield f"{say(top.name, locale)} / {name}", leaf.code


def _unit_names(actor: Actor) -> Iterator[tuple[str, str]]:
    for unit, above in queries.places_in_reach(actor):
        yield unit.code, unit.code
        for locale in LOCALES:
            yield say(unit.name, locale), unit.code
            yield _path([*above, unit], locale), unit.code


def _path(line: Sequence[Unit], locale: str) -> str:
    return " / ".join(say(unit.name, locale) for unit in line[1:] or line)


def template_for(actor: Actor) -> bytes:
    """The template in the reader's language, with the categories and the places of the reach."""
    locale = i18n.locale_code()
    choices = {
        ("rows", "category"): tuple(
            f"{say(top.name)} / {say(leaf.name)}" for _, top, leaf in menu.leaves_in_line()
        ),
        ("rows", "unit"): tuple(
            _path([*above, unit], locale) for unit, above in queries.places_in_reach(actor)
        ),
        ("rows", "anonymous"): sheets.flags_in_words(),
    }
    page = sheets.page_of(words.ROWS, choices)
    lines = [("", str(sentence)) for sentence in words.SENTENCES] + sheets.guide_of([page])
    return sheets.book_of([page], words.SHEETS["title"], lines, words.SHEETS["lists"])


def faults_of(faults: Sequence[CellFault]) -> Faults:
    """In the order of the workbook, the first two hundred."""
    return sheets.faults_of(faults, words.FAULTS, _SHOWN_FAULTS)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import will make: rows in all and new ones, by category and by place, the first."""

    total: int
    fresh: int
    by_category: list[tuple[Label, int]]
    by_place: list[tuple[Label, int]]
    first: list[tuple[WorkbookRow, Label, Label]]


def preview_of(rows: Sequence[WorkbookRow], fresh: int) -> Preview:
    """Rows that wait to be taken over, counted."""
    units = queries.names_of({row.unit for row in rows})
    names = cases.ground().names
    categories, places = Counter(r.category for r in rows), Counter(r.unit for r in rows)
    return Preview(
        total=len(rows),
        fresh=fresh,
        by_category=[(names[code], number) for code, number in categories.most_common()],
        by_place=[(units[code], number) for code, number in places.most_common()],
        first=[(row, names[row.category], units[row.unit]) for row in rows[:_SHOWN_ROWS]],
    )
