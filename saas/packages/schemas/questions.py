"""Questions of a category in demands.yaml: what is asked besides the words of who files."""

from __future__ import annotations

from dataclasses import dataclass

from saas.packages.schemas.fields import Choice, Code, Flag, Label, Part, Rows, Strict
from saas.packages.schemas.fields import label as in_both

#: What an answer can be.
QUESTION_KINDS = ("text", "number", "choice", "yes_no", "date")
#: A category asks no more than these: a form that is long is not filled in.
MOST_QUESTIONS = 6
LEAST_CHOICES, MOST_CHOICES = 2, 20


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One of the answers to a question of kind ``choice``."""

    code: str
    name: Label


class AnswerChoiceSchema(Strict):
    """A row of ``choices``."""

    shape = AnswerChoice
    code = Code(required=True)
    name = in_both()


@dataclass(frozen=True, slots=True)
class Question:
    """What a category asks; ``kind`` is one of `QUESTION_KINDS`, and only ``choice`` has choices.

    The answer to a ``personal`` one is kept sealed and shown to those alone who may know who asks.
    """

    code: str
    category: str
    label: Label
    kind: str
    hint: Label | None = None
    choices: tuple[AnswerChoice, ...] = ()
    required: bool = False
    personal: bool = False


class QuestionSchema(Strict):
    """A row of ``questions``."""

    shape = Question
    code = Code(required=True)
    category = Code(required=True)
    label = in_both()
    kind = Choice(*QUESTION_KINDS, required=True)
    hint = in_both(required=False)
    choices = Rows(Part(AnswerChoiceSchema), most=MOST_CHOICES)
    required = Flag()
    personal = Flag()
