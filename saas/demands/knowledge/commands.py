"""Answers for everybody: drafted, mended, published, withdrawn."""

from __future__ import annotations

from saas.demands.case import permissions
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.case.queries import is_category
from saas.demands.knowledge import queries
from saas.demands.knowledge.models import PublicAnswer
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.personal import without_personal_data

_CODE_LENGTH = 16
#: An answer is made of a demand that has come to a result.
ANSWERABLE = ("resolved", "confirmed", "ended")


def ensure_answerable(demand: Demand) -> None:
    """Raises `Conflict` as long as it has come to no result."""
    if demand.state not in ANSWERABLE:
        raise Conflict(_l("A public answer can be made when the demand is finished."))


def propose_answer(
    demand: Demand, *, question: str, answer: str, category: str, actor: Actor
) -> PublicAnswer:
    """A draft made of a finished demand, without the numbers and known names in it.

    Raises `Forbidden`, `Invalid`, or `Conflict` when there is one already or the demand is open.
    """
    if not permissions.can_handle(actor, cases.holder_of(demand).path):
        raise Forbidden
    ensure_answerable(demand)
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
    row.question = without_personal_data(question, names)
    row.answer = without_personal_data(answer, names)
    session.add(row)
    _note_answer(deed, row, actor)
    return row


def known_names(demand_id: int | None) -> list[str]:
    """The names around the demand that an answer is made of."""
    demand = cases.demand_by_id(demand_id)
    return queries.names_around(demand) if demand else []


def _ensure_category(code: str) -> None:
    if not is_category(code):
        raise not_listed("category")


def _can_publish(row: PublicAnswer, actor: Actor) -> bool:
    return permissions.can_publish(actor, queries.place_of(row))


def _ensure_publishes(row: PublicAnswer, actor: Actor) -> None:
    if not _can_publish(row, actor):
        raise Forbidden


def _note_answer(deed: str, row: PublicAnswer, actor: Actor) -> None:
    session.flush()
    audit.record(f"demands.{deed}", "public_answer", row.id, actor=actor, code=row.code)
