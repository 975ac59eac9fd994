"""What stands on the things that a model package speaks of."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from saas.demands.case.models import Custody, Demand, Detail
from saas.demands.case.queries import departments, living_at
from saas.demands.knowledge.models import PublicAnswer
from saas.demands.menu.models import Category, Kind, ReplyTemplate
from saas.kernel.db import rows, session


def questions_answered() -> set[str]:
    """The codes of the questions that were ever answered."""
    return set(session.scalars(sa.select(Detail.question).distinct()))


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
