"""What funds take from a model package, and give to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from saas.funds import queries, words
from saas.funds.models import Basis, Organ, Purpose, Term
from saas.funds.package import checks, shapes
from saas.funds.package.shapes import Funds
from saas.kernel.db import session
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
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
from saas.packages.terms import EXPLAINED, WORDS, terms_of
from saas.packages.terms import Term as Row
from saas.packages.words import one_of


def _bring(package: Package) -> None:
    brought = package.of(Funds)
    gone = put(Purpose, queries.purposes(), placed(brought.purposes))
    used = queries.purposes_used()
    drop([one for one in gone if one.code not in used])
    drop(put(Organ, queries.organs(), placed(brought.organs)))
    drop(put(Basis, queries.bases(), placed(brought.bases)))
    drop(put(Term, queries.terms(), placed(brought.terms)))
    session.flush()


def _read() -> dict[str, Any]:
    found = {
        "purposes": [said(shapes.Purpose, row) for row in queries.purposes().values()],
        "bases": [said(shapes.Basis, row) for row in queries.bases().values()],
        "organs": [said(shapes.Organ, row) for row in queries.organs().values()],
        "terms": [said(Row, row) for row in queries.terms().values()],
    }
    return {"funds": found} if any(found.values()) else {}


def _held() -> dict[Address, int]:
    return {("funds", "purposes", code): n for code, n in queries.purposes_used().items()}


def _sections(package: Package) -> Iterator[Section]:
    if (brought := package.of(Funds)).purposes:
        view = brought, [(words.TERM[one.code], one) for one in brought.terms]
        yield Section(24, "funds", _("Funds"), "funds/_package.html", view)


PART = Part(
    files=(File("funds", Funds, _l("Funds"), place=38, absent={}),),
    lists=(
        Listed("funds", "purposes", _l("purpose of gifts"), _l("Purposes of gifts"), optional=True),
        Listed("funds", "bases", _l("basis of campaigns"), _l("Bases of campaigns"), optional=True),
        Listed("funds", "organs", _l("part of the fund"), _l("What the fund is made of"),
               optional=True, says={"kind": one_of(words.ORGAN)}),
        terms_of("funds", _l("rule of the fund"), _l("Rules of the fund"), words.TERM),
    ),
    check=checks.check,
    words={**WORDS, "proofs": _l("proofs"), "ours": _l("named by us"), "kind": _l("kind"),
           "room": _l("room")},
    explained=EXPLAINED | {
        "Funds": _l("What gifts are for, and the rules of the fund."),
        "Purpose": _l("What gifts can be for; the one coded free may be used for any."),
        "Purpose.code": _l("Its code; free stands for any purpose."),
        "Purpose.name": _l("What who gives reads."),
        "Organ": _l("A committee, a space or a platform of the fund."),
        "Organ.kind": _l("Which of the three it is."),
        "Organ.room": _l("The room that it is, by its code in the library."),
        "Organ.ours": _l("The report gives no name for it: this one is ours."),
        "Basis": _l("On which law gifts can be asked for."),
        "Basis.words": _l("What it allows, and what not."),
        "Basis.proofs": _l("Without each of these no campaign on it is published."),
    },
    sections=_sections,
    bring=_bring,
    read=_read,
    held=_held,
    tables=("fund_purposes", "fund_bases", "fund_organs", "fund_terms"),
)  # fmt: skip
