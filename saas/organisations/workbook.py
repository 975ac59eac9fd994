"""The register as a workbook: given out as it is, read back with every fault at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from saas import sheets
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.workbooks import CellFault, plain
from saas.organisations import commands, permissions, queries, rules
from saas.organisations.commands import Deed
from saas.sheets import Column, Given, Planned, Row, Table, found, text
from saas.territory import queries as territory

#: More new rows than this are looked at in portions.
MOST: Final = 500
TABLE: Final = Table("organisations", _l("Organisations"), (
    Column("code", _l("Code"), 14, _l("Leave it empty for a new one."), text(26)),
    Column("name", _l("Name"), 30, _l("As on its papers."), text(60), needed=True),
    Column("type", _l("Type"), 18, _l("Choose from the list."), found("type", "no_type"),
           needed=True),
    Column("unit", _l("Code of the unit"), 22, _l("Where it is at home: the code from the tree."),
           found("unit", "no_unit"), needed=True),
    Column("purpose", _l("What it does"), 50, _l("Two sentences."), text(500), needed=True),
    Column("class", _l("Class of service"), 18, _l("Choose from the list, or leave it empty."),
           found("class", "no_class")),
    Column("number", _l("Number"), 24,
           _l("Credit code or number of the filing; without one it is proposed for filing."),
           text(60)),
    Column("members", _l("Members"), 10, _l("How many."), sheets.whole(100_000, "no_number")),
    Column("leader", _l("Leader"), 14, _l("A name; it is kept sealed."), text(60), personal=True),
))  # fmt: skip
FILE: Final = {
    **sheets.FILE,
    "no_heading": _l("This is not the register: its headings are missing."),
    "no_rows": _l("There is no filled-in row."),
    "rows": _l("At most 500 rows a file."),
}
CELL: Final = {
    **sheets.CELL,
    "no_type": _l("is none of the types: choose from the list"),
    "no_unit": _l("is no unit in your reach: copy its code from the tree"),
    "no_class": _l("is none of the classes: choose from the list"),
    "no_number": _l("is no number of members"),
    "no_uscc": _l("is no unified social credit code: its 18 characters do not fit together"),
    "known_uscc": _l("is the code of another organisation"),
    "no_code": _l("is no organisation in your reach: leave it empty for a new one"),
    "slip": _l("is more than this type ever has: is it a slip of the pen?"),
    "by_act": _l("is changed on the page of the organisation, not here"),
    "may_not": _l("needs a decision of the level that supports this type: leave it empty"),
}


def choices() -> dict[tuple[str, str], tuple[str, ...]]:
    """What can be chosen."""
    return {
        ("organisations", "type"): tuple(say(row.name) for row in queries.types()),
        ("organisations", "class"): tuple(say(row.name) for row in queries.terms("class")),
    }


def given_for(actor: Actor) -> Given:
    """What cells are held against, for who sends them."""

    def by_name(rows: Iterable[Any]) -> Mapping[str, Any]:
        return {plain(name): row for row in rows for name in row.name.values()}

    def unit(code: str) -> Any:
        one = territory.unit_coded(code.strip())
        return one if one and actor.may(permissions.EDIT, one.path) else None

    kinds, classes = by_name(queries.every_type()), by_name(queries.every_term("class"))
    finders = {"type": lambda t: kinds.get(plain(t)), "class": lambda t: classes.get(plain(t)),
               "unit": unit}  # fmt: skip
    return Given(clock.today(), finders)


def filled(actor: Actor) -> list[dict[str, str]]:
    """The register in reach as its rows would be filled in, without names of leaders."""
    groups = queries.in_reach(actor, permissions.EDIT, 5000)
    kinds = {row.code: say(row.name) for row in queries.every_type()}
    terms, units = queries.term_names(), territory.units_by_id({g.home_unit_id for g in groups})
    return [
        {"code": g.code, "name": say(g.name), "type": kinds[g.type], "purpose": g.purpose,
         "unit": units[g.home_unit_id].code, "class": say(terms.get(g.service_class or "")),
         "number": g.uscc or ""}
        for g in groups
    ]  # fmt: skip


def book(actor: Actor) -> bytes:
    """The workbook with the register as it is."""
    page = sheets.page_of(TABLE, choices(), filled(actor))
    return sheets.book_of([page], _l("How to fill it in"), sheets.guide_of([page]), _l("Lists"))


def looked_at(rows: Sequence[Row], actor: Actor) -> tuple[list[Planned], list[CellFault]]:
    """What would become of each row, and every fault."""
    given, here = given_for(actor), {row["code"]: row for row in filled(actor)}
    planned, faults = [], []
    for row in rows:
        values, wrong = row.values(given)
        faults += wrong or _between(row, values, here, actor)
        state, changes = sheets.compared(row, here.get(row.get("code")))
        if state == "change" and not {one.column for one in changes} <= {*_SAID}:
            other = next(one.column for one in changes if one.column not in _SAID)
            faults.append(row.fault(other, "by_act"))
        planned.append(Planned(row, state, row.get("name"), changes))
    return planned, faults


def _between(
    row: Row, values: Mapping[str, Any], here: Mapping[str, Any], actor: Actor
) -> list[CellFault]:
    """Faults between the cells of a row."""
    kind, number, code = values["type"], row.get("number"), row.get("code")
    wrong = {
        "code": "no_code" if code and code not in here else "",
        "members": "slip" if values.get("members", 0) > kind.most_members else "",
    }
    if number and kind.needs == "registration":
        clean, known = rules.clean_uscc(number), queries.by_codes([code]).get(code)
        wrong["number"] = "no_uscc" if clean is None else ""
        if clean and queries.is_known_uscc(clean, but=known):
            wrong["number"] = "known_uscc"
    if number and not code and not queries.decides_at(values["unit"], kind, actor):
        wrong["number"] = "may_not"
    return [row.fault(name, key) for name, key in wrong.items() if key]


_SAID: Final = ("name", "purpose", "class")


def take_over(texts: Sequence[Mapping[str, str]], *, once: str, actor: Actor) -> int:
    """Do what was looked at; each row as its texts. ``once`` is the mark of this workbook:
    confirmed twice it makes nothing twice. Returns how many were new or changed.

    Raises `Conflict` where what a row names is no more.
    """
    given = given_for(actor)
    here = {row["code"]: row for row in filled(actor)}
    for number, row in enumerate(texts):
        kind, unit = given.finders["type"](row["type"]), given.finders["unit"](row["unit"])
        known = here.get(row.get("code", ""))
        if kind is None or unit is None or bool(row.get("code")) != bool(known):
            raise Conflict(_l("Something has changed since you looked. Send the workbook again."))
        term = given.finders["class"](row["class"]) if row.get("class") else None
        said = {"purpose": row["purpose"], "service_class": term.code if term else None}
        if known:
            _change(row, said, actor)
        else:
            _start(row, kind, unit, said, f"wb-{once[:30]}-{number}", actor)
    return len(texts)


def _change(row: Mapping[str, str], said: dict[str, Any], actor: Actor) -> None:
    group = queries.access_group(row["code"], actor=actor, lock=True)
    name = {**group.name, "zh": row["name"]}
    commands.change(group, name=name, **said, **queries.points_at(group), actor=actor)


def _start(
    row: Mapping[str, str], kind: Any, unit: Any, said: dict[str, Any], once: str, actor: Actor
) -> None:
    group = commands.start(
        type=kind.code, name={"zh": row["name"]}, unit=unit, leads=False, submission=once,
        leader_name=row.get("leader", ""), members=int(row.get("members") or 0),
        propose=not row.get("number"), actor=actor, **said,
    )  # fmt: skip
    if row.get("number") and group.state == "draft":
        commands.act(group, Deed(verb="take_over", number=row["number"]), actor=actor)
