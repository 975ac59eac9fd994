"""What demands declare of demands.yaml: its lists, their fields in words, what editors are told."""

from __future__ import annotations

from typing import Final

from saas.demands.figures.words import PERIOD, section_said
from saas.demands.package.shapes import Demands
from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.parts import File, Listed, alone
from saas.packages.words import one_of
from saas.territory.package.shapes import ESCALATION

#: Steps for which a reply template is offered.
VERB: Final = {
    "reply": _l("answering"),
    "ask": _l("asking for more"),
    "resolve": _l("resolving"),
    "pass_up": _l("passing up"),
    "return_down": _l("returning"),
    "doubt": _l("declining"),
    "suspend": _l("suspending"),
    "end": _l("ending"),
}
#: What the answer to a question is.
ANSWER_KIND: Final = {
    "text": _l("words"),
    "number": _l("a number"),
    "choice": _l("one of several answers"),
    "yes_no": _l("yes or no"),
    "date": _l("a day"),
}
USE: Final = {"suspend": _l("to suspend"), "decline": _l("to decline")}

_KINDS = ("demands", "kinds")
_CATEGORIES = ("demands", "categories")
_LEVELS = ("territory", "levels", ESCALATION)
FILE: Final = File("demands", Demands, _l("Demands"), place=40)
LISTS: Final = (
    alone("demands", "terms", _l("the terms"), _l("Terms")),
    Listed(*_KINDS, _l("kind of asking"), _l("Kinds of asking")),
    Listed(*_CATEGORIES, _l("category"), _l("Categories"),
           refs={"parent": _CATEGORIES, "kind": _KINDS}),
    Listed("demands", "deadlines", _l("deadline"), _l("Deadlines"), key=("level", "category"),
           ordered=False, title="", refs={"level": _LEVELS, "category": _CATEGORIES}),
    Listed("demands", "reasons", _l("cause"), _l("Causes"), says={"use": one_of(USE)}),
    Listed("demands", "guides", _l("guide"), _l("Guides"), key=("category",), optional=True,
           ordered=False, title="", refs={"category": _CATEGORIES, "level": _LEVELS}),
    Listed("demands", "templates", _l("reply template"), _l("Reply templates"), optional=True,
           refs={"category": _CATEGORIES}, says={"verb": one_of(VERB)}),
    Listed("demands", "questions", _l("question"), _l("Questions"), optional=True, title="label",
           refs={"category": _CATEGORIES}, says={"kind": one_of(ANSWER_KIND)}),
    Listed("demands", "reports", _l("report"), _l("Reports"), optional=True, title="title",
           says={"period": one_of(PERIOD), "sections": section_said}),
)  # fmt: skip
FIELDS: Final = {
    "accept_hours": _l("hours to accept"),
    "answer_days": _l("days to answer a question"),
    "appeal_days": _l("days to appeal"),
    "appointments": _l("appointments"),
    "bring": _l("what to bring"),
    "category": _l("category"),
    "choices": _l("answers to choose from"),
    "confirm_days": _l("days to confirm"),
    "cost": _l("cost"),
    "counter": _l("counter"),
    "days_ahead": _l("days ahead"),
    "hint": _l("hint"),
    "kind": _l("kind"),
    "label": _l("wording of the question"),
    "level": _l("level"),
    "open_to_neighbours": _l("open to neighbours"),
    "parent": _l("group"),
    "period": _l("period"),
    "personal": _l("answer is personal"),
    "per_slot": _l("appointments at a time"),
    "required": _l("must be answered"),
    "reopen_days": _l("days to reopen"),
    "resolve_hours": _l("hours to resolve"),
    "review_hours": _l("hours to review"),
    "sections": _l("sections"),
    "slot_minutes": _l("minutes an appointment"),
    "steps": _l("steps"),
    "takes": _l("time it takes"),
    "text": _l("text"),
    "use": _l("use"),
    "verb": _l("step it is for"),
    "warn_percent": _l("share of the time after which it warns"),
}
#: By the name of a mapping, or of a field in it.
EXPLAINED: Final = {
    "Demands": _l("What residents can ask for, and the terms on which it is handled."),
    "DemandKind": _l("A kind of asking, the first thing that a resident chooses."),
    "DemandKind.appointments": _l("Whether a day and an hour can be named."),
    "Category": _l("What a demand is about."),
    "Category.parent": _l("The category that groups this one, or null at the top."),
    "Category.kind": _l("Only for categories at the top: of which kind they are."),
    "Category.open_to_neighbours": _l("Neighbours see it and can join in."),
    "Guide": _l("How an affair is settled: what to bring, which steps, where."),
    "Deadline": _l("Working hours that a level has; with a category, for that one alone."),
    "Reason": _l("A cause to choose from, for suspending or for declining."),
    "Template": _l("A text to begin an answer with. Blanks: {code} {unit} {category} {due}."),
    "Template.verb": _l("The step for which it is offered; for all if not given."),
    "Question": _l("What a category asks besides the words of who files, at most six of them."),
    "Question.kind": _l("What the answer is: text, number, choice, yes_no or date."),
    "Question.choices": _l("Only for kind choice: at least two answers to choose from."),
    "Question.required": _l("Nobody files on a page without answering it."),
    "Question.personal": _l(
        "The answer is kept sealed: never in figures, files, searches or public pages."
    ),
    "AnswerChoice": _l("One answer; its code is for ever, its name may change."),
    "Report": _l("Figures that are put together every month, quarter or year."),
    "Report.sections": _l("What it shows, one after the other."),
    "ReportSection": _l("Some measures, divided by one thing, narrowed down or not."),
    "ReportSection.by": _l("all does not divide, ladder shows how far demands climbed."),
    "Terms": _l("What holds for every demand. Days have 24 hours, review_hours are working hours."),
}
