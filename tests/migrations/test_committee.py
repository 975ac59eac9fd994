"""What was given back and voted on before meetings were rows stays true; no more of it comes."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from saas.settings import Settings
from saas.tenancy.migrating import owner_engine, upgrade

pytestmark = pytest.mark.commits

#: People and units: who and where does not matter here.
_ELSEWHERE = (("fund_gifts", "unit_id"), ("fund_payouts", "unit_id"), ("fund_payouts", "asked_by"),
              ("fund_members", "person_id"))  # fmt: skip
_OLD = (
    "INSERT INTO fund_purposes (id, code, name, position) VALUES (1, 'elders', '{}', 1)",
    "INSERT INTO fund_gifts (id, number, code, unit_id, amount, purpose_id, way, shown_as, shown,"
    " received_on, at) VALUES (1, 1, 'a', 1, 5, 1, 'bank', 'anonymous', '', now(), now())",
    "INSERT INTO fund_gift_acts (gift_id, state, before, reason, at) VALUES (1, 'banked', NULL,"
    " NULL, now()), (1, 'confirmed', 'banked', NULL, now()), (1, 'reversed', 'confirmed', 'x',"
    " now())",
    "INSERT INTO fund_payouts (id, code, unit_id, amount, purpose_id, what, payee, asked_by, state)"
    " VALUES (1, 'b', 1, 5, 1, 'x', 'x', 1, 'resolved'), (2, 'c', 1, 5, 1, 'x', 'x', 1, 'asked')",
    "INSERT INTO fund_members (id, person_id, seat, since) VALUES (1, 1, 'chair', now())",
    "INSERT INTO fund_votes (payout_id, member_id, vote, at) VALUES (1, 1, 'yes', now()),"
    " (2, 1, 'no', now())",
    'INSERT INTO fund_resolutions (number, payout_id, "on", amount, members, yes, no, abstained,'
    " recused, at) VALUES (1, 1, now(), 5, 5, 3, 0, 0, 0, now())",
)
_NEW = (
    "INSERT INTO fund_votes (payout_id, member_id, vote, at) VALUES (1, 1, 'yes', now())",
    "INSERT INTO fund_gift_acts (gift_id, state, before, reason, at) VALUES (1, 'reversed',"
    " 'confirmed', 'x', now())",
)


def test_what_the_committee_did_before_meetings_comes_along_whole(settings: Settings) -> None:
    engine = owner_engine(settings.owner_url or "")
    with engine.connect() as connection, connection.begin() as transaction:
        connection.execute(sa.text("CREATE SCHEMA t_before"))
        upgrade(connection, "tenant", "t_before", "points")
        for table, column in _ELSEWHERE:
            gone = f"ALTER TABLE {table} DROP CONSTRAINT fk_{table}_{column}"
            connection.execute(sa.text(gone))
        for statement in _OLD:
            connection.execute(sa.text(statement))
        upgrade(connection, "tenant", "t_before")
        earlier = connection.execute(sa.text("SELECT gift_id, payout_id FROM fund_earlier"))
        assert {tuple(row) for row in earlier} == {(1, None), (None, 1), (None, 2)}
        for table, whose in (("votes", "payout_id"), ("resolutions", "payout_id")):
            kept = f"SELECT bool_and(earlier_id = {whose} AND item_id IS NULL) FROM fund_{table}"
            assert connection.scalar(sa.text(kept)) is True
        for statement in _NEW:
            with pytest.raises(sa.exc.IntegrityError), connection.begin_nested():
                connection.execute(sa.text(statement))
        transaction.rollback()
    engine.dispose()
