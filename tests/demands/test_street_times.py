"""Time limits of a street over the district's: the most specific holds."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from saas.demands import commands, queries
from saas.demands.case.models import Demand
from saas.demands.commands import Hours
from saas.demands.settings import commands as settings_commands
from saas.demands.settings import queries as settings
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, Invalid
from saas.territory import commands as territory
from tests.support import District

TIMES = "/demands/streets/street_one/times"


def _given(district: District, category: str = "rubbish", key: str = "street-times-0001") -> int:
    """The minutes to accept that a demand filed now in the street's courtyard has."""
    sent = district.client("resident").post(
        f"/demands/new/{category}/courtyard_one", category=category, unit="courtyard_one",
        words="请来看一看", submission=key,
    )  # fmt: skip
    assert sent.status_code == 302, sent.text
    code = str(sent.location.split("/demands/")[1].split("?")[0])
    with district.work():
        demand = session.scalars(sa.select(Demand).where(Demand.code == code)).one()
        assert demand.given_minutes is not None
        return demand.given_minutes


def _set(district: District, hours: int, *, category: str | None, street: bool) -> None:
    with district.work():
        admin = district.actor("admin")
        place = district.unit("street") if street else None
        spans = {} if category or street else queries.times()
        spans["courtyard"] = Hours(hours, 90)
        commands.set_times(spans, category=category, street=place, actor=admin)


def test_street_and_category_then_street_then_category_then_district(alpha: District) -> None:
    steps = [
        (2, None, False, 2),  # the district, every category
        (3, "rubbish", False, 3),  # the district, this category
        (5, None, True, 5),  # the street, every category
        (7, "sanitation", True, 7),  # the street, the group above the category
        (9, "rubbish", True, 9),  # the street, this category
    ]
    for number, (hours, category, street, expected) in enumerate(steps):
        _set(alpha, hours, category=category, street=street)
        assert _given(alpha, key=f"street-times-{number:04}") == expected * 60
    with alpha.work():
        inherited = settings.inherited_times(alpha.unit("street"), "rubbish")
        assert inherited["courtyard"].accept == 7
        assert settings.inherited_times(alpha.unit("street"))["courtyard"].accept == 2


def test_another_street_has_the_district_s_times(alpha: District) -> None:
    _set(alpha, 9, category=None, street=True)
    with alpha.work():
        ground = queries.ground()
        usual = ground.hours("courtyard", "rubbish")
        assert ground.hours("courtyard", "rubbish", "/alpha/street_two/x/") == usual
        mine = ground.hours("courtyard", "rubbish", alpha.unit("courtyard").path)
        assert mine is not None
        assert mine.accept == 9


def test_the_street_sets_and_gives_back_on_its_page(alpha: District) -> None:
    officer = alpha.client("street")
    sent = {"accept-courtyard": "1", "resolve-courtyard": "8", "accept-street": "2",
            "resolve-street": "9"}  # fmt: skip
    assert officer.post(TIMES, **sent).status_code == 302
    assert _given(alpha) == 60
    assert "street_one" in alpha.client("admin").get("/demands/settings").text
    assert officer.post(TIMES, **sent, back="courtyard").status_code == 302
    with alpha.work():
        assert set(queries.times(None, alpha.unit("street"))) == {"street"}
    assert officer.post(f"{TIMES}?category=rubbish", **sent).status_code == 302
    with alpha.work():
        assert set(settings.own_times(alpha.unit("street"))) == {"rubbish"}
        assert "rubbish" not in settings.own_times()
    assert officer.get(f"{TIMES}?category=nothing").status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"accept-courtyard": "9", "resolve-courtyard": "1"}, "resolve-courtyard"),
     ({"accept-courtyard": "9"}, "accept-courtyard"),
     ({"accept-courtyard": "x", "resolve-courtyard": "1"}, "accept-courtyard")],
)  # fmt: skip
def test_bad_times_are_named(alpha: District, sent: dict[str, str], field: str) -> None:
    answer = alpha.client("street").post(TIMES, **sent)
    assert answer.status_code in {200, 422}
    assert answer.status_code == 422
    assert "summary" in answer.text
    assert f'f-{field}"' in answer.text


def test_a_street_does_not_set_the_district_s_own_level(alpha: District) -> None:
    with alpha.work():
        street, actor = alpha.unit("street"), alpha.actor("street")
        levels = [level.code for level in settings.street_levels(street)]
        assert levels == ["courtyard", "compound", "community", "street"]
        with pytest.raises(Invalid):
            commands.set_times({"district": Hours(1, 2)}, street=street, actor=actor)


def test_only_who_supervises_the_street_may(alpha: District) -> None:
    with alpha.work():
        territory.add_unit(
            code="street_two", kind="street", name={"zh": "二街"}, parent=alpha.unit("root"),
            actor=SYSTEM,
        )  # fmt: skip
    for who, status in {"street": 200, "admin": 200, "community": 403, "resident": 403}.items():
        assert alpha.client(who).get(TIMES).status_code == status, who
    officer = alpha.client("street")
    assert officer.get("/demands/streets/street_two/times").status_code == 404
    assert officer.get("/demands/streets/community_one/times").status_code == 404
    with alpha.work(), pytest.raises(Forbidden):
        commands.set_times({}, street=alpha.unit("street"), actor=alpha.actor("auditor"))


def test_removing_a_category_s_times_leaves_those_of_streets(alpha: District) -> None:
    _set(alpha, 3, category="rubbish", street=False)
    _set(alpha, 9, category="rubbish", street=True)
    with alpha.work():
        settings_commands.drop_times("rubbish", actor=alpha.actor("admin"))
        assert queries.times("rubbish") == {}
        assert queries.times("rubbish", alpha.unit("street"))
        settings_commands.drop_times(
            "rubbish", street=alpha.unit("street"), actor=alpha.actor("street")
        )
        assert not queries.times("rubbish", alpha.unit("street"))
