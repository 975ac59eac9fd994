"""A new verb is a row and its cells: everything else follows from them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from saas.casework import Cell
from saas.demands import commands, queries
from saas.demands.case import rules, views, words
from saas.demands.case.words import facts, kinds
from saas.demands.commands import Deed
from saas.domains import DOMAINS
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.notices.models import Notice
from tests.demands.working import act, file, verbs
from tests.support import District

VISIT = words.Verb(
    code="visit", done="Visited", do="Visit", ask="What did you see?", icon="person", tone="good",
    group="tell", tagged=True, notices={"filer": kinds.YOURS_REPLIED}, fact=facts.ACCEPTED,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _visiting(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = Cell("accepted", clock="resolve", asks=("reason",), unless=("helpers",))
    monkeypatch.setitem(rules.TABLE, ("accepted", "visit"), cell)
    for words_of, said in ((words.VERBS, VISIT), (words.DO, VISIT.do), (words.DONE, VISIT.done)):
        monkeypatch.setitem(words_of, "visit", said)
    # As `domain.py` makes them of the rows when it is read.
    monkeypatch.setitem(DOMAINS.actions, "demands.visit", VISIT.done)  # type: ignore[arg-type]


def test_it_is_offered_done_written_down_and_told(alpha: District) -> None:
    with alpha.work():
        demand, steward = file(alpha), alpha.actor("courtyard")
        with pytest.raises(Conflict):
            act(alpha, demand, "courtyard", "visit")
        act(alpha, demand, "courtyard", "accept")
        [(name, forms)] = [
            group for group in views.record_of(demand, steward).groups if VISIT.do in str(group)
        ]
        form = forms[-1]
        assert (name, form.verb, form.ask) == (words.GROUPS["tell"], "visit", "What did you see?")
        with pytest.raises(Invalid):
            commands.act(demand, Deed("visit"), actor=steward)
        act(alpha, demand, "courtyard", "visit")
        assert verbs(demand)[-1] == demand.last_verb == "visit"
        line = views.record_of(demand, steward).story[0]
        assert (line["did"], line["kind"]) == ("Visited", "good")
        told = sa.select(Notice.kind).where(Notice.person_id == alpha.people["resident"])
        assert "demands.yours_replied" in session.scalars(told).all()
        entry = session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id.desc())).first()
        assert entry == "demands.visit"
        rows, _ = queries.list_demands("mine", actor=steward)
        assert "Visited" in views.lines_of(rows, "")[0].tags
        act(alpha, demand, "courtyard", "join", unit="community", hours=2)
        with pytest.raises(Conflict):
            act(alpha, demand, "courtyard", "visit")
