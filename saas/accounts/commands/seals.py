"""Having the audit list checked against its seals."""

from __future__ import annotations

from saas.kernel import audit
from saas.kernel.context import Actor
from saas.seals import commands as seals
from saas.tenancy import jobs


def check_seals(*, actor: Actor) -> None:
    """Have every entry of this district held against its seals, in the background. Asking again
    while that waits hurries it: nothing is checked twice.
    """
    if seals.ask_check(actor.name):
        audit.record("accounts.check_seals", "seals", None, actor=actor)
    jobs.check_seals.enqueue(once="tenancy.check_seals")
