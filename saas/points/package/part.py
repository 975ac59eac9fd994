"""What points take from a model package, and give to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from saas.kernel.db import session
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.parts import (
    File,
    Listed,
    Package,
    Part,
    Section,
    drop,
    placed,
    put,
    said,
)
from saas.packages.words import one_of
from saas.points import queries, words
from saas.points.models import Badge, Term
from saas.points.package import checks, shapes
from saas.points.package.shapes import Points


def _bring(package: Package) -> None:
    brought = package.of(Points)
    drop(put(Term, queries.terms(), placed(brought.terms)))
    drop(put(Badge, queries.badges(), placed(brought.badges)))
    session.flush()


def _read() -> dict[str, Any]:
    found = {
        "terms": [said(shapes.PointRule, row) for row in queries.terms().values()],
        "badges": [said(shapes.PointBadge, row) for row in queries.badges().values()],
    }
    return {"points": found} if any(found.values()) else {}


def _sections(package: Package) -> Iterator[Section]:
    if (brought := package.of(Points)).terms:
        yield Section(25, "points", _("Points"), "points/_package.html", (brought, words))


PART = Part(
    files=(File("points", Points, _l("Points"), place=39, absent={}),),
    lists=(
        Listed("points", "terms", _l("rule of the points"), _l("Rules of the points"),
               title="source", optional=True, says={"code": one_of(words.TERM)}),
        Listed("points", "badges", _l("badge"), _l("Badges"), optional=True,
               says={"what": one_of(words.WHAT)}),
    ),
    check=checks.check,
    words={"number": _l("number"), "dated": _l("since"), "source": _l("source"),
           "what": _l("what for"), "times": _l("how often")},
    explained={
        "Points": _l("What is earned by coming and helping, and the badges."),
        "PointRule": _l("A rule of the points; without one for coming or helping none are earned."),
        "PointRule.number": _l("How many points, or days."),
        "PointBadge": _l("A badge for having come, or helped, so many times."),
    },
    sections=_sections,
    bring=_bring,
    read=_read,
    tables=("points_terms", "points_badges"),
)  # fmt: skip
