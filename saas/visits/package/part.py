"""What visits take from a model package, and give to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from saas.kernel.db import session
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.parts import File, Listed, Package, Part, Section, drop, placed, put, said
from saas.packages.words import one_of
from saas.visits import queries, words
from saas.visits.models import Term
from saas.visits.package import checks, shapes
from saas.visits.package.shapes import Visits


def _bring(package: Package) -> None:
    drop(put(Term, queries.terms(), placed(package.of(Visits).terms)))
    session.flush()


def _read() -> dict[str, Any]:
    rows = [said(shapes.Term, row) for row in queries.terms().values()]
    return {"visits": {"terms": rows}} if rows else {}


def _sections(package: Package) -> Iterator[Section]:
    if terms := package.of(Visits).terms:
        view = [(words.TERM[one.code], one) for one in terms]
        yield Section(23, "visits", _("Visits"), "visits/_package.html", view)


PART = Part(
    files=(File("visits", Visits, _l("Visits"), place=37, absent={}),),
    lists=(
        Listed("visits", "terms", _l("rule for visits"), _l("Rules for visits"), title="words",
               optional=True, says={"code": one_of(words.TERM)}),
    ),
    check=checks.check,
    words={"number": _l("number"), "dated": _l("since"), "source": _l("source"),
           "words": _l("sentence")},
    explained={
        "Visits": _l("How delegations are received."),
        "Term": _l("A rule for visits; without a row there is none."),
        "Term.code": _l("weekly: delegations a week; escorts: guests for each of the house at "
                        "table; table: what is on it."),
        "Term.words": _l("The sentence that the office and the guests read."),
        "Term.number": _l("How many; the sentence about the table has none."),
        "Term.source": _l("The rule that it comes from."),
        "Term.dated": _l("Since when that rule is in force."),
    },
    sections=_sections,
    bring=_bring,
    read=_read,
    tables=("visit_terms",),
)  # fmt: skip
