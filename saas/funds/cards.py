"""What funds put on the start page."""

from __future__ import annotations

from flask import url_for

from saas.funds import commands, queries, views
from saas.funds.models import Gift
from saas.funds.permissions import MANAGE, RECEIVE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.permissions import VIEW
from saas.workbench.declared import MAIN, Card, Count, Found


def _fund(actor: Actor) -> Found:
    asked, sent, untold = queries.waiting()
    counts = [
        Count(number, word, url, "warn" if number else "")
        for number, word, url in (
            (asked, _l("wait for the committee"), url_for("funds.payouts", state="asked")),
            (sent, _l("wait to be posted"), url_for("funds.payouts", state="sent")),
            (untold, _l("payouts of which nobody has told what they did"),
             url_for("funds.payouts", untold="1")),
        )
    ]  # fmt: skip
    sheet = commands.due(clock.today())
    acts = [(_("Publish the sheet that is due"), "flag", url_for("funds.sheets"))] if sheet else []
    return Found(counts, acts=acts)


def _cash(actor: Actor) -> Found | None:
    held = queries.count(Gift, queries.stands("held"))
    if not held:
        return None
    late = any(too_long for _name, _amount, _days, too_long in views.late_cash())
    url = url_for("funds.gifts", state="held")
    return Found([Count(held, _l("gifts in cash, not yet banked"), url, "late" if late else "")])


def _meeting(actor: Actor) -> Found | None:
    """For whoever has a seat."""
    if queries.member_of(actor, clock.today()) is None:
        return None
    acts = [(_("Committee"), "people", url_for("funds.committee"))]
    if (found := queries.to_vote(actor, clock.today())) is None:
        return Found(acts=acts)
    meeting, number = found
    url = url_for("funds.meeting", code=meeting.code)
    words = _l("wait for your vote: the committee, %(day)s", day=meeting.on)
    return Found([Count(number, words, url, "warn")], acts=acts)


CARDS = (
    Card("fund", _l("Community charity fund"), MANAGE, 28, _fund, MAIN),
    Card("fund_meeting", _l("Committee of the fund"), VIEW, 27, _meeting),
    Card("fund_cash", _l("Cash"), RECEIVE, 29, _cash),
)
