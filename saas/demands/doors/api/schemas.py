"""What the API takes and gives for demands. Labels come in every language, codes beside them."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates

from saas.demands.case import queries as cases
from saas.demands.case import rules, words
from saas.demands.case.schemas import ActIn
from saas.demands.doors.entering import Phone
from saas.demands.menu.rules import LONGEST_ANSWER, QUESTION_KINDS
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelOut, filled

#: The console's lists, and one that has everything: for systems that keep a copy.
LISTS = (*cases.LISTS, "all")
_LONGEST_CODE = validate.Length(max=40)


def _about(text: object) -> dict[str, Any]:
    return {"metadata": {"description": text}}


def _text(most: int, about: object = "", **options: Any) -> fields.String:
    """A text of a caller; empty if it is not given."""
    described = _about(about) if about else {}
    given = {"load_default": "", **options, **described}
    return fields.String(validate=validate.Length(max=most), **given)


class DemandsAsked(Schema):
    """Which list, and what it is narrowed down to."""

    which = fields.String(
        data_key="list",
        load_default="mine",
        validate=validate.OneOf(LISTS),
        **_about(_l("The lists of the console; all has every demand in reach.")),
    )
    level = _text(40)
    category = _text(40, _l("Code of a category, or of the one above several."))
    kind = _text(40)
    state = fields.String(load_default="", validate=validate.OneOf(rules.STATES))
    held = _text(40, _l("Code of the unit that has it."))
    changed_since = fields.AwareDateTime(
        load_default=None,
        default_timezone=UTC,
        **_about(_l("Only what was acted on at or after this moment; UTC without a zone.")),
    )


class NamedOut(Schema):
    """Something by its code and name."""

    code = fields.String()
    name = LabelOut()


class Named(fields.Nested):
    """Code and name as they are given: a list has sixty, and looking into each costs as much as
    finding them.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(NamedOut, **options)

    def _serialize(self, *given: Any, **_: Any) -> Any:
        return given[0]


class DemandOut(Schema):
    """A demand in a list."""

    code = fields.String()
    words = fields.String()
    state = fields.String(validate=validate.OneOf(rules.STATES))
    level = fields.String()
    kind = fields.String()
    category = Named()
    unit = Named(**_about(_l("Where it arose.")))
    holder = Named(**_about(_l("Who has it now.")))
    channel = fields.String(validate=validate.OneOf(rules.CHANNELS))
    filed_at = fields.DateTime()
    entered_at = fields.DateTime(**_about(_l("When it came to who has it.")))
    due_at = fields.DateTime(allow_none=True)
    ended_at = fields.DateTime(allow_none=True)
    changed_at = fields.DateTime(**_about(_l("When it was last acted on.")))
    acts = fields.Integer(**_about(_l("How many acts there were; send it as seen with your own.")))


class StoryOut(Schema):
    """One act in the story of a demand: from whom to whom, why, and until when it is due then.

    ``actor`` names a person only where the pages do.
    """

    number = fields.Integer()
    verb = fields.String()
    at = fields.DateTime()
    actor_kind = fields.String(**_about(_l("person, token, clock or system")))
    actor = fields.String(allow_none=True, **_about(_l("Name of the person or the token.")))
    from_unit = Named(allow_none=True)
    to_unit = Named()
    with_unit = Named(allow_none=True)
    level = fields.String()
    state = fields.String()
    code = fields.String(allow_none=True, **_about(_l("Code of a cause.")))
    reason = fields.String(allow_none=True)
    rating = fields.Integer(allow_none=True)
    internal = fields.Boolean(**_about(_l("For staff alone; the resident never sees it.")))
    due_at = fields.DateTime(allow_none=True)


class HelperOut(Schema):
    """A unit that was asked to join."""

    unit = Named()
    task = fields.String()
    asked_at = fields.DateTime()
    due_at = fields.DateTime()
    answer = fields.String(allow_none=True)
    ended_at = fields.DateTime(allow_none=True)


class FilerOut(Schema):
    """Who asked, for those who handle it; never where the resident wants to stay unnamed."""

    name = fields.String()
    phone = fields.String()


class AnswerOut(Schema):
    """An answer to what the category asked, under the label as it was asked.

    ``value`` of a personal one is null for who may not know who asks.
    """

    question = fields.String()
    label = LabelOut()
    kind = fields.String(validate=validate.OneOf(QUESTION_KINDS))
    personal = fields.Boolean()
    value = fields.String(
        allow_none=True,
        **_about(_l("A text, a number, the code of a choice, yes or no, or a day.")),
    )
    name = LabelOut(allow_none=True, **_about(_l("What a choice was called then.")))


class PhotoOut(Schema):
    """A picture of a demand."""

    url = fields.String(**_about(_l("Address of the picture.")))
    place = fields.String(**_about(_l("before, after or note.")))
    act = fields.Integer(**_about(_l("Number of the act with which it came.")))
    at = fields.DateTime()


class DemandDetailOut(DemandOut):
    """One demand with its story, oldest act first, and what the caller can do now."""

    spot = fields.String(allow_none=True)
    anonymous = fields.Boolean()
    open_to_neighbours = fields.Boolean()
    filer = fields.Nested(FilerOut, allow_none=True)
    answers = fields.List(fields.Nested(AnswerOut))
    handlers = fields.List(fields.String(), **_about(_l("People who act for who has it.")))
    helpers = fields.List(fields.Nested(HelperOut))
    appointment_at = fields.DateTime(allow_none=True)
    accepted_at = fields.DateTime(allow_none=True)
    warn_at = fields.DateTime(allow_none=True)
    next_at = fields.DateTime(
        allow_none=True, **_about(_l("When the clock does something by itself."))
    )
    supervised_at = fields.DateTime(allow_none=True)
    passed_up = fields.Integer()
    climbed = fields.Integer(**_about(_l("How often it was passed up by deadline.")))
    returned = fields.Integer()
    reopened = fields.Integer()
    rating = fields.Integer(allow_none=True)
    merged_into = fields.String(allow_none=True)
    photo = fields.String(allow_none=True, **_about(_l("Address of the picture.")))
    photos = fields.List(
        fields.Nested(PhotoOut), **_about(_l("Of what was reported, done and noted."))
    )
    verbs = fields.List(fields.String(), **_about(_l("What the caller can do now.")))
    story = fields.List(fields.Nested(StoryOut))


class DemandFiledIn(Schema):
    """A demand that another system enters, for itself or for somebody who called."""

    category = fields.String(
        required=True, validate=validate.Length(min=1, max=40), **_about(_l("Its code."))
    )
    unit = fields.String(
        required=True,
        validate=validate.Length(min=1, max=40),
        **_about(_l("Code of the unit where it arose, within reach of the token.")),
    )
    words = fields.String(required=True, validate=filled(2000))
    spot = _text(100, _l("The exact place, in words."))
    caller_name = _text(60)
    caller_phone = Phone(load_default="")
    answers = fields.Dict(
        keys=fields.String(validate=_LONGEST_CODE),
        values=fields.String(validate=validate.Length(max=LONGEST_ANSWER)),
        load_default=dict,
        **_about(_l("By the code of the question, as the category asks them.")),
    )
    anonymous = fields.Boolean(
        load_default=False, **_about(_l("Hide the caller from those who handle it."))
    )
    open_to_neighbours = fields.Boolean(
        load_default=False,
        **_about(_l("Neighbours may see that it was reported; not by whom, nor the words.")),
    )

    @validates("words")
    def _says_something(self, value: str, **_: Any) -> None:
        if not value.strip():
            raise ValidationError(_l("Please fill this in."))


class DemandFiledOut(Schema):
    """What was made: who has it, and until when it is to be accepted."""

    code = fields.String()
    state = fields.String()
    level = fields.String()
    holder = Named()
    filed_at = fields.DateTime()
    due_at = fields.DateTime(allow_none=True)


class DemandActIn(ActIn):
    """An act; which of the fields a verb asks for stands under the acts that are open now."""

    verb = fields.String(required=True, validate=validate.OneOf(tuple(words.DO)))


class OptionOut(Schema):
    """A value that can be chosen, and what it is called in the caller's language."""

    value = fields.String()
    name = fields.String()


class OpenActOut(Schema):
    """A verb that the caller can use now: what it asks for, what it also takes, what can be
    chosen.
    """

    verb = fields.String()
    name = fields.String()
    asks = fields.List(fields.String())
    takes = fields.List(fields.String())
    options = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(OptionOut)))


class OpenActsOut(Schema):
    """What can be done about a demand now; send ``seen`` back with the act."""

    seen = fields.Integer()
    acts = fields.List(fields.Nested(OpenActOut))


class DemandKindOut(NamedOut):
    """A kind of asking."""

    hint = LabelOut()
    appointments = fields.Boolean()


class DemandKindsOut(Schema):
    """Every kind, in order."""

    kinds = fields.List(fields.Nested(DemandKindOut))


class QuestionOut(Schema):
    """What a category asks; the code is the key of its answer."""

    code = fields.String()
    label = LabelOut()
    hint = LabelOut()
    kind = fields.String(validate=validate.OneOf(QUESTION_KINDS))
    choices = fields.List(fields.Nested(NamedOut))
    required = fields.Boolean()
    personal = fields.Boolean()


class CategoryOut(NamedOut):
    """What a demand can be about. Demands are filed where ``open`` says so."""

    hint = LabelOut()
    kind = fields.String()
    parent = fields.String(allow_none=True)
    open = fields.Boolean(**_about(_l("Demands can be filed here.")))
    open_to_neighbours = fields.Boolean()
    questions = fields.List(fields.Nested(QuestionOut))


class CategoriesOut(Schema):
    """Every category, those above before those beneath."""

    categories = fields.List(fields.Nested(CategoryOut))


class DeadlineOut(Schema):
    """Working hours of a level; for one category, or for all that have none of their own."""

    level = fields.String()
    category = fields.String(allow_none=True)
    accept_hours = fields.Integer()
    resolve_hours = fields.Integer()


class TermsOut(Schema):
    """What holds for every demand; days have 24 hours, ``review_hours`` are working hours."""

    warn_percent = fields.Integer()
    confirm_days = fields.Integer()
    reopen_days = fields.Integer()
    appeal_days = fields.Integer()
    answer_days = fields.Integer()
    review_hours = fields.Integer()


class DeadlinesOut(Schema):
    """Every deadline, the lowest level first, and the terms."""

    deadlines = fields.List(fields.Nested(DeadlineOut))
    terms = fields.Nested(TermsOut)
