"""Whatever is done in whatever order: places taken are the people with places, and no more."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saas.activities import commands, queries
from saas.activities.models import SignUp
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.kernel.unit_of_work import undone
from tests.activities.making import act, answered, guest, on, published, taken
from tests.support import District

_STEP = st.tuples(
    st.sampled_from(("sign", "leave", "accept", "decline", "expire", "resize")),
    st.integers(0, 11), st.integers(1, 4),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_STEP, min_size=4, max_size=24))
def test_places_are_those_of_the_people_who_have_them(
    alpha: District, steps: list[tuple[str, int, int]]
) -> None:
    with alpha.work(), undone():
        one, made = published(alpha, on(9, 9), on(9, 10), places=6, room=False), list[SignUp]()
        for number, (what, which, size) in enumerate(steps):
            try:
                if what == "sign":
                    made.append(guest(alpha, one, number, size))
                elif what == "resize":
                    act(alpha, one, "resize", "street", places=3 + which)
                elif made:
                    _answer(alpha, made[which % len(made)], what)
            except (Conflict, Forbidden, Invalid):
                pass
            people = sum(s.party for s in queries.living(one.id, states=("confirmed", "offered")))
            assert taken(one) == people <= (one.capacity or 0)
            assert not queries.mismatched()


def _answer(alpha: District, signup: SignUp, what: str) -> None:
    if what == "expire":
        if signup.state == "offered":
            found, at = queries.access_signup(signup.code, actor=alpha.actor("street"), lock=True)
            commands.seating.move(found, "expire", at, alpha.actor("street"))
            commands.promote(at.session)
        return
    verb = "take_out" if what == "leave" else what
    answered(alpha, signup, verb, "street")
