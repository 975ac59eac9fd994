"""What demands take from a model package, and give back to one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import sqlalchemy as sa

from saas.demands.case import queries as cases
from saas.demands.case.models import Custody, Demand, Detail
from saas.demands.case.queries import departments, living_at
from saas.demands.figures.models import Report
from saas.demands.knowledge.models import PublicAnswer
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
from saas.demands.package import checks, contents, order, shapes
from saas.demands.package.declared import EXPLAINED, FIELDS, FILE, LISTS
from saas.demands.package.shapes import Report as ReportShape
from saas.kernel.db import rows, session
from saas.packages.parts import Address, Package, Part, columns, drop, placed, put, said

_FILE = "demands"
_TERMS = "terms"  # the one row has no key
_TABLES = (
    "demand_kinds", "demand_categories", "demand_deadlines", "demand_terms",
    "demand_reason_codes", "demand_guides", "reply_templates", "demand_questions",
    "demand_reports",
)  # fmt: skip
_Columns = dict[Any, dict[str, Any]]

# What a package brings


def _bring(package: Package) -> None:
    """Kinds and categories (parents before children), then all that speaks of them."""
    demands = package.of(shapes.Demands)
    open_before = {row.code for row in _open_categories()}
    kinds_gone = put(Kind, _by_code(Kind), placed(demands.kinds))
    categories = placed(demands.categories, retired=False)
    for category in demands.categories:
        categories[category.code]["kind"] = demands.kind_of(category)
    categories_gone = put(Category, _by_code(Category), categories)
    # What speaks of a category that the district itself retired stays with it.
    speakable = {None, *open_before, *(each.code for each in demands.categories)}
    _bring_keyed(demands, speakable)
    questions = placed(demands.questions, retired=False)
    for question in questions.values():
        question["hint"] = question["hint"] or {}
    _bring_listed(Question, questions, speakable, questions_answered)
    _bring_listed(ReplyTemplate, placed(demands.templates, retired=False), speakable)
    _bring_listed(Report, placed(demands.reports, retired=False))
    _bring_listed(ReasonCode, placed(demands.reasons, retired=False), used=reasons_in_use)
    terms = dict(zip([_TERMS], session.scalars(sa.select(Terms)), strict=False))
    put(Terms, terms, {_TERMS: columns(demands.terms)})
    _let_go(categories_gone)
    named = set(session.scalars(sa.select(Category.kind).distinct()))
    drop([row for row in kinds_gone if row.code not in named])
    cases.forget_ground()


def _by_code(model: Any) -> dict[str, Any]:
    return {row.code: row for row in session.scalars(sa.select(model))}


def _bring_keyed(demands: shapes.Demands, speakable: Collection[str | None]) -> None:
    """Deadlines and guides, which are known by what they speak of."""
    deadlines = {(row.level, row.category): row for row in _deadlines()}
    wanted = {(each.level, each.category): columns(each) for each in demands.deadlines}
    gone = put(Deadline, deadlines, wanted)
    guides = {row.category: row for row in session.scalars(sa.select(Guide))}
    gone += put(Guide, guides, {each.category: columns(each) for each in demands.guides})
    drop([row for row in gone if row.category in speakable])


def _bring_listed(
    model: Any,
    wanted: _Columns,
    speakable: Collection[str | None] | None = None,
    used: Callable[[Collection[str]], Collection[str]] = lambda codes: (),
) -> None:
    """A list; what it has no more goes, and where it is among ``used`` is out of use instead."""
    left = [row for row in put(model, _by_code(model), wanted) if not row.retired]
    gone = [row for row in left if speakable is None or row.category in speakable]
    kept = used([row.code for row in gone])
    for row in gone:
        row.retired = row.code in kept
    drop([row for row in gone if not row.retired])


def _let_go(gone: Sequence[Category]) -> None:
    """Delete the categories on which nothing stands, the lowest first; the others take no more."""
    used = categories_in_use()
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


# What a package is given


def _read() -> dict[str, Any]:
    """What can be asked for and on which terms, as it is; nothing that is out of use. A category
    that came to group others asks nothing, and a report without a section left is left out.
    """
    categories = _open_categories()
    shown = {None, *(row.code for row in categories)}
    leaves = {row.code for row in menu.open_leaves()}
    guides = session.scalars(sa.select(Guide)).all()
    part: dict[str, Any] = {
        "kinds": [said(shapes.DemandKind, row) for row in menu.kinds()],
        "categories": [_category(row) for row in categories],
        "deadlines": [said(shapes.Deadline, r) for r in _deadlines() if r.category in shown],
        "terms": said(shapes.Terms, cases.terms()),
        "reasons": [said(shapes.Reason, row) for row in _in_use(ReasonCode)],
        "guides": [said(shapes.Guide, row) for row in guides if row.category in shown],
        "templates": [
            said(shapes.Template, row) for row in _in_use(ReplyTemplate) if row.category in shown
        ],
        "questions": [
            said(shapes.Question, row) for row in _in_use(Question) if row.category in leaves
        ],
        "reports": [row for row in (_report(r, shown) for r in _in_use(Report)) if row["sections"]],
    }
    optional = {each.name for each in LISTS if each.optional}
    return {_FILE: {name: rows for name, rows in part.items() if rows or name not in optional}}


def _in_use(model: Any) -> Sequence[Any]:
    query = sa.select(model).where(~model.retired).order_by(model.position, model.id)
    return session.scalars(query).all()


def _category(row: Category) -> dict[str, Any]:
    """Only those at the top say of which kind they are."""
    return said(shapes.Category, row, kind=None if row.parent else row.kind)


def _report(row: Report, shown: Collection[str | None]) -> dict[str, Any]:
    """With the sections that look at what there is."""
    seen = [each for each in row.sections if each.get("category") in shown]
    return said(ReportShape, row, sections=seen)


def _held() -> dict[Address, int]:
    """Kinds and levels that demands have, and departments where some wait.

    Categories, causes and templates are never held: they can be out of use.
    """
    held: dict[Address, int] = {}
    for above, counted in (
        ((_FILE, "kinds"), count_by_kind()),
        (("territory", "levels", cases.LADDER), count_levels()),
        (("territory", "departments"), count_departments()),
    ):
        held.update({(*above, code): number for code, number in counted.items()})
    return held


def questions_answered(codes: Collection[str]) -> set[str]:
    """Those of the questions that were ever answered."""
    found = sa.select(Detail.question).where(Detail.question.in_(codes)).distinct()
    return set(session.scalars(found))


def categories_in_use() -> set[str]:
    """The categories that cannot be deleted: of a demand, an answer, a template, or above one."""
    tables = (Demand.category, PublicAnswer.category, ReplyTemplate.category)
    used = {code for column in tables for code in session.scalars(sa.select(column).distinct())}
    parents = dict((code, up) for code, up in rows(sa.select(Category.code, Category.parent)))
    above = {parents.get(code) for code in used}
    while above - used:
        used |= above
        above = {parents.get(code) for code in above}
    return {code for code in used if code}


def count_by_kind() -> dict[str, int]:
    """How many demands of each kind there ever were; kinds without one are not named."""
    query = sa.select(Demand.kind, sa.func.count()).group_by(Demand.kind)
    retired = sa.select(Category.kind, sa.func.count()).where(Category.retired)
    found = {kind: 0 for kind in session.scalars(sa.select(Kind.code))}
    for each in (query, retired.group_by(Category.kind)):
        for kind, number in rows(each):
            found[kind] = found.get(kind, 0) + number
    return {kind: number for kind, number in found.items() if number}


def count_levels() -> dict[str, int]:
    """How many demands were last at each level; levels without one are not named."""
    query = sa.select(Demand.level, sa.func.count()).group_by(Demand.level)
    return dict((level, number) for level, number in rows(query))


def count_departments() -> dict[str, int]:
    """Code of each department to the demands that wait there; those without are not named."""
    found = {unit.code: living_at(unit.id) for unit in departments()}
    return {code: number for code, number in found.items() if number}


def reasons_in_use(codes: Collection[str]) -> set[str]:
    """Those of the causes with which something was ever decided."""
    columns = (Demand.reason_code, Custody.code)
    found = (
        session.scalars(sa.select(column).where(column.in_(codes)).distinct()) for column in columns
    )
    return {code for each in found for code in each if code}


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
