"""The rows of demands.yaml: what residents can ask for, on which terms, and the reports on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from saas.demands.figures.rules import (
    CLIMBING_MEASURES,
    MOST_SECTIONS,
    REPORT_GROUPINGS,
    REPORT_MEASURES,
)
from saas.demands.menu.rules import (
    MOST_CHOICES,
    QUESTION_KINDS,
    TEMPLATE_BLANKS,
    TEMPLATE_VERBS,
    USES,
    unknown_blanks,
)
from saas.figures.reports import PERIODS as REPORT_PERIODS
from saas.packages.schemas.fields import (
    ChoiceField,
    Code,
    Inner,
    Label,
    Many,
    Strict,
    TextField,
    WholeField,
    fail,
)


@dataclass(frozen=True, slots=True)
class ReportSection:
    """Some measures, divided by one grouping; the filters narrow down what is counted."""

    by: Annotated[str, ChoiceField(*REPORT_GROUPINGS)]
    measures: Annotated[
        tuple[Annotated[str, ChoiceField(*REPORT_MEASURES, *CLIMBING_MEASURES)], ...],
        Many(least=1, most=len(REPORT_MEASURES)),
    ]
    title: Label | None = None
    level: Code | None = None
    kind: Code | None = None
    category: Code | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report that comes out every month, quarter or year."""

    code: Code
    title: Label
    summary: Label
    period: Annotated[str, ChoiceField(*REPORT_PERIODS)]
    sections: Annotated[tuple[ReportSection, ...], Many(least=1, most=MOST_SECTIONS)]


_MOST_HOURS = 2000  # a working year; beyond it a deadline is no deadline
_MOST_DAYS = 365
_Hours: TypeAlias = Annotated[int, WholeField(least=1, most=_MOST_HOURS)]
_Days: TypeAlias = Annotated[int, WholeField(least=1, most=_MOST_DAYS)]


class BlankedField(TextField):
    """A text whose blanks, if it has any, are ones that can be filled."""

    def shaped(self, value: str) -> str:
        """No blank but those of `TEMPLATE_BLANKS`."""
        if wrong := unknown_blanks(value):
            allowed = ", ".join(f"{{{name}}}" for name in TEMPLATE_BLANKS)
            fail("unknown_blank", found=wrong[0][:60], allowed=allowed)
        return value

    def as_json(self) -> dict[str, Any]:
        """A text in which braces hold nothing but the blanks."""
        blanks = "|".join(TEMPLATE_BLANKS)
        return {**super().as_json(), "pattern": rf"^(?:[^{{}}]|\{{(?:{blanks})\}})*$"}


class BlankedSchema(Strict):
    """A template's text in both languages."""

    zh = BlankedField(required=True, limit=1000)
    en = BlankedField(required=True, limit=1000)


@dataclass(frozen=True, slots=True)
class DemandKind:
    """A kind of asking; with ``appointments`` a day and an hour can be named."""

    code: Code
    name: Label
    hint: Label
    appointments: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """What a demand is about; ``parent`` groups it under another one, whose kind it takes."""

    code: Code
    name: Label
    hint: Label
    parent: Code | None
    kind: Code | None = None
    open_to_neighbours: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """How an affair is settled; with ``slot_minutes`` and ``per_slot`` appointments are made.

    ``level`` is the level of the ladder whose units keep the counter, the lowest if not given.
    """

    category: Code
    bring: Annotated[tuple[Label, ...], Many(most=40)]
    steps: Annotated[tuple[Label, ...], Many(least=1, most=40)]
    cost: Label
    takes: Label
    counter: Label
    slot_minutes: Annotated[int, WholeField(least=5, most=480)] | None = None
    per_slot: Annotated[int, WholeField(least=1, most=100)] | None = None
    days_ahead: Annotated[int, WholeField(least=1, most=60)] = 14
    level: Code | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """Working hours in which a level accepts a demand, and in which it resolves it.

    With ``category`` they hold for that one alone, before those of the level.
    """

    level: Code
    accept_hours: _Hours
    resolve_hours: _Hours
    category: Code | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A cause that can be chosen, for suspending or for declining."""

    code: Code
    use: Annotated[str, ChoiceField(*USES)]
    name: Label


@dataclass(frozen=True, slots=True)
class Template:
    """A text to begin an answer with; without ``category`` or ``verb`` it is for all."""

    code: Code
    name: Label
    text: Annotated[Label, Inner(BlankedSchema)]
    category: Code | None = None
    verb: Annotated[str, ChoiceField(*TEMPLATE_VERBS)] | None = None


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One of the answers to a question of kind ``choice``."""

    code: Code
    name: Label


@dataclass(frozen=True, slots=True)
class Question:
    """What a category asks; ``kind`` is one of `QUESTION_KINDS`, and only ``choice`` has choices.

    The answer to a ``personal`` one is kept sealed and shown to those alone who may know who asks.
    """

    code: Code
    category: Code
    label: Label
    kind: Annotated[str, ChoiceField(*QUESTION_KINDS)]
    hint: Label | None = None
    choices: Annotated[tuple[AnswerChoice, ...], Many(most=MOST_CHOICES)] = ()
    required: bool = False
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every demand; days are of 24 hours, ``review_hours`` are working hours."""

    warn_percent: Annotated[int, WholeField(least=1, most=99)]
    confirm_days: _Days
    reopen_days: _Days
    appeal_days: _Days
    answer_days: _Days
    review_hours: _Hours


@dataclass(frozen=True, slots=True)
class Demands:
    """demands.yaml."""

    kinds: Annotated[tuple[DemandKind, ...], Many(least=1, most=20)]
    categories: Annotated[tuple[Category, ...], Many(least=1, most=1000)]
    deadlines: Annotated[tuple[Deadline, ...], Many(least=1)]
    terms: Terms
    reasons: Annotated[tuple[Reason, ...], Many(least=1, most=200)]
    guides: Annotated[tuple[Guide, ...], Many(most=1000)] = ()
    templates: Annotated[tuple[Template, ...], Many(most=1000)] = ()
    questions: Annotated[tuple[Question, ...], Many(most=1000)] = ()
    reports: Annotated[tuple[Report, ...], Many(most=100)] = ()

    @property
    def leaves(self) -> tuple[Category, ...]:
        """The categories in which a demand can be filed: those that group no others."""
        groups = {category.parent for category in self.categories}
        return tuple(each for each in self.categories if each.code not in groups)

    def kind_of(self, category: Category) -> str:
        """The kind of a category: its own, or that of the one above it."""
        by_code = {each.code: each for each in self.categories}
        while category.kind is None and category.parent is not None:
            category = by_code[category.parent]
        return category.kind or self.kinds[0].code
