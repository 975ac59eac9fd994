"""Writing down what was learnt: texts to begin an answer with, and answers for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saas.catalogue.rows import Catalogue
from saas.demands import permissions, queries, rules
from saas.demands.commands.terms import ensure_settings
from saas.demands.models import Demand, PublicAnswer, ReplyTemplate
from saas.demands.package.shapes import TEMPLATE_BLANKS, TEMPLATE_VERBS, unknown_blanks
from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l

_CODE_LENGTH = 16
#: An answer is made of a demand that has come to a result.
ANSWERABLE = ("resolved", "confirmed", "ended")


# Reply templates


def _settle(values: Mapping[str, Any], row: ReplyTemplate | None) -> Mapping[str, Any]:
    """Raises `Invalid` for a blank that nothing can fill, and for what is not on the lists."""
    _ensure_template(values["text"], values["category"], values["verb"])
    return values


def _ensure_template(text: Label, category: str | None, verb: str | None) -> None:
    errors: dict[str, list[object]] = {}
    for language, words in text.items():
        if wrong := unknown_blanks(words):
            allowed = " ".join(f"{{{name}}}" for name in TEMPLATE_BLANKS)
            sentence = _l(
                "%(found)s cannot be filled in; the blanks are %(allowed)s.",
                found=wrong[0],
                allowed=allowed,
            )
            errors[f"text_{language}"] = [sentence]
    if category is not None and not _is_category(category):
        errors["category"] = [_l("Choose one of the list.")]
    if verb is not None and verb not in TEMPLATE_VERBS:
        errors["verb"] = [_l("Choose one of the list.")]
    if errors:
        raise Invalid(errors)


def _is_category(code: str) -> bool:
    return code in queries.ground().parents


#: Texts to begin an answer with. What was answered with one before stays as it was sent.
TEMPLATES = Catalogue(
    model=ReplyTemplate,
    domain="demands",
    noun="template",
    plural="templates",
    thing="reply_template",
    ensure=ensure_settings,
    settle=_settle,
    stem="text",
)
add_template, change_template = TEMPLATES.add, TEMPLATES.change
retire_template, restore_template = TEMPLATES.retire, TEMPLATES.restore
shift_template = TEMPLATES.shift


# Answers that everybody may read


def propose_answer(
    demand: Demand, *, question: str, answer: str, category: str, actor: Actor
) -> PublicAnswer:
    """A draft made of a finished demand, without the numbers and known names in it.

    Raises `Forbidden`, `Invalid`, or `Conflict` when there is one already or the demand is open.
    """
    if not permissions.can_handle(actor, queries.holder_of(demand).path):
        raise Forbidden
    if demand.state not in ANSWERABLE:
        raise Conflict(_l("A public answer can be made when the demand is finished."))
    if queries.answer_of(demand) is not None:
        raise Conflict(_l("There is a public answer to this demand already."))
    row = _drafted(category, actor)
    row.demand_id = demand.id
    return _written(row, "propose_answer", question, answer, actor)


def write_answer(*, question: str, answer: str, category: str, actor: Actor) -> PublicAnswer:
    """A draft without a demand, for what is asked at the counter every day."""
    if not permissions.can_publish(actor, None):
        raise Forbidden
    return _written(_drafted(category, actor), "write_answer", question, answer, actor)


def change_answer(
    row: PublicAnswer, *, question: str, answer: str, category: str, actor: Actor
) -> None:
    """Other words. One that is public is changed only by who may publish it."""
    public = queries.state_of(row) == "published"
    if not (_can_publish(row, actor) or (row.written_by_id == actor.id and not public)):
        raise Forbidden
    _ensure_category(category)
    row.category = category
    _written(row, "change_answer", question, answer, actor)


def publish_answer(row: PublicAnswer, *, read: bool, actor: Actor) -> None:
    """Let everybody read it; ``read`` says that a person has looked for names in it."""
    _ensure_publishes(row, actor)
    if not read:
        raise Invalid({"read": [_l("Read it to the end first, then tick this.")]})
    row.published_at, row.withdrawn_at = clock.now(), None
    _note_answer("publish_answer", row, actor)


def withdraw_answer(row: PublicAnswer, *, actor: Actor) -> None:
    """Nobody reads it any more; its address stays its own."""
    _ensure_publishes(row, actor)
    if queries.state_of(row) != "published":
        raise Conflict
    row.withdrawn_at = clock.now()
    _note_answer("withdraw_answer", row, actor)


def _drafted(category: str, actor: Actor) -> PublicAnswer:
    _ensure_category(category)
    person = actor.id if actor.kind == "person" else None
    code = new_token()[:_CODE_LENGTH]
    return PublicAnswer(code=code, category=category, written_by_id=person, written_at=clock.now())


def _written(
    row: PublicAnswer, deed: str, question: str, answer: str, actor: Actor
) -> PublicAnswer:
    """What is stored never has in it what can be blotted out, whoever typed it."""
    names = known_names(row.demand_id)
    row.question = rules.without_personal_data(question, names)
    row.answer = rules.without_personal_data(answer, names)
    session.add(row)
    _note_answer(deed, row, actor)
    return row


def known_names(demand_id: int | None) -> list[str]:
    """The names around the demand that an answer is made of."""
    demand = queries.demand_by_id(demand_id)
    return queries.names_around(demand) if demand else []


def _ensure_category(code: str) -> None:
    if not _is_category(code):
        raise not_listed("category")


def _can_publish(row: PublicAnswer, actor: Actor) -> bool:
    return permissions.can_publish(actor, queries.place_of(row))


def _ensure_publishes(row: PublicAnswer, actor: Actor) -> None:
    if not _can_publish(row, actor):
        raise Forbidden


def _note_answer(deed: str, row: PublicAnswer, actor: Actor) -> None:
    session.flush()
    audit.record(f"demands.{deed}", "public_answer", row.id, actor=actor, code=row.code)
