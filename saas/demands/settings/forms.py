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
from saas.forms.fields import Field, cards, label, lines, long, number, pick, tick, whole
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


_NAME = label("name", _l("Name"), required=True)
_HINT = long(
    "hint", _l("What belongs here"), _l("A line of examples in the words of residents."),
    required=True, longest=200, longest_en=300,
)  # fmt: skip

KIND = (
    _NAME,
    _HINT,
    tick(
        "appointments",
        _l("A day and an hour can be named"),
        _l("Where the guide of a category says how many fit."),
    ),
)

CATEGORY = (
    _NAME,
    _HINT,
    pick(
        "parent", _l("Stands under"), _l("What stands under a group has its kind."),
        options=views.group_choices, blank=_l("nothing: it stands at the top"), once=True,
    ),
    pick(
        "kind", _l("Kind of asking"), options=views.kind_choices, required=True, once=True
    ),
    tick(
        "open_to_neighbours",
        _l("Usually everybody's matter"),
        _l(
            "Others may see that it was reported, and follow it; never who reported it or what was"
            " written. Residents can say no."
        ),
    ),
)  # fmt: skip

REASON = (
    cards("use", _l("What it is for"), tuple(USE.items())),
    replace(_NAME, help=_l("Residents read it: plain, and without a section of the law.")),
)

TEMPLATE = (
    replace(_NAME, help=_l("A few words by which it is found in the list.")),
    long(
        "text",
        _l("Text"),
        _l(
            "Polite and plain. Put what has to be written each time into brackets, so that nobody"
            " forgets it."
        ),
        required=True,
        longest=1000,
        longest_en=1000,
    ),
    pick(
        "verb", _l("For which act"), options=verb_choices, among=TEMPLATE_VERBS, blank=_l("all")
    ),
    pick("category", _l("For which category"), options=views.category_choices, blank=_l("all")),
)  # fmt: skip

_CHOICES = lines(
    "choices",
    _l("Answers to choose from"),
    _l(
        "Only for one of several answers. One a line: Chinese | English. What was answered keeps"
        " the name that it had."
    ),
    rows=6,
    read=lambda row: [each["name"] for each in row.choices],
)
QUESTION = (
    label(
        "label", _l("Question"), _l("As you would ask it on the phone."),
        required=True, longest=80, longest_en=120,
    ),
    label("hint", _l("Help under it"), longest=150, longest_en=200),
    cards("kind", _l("Answer"), [(kind, *said) for kind, said in views.ANSWER_KIND.items()]),
    _CHOICES,
    tick(
        "required",
        _l("Must be answered"),
        _l("Nobody can file on a page without it. Workbooks and city-wide systems do not ask."),
    ),
    tick(
        "personal",
        _l("The answer is personal"),
        _l(
            "Kept sealed and shown to those alone who may know who asks; never in figures, files,"
            " searches or on public pages."
        ),
    ),
)  # fmt: skip


_DAYS: dict[str, Any] = {"least": 1, "most": 365, "unit": _l("days"), "required": True}
TERMS = (
    number(
        "warn_percent",
        _l("Warn when this much of the time has passed"),
        _l("From then on a demand is amber and its holder is reminded."),
        **{**_DAYS, "most": 99, "unit": "%"},
    ),
    number(
        "review_hours",
        _l("Time for a second pair of eyes"),
        _l("So long another level has to decide whether a demand is not reasonable."),
        **{**_DAYS, "most": 2000, "unit": _l("working hours")},
    ),
    number(
        "answer_days",
        _l("Wait for a resident's answer"),
        _l("So long a question to the resident holds the clock; then it goes on by itself."),
        **_DAYS,
    ),
    number(
        "confirm_days",
        _l("Wait for a resident's confirmation"),
        _l("When the resident says nothing for so long, what was resolved counts as confirmed."),
        **_DAYS,
    ),
    number(
        "reopen_days",
        _l("A demand can be reopened"),
        _l("Counted from the day on which it was finished."),
        **_DAYS,
    ),
    number(
        "appeal_days",
        _l("A decision can be appealed"),
        _l("Counted from the day on which it was declined."),
        **_DAYS,
    ),
)


def question_shape(row: Question | None) -> tuple[Field, ...]:
    """The fields of a question; choices only where one of them is, or can be, the answer."""
    return tuple(f for f in QUESTION if f is not _CHOICES or row is None or row.kind == "choice")
