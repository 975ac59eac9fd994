"""What demands take from a model package."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from saas.demands.models import (
    Category,
    Deadline,
    Guide,
    Kind,
    Question,
    ReasonCode,
    ReplyTemplate,
    Report,
    Terms,
)
from saas.kernel.db import session
from saas.packages.schemas import Demands, Package


def install(package: Package) -> None:
    """Kinds and categories (parents before children), then all that speaks of them."""
    demands = package.demands
    _add(_row(Kind, kind, position=i) for i, kind in enumerate(demands.kinds))
    rows = [
        Category(
            code=c.code,
            kind=demands.kind_of(c),
            parent=c.parent,
            name=dict(c.name),
            hint=dict(c.hint),
            position=i,
            open_to_neighbours=c.open_to_neighbours,
        )
        for i, c in enumerate(demands.categories)
    ]
    _add(row for row in rows if row.parent is None)
    _add(row for row in rows if row.parent is not None)
    _install_terms(demands)


def _install_terms(demands: Demands) -> None:
    _add(_row(Deadline, deadline) for deadline in demands.deadlines)
    _add([_row(Terms, demands.terms)])
    _add(_row(ReasonCode, reason, position=i) for i, reason in enumerate(demands.reasons))
    _add(_row(Guide, guide) for guide in demands.guides)
    _add(_row(ReplyTemplate, text, position=i) for i, text in enumerate(demands.templates))
    _add(
        _row(Question, each, position=i, hint=dict(each.hint or {}))
        for i, each in enumerate(demands.questions)
    )
    _add(_row(Report, each, position=i) for i, each in enumerate(demands.reports))


def _add(rows: Any) -> None:
    session.add_all(rows)
    session.flush()


def _row(model: Any, part: Any, **more: Any) -> Any:
    """A row whose columns are called as the fields of the package's part."""
    return model(**{**asdict(part), **more})
