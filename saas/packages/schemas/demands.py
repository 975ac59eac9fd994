"""demands.yaml: what residents can ask for, and the terms on which it is handled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from saas.packages.schemas.fields import (
    Choice,
    Code,
    Flag,
    Label,
    Part,
    Rows,
    Strict,
    Text,
    Whole,
    fail,
    label,
)
from saas.packages.schemas.questions import Question, QuestionSchema
from saas.packages.schemas.reports import Report, ReportSchema

_MOST_HOURS = 2000  # a working year; beyond it a deadline is no deadline
_MOST_DAYS = 365
#: What a reply template may be for; any if it does not say.
TEMPLATE_VERBS = ("reply", "ask", "resolve", "pass_up", "return_down", "doubt", "suspend", "end")
#: What can be filled in where a template has it in braces: the demand's code, who has it, what it
#: is about, until when.
TEMPLATE_BLANKS = ("code", "unit", "category", "due")
_BLANK = re.compile(r"\{([^{}]*)\}")


def unknown_blanks(text: str) -> list[str]:
    """The blanks of a template that nothing can fill, and lone braces; each once."""
    found = [f"{{{name}}}" for name in _BLANK.findall(text) if name not in TEMPLATE_BLANKS]
    rest = _BLANK.sub("", text)
    return list(dict.fromkeys([*found, *(sign for sign in "{}" if sign in rest)]))


@dataclass(frozen=True, slots=True)
class DemandKind:
    """A kind of asking; with ``appointments`` a day and an hour can be named."""

    code: str
    name: Label
    hint: Label
    appointments: bool = False


class DemandKindSchema(Strict):
    """A row of ``kinds``."""

    shape = DemandKind
    code = Code(required=True)
    name = label()
    hint = label()
    appointments = Flag()


@dataclass(frozen=True, slots=True)
class Category:
    """What a demand is about; ``parent`` groups it under another one, whose kind it takes."""

    code: str
    name: Label
    hint: Label
    parent: str | None
    kind: str | None = None
    open_to_neighbours: bool = False


class CategorySchema(Strict):
    """A row of ``categories``."""

    shape = Category
    code = Code(required=True)
    name = label()
    hint = label()
    parent = Code(required=True, allow_none=True)
    kind = Code()
    open_to_neighbours = Flag()


@dataclass(frozen=True, slots=True)
class Guide:
    """How an affair is settled; with ``slot_minutes`` and ``per_slot`` appointments are made.

    ``level`` is the level of the ladder whose units keep the counter, the lowest if not given.
    """

    category: str
    bring: tuple[Label, ...]
    steps: tuple[Label, ...]
    cost: Label
    takes: Label
    counter: Label
    slot_minutes: int | None = None
    per_slot: int | None = None
    days_ahead: int = 14
    level: str | None = None


class GuideSchema(Strict):
    """A row of ``guides``."""

    shape = Guide
    category = Code(required=True)
    bring = Rows(label(), required=True, most=40)
    steps = Rows(label(), required=True, least=1, most=40)
    cost = label()
    takes = label()
    counter = label()
    slot_minutes = Whole(least=5, most=480)
    per_slot = Whole(least=1, most=100)
    days_ahead = Whole(least=1, most=60)
    level = Code()


@dataclass(frozen=True, slots=True)
class Deadline:
    """Working hours in which a level accepts a demand, and in which it resolves it.

    With ``category`` they hold for that one alone, before those of the level.
    """

    level: str
    accept_hours: int
    resolve_hours: int
    category: str | None = None


class DeadlineSchema(Strict):
    """A row of ``deadlines``."""

    shape = Deadline
    level = Code(required=True)
    accept_hours = Whole(required=True, least=1, most=_MOST_HOURS)
    resolve_hours = Whole(required=True, least=1, most=_MOST_HOURS)
    category = Code()


@dataclass(frozen=True, slots=True)
class Reason:
    """A cause that can be chosen, for suspending or for declining."""

    code: str
    use: str
    name: Label


class ReasonSchema(Strict):
    """A row of ``reasons``."""

    shape = Reason
    code = Code(required=True)
    use = Choice("suspend", "decline", required=True)
    name = label()


@dataclass(frozen=True, slots=True)
class Template:
    """A text to begin an answer with; without ``category`` or ``verb`` it is for all."""

    code: str
    name: Label
    text: Label
    category: str | None = None
    verb: str | None = None


class BlankedText(Text):
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

    zh = BlankedText(required=True, limit=1000)
    en = BlankedText(required=True, limit=1000)


class TemplateSchema(Strict):
    """A row of ``templates``."""

    shape = Template
    code = Code(required=True)
    name = label()
    text = Part(BlankedSchema, required=True)
    category = Code()
    verb = Choice(*TEMPLATE_VERBS)


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every demand; days are of 24 hours, ``review_hours`` are working hours."""

    warn_percent: int
    confirm_days: int
    reopen_days: int
    appeal_days: int
    answer_days: int
    review_hours: int


class TermsSchema(Strict):
    """``terms`` of demands.yaml."""

    shape = Terms
    warn_percent = Whole(required=True, least=1, most=99)
    confirm_days = Whole(required=True, least=1, most=_MOST_DAYS)
    reopen_days = Whole(required=True, least=1, most=_MOST_DAYS)
    appeal_days = Whole(required=True, least=1, most=_MOST_DAYS)
    answer_days = Whole(required=True, least=1, most=_MOST_DAYS)
    review_hours = Whole(required=True, least=1, most=_MOST_HOURS)


@dataclass(frozen=True, slots=True)
class Demands:
    """demands.yaml."""

    kinds: tuple[DemandKind, ...]
    categories: tuple[Category, ...]
    deadlines: tuple[Deadline, ...]
    terms: Terms
    reasons: tuple[Reason, ...]
    guides: tuple[Guide, ...] = ()
    templates: tuple[Template, ...] = ()
    questions: tuple[Question, ...] = ()
    reports: tuple[Report, ...] = ()

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


class DemandsSchema(Strict):
    """demands.yaml."""

    shape = Demands
    kinds = Rows(Part(DemandKindSchema), required=True, least=1, most=20)
    categories = Rows(Part(CategorySchema), required=True, least=1, most=1000)
    deadlines = Rows(Part(DeadlineSchema), required=True, least=1)
    terms = Part(TermsSchema, required=True)
    reasons = Rows(Part(ReasonSchema), required=True, least=1, most=200)
    guides = Rows(Part(GuideSchema), most=1000)
    templates = Rows(Part(TemplateSchema), most=1000)
    questions = Rows(Part(QuestionSchema), most=1000)
    reports = Rows(Part(ReportSchema), most=100)
