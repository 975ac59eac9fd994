"""The template, what is wrong in a workbook that came back, and what it would do, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saas import sheets
from saas.accounts import queries as people
from saas.demands import queries as demands
from saas.kernel.context import Label
from saas.kernel.i18n import say
from saas.onboarding.package.shapes import Sample
from saas.onboarding.workbook import queries, words
from saas.onboarding.workbook.rules.plan import Plan
from saas.packages.library import queries as library
from saas.packages.model import queries as model
from saas.sheets import Faults, Planned, Preview, Row, Sheet
from saas.territory import queries as territory

_SHOWN_FAULTS = 300
_SHOWN_ROWS = 40


def template_book(*, sample: bool) -> bytes:
    """The workbook of the district's model in the reader's language: with what is there to begin
    with, or filled in with an invented place.
    """
    filled: dict[str, sheets.Filled] = (
        _sample_rows(_sample()) if sample else dict(queries.prepared_rows())
    )
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
        ("venues", "closed"): sheets.flags_in_words(),
        ("deadlines", "level"): tuple(say(level.name) for level in demands.escalation_levels()),
    }


def _deadline_rows() -> list[dict[str, str]]:
    """The time limits as they are, the lowest level first."""
    times = demands.times()
    return [
        {
            "level": say(level.name),
            "accept": str(row.accept),
            "resolve": str(row.resolve),
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


def preview_of(plan: Plan) -> list[Preview]:
    """What a clean workbook would do, section by section; those it says nothing of are left out."""
    steps: dict[str, list[Planned]] = {}
    for section, state, step in plan.steps():
        steps.setdefault(section, []).append(_planned(section, state, step))
    return [
        sheets.preview_of(table, steps[table.key], _SHOWN_ROWS)
        for table in words.TABLES
        if table.key in steps
    ]


def _planned(section: str, state: str, step: Any) -> Planned:
    row = step.said
    name = {
        "units": lambda: say(step.name),
        "people": lambda: str(step.name),
        "venues": lambda: f"{row.get('street')} · {row.get('venue')}",
        "rooms": lambda: f"{row.get('street')} · {row.get('room')}",
        "deadlines": lambda: str(row.get("level")),
    }[section]()
    details: list[str] = []
    if section == "units" and state == "add":
        details = [_dotted(row, "kind", "parent")]
    if section == "people":
        moved = (post for post in step.posts if not post.held or post.renamed)
        details = [_dotted(post.said, "role", "unit", "post") for post in moved]
    return Planned(row, state, name, step.changes, details)


def _dotted(row: Row, *names: str) -> str:
    return " · ".join(text for name in names if (text := row.get(name)))
