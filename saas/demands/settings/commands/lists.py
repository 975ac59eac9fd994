"""Changing what can be asked for and what can be chosen. Codes are for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from saas.catalogue.rows import Catalogue
from saas.demands.case import queries as cases
from saas.demands.case.permissions import ensure_settings
from saas.demands.case.queries import is_category
from saas.demands.menu import queries as menu
from saas.demands.menu import rules
from saas.demands.menu.models import Category, Kind, Question, ReasonCode, ReplyTemplate
from saas.demands.menu.rules import TEMPLATE_BLANKS, TEMPLATE_VERBS, unknown_blanks
from saas.demands.settings import queries
from saas.kernel.context import Label
from saas.kernel.errors import Conflict, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.ordering import free_code

_List = partial(Catalogue, domain="demands", ensure=ensure_settings, after=cases.forget_ground)

# What a category asks


def _settle_question(values: Mapping[str, Any], row: Question | None) -> Mapping[str, Any]:
    """Choices get their codes; the kind of answer stays. What was answered stays as it was."""
    if row is None:
        if menu.open_leaf(values["category"]) is None:
            raise Conflict(_l("Nothing can be filed here, so nothing can be asked."))
        _ensure_room(values["category"])
    kind, known = (row.kind, row.choices) if row else (values["kind"], ())
    return {**values, "choices": _choices(kind, values["choices"], known)}


def _may_restore(row: Question) -> None:
    if row.retired:
        _ensure_room(row.category)


def _ensure_room(category: str) -> None:
    if len(menu.questions_of(category)) >= rules.MOST_QUESTIONS:
        raise Conflict(_l("A category asks at most six questions. Retire one first."))


def _choices(
    kind: str, labels: Sequence[Label], known: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Choices with their codes: one whose Chinese name stays keeps its code, and one that stands
    alone in the place of another is that one under a new name.
    """
    if kind != "choice":
        return []
    if not rules.LEAST_CHOICES <= len(labels) <= rules.MOST_CHOICES:
        raise Invalid({"choices": [_l("Give from 2 to 20 answers, one a line.")]})
    if len({label["zh"] for label in labels}) < len(labels):
        raise Invalid({"choices": [_l("An answer stands here twice.")]})
    codes = {each["name"]["zh"]: each["code"] for each in known}
    kept = {codes[label["zh"]] for label in labels if label["zh"] in codes}
    renamed = len(labels) == len(known)
    taken, found = {each["code"] for each in known}, list[dict[str, Any]]()
    for place, label in enumerate(labels):
        code = codes.get(label["zh"])
        if code is None and renamed and known[place]["code"] not in kept:
            code = known[place]["code"]
        if code is None:
            code = free_code(label, "answer", taken)
        taken.add(code)
        found.append({"code": code, "name": dict(label)})
    return found


#: What each category asks; what was answered stays with its demands.
QUESTIONS = _List(
    model=Question,
    noun="question",
    thing="demand_question",
    words=_l("Question"),
    label="label",
    within=("category",),
    settle=_settle_question,
    may_restore=_may_restore,
)


# Kinds of asking


#: What the kinds of asking are called; there are no others.
KINDS = _List(
    model=Kind,
    noun="kind",
    thing="demand_kind",
    words=_l("Kind of asking"),
    verbs=("change",),
)


# Categories


def _settle_category(values: Mapping[str, Any], row: Category | None) -> Mapping[str, Any]:
    """A new one stands under a group and has its kind, or at the top of a kind."""
    if row:
        return values
    above = _group(values["parent"]) if values["parent"] else None
    kind = above.kind if above else menu.kind(values["kind"]).code
    return {**values, "kind": kind, "parent": above.code if above else None}


def _group(code: str) -> Category:
    """The category under which a new one comes to stand."""
    above = menu.category(code)
    grouping = {each.parent for each in menu.categories()}
    if above.parent is not None or above.retired:
        raise not_listed("parent")
    if code not in grouping and queries.was_filed(code):
        sentence = _l("Demands were filed in it directly, so it cannot group others.")
        raise Invalid({"parent": [sentence]})
    return above


def _may_retire_category(row: Category) -> None:
    """What is in it goes on. A group goes after all beneath it, and one stays."""
    beneath = [each for each in menu.categories() if each.parent == row.code]
    if any(not each.retired for each in beneath):
        raise Conflict(_l("Retire what stands under it first."))
    if [leaf.code for leaf in menu.open_leaves()] == [row.code]:
        raise Conflict(_l("It is the last one: residents could file nothing any more."))


def _may_restore_category(row: Category) -> None:
    if row.parent and menu.category(row.parent).retired:
        raise Conflict(_l("Bring back the group above it first."))


#: What a demand can be about.
CATEGORIES = _List(
    model=Category,
    noun="category",
    plural="categories",
    thing="demand_category",
    words=_l("Category"),
    within=("kind", "parent"),
    settle=_settle_category,
    may_retire=_may_retire_category,
    may_restore=_may_restore_category,
)


# Causes for suspending and for declining


def _settle_reason(values: Mapping[str, Any], row: ReasonCode | None) -> Mapping[str, Any]:
    if row is None and values["use"] not in rules.USES:
        raise not_listed("use")
    return values


def _may_retire_reason(row: ReasonCode) -> None:
    """The last one of its use stays: without a cause nobody could decide."""
    if [each.code for each in menu.reasons(row.use)] == [row.code]:
        raise Conflict(_l("It is the last one: nobody could choose a cause any more."))


#: What can be chosen as a cause; what was decided with one shows its words of now.
REASONS = _List(
    model=ReasonCode,
    noun="reason",
    thing="demand_reason",
    words=_l("Cause"),
    within=("use",),
    settle=_settle_reason,
    may_retire=_may_retire_reason,
)


# Reply templates


def _settle_template(values: Mapping[str, Any], row: ReplyTemplate | None) -> Mapping[str, Any]:
    """Raises `Invalid` for a blank that nothing can fill, and for what is not on the lists."""
    errors: dict[str, list[object]] = {}
    for language, words in values["text"].items():
        if wrong := unknown_blanks(words):
            allowed = " ".join(f"{{{name}}}" for name in TEMPLATE_BLANKS)
            sentence = _l(
                "%(found)s cannot be filled in; the blanks are %(allowed)s.",
                found=wrong[0],
                allowed=allowed,
            )
            errors[f"text_{language}"] = [sentence]
    if values["category"] is not None and not is_category(values["category"]):
        errors |= not_listed("category").errors
    if values["verb"] is not None and values["verb"] not in TEMPLATE_VERBS:
        errors |= not_listed("verb").errors
    if errors:
        raise Invalid(errors)
    return values


#: Texts to begin an answer with. What was answered with one before stays as it was sent.
TEMPLATES = _List(
    model=ReplyTemplate,
    noun="template",
    thing="reply_template",
    words=_l("Reply template"),
    settle=_settle_template,
    stem="text",
)
