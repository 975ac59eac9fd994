"""The template, what is wrong in a workbook that came back, and what it would do, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas import sheets
from saas.accounts import queries as people
from saas.demands import queries as demands
from saas.kernel.context import Label
from saas.kernel.crypto import masked_phone
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.onboarding.package.shapes import Sample
from saas.onboarding.workbook import queries, words
from saas.onboarding.workbook.rules.plan import Plan
from saas.packages.library import queries as library
from saas.packages.model import queries as model
from saas.sheets import Change, Faults, Sheet, Table
from saas.territory import queries as territory

_SHOWN_FAULTS = 300
_SHOWN_ROWS = 40


def template_book(*, sample: bool) -> bytes:
    """The workbook of the district's model in the reader's language, empty or filled in."""
    filled = _sample_rows(_sample()) if sample else {}
    filled["deadlines"] = _deadline_rows()
    return _book(filled, [words.SAMPLE] if sample else [])


def _book(filled: Mapping[str, sheets.Filled], above: Sequence[sheets.Text]) -> bytes:
    """The workbook with what is filled in, how to do it, and sentences ``above`` that."""
    choices = _choices()
    pages = [sheets.page_of(table, choices, filled.get(table.key, ())) for table in words.TABLES]
    lines = [("", str(sentence)) for sentence in (*above, *words.SENTENCES)]
    for page in pages:
        lines += [("", ""), (page.name, ""), *sheets.guide_of([page])]
    return sheets.book_of(pages, words.GUIDE, lines, words.LISTS)


def present_book() -> bytes:
    """What is there now in the same workbook, to be changed and sent back."""
    return _book({**queries.present_rows(), "deadlines": _deadline_rows()}, [words.PRESENT])


def has_sample() -> bool:
    """Whether the district's model shows how its workbook is filled in."""
    return _sample() is not None


def _sample() -> Sample | None:
    installed = model.installed()
    return library.read_beside(Sample, installed.key, installed.version)


def _choices() -> sheets.Choices:
    staff = (role for role in people.roles() if not role.resident)
    return {
        ("units", "kind"): tuple(say(kind.name) for kind in territory.kinds() if kind.under),
        ("people", "role"): tuple(say(role.name) for role in staff),
        ("rooms", "room"): tuple(say(room.name) for room in queries.model_rooms().rooms),
        ("rooms", "open"): sheets.flags_in_words(),
        ("deadlines", "level"): tuple(say(level.name) for level in demands.escalation_levels()),
    }


def _deadline_rows() -> list[dict[str, str]]:
    """The time limits as they are, the lowest level first."""
    times = demands.times()
    return [
        {
            "level": say(level.name),
            "accept": str(row.accept_hours),
            "resolve": str(row.resolve_hours),
        }
        for level in demands.escalation_levels()
        if (row := times.get(level.code))
    ]


def _sample_rows(sample: Sample | None) -> dict[str, sheets.Filled]:
    if sample is None:
        return {}
    kinds, roles = territory.kind_names(), people.role_names()
    root = territory.root()
    units: dict[str | None, Label] = {unit.code: dict(unit.name) for unit in sample.units}
    units[None] = dict(root.name) if root else {}
    persons = {person.login: person.name for person in sample.people}
    model = {room.code: room for room in queries.model_rooms().rooms}
    yes, no = sheets.flags_in_words()
    return {
        "units": [
            {"code": u.code, "kind": say(kinds[u.kind]), "name": u.name["zh"],
             "name_en": u.name["en"], "parent": say(units[u.parent])}
            for u in sample.units
        ],
        "people": [
            {"person": p.name, "login": p.login, "unit": say(units[p.unit]),
             "role": say(roles[p.role]), "post": p.post["zh"] if p.post else ""}
            for p in sample.people
        ],
        "rooms": [
            {"street": say(units[r.street]), "room": say(model[r.room].name),
             "keeper": persons.get(r.keeper or "", ""), "hours": queries.hours_of(model[r.room]),
             "place": r.place["zh"] if r.place else "", "open": yes if r.open else no}
            for r in sample.rooms
        ],
    }  # fmt: skip


def faults_of(plan: Plan) -> Faults:
    """Every fault with sheet, row, column and what to do."""
    return sheets.faults_of(plan.faults, words.FAULTS, _SHOWN_FAULTS)


def marked_book(sent: Sequence[Sheet], plan: Plan) -> bytes:
    """What came back, the faulty cells coloured, each with a comment."""
    return sheets.marked_of(sent, words.TABLES, plan.faults, words.FAULTS, _choices(), words.LISTS)


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
    for table in words.TABLES:
        section = table.key
        found = [(state, step) for name, state, step in plan.steps() if name == section]
        shown = [(state, step) for state, step in found if state != "same"]
        if found:
            lines = [_preview_line(table, *one) for one in shown[:_SHOWN_ROWS]]
            added, changed, same = (counts[section, state] for state in ("add", "change", "same"))
            more = len(shown) - len(lines)
            parts.append(PreviewPart(str(table.title), added, changed, same, lines, more))
    return parts


def _preview_line(table: Table, state: str, step: Any) -> PreviewLine:
    said, section = step.said, table.key
    where = _("%(sheet)s, row %(row)s", sheet=said.place.sheet, row=said.row)
    name = {
        "units": lambda: say(step.name),
        "people": lambda: str(step.name),
        "rooms": lambda: f"{said.get('street')} · {said.get('room')}",
        "deadlines": lambda: str(said.get("level")),
    }[section]()
    details = _in_words(table, step.changes)
    if section == "units" and state == "add":
        details = [" · ".join(text for text in (said.get("kind"), said.get("parent")) if text)]
    if section == "people":
        details += [_post_line(post.said) for post in step.posts if not post.held or post.renamed]
    return PreviewLine(state, name, [detail for detail in details if detail], where)


def _post_line(said: Any) -> str:
    return " · ".join(t for t in (said.get("role"), said.get("unit"), said.get("post")) if t)


def _in_words(table: Table, changes: Sequence[Change]) -> list[str]:
    lines = []
    for change in changes:
        before, after = change.before, change.after
        column = table.column(change.column)
        if column.personal:
            before, after = masked_phone(before), masked_phone(after)
        lines.append(f"{column.heading}{_(': ')}{f'{before} → ' if before else ''}{after}")
    return lines
