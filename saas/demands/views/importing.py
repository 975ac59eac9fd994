"""A workbook on its way in: what it may speak of, its template, its faults in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from saas.demands import queries
from saas.demands.rules.rows import MOST_ROWS, Known, WorkbookRow
from saas.demands.words import workbook as words
from saas.kernel import i18n
from saas.kernel.clock import today
from saas.kernel.context import Actor, Label
from saas.kernel.i18n import LOCALES, say
from saas.kernel.workbooks import CellFault, Column, Page, plain, write_book
from saas.territory.queries import Unit

_SHOWN_FAULTS = 200
_SHOWN_ROWS = 10


def known_for(actor: Actor) -> Known:
    """What ``actor`` may write into a workbook, in any language that the product speaks."""
    return Known(
        headings=dict(_said(lambda: {f: str(c[0]) for f, c in words.COLUMNS.items()})),
        categories=_only(_category_names()),
        units=_only(_unit_names(actor)),
        flags={text: flag for text, flag in _flags()},
        today=today(),
    )


def _said(names: Callable[[], dict[str, str]]) -> Iterator[tuple[str, str]]:
    for locale in LOCALES:
        with i18n.speaking(locale):
            yield from ((plain(text), field) for field, text in names().items())


def _flags() -> Iterator[tuple[str, bool]]:
    for text, field in _said(lambda: {str(int(f)): str(w) for f, w in words.FLAGS.items()}):
        yield text, field == "1"
    yield from (("1", True), ("0", False), ("true", True), ("false", False))


def _only(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that mean one thing; what two have means nothing."""
    meanings: dict[str, set[str]] = {}
    for text, code in pairs:
        if text:
            meanings.setdefault(plain(text), set()).add(code)
    return {text: next(iter(codes)) for text, codes in meanings.items() if len(codes) == 1}


def _category_names() -> Iterator[tuple[str, str]]:
    for kind in queries.kinds():
        for group in queries.category_groups(kind.code):
            for leaf in group.leaves:
                yield leaf.code, leaf.code
                for locale in LOCALES:
                    name = say(leaf.name, locale)
                    yield name, leaf.code
                    yield f"{say(group.top.name, locale)} / {name}", leaf.code


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
        "category": tuple(
            f"{say(group.top.name)} / {say(leaf.name)}"
            for kind in queries.kinds()
            for group in queries.category_groups(kind.code)
            for leaf in group.leaves
        ),
        "unit": tuple(_path([*above, u], locale) for u, above in queries.places_in_reach(actor)),
        "anonymous": (str(words.FLAGS[True]), str(words.FLAGS[False])),
    }
    columns = [
        Column(str(heading), width, str(text), choices.get(field, ()))
        for field, (heading, width, text) in words.COLUMNS.items()
    ]
    names = {name: str(text) for name, text in words.SHEETS.items()}
    told = [(column.heading, column.help) for column in columns]
    lines = [("", str(sentence)) for sentence in words.SENTENCES] + told
    page = Page(names["rows"], columns)
    return write_book((names["title"], lines), [page], names["lists"], most_rows=MOST_ROWS)


@dataclass(frozen=True, slots=True)
class Faults:
    """Faults as a table: (sheet, row, what to do, what stands there), and how many more."""

    lines: list[tuple[str, int, str, str]]
    more: int


def faults_of(faults: Sequence[CellFault]) -> Faults:
    """In the order of the workbook, the first two hundred."""
    ordered = sorted(faults, key=lambda fault: (fault.sheet, fault.row))
    lines = [
        (f.sheet, f.row, words.cell_fault(f.key, f.column, f.other), f.found[:60])
        for f in ordered[:_SHOWN_FAULTS]
    ]
    return Faults(lines, len(ordered) - len(lines))


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
    names = queries.ground().names
    categories, places = Counter(r.category for r in rows), Counter(r.unit for r in rows)
    return Preview(
        total=len(rows),
        fresh=fresh,
        by_category=[(names[code], number) for code, number in categories.most_common()],
        by_place=[(units[code], number) for code, number in places.most_common()],
        first=[(row, names[row.category], units[row.unit]) for row in rows[:_SHOWN_ROWS]],
    )
