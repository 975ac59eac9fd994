"""The template, what is wrong in a workbook that came back, and what it would do, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas.accounts import queries as people
from saas.demands import queries as demands
from saas.kernel.context import Label
from saas.kernel.crypto import masked_phone
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.kernel.workbooks import (
    CellFault,
    Column,
    Marked,
    Page,
    column_letters,
    write_book,
    write_marked,
)
from saas.onboarding.package.shapes import Sample
from saas.onboarding.workbook import queries, words
from saas.onboarding.workbook.rules.plan import Change, Plan
from saas.onboarding.workbook.rules.reading import MOST_ROWS, read_sheets
from saas.packages.library import queries as library
from saas.packages.model import queries as model
from saas.rooms import queries as rooms
from saas.sheets import Sheet
from saas.territory import queries as territory

_SHOWN_FAULTS = 300
_SHOWN_ROWS = 40


def template_book(*, sample: bool) -> bytes:
    """The workbook of the district's model in the reader's language, empty or filled in."""
    filled = _sample_rows(_sample()) if sample else {}
    filled["deadlines"] = _deadline_rows()
    choices = _choices()
    pages = [
        Page(str(name), _columns(section, choices), filled.get(section, ()))
        for section, name in words.SECTIONS.items()
    ]
    lines = [("", str(sentence)) for sentence in words.SENTENCES]
    lines = [("", str(words.SAMPLE)), *lines] if sample else lines
    for page in pages:
        lines += [("", ""), (page.name, "")]
        lines += [(column.heading, column.help) for column in page.columns]
    return write_book((str(words.GUIDE), lines), pages, str(words.LISTS), most_rows=MOST_ROWS)


def has_sample() -> bool:
    """Whether the district's model shows how its workbook is filled in."""
    return _sample() is not None


def _sample() -> Sample | None:
    installed = model.installed()
    return library.read_beside(Sample, installed.key, installed.version)


def _columns(section: str, choices: Mapping[tuple[str, str], tuple[str, ...]]) -> list[Column]:
    return [
        Column(str(heading), width, str(text), choices.get((section, name), ()))
        for name, (heading, width, text) in words.COLUMNS[section].items()
    ]


def _choices() -> dict[tuple[str, str], tuple[str, ...]]:
    flags = tuple(str(words.FLAGS[flag]) for flag in (True, False))
    staff = (role for role in people.roles() if not role.resident)
    return {
        ("units", "kind"): tuple(say(kind.name) for kind in territory.kinds() if kind.under),
        ("people", "role"): tuple(say(role.name) for role in staff),
        ("rooms", "room"): tuple(say(room.name) for room in queries.model_rooms().rooms),
        ("rooms", "open"): flags,
        ("deadlines", "level"): tuple(say(level.name) for level in demands.escalation_levels()),
    }


def _deadline_rows() -> list[list[str]]:
    """The time limits as they are, the lowest level first."""
    times = demands.times()
    return [
        [say(level.name), str(row.accept_hours), str(row.resolve_hours)]
        for level in demands.escalation_levels()
        if (row := times.get(level.code))
    ]


def _sample_rows(sample: Sample | None) -> dict[str, list[list[str]]]:
    if sample is None:
        return {}
    kinds, roles = territory.kind_names(), people.role_names()
    root = territory.root()
    units = {unit.code: unit.name for unit in sample.units}
    district: Label = root.name if root else {}
    persons = {person.login: person.name for person in sample.people}
    model = {room.code: room for room in queries.model_rooms().rooms}

    def hours(code: str) -> str:
        rows = [{"days": h.days, "opens": h.opens, "closes": h.closes} for h in model[code].hours]
        return rooms.hours_in_words(rows)

    return {
        "units": [
            [u.code, say(kinds[u.kind]), u.name["zh"], u.name["en"],
             say(units[u.parent]) if u.parent else say(district), ""]
            for u in sample.units
        ],
        "people": [
            [p.name, p.login, "", "", say(units[p.unit]) if p.unit else say(district),
             say(roles[p.role]), p.post["zh"] if p.post else "", ""]
            for p in sample.people
        ],
        "rooms": [
            [say(units[r.street]), say(model[r.room].name), "", persons.get(r.keeper or "", ""),
             hours(r.room), r.place["zh"] if r.place else "", "", str(words.FLAGS[r.open])]
            for r in sample.rooms
        ],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault as a line of a table."""

    sheet: str
    row: int
    column: str
    text: str
    found: str


@dataclass(frozen=True, slots=True)
class Faults:
    """The first faults in the order of the workbook, and how many more there are."""

    lines: list[FaultLine]
    more: int

    @property
    def total(self) -> int:
        """How many in all."""
        return len(self.lines) + self.more


def faults_of(plan: Plan) -> Faults:
    """Every fault with sheet, row, column and what to do."""
    ordered = sorted(plan.faults, key=lambda fault: (fault.sheet, fault.row, fault.cell or 0))
    return Faults([_line(f) for f in ordered[:_SHOWN_FAULTS]], max(len(ordered) - _SHOWN_FAULTS, 0))


def _line(fault: CellFault) -> FaultLine:
    column = column_letters(fault.cell) if fault.cell is not None else fault.column
    text = words.cell_fault(fault.key, fault.column, fault.other)
    found = masked_phone(fault.found) if fault.key in words.PERSONAL else fault.found[:60]
    return FaultLine(fault.sheet, fault.row, column, text, found)


def marked_book(sheets: Sequence[Sheet], plan: Plan) -> bytes:
    """What came back, the faulty cells coloured, each with a comment."""
    places = {place.sheet: place for place in read_sheets(sheets, queries.headings()).found}
    wrong: dict[str, dict[tuple[int, int], str]] = {}
    for fault in plan.faults:
        cell = (fault.row - 1, fault.cell or 0)
        told = wrong.setdefault(fault.sheet, {})
        text = words.cell_fault(fault.key, fault.column, fault.other)
        told[cell] = f"{told[cell]}\n{text}" if cell in told else text
    choices, marked = _choices(), []
    for sheet in sheets:
        place = places[sheet.name]
        known = dict(
            zip(words.COLUMNS[place.section], _columns(place.section, choices), strict=True)
        )
        columns = {at: known[name] for name, at in place.columns.items()}
        marked.append(Marked(sheet.name, sheet.grid, place.top, columns, wrong.get(sheet.name, {})))
    return write_marked(marked, str(words.LISTS), most_rows=MOST_ROWS)


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row that adds or changes something; ``details`` say what."""

    state: str
    name: str
    details: list[str]
    where: str


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """A section: how many it adds, changes, leaves; the first rows; how many more."""

    title: str
    added: int
    changed: int
    same: int
    lines: list[PreviewLine]
    more: int


def preview_of(plan: Plan) -> list[PreviewPart]:
    """What a clean workbook would do, section by section; those it says nothing of are left out."""
    counts, parts = plan.counts(), []
    for section, title in words.SECTIONS.items():
        found = [(state, step) for name, state, step in plan.steps() if name == section]
        shown = [(state, step) for state, step in found if state != "same"]
        if found:
            lines = [_preview_line(section, *one) for one in shown[:_SHOWN_ROWS]]
            added, changed, same = (counts[section, state] for state in ("add", "change", "same"))
            more = len(shown) - len(lines)
            parts.append(PreviewPart(str(title), added, changed, same, lines, more))
    return parts


def _preview_line(section: str, state: str, step: Any) -> PreviewLine:
    said = step.said
    where = _("%(sheet)s, row %(row)s", sheet=said.found.sheet, row=said.row)
    name = {
        "units": lambda: say(step.name),
        "people": lambda: str(step.name),
        "rooms": lambda: f"{said.get('street')} · {said.get('room')}",
        "deadlines": lambda: str(said.get("level")),
    }[section]()
    details = _told(section, step.changes)
    if section == "units" and state == "add":
        details = [" · ".join(text for text in (said.get("kind"), said.get("parent")) if text)]
    if section == "people":
        details += [_post_line(post.said) for post in step.posts if not post.held or post.renamed]
    return PreviewLine(state, name, [detail for detail in details if detail], where)


def _post_line(said: Any) -> str:
    return " · ".join(t for t in (said.get("role"), said.get("unit"), said.get("post")) if t)


def _told(section: str, changes: Sequence[Change]) -> list[str]:
    lines = []
    for change in changes:
        before, after = change.before, change.after
        if change.column == "phone":
            before, after = masked_phone(before), masked_phone(after)
        heading = words.COLUMNS[section][change.column][0]
        lines.append(f"{heading}{_(': ')}{f'{before} → ' if before else ''}{after}")
    return lines
