"""An hour at a counter: an appointment is a demand that names one."""

from __future__ import annotations

from datetime import datetime

from saas.demands import queries
from saas.demands.commands.filing import Intake, file_demand
from saas.demands.commands.questions import Answers
from saas.demands.models import Demand
from saas.kernel.context import Actor
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.queries import Unit


def book(
    *,
    category: str,
    counter: Unit,
    at: datetime,
    words: str,
    submission: str,
    answers: Answers | None = None,
    actor: Actor,
) -> Demand:
    """Take an hour (aware). One at a time gives them out, so that the last place goes to one.

    The same ``submission`` again gives the appointment of the first time; `Invalid` at ``at`` when
    somebody else was quicker.
    """
    guide = queries.lock_guide(category)
    if guide is None or counter not in queries.counters(guide):
        raise NotFound
    if not queries.is_filed(submission) and not queries.is_free(guide, counter, at):
        raise Invalid({"at": [_l("Somebody else has just taken this hour. Choose another one.")]})
    return file_demand(
        category=category,
        unit=counter,
        words=words,
        submission=submission,
        intake=Intake(appointment_at=at),
        answers=answers,
        actor=actor,
    )
