"""Demands and public answers, for who searches."""

from __future__ import annotations

from flask import url_for

from saas.demands.case import queries as cases
from saas.demands.case import views
from saas.demands.case.permissions import VIEW
from saas.demands.knowledge import queries as knowledge
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.search.declared import Finder, Hit


def _find_demands(typed: str, actor: Actor, limit: int) -> list[Hit]:
    code, rows = cases.demands_called(typed, actor=actor, limit=limit)
    lines = views.lines_of(rows, url_for("demands.listing") + "/")
    return [
        Hit(line.words, line.url, f"{line.code} · {line.unit}", line.code == code) for line in lines
    ]


def _find_answers(typed: str, actor: Actor, limit: int) -> list[Hit]:
    found, _ = knowledge.search_answers(typed, size=limit)
    return [
        Hit(each.question, url_for("demands.answer", answer=each.code), say(each.category))
        for each in found
    ]


DEMANDS = Finder("demands", _l("Demands"), _find_demands, 10, ("demands.listing", VIEW))
ANSWERS = Finder("answers", _l("Answers"), _find_answers, 50, ("demands.answers", None))
