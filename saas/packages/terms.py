"""Rules of a model that have a source: a number or a sentence, where it comes from, since when.

A domain keeps them in a table of its own (`TermColumns`), as a list ``terms`` of its file; which
codes there are is its own matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.written import day_written
from saas.packages.faults import Fault, Parts, places, repeated
from saas.packages.parts import Listed
from saas.packages.schemas.fields import Code, Label, TextField, WholeField
from saas.packages.words import one_of


class TermColumns:
    """A rule as a district has it; ``number`` where it has one."""

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    number: Mapped[int | None]
    words: Mapped[dict[str, str]]
    source: Mapped[dict[str, str]]
    dated: Mapped[str] = mapped_column(sa.String(10))
    position: Mapped[int]


@dataclass(frozen=True, slots=True)
class Term:
    """A rule: its sentence, its number where it has one, and where it comes from."""

    code: Code
    words: Label
    source: Label
    dated: Annotated[str, TextField(limit=10)]
    number: Annotated[int, WholeField(least=1, most=400)] | None = None


#: Fields in words, for who reads what differs.
WORDS: Final[Mapping[str, object]] = {
    "number": _l("number"), "dated": _l("since"), "source": _l("source"), "words": _l("sentence"),
}  # fmt: skip
EXPLAINED: Final[dict[str, object]] = {
    "Term": _l("A rule with its source; without a row there is none."),
    "Term.code": _l("Which rule it is."),
    "Term.words": _l("The sentence that everybody reads."),
    "Term.number": _l("How many; a rule without a number is a sentence alone."),
    "Term.source": _l("The rule that it comes from."),
    "Term.dated": _l("Since when that rule is in force."),
}


def terms_of(file: str, word: object, heading: object, names: Mapping[str, object]) -> Listed:
    """The list of rules of a file; ``names`` are its codes in words."""
    return Listed(file, "terms", word, heading, title="words", optional=True,
                  says={"code": one_of(names)})  # fmt: skip


def check_terms(file: str, parts: Parts, codes: Collection[str]) -> Iterator[Fault]:
    """Rules that come twice, that nobody knows, and days that are none."""
    yield from repeated(file, places(parts.get(file), "terms", "code"))
    for path, found in places(parts.get(file), "terms", "code"):
        if found not in codes:
            told = {"found": found[:60], "allowed": ", ".join(codes)}
            yield Fault(file, path, "bad_choice", told)
    yield from check_days(file, parts, "terms")


def check_days(file: str, parts: Parts, listed: str) -> Iterator[Fault]:
    """Days of a list that are none."""
    for path, found in places(parts.get(file), listed, "dated"):
        if day_written(found) is None:
            yield Fault(file, path, "bad_date", {"found": found})
