"""What the lists of organisations take from a model package, and give to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.organisations import queries
from saas.organisations.models import Stage, Term, Type
from saas.organisations.package import checks, shapes
from saas.organisations.package.shapes import Organisations
from saas.packages.parts import (
    Address,
    Count,
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

#: List of the package → what its rows are for in the table of terms.
_USES: Final = {"classes": "class", "exits": "exit", "pilots": "pilot"}


def _bring(package: Package) -> None:
    """Make the lists say what the package says; what is in use and no longer named is retired."""
    model = package.of(Organisations)
    queries.forget_menu()
    terms: dict[str, Any] = {}
    for name, use in _USES.items():
        terms |= placed(getattr(model, name), use=use, retired_at=None)
    tables: tuple[tuple[Any, dict[str, Any]], ...] = (
        (Type, placed(model.types, retired_at=None)),
        (Stage, placed(model.stages, retired_at=None)),
        (Term, terms),
    )
    gone = [put(t, {row.code: row for row in queries.every(t)}, want) for t, want in tables]
    used = queries.used_codes()
    for rows in reversed(gone):
        drop([row for row in rows if row.code not in used])
        for row in rows:
            row.retired_at = row.retired_at or clock.now()
    session.flush()
    queries.forget_menu()


def _read() -> dict[str, Any]:
    """The lists as they are in use; nothing where the district has none."""
    lists = {
        "types": [said(shapes.Type, row) for row in queries.types()],
        "stages": [said(shapes.Stage, row) for row in queries.stages()],
    }
    for name, use in _USES.items():
        lists[name] = [said(shapes.Term, row) for row in queries.terms(use)]
    found = {name: rows for name, rows in lists.items() if rows}
    return {"organisations": found} if found else {}


def _held() -> dict[Address, int]:
    """Types and stages that organisations have."""
    return {("organisations", *key): number for key, number in queries.count_used().items()}


def _counts(package: Package) -> Iterator[Count]:
    if types := package.of(Organisations).types:
        yield Count(len(types), _("types of organisations"), "organisations")


def _sections(package: Package) -> Iterator[Section]:
    model = package.of(Organisations)
    if model.types:
        view = [
            (say(each.name), [say(s.name) for s in model.stages if s.type == each.code])
            for each in model.types
        ]
        yield Section(25, "organisations", _("Organisations"), "organisations/_package.html", view)


def _list(name: str, word: object, heading: object, **more: Any) -> Listed:
    return Listed("organisations", name, word, heading, optional=True, **more)


PART = Part(
    files=(File("organisations", Organisations, _l("Organisations"), place=35, absent={}),),
    lists=(
        _list("types", _l("type of organisation"), _l("Types of organisations"),
              refs={"supporter": ("territory", "kinds")}),
        _list("stages", _l("stage of a track"), _l("Stages"),
              refs={"type": ("organisations", "types")}),
        _list("classes", _l("class of service"), _l("Classes of service")),
        _list("exits", _l("reason to leave"), _l("Reasons to leave")),
        _list("pilots", _l("kind of pilot"), _l("Kinds of pilots")),
    ),
    check=checks.check,
    words={
        "criteria": _l("criteria"),
        "most_members": _l("most members"),
        "needs": _l("how it comes in"),
        "silent_days": _l("days of silence"),
        "source": _l("where the rule comes from"),
        "supporter": _l("who supports it"),
        "type": _l("type"),
        "valid_months": _l("months that a filing lasts"),
    },
    explained={
        "Organisations": _l("Types of organisations, the stages of their tracks, and words."),
        "Type": _l("What an organisation can be. Type and stage are two things."),
        "Type.needs": _l("registration (a credit code), filing (a number) or recognition."),
        "Type.supporter": _l("The kind of unit that supports it and decides."),
        "Type.source": _l("Where the rule comes from, with its date; or that it is yours."),
        "Stage": _l("A step of a track, in order from the first."),
        "Stage.criteria": _l("What it takes to leave this stage for the next one."),
        "Criterion": _l("A measure of the system, and how much of it there must be."),
        "Term": _l("A word to choose from a list."),
    },
    counts=_counts,
    sections=_sections,
    bring=_bring,
    read=_read,
    held=_held,
    tables=("organisation_types", "organisation_stages", "organisation_terms"),
)  # fmt: skip
