"""The forms of settings: every field once, with its words and its limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from marshmallow import Schema, ValidationError, post_load, pre_load

from saas.demands.case import words as case_words
from saas.demands.menu import views
from saas.demands.menu.models import Question
from saas.demands.menu.rules import TEMPLATE_VERBS, Hours
from saas.demands.menu.views import Choices
from saas.forms.fields import CARDS, LINES, LONG, NUMBER, PICK, TICK, Field, whole
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.queries import Level


def times_schema(levels: Iterable[Level], *, every: bool) -> type[Schema]:
    """The working hours of these levels, ``accept-<level>`` and ``resolve-<level>``.

    Loads as ``hours``, level → its hours. Without ``every`` a level may be left empty.
    """
    names = [(lv.code, f"accept-{lv.code}", f"resolve-{lv.code}") for lv in levels]
    options = {"required": True} if every else {"load_default": None, "allow_none": True}
    fields = {name: whole(1, 2000, **options) for row in names for name in row[1:]}

    class Times(Schema):
        """One field for each time of each level."""

        @pre_load
        def _empty(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
            """Fields of a form that were left empty hold no value."""
            gone = {} if every else {name: None for name in fields if data.get(name) == ""}
            return {**data, **gone}

        @post_load
        def _join(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
            half = [
                a if data[a] is None else r for _, a, r in names if bool(data[a]) != bool(data[r])
            ]
            if half:
                raise ValidationError({name: [_l("Give both times, or neither.")] for name in half})
            return {"hours": {lv: Hours(data[a], data[r]) for lv, a, r in names if data[a]}}

    return type("TimesIn", (Times,), dict(fields))


def times_typed(hours: Mapping[str, Hours]) -> dict[str, int]:
    """Stored working hours as the fields of the grid."""
    accept = {f"accept-{level}": own.accept for level, own in hours.items()}
    return accept | {f"resolve-{level}": own.resolve for level, own in hours.items()}


#: What a blank of a reply template is filled with, in the order of ``TEMPLATE_BLANKS``.
BLANK: Final = {
    "code": _l("the demand's code"),
    "unit": _l("who has it"),
    "category": _l("what it is about"),
    "due": _l("the day until which there is time"),
}
#: What a cause is for.
USE: Final = {
    "suspend": _l("Why a demand is suspended"),
    "decline": _l("Why a demand is not reasonable"),
}


def verb_choices() -> Choices:
    """The acts for which there can be templates."""
    return [(verb, str(case_words.DO[verb])) for verb in TEMPLATE_VERBS]


_NAME = Field(name="name", label=_l("Name"), required=True)
_HINT = Field(
    name="hint",
    label=_l("What belongs here"),
    help=_l("A line of examples in the words of residents."),
    kind=LONG,
    required=True,
    longest=200,
    longest_en=300,
)

KIND = (
    _NAME,
    _HINT,
    Field(
        name="appointments",
        label=_l("A day and an hour can be named"),
        help=_l("Where the guide of a category says how many fit."),
        kind=TICK,
    ),
)

CATEGORY = (
    _NAME,
    _HINT,
    Field(
        name="parent",
        label=_l("Stands under"),
        help=_l("What stands under a group has its kind."),
        kind=PICK,
        options=views.group_choices,
        blank=_l("nothing: it stands at the top"),
        once=True,
    ),
    Field(
        name="kind",
        label=_l("Kind of asking"),
        kind=PICK,
        options=views.kind_choices,
        required=True,
        once=True,
    ),
    Field(
        name="open_to_neighbours",
        label=_l("Usually everybody's matter"),
        help=_l(
            "Others may see that it was reported, and follow it; never who reported it or what was"
            " written. Residents can say no."
        ),
        kind=TICK,
    ),
)

REASON = (
    Field(
        name="use",
        label=_l("What it is for"),
        kind=CARDS,
        options=tuple(USE.items()),
        among=tuple(USE),
        required=True,
        once=True,
    ),
    replace(_NAME, help=_l("Residents read it: plain, and without a section of the law.")),
)

TEMPLATE = (
    replace(_NAME, help=_l("A few words by which it is found in the list.")),
    Field(
        name="text",
        label=_l("Text"),
        help=_l(
            "Polite and plain. Put what has to be written each time into brackets, so that nobody"
            " forgets it."
        ),
        kind=LONG,
        required=True,
        longest=1000,
        longest_en=1000,
    ),
    Field(
        name="verb",
        label=_l("For which act"),
        kind=PICK,
        options=verb_choices,
        among=TEMPLATE_VERBS,
        blank=_l("all"),
    ),
    Field(
        name="category",
        label=_l("For which category"),
        kind=PICK,
        options=views.category_choices,
        blank=_l("all"),
    ),
)

_CHOICES = Field(
    name="choices",
    label=_l("Answers to choose from"),
    help=_l(
        "Only for one of several answers. One a line: Chinese | English. What was answered keeps"
        " the name that it had."
    ),
    kind=LINES,
    rows=6,
    read=lambda row: [each["name"] for each in row.choices],
)
QUESTION = (
    Field(
        name="label",
        label=_l("Question"),
        help=_l("As you would ask it on the phone."),
        required=True,
        longest=80,
        longest_en=120,
    ),
    Field(name="hint", label=_l("Help under it"), longest=150, longest_en=200),
    Field(
        name="kind",
        label=_l("Answer"),
        kind=CARDS,
        options=tuple((kind, *said) for kind, said in views.ANSWER_KIND.items()),
        among=tuple(views.ANSWER_KIND),
        required=True,
        once=True,
    ),
    _CHOICES,
    Field(
        name="required",
        label=_l("Must be answered"),
        help=_l(
            "Nobody can file on a page without it. Workbooks and city-wide systems do not ask."
        ),
        kind=TICK,
    ),
    Field(
        name="personal",
        label=_l("The answer is personal"),
        help=_l(
            "Kept sealed and shown to those alone who may know who asks; never in figures, files,"
            " searches or on public pages."
        ),
        kind=TICK,
    ),
)

_DAYS = Field(name="", label="", kind=NUMBER, least=1, most=365, unit=_l("days"), required=True)
TERMS = (
    replace(
        _DAYS,
        name="warn_percent",
        label=_l("Warn when this much of the time has passed"),
        help=_l("From then on a demand is amber and its holder is reminded."),
        most=99,
        unit="%",
    ),
    replace(
        _DAYS,
        name="review_hours",
        label=_l("Time for a second pair of eyes"),
        help=_l("So long another level has to decide whether a demand is not reasonable."),
        most=2000,
        unit=_l("working hours"),
    ),
    replace(
        _DAYS,
        name="answer_days",
        label=_l("Wait for a resident's answer"),
        help=_l("So long a question to the resident holds the clock; then it goes on by itself."),
    ),
    replace(
        _DAYS,
        name="confirm_days",
        label=_l("Wait for a resident's confirmation"),
        help=_l(
            "When the resident says nothing for so long, what was resolved counts as confirmed."
        ),
    ),
    replace(
        _DAYS,
        name="reopen_days",
        label=_l("A demand can be reopened"),
        help=_l("Counted from the day on which it was finished."),
    ),
    replace(
        _DAYS,
        name="appeal_days",
        label=_l("A decision can be appealed"),
        help=_l("Counted from the day on which it was declined."),
    ),
)


def question_shape(row: Question | None) -> tuple[Field, ...]:
    """The fields of a question; choices only where one of them is, or can be, the answer."""
    return tuple(f for f in QUESTION if f is not _CHOICES or row is None or row.kind == "choice")
