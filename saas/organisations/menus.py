"""The lists of a district's own words about organisations, declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from saas.catalogue.rows import Catalogue
from saas.forms.fields import LINES, NUMBER, PICK, Field
from saas.kernel.context import Actor
from saas.kernel.errors import Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.organisations import facts, queries, rules, words
from saas.organisations.models import Stage, Term, Type
from saas.organisations.permissions import SETTINGS
from saas.territory import queries as territory

USES: Final = {
    "class": _l("Classes of service"),
    "exit": _l("Reasons to leave"),
    "pilot": _l("Kinds of pilots"),
}


def _ensure(actor: Actor) -> None:
    if not actor.may(SETTINGS):
        raise Forbidden


_NOT_A_CRITERION: Final = _l(
    "Write a measure of the list, a number, and days if any: “activities 3 90”."
)


def _criteria(values: Mapping[str, Any], row: Stage | None) -> Mapping[str, Any]:
    """Criteria as they are typed, a line each: measure, how many, within how many days."""
    known, found = facts.givers(), []
    for line in values["criteria"]:
        measure, *numbers = line["zh"].split()
        if (
            measure not in known
            or not 1 <= len(numbers) <= 2
            or not all(map(str.isdecimal, numbers))
        ):
            raise Invalid({"criteria": [_NOT_A_CRITERION]})
        if (
            not 1 <= int(numbers[0][:9]) <= 100_000
            or not 1 <= int((numbers[1:] or ["1"])[0][:9]) <= 3650
        ):
            raise Invalid({"criteria": [_NOT_A_CRITERION]})
        days = {"within_days": int(numbers[1])} if numbers[1:] else {}
        found.append({"measure": measure, "at_least": int(numbers[0]), **days})
    return {**values, "criteria": found}


def _typed(row: Stage) -> list[dict[str, str]]:
    """The same the other way."""
    parts = ("measure", "at_least", "within_days")
    return [{"zh": " ".join(str(one[key]) for key in parts if key in one)} for one in row.criteria]


_COMMON: Final[dict[str, Any]] = {
    "domain": "organisations",
    "ensure": _ensure,
    "retired": "retired_at",
    "after": queries.forget_menu,
}
TYPES: Final = Catalogue(
    model=Type,
    noun="type",
    plural="types",
    thing="organisation_type",
    words=_l("Type of organisation"),
    **_COMMON,
)
STAGES: Final = Catalogue(
    model=Stage, noun="stage", plural="stages", thing="organisation_stage", within=("type",),
    words=_l("Stage of a track"),
    settle=_criteria, **_COMMON,
)  # fmt: skip
TERMS: Final = Catalogue(
    model=Term,
    noun="term",
    plural="terms",
    thing="organisation_term",
    within=("use",),
    words=_l("Word about organisations"),
    **_COMMON,
)
_NAME = Field(name="name", label=_l("Name"), required=True)
TYPE_SHAPE: Final = (
    _NAME,
    Field(name="needs", label=_l("How it comes in"), kind=PICK, required=True,
          options=[(code, words.NEEDS[code]) for code in rules.NEEDS]),
    Field(name="supporter", label=_l("Who supports it"), kind=PICK, required=True,
          options=lambda: [(k, say(n)) for k, n in territory.kind_names().items()]),
    Field(name="silent_days", label=_l("Asleep after"), kind=NUMBER, required=True, least=31,
          most=3650, default=180, unit=_l("days without a sign of life")),
    Field(name="most_members", label=_l("At most"), kind=NUMBER, required=True, least=1,
          most=100_000, default=100, unit=_l("members")),
    Field(name="valid_months", label=_l("A filing lasts"), kind=NUMBER, least=1, most=240,
          unit=_l("months")),
    Field(name="source", label=_l("Where the rule comes from, with its date"), required=True,
          longest=200, longest_en=300),
)  # fmt: skip
STAGE_SHAPE: Final = (
    _NAME,
    Field(name="type", label=_l("Of which type"), kind=PICK, required=True, once=True,
          options=lambda: [(r.code, say(r.name)) for r in queries.types()]),
    Field(name="criteria", label=_l("What it takes to leave it"), kind=LINES, read=_typed,
          help=_l("A line each: measure, how many, within how many days. “activities 3 90”")),
)  # fmt: skip
TERM_SHAPE: Final = (
    _NAME,
    Field(name="use", label=_l("For what"), kind=PICK, required=True, once=True,
          options=[*USES.items()]),
)  # fmt: skip
