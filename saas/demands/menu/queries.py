"""What can be asked for, what is asked besides, and what can be chosen while handling it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from saas.demands.menu.models import Category, Guide, Kind, Question, ReasonCode, ReplyTemplate
from saas.kernel.db import rows, session
from saas.kernel.errors import NotFound
from saas.kernel.finding import only
from saas.kernel.folding import has_words


def kinds() -> Sequence[Kind]:
    """The kinds of asking, in their order."""
    return session.scalars(sa.select(Kind).order_by(Kind.position)).all()


def kind(code: str) -> Kind:
    """A kind by code, or `NotFound`."""
    return only(sa.select(Kind).where(Kind.code == code))


def categories() -> Sequence[Category]:
    """Every category; those that stand beside each other are in their order."""
    return session.scalars(sa.select(Category).order_by(Category.position)).all()


@dataclass(frozen=True, slots=True)
class Group:
    """A category with those beneath it."""

    top: Category
    leaves: tuple[Category, ...]


def category_groups(kind_code: str = "") -> list[Group]:
    """Top categories in their order, each with what can be filed under it (itself if nothing)."""
    known = categories()
    grouping = {c.parent for c in known}
    every = [c for c in known if not c.retired and (not kind_code or c.kind == kind_code)]
    groups = [
        Group(top, tuple(c for c in every if c.parent == top.code))
        if top.code in grouping
        else Group(top, (top,))
        for top in every
        if top.parent is None
    ]
    return [group for group in groups if group.leaves]


def open_leaves() -> list[Category]:
    """The categories in which something can be filed."""
    return [leaf for group in category_groups() for leaf in group.leaves]


def leaves_in_line() -> list[tuple[Kind, Category, Category]]:
    """What can be filed, each with the kind and the group that it belongs to, in their order."""
    return [
        (kind, group.top, leaf)
        for kind in kinds()
        for group in category_groups(kind.code)
        for leaf in group.leaves
    ]


def category(code: str) -> Category:
    """A category by code, or `NotFound`."""
    return only(sa.select(Category).where(Category.code == code))


def open_leaf(code: str) -> Category | None:
    """A category in which a demand can be filed: nothing is grouped under it, it is not retired."""
    found = session.scalars(
        sa.select(Category).where(sa.or_(Category.code == code, Category.parent == code))
    ).all()
    return found[0] if [c.code for c in found] == [code] and not found[0].retired else None


def leaf(code: str) -> Category:
    """The same, or `NotFound`."""
    found = open_leaf(code)
    if found is None:
        raise NotFound
    return found


def guided() -> set[str]:
    """The categories that have a guide."""
    return set(session.scalars(sa.select(Guide.category)))


def guide_of(category_code: str) -> Guide | None:
    """How an affair is settled, where the district says so."""
    return session.scalar(sa.select(Guide).where(Guide.category == category_code))


def reasons(use: str | None) -> Sequence[ReasonCode]:
    """The causes that can be chosen for ``use`` (suspend or decline)."""
    query = sa.select(ReasonCode).where(ReasonCode.use == use, ~ReasonCode.retired)
    return session.scalars(query.order_by(ReasonCode.position)).all()


def reason_names() -> dict[str, dict[str, str]]:
    """Every cause by its code."""
    return {row.code: row.name for row in session.scalars(sa.select(ReasonCode))}


def questions_of(category: str) -> Sequence[Question]:
    """What a category asks now, in order."""
    return [row for row in every_question(category) if not row.retired]


def every_question(category: str | None = None) -> Sequence[Question]:
    """What a category (or any) asks or ever asked, in order."""
    query = sa.select(Question).order_by(Question.position, Question.id)
    return session.scalars(query.where(Question.category == category) if category else query).all()


def asking() -> dict[str, int]:
    """How many questions each category asks; those that ask none are left out."""
    query = sa.select(Question.category, sa.func.count()).where(~Question.retired)
    return dict((code, number) for code, number in rows(query.group_by(Question.category)))


def templates(search: str = "") -> Sequence[ReplyTemplate]:
    """Every template in its order, those out of use too; ``search`` in names and texts."""
    query = sa.select(ReplyTemplate).order_by(ReplyTemplate.position, ReplyTemplate.id)
    if search:
        labels = ReplyTemplate.name, ReplyTemplate.text
        texts = (label[language].astext for label in labels for language in ("zh", "en"))
        query = query.where(has_words(search, *texts))
    return session.scalars(query).all()
