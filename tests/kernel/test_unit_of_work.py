"""What is kept within a transaction, and for how long."""

from __future__ import annotations

from saas.kernel.db import session
from saas.kernel.unit_of_work import forget, once, undone
from tests.support import District


def test_what_is_asked_for_again_in_a_transaction_is_made_once(alpha: District) -> None:
    made: list[int] = []

    def make() -> int:
        session.connection()
        made.append(len(made))
        return made[-1]

    with alpha.work():
        assert (once("a", make), once("a", make)) == (0, 0)
        with undone():
            assert once("a", make) == 0, "what was read outside is as true inside"
            forget("a")
            assert once("a", make) == 1
        assert once("a", make) == 2, "what was read inside is gone with it"
        forget("a")
        assert once("a", make) == 3
        assert once("b", make) == 4
    with alpha.work():
        assert once("a", make) == 5, "another transaction sees another state"
