"""What the words of activities take from a model package, and give to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from saas.activities import queries
from saas.activities.models import Term
from saas.activities.package import checks, shapes
from saas.activities.package.shapes import Activities
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.packages.parts import (
    Address,
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


def _bring(package: Package) -> None:
    """Make the words say what the package says; what is in use and no longer named is retired."""
    model = package.of(Activities)
    wanted: dict[str, Any] = placed(model.kinds, use="kind", retired_at=None)
    wanted |= placed(model.tags, use="tag", retired_at=None)
    gone = put(Term, {row.code: row for row in queries.every_term()}, wanted)
    used = queries.used_terms()
    drop([row for row in gone if row.code not in used])
    for row in gone:
        if row.code in used:
            row.retired_at = row.retired_at or clock.now()
    session.flush()


def _read() -> dict[str, Any]:
    """The words in use; nothing where the district has none."""
    rows = {
        "kinds": [said(shapes.Kind, row) for row in queries.terms("kind") if not row.retired_at],
        "tags": [said(shapes.Tag, row) for row in queries.terms("tag") if not row.retired_at],
    }
    found = {name: words for name, words in rows.items() if words}
    return {"activities": found} if found else {}


def _held() -> dict[Address, int]:
    """Kinds and tags that activities have."""
    kinds, used = {row.code for row in queries.terms("kind")}, queries.used_terms()
    return {
        ("activities", "kinds" if code in kinds else "tags", code): number
        for code, number in used.items()
    }


def _sections(package: Package) -> Iterator[Section]:
    model = package.of(Activities)
    if model.kinds:
        view = [(_("Kinds of activities"), [say(one.name) for one in model.kinds]),
                (_("Tags that are counted"), [say(one.name) for one in model.tags])]  # fmt: skip
        yield Section(23, "activities", _("Activities"), "activities/_package.html", view)


PART = Part(
    files=(File("activities", Activities, _l("Activities"), place=37, absent={}),),
    lists=(
        Listed("activities", "kinds", _l("kind of activities"), _l("Kinds of activities"),
               optional=True),
        Listed("activities", "tags", _l("tag of activities"), _l("Tags that are counted"),
               optional=True),
    ),
    check=checks.check,
    words={
        "offer_hours": _l("hours for which an offer stands"),
        "remind_hours": _l("hours before the begin for the reminder"),
    },
    explained={
        "Activities": _l("What kinds of activities there are, and what is counted apart."),
        "Kind": _l("A kind of activities, as residents choose by it."),
        "Kind.offer_hours": _l("So long somebody who waited may think about places."),
        "Kind.remind_hours": _l("So long before the begin who comes is reminded; 0: never."),
        "Tag": _l("Measures of the system count what carries it."),
    },
    sections=_sections,
    bring=_bring,
    read=_read,
    held=_held,
    tables=("activity_terms",),
)  # fmt: skip
