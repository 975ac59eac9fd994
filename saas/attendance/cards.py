"""What attendance puts on the start page: what goes on, or is over and not closed."""

from __future__ import annotations

from flask import url_for

from saas.activities import queries as sessions
from saas.activities import views as activities
from saas.activities import words
from saas.activities.permissions import SEE
from saas.attendance import queries
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.workbench.declared import MAIN, Card, Count, Found, Line

_SHOWN = 6
_COUNTED = {"running": _l("going on"), "held": _l("over, to be closed")}


def _to_count(actor: Actor) -> Found | None:
    here = queries.to_count(actor)
    scenes = sessions.scenes(sessions.rows_of(here, _SHOWN))
    if not scenes:
        return None
    lines = [
        Line(say(scene.activity.title), url_for("attendance.count", code=scene.session.code),
             activities.when(scene.session), _state(scene.session.state))
        for scene in scenes
    ]  # fmt: skip
    numbers = queries.states_in(here)
    counts = [
        Count(numbers.get(state, 0), word, url_for("activities.sessions", state=state))
        for state, word in _COUNTED.items()
    ]
    return Found(counts, lines, more=(_("All sessions"), url_for("activities.sessions")))


def _state(state: str) -> tuple[str, str]:
    return words.STATE[state][0], str(words.STATE[state][1])


CARDS = (Card("attendance_open", _l("Who comes now"), SEE, 22, _to_count, MAIN),)
