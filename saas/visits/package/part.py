"""What visits take from a model package, and give to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from saas.kernel.db import session
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.parts import File, Package, Part, Section, drop, placed, put, said
from saas.packages.terms import EXPLAINED, WORDS, terms_of
from saas.packages.terms import Term as Row
from saas.visits import queries, words
from saas.visits.models import Term
from saas.visits.package import checks
from saas.visits.package.shapes import Visits


def _bring(package: Package) -> None:
    drop(put(Term, queries.terms(), placed(package.of(Visits).terms)))
    session.flush()


def _read() -> dict[str, Any]:
    rows = [said(Row, row) for row in queries.terms().values()]
    return {"visits": {"terms": rows}} if rows else {}


def _sections(package: Package) -> Iterator[Section]:
    if terms := package.of(Visits).terms:
        view = [(words.TERM[one.code], one) for one in terms]
        yield Section(23, "visits", _("Visits"), "visits/_package.html", view)


PART = Part(
    files=(File("visits", Visits, _l("Visits"), place=37, absent={}),),
    lists=(
        terms_of("visits", _l("rule for visits"), _l("Rules for visits"), words.TERM),
    ),
    check=checks.check,
    words=WORDS,
    explained=EXPLAINED | {"Visits": _l("How delegations are received.")},
    sections=_sections,
    bring=_bring,
    read=_read,
    tables=("visit_terms",),
)  # fmt: skip
