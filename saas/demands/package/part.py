"""What demands take from a model package, and give back to one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any

import sqlalchemy as sa

from saas.demands.case import queries as cases
from saas.demands.figures import queries as counts
from saas.demands.figures.models import Report
from saas.demands.menu import queries as menu
from saas.demands.menu.models import (
    Category,
    Deadline,
    Guide,
    Kind,
    Question,
    ReasonCode,
    ReplyTemplate,
    Terms,
)
from saas.demands.package import checks, contents, order, queries
from saas.demands.package.declared import EXPLAINED, FIELDS, FILE, LISTS
from saas.demands.package.shapes import Demands
from saas.demands.package.shapes import Guide as GuideShape
from saas.demands.package.shapes import Terms as TermsShape
from saas.kernel.db import session
from saas.packages.parts import Address, Package, Part, both, drop, put
from saas.packages.schemas.fields import plain

_FILE = "demands"
_TERMS = "terms"  # the one row has no key
_TABLES = (
    "demand_kinds", "demand_categories", "demand_deadlines", "demand_terms",
    "demand_reason_codes", "demand_guides", "reply_templates", "demand_questions",
    "demand_reports",
)  # fmt: skip


def _bring(package: Package) -> None:
    """Kinds and categories (parents before children), then all that speaks of them."""
    demands = package.of(Demands)
    open_before = {row.code for row in _open_categories()}
    kinds_gone = put(Kind, _by_code(Kind), _placed(demands.kinds))
    categories_gone = put(Category, _by_code(Category), _categories(demands))
    # What speaks of a category that the district itself retired stays with it.
    speakable = {None, *open_before, *(each.code for each in demands.categories)}
    _bring_speakers(demands, speakable)
    _bring_questions(demands, speakable)
    _bring_reports(demands)
    _bring_terms(demands)
    _let_go(categories_gone)
    named = set(session.scalars(sa.select(Category.kind).distinct()))
    drop([row for row in kinds_gone if row.code not in named])
    cases.forget_ground()


def _by_code(model: Any) -> dict[str, Any]:
    return {row.code: row for row in session.scalars(sa.select(model))}


def _placed(rows: Iterable[Any], **more: Any) -> dict[str, dict[str, Any]]:
    """Rows of the package as columns, with their place in the list."""
    return {
        row.code: {**_columns(row), "position": place, **more} for place, row in enumerate(rows)
    }


def _columns(row: Any) -> dict[str, Any]:
    """The columns are called as the fields; lists are lists and labels are dicts."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(row).items()
    }


def _categories(demands: Demands) -> dict[str, dict[str, Any]]:
    columns = _placed(demands.categories, retired=False)
    for category in demands.categories:
        columns[category.code]["kind"] = demands.kind_of(category)
    return columns


def _bring_speakers(demands: Demands, speakable: Collection[str | None]) -> None:
    """Deadlines, guides and templates, which speak of categories."""
    deadlines = {(row.level, row.category): row for row in _deadlines()}
    wanted = {(each.level, each.category): _columns(each) for each in demands.deadlines}
    gone = put(Deadline, deadlines, wanted)
    guides = {row.category: row for row in session.scalars(sa.select(Guide))}
    gone += put(Guide, guides, {each.category: _columns(each) for each in demands.guides})
    texts = put(ReplyTemplate, _by_code(ReplyTemplate), _placed(demands.templates, retired=False))
    gone += [row for row in texts if not row.retired]
    drop([row for row in gone if row.category in speakable])


def _bring_questions(demands: Demands, speakable: Collection[str | None]) -> None:
    """Questions; one that was ever answered is kept, but asked no more."""
    wanted = _placed(demands.questions, retired=False)
    for each in demands.questions:
        wanted[each.code] |= {"hint": dict(each.hint or {}), "choices": plain(each.choices)}
    left = put(Question, _by_code(Question), wanted)
    gone = [row for row in left if not row.retired and row.category in speakable]
    answered = queries.questions_answered()
    for row in gone:
        row.retired = row.code in answered
    drop([row for row in gone if not row.retired])


def _bring_reports(demands: Demands) -> None:
    wanted = _placed(demands.reports, retired=False)
    for each in demands.reports:
        wanted[each.code]["sections"] = plain(each.sections)
    drop([row for row in put(Report, _by_code(Report), wanted) if not row.retired])


def _bring_terms(demands: Demands) -> None:
    """The one row of terms, and the causes; one with which something was decided is kept."""
    known = dict(zip([_TERMS], session.scalars(sa.select(Terms)), strict=False))
    put(Terms, known, {_TERMS: _columns(demands.terms)})
    gone = put(ReasonCode, _by_code(ReasonCode), _placed(demands.reasons, retired=False))
    used = queries.reasons_in_use([row.code for row in gone])
    for row in gone:
        row.retired = row.retired or row.code in used
    drop([row for row in gone if not row.retired])


def _let_go(gone: Sequence[Category]) -> None:
    """Delete the categories on which nothing stands, the lowest first; the others take no more."""
    used = queries.categories_in_use()
    for row in gone:
        row.retired = True
    parents = {row.code: row.parent for row in gone}

    def depth(row: Category) -> int:
        steps, code = 0, row.parent
        while code in parents and steps <= len(parents):
            steps, code = steps + 1, parents[code]
        return steps

    lowest_first = sorted(gone, key=lambda row: (-depth(row), row.code))
    drop([row for row in lowest_first if row.code not in used and not _spoken_of(row.code)])


def _spoken_of(code: str) -> bool:
    """Whether a retired row, or one that the district keeps with a retired category, names it."""
    tables = (Deadline.category, Guide.category, Question.category, Category.parent)
    return any(session.scalar(sa.select(sa.exists().where(each == code))) for each in tables)


def _open_categories() -> Sequence[Category]:
    return [row for row in menu.categories() if not row.retired]


def _deadlines() -> Sequence[Deadline]:
    """The times that the district gives, as a package can: to a level, or to a category there."""
    own = sa.select(Deadline).where(Deadline.unit_id.is_(None))
    return session.scalars(own.order_by(Deadline.id)).all()


def _read() -> dict[str, Any]:
    """What can be asked for and on which terms, as it is; nothing that is out of use."""
    shown = {None, *(row.code for row in _open_categories())}
    reasons = sorted(menu.every_reason(), key=lambda row: (row.position, row.id))
    part: dict[str, Any] = {
        "kinds": [_said(row, "name", "hint", appointments=False) for row in menu.kinds()],
        "categories": [_category(row) for row in _open_categories()],
        "deadlines": [_deadline(row) for row in _deadlines() if row.category in shown],
        "terms": {each.name: getattr(cases.terms(), each.name) for each in fields(TermsShape)},
        "reasons": [_said(row, "use", "name") for row in reasons if not row.retired],
    }
    guides = [_guide(row) for row in session.scalars(sa.select(Guide)) if row.category in shown]
    templates = [
        _said(row, "name", "text", category=None, verb=None)
        for row in menu.templates()
        if not row.retired and row.category in shown
    ]
    optional = {
        "guides": guides,
        "templates": templates,
        "questions": _read_questions(),
        "reports": _read_reports(shown),
    }
    return {_FILE: part | {name: rows for name, rows in optional.items() if rows}}


def _read_questions() -> list[dict[str, Any]]:
    """What can be asked: a category that came to group others asks nothing."""
    leaves = {row.code for row in menu.open_leaves()}
    return [
        _question(row)
        for row in menu.every_question()
        if not row.retired and row.category in leaves
    ]


def _question(row: Question) -> dict[str, Any]:
    more = {"hint": both(row.hint)} if row.hint else {}
    if row.choices:
        more["choices"] = [{"code": e["code"], "name": both(e["name"])} for e in row.choices]  # type: ignore[assignment]
    flags = {name: True for name in ("required", "personal") if getattr(row, name)}
    return {
        "code": row.code, "category": row.category, "label": both(row.label), "kind": row.kind,
        **more, **flags,
    }  # fmt: skip


def _read_reports(shown: Collection[str | None]) -> list[dict[str, Any]]:
    """Reports with the sections that look at what there is; one without any is left out."""
    found = []
    for row in counts.defined_reports():
        sections = [_section(each) for each in row.sections if each.get("category") in shown]
        if sections:
            said = _said(row, "title", "summary", "period")
            found.append({**said, "sections": sections})
    return found


def _section(section: dict[str, Any]) -> dict[str, Any]:
    titled = {"title": both(section["title"])} if section.get("title") else {}
    return {**section, **titled}


def _said(row: Any, *fields: str, **defaults: Any) -> dict[str, Any]:
    """Code and fields of a row as a file says them: of the defaults only what differs."""
    values = {name: getattr(row, name) for name in fields}
    differing = {
        name: getattr(row, name) for name, value in defaults.items() if getattr(row, name) != value
    }
    labels = {name: both(v) if isinstance(v, dict) else v for name, v in values.items()}
    return {"code": row.code, **labels, **differing}


def _category(row: Category) -> dict[str, Any]:
    top = {"kind": row.kind} if row.parent is None else {}
    open_ = {"open_to_neighbours": True} if row.open_to_neighbours else {}
    return {
        "code": row.code, "name": both(row.name), "hint": both(row.hint), "parent": row.parent,
        **top, **open_,
    }  # fmt: skip


def _deadline(row: Deadline) -> dict[str, Any]:
    own = {"category": row.category} if row.category is not None else {}
    return {
        "level": row.level, "accept_hours": row.accept_hours, "resolve_hours": row.resolve_hours,
        **own,
    }  # fmt: skip


def _guide(row: Guide) -> dict[str, Any]:
    return plain(  # type: ignore[no-any-return]
        GuideShape(
            category=row.category,
            bring=tuple(both(each) for each in row.bring),
            steps=tuple(both(each) for each in row.steps),
            cost=both(row.cost),
            takes=both(row.takes),
            counter=both(row.counter),
            slot_minutes=row.slot_minutes,
            per_slot=row.per_slot,
            days_ahead=row.days_ahead,
            level=row.level,
        )
    )


def _held() -> dict[Address, int]:
    """Kinds and levels that demands have, and departments where some wait.

    Categories, causes and templates are never held: they can be out of use.
    """
    held: dict[Address, int] = {}
    for above, counted in (
        ((_FILE, "kinds"), queries.count_by_kind()),
        (("territory", "levels", cases.LADDER), queries.count_levels()),
        (("territory", "departments"), queries.count_departments()),
    ):
        held.update({(*above, code): number for code, number in counted.items()})
    return held


PART = Part(
    files=(FILE,),
    lists=LISTS,
    check=checks.check,
    settle=order.settle,
    words=FIELDS,
    explained=EXPLAINED,
    counts=contents.counts,
    sections=contents.sections,
    bring=_bring,
    read=_read,
    held=_held,
    tables=_TABLES,
)
