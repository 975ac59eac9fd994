"""Notices arrive: a real one was sent, and the deliveries say what became of it."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import queries as notices
from saas.notices import words as notice_words
from saas.notices.queries import Sent
from saas.onboarding.rules import Finding

#: What the test says. Nothing but tests sends it.
TRIAL: Final = notice_words.declare(
    "onboarding.trial",
    title=_l("A test: notices reach you"),
    text=_l("It was sent by the checklist of this district. There is nothing to do."),
)
_WAYS: Final = "/deliveries"
#: State of a delivery → what it says of its way.
_STATES: Final = {
    "sent": ("way_delivered", "ok"),
    "trapped": ("way_trapped", "ok"),
    "spared": ("way_spared", "ok"),
    "waiting": ("way_waiting", "gap"),
    "failed": ("way_failed", "gap"),
    "given_up": ("way_failed", "gap"),
}


def check() -> list[Finding]:
    """The inbox of who asked for the test, and every way out that is set up."""
    trial = notices.last_trial(TRIAL)
    if trial is None:
        return [Finding("never_tried", "gap")]
    notice = trial.notice
    inbox = Finding(
        "inbox_told",
        "ok",
        {"people": [notice.person_id], "at": notice.at.isoformat()},
        path="/inbox",
    )
    mail, hooks = notices.ways_out(notice.person_id)
    missing = hooks - {one.delivery.webhook_id for one in trial.sent}
    untried = [Finding("way_untried", "gap", path=_WAYS)] if missing else []
    lines = [_way(one) for one in trial.sent if one.hook is None or one.hook.active]
    off = [] if mail else [Finding("no_mail", "off", path="/inbox/settings")]
    return [inbox, *lines, *untried, *off]


def _way(sent: Sent) -> Finding:
    delivery = sent.delivery
    kind, state = _STATES[delivery.state]
    facts = {"channel": delivery.channel, "endpoint": delivery.endpoint or "", "why": ""}
    if delivery.fault:
        facts["why"] = delivery.fault
    moment = delivery.done_at or delivery.at
    return Finding(kind, state, facts | {"at": moment.isoformat()}, path=f"{_WAYS}/{delivery.id}")
