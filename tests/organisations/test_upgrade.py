"""A district of the first edition takes the one that knows organisations, and loses nothing."""

from __future__ import annotations

from flask import Flask

from saas.demands.menu import queries as demand_queries
from saas.demands.settings import commands as settings
from saas.organisations import menus, queries
from saas.packages.model import commands as model
from saas.packages.model import queries as model_queries
from saas.territory import queries as territory
from tests.factories.districts import bring_up_first_edition
from tests.organisations.making import growing
from tests.support import District

NEWEST = ("1519", "3.0.0")
OURS = {"zh": "咱的垃圾", "en": "Our rubbish"}


def _upgraded(app: Flask, code: str) -> District:
    """Upgraded, with a word of its own that it had before."""
    district = bring_up_first_edition(app, code)
    with district.work():
        admin = district.actor("admin")
        row = demand_queries.category("rubbish")
        settings.CATEGORIES.change(
            row, name=OURS, hint=row.hint, open_to_neighbours=True, actor=admin
        )
        assert queries.types() == []
        assert territory.ladder("incubation")
        model.upgrade(*NEWEST, actor=admin)
    return district


def test_types_and_rights_come_and_the_ladder_that_mixed_them_goes(
    app: Flask, alpha: District
) -> None:
    district = _upgraded(app, "grown")
    with district.work():
        assert demand_queries.category("rubbish").name == OURS
        assert len(queries.types()) == 5
        assert len(queries.stages("community_organisation")) == 4
        assert not territory.ladder("incubation")
        group = growing(district)
        assert group.stage == "com_seed"


def test_types_on_which_something_stands_stay_when_the_upgrade_is_taken_back(
    app: Flask, alpha: District
) -> None:
    district = _upgraded(app, "backward")
    with district.work():
        group = growing(district)
        model.undo(actor=district.actor("admin"))
        assert group.type in {row.code for row in queries.every_type()}
        assert demand_queries.category("rubbish").name == OURS
        assert "three_member_group" not in {row.code for row in queries.types()}


def test_what_a_district_makes_of_its_types_is_its_own_and_exported(alpha: District) -> None:
    with alpha.work():
        admin = alpha.actor("admin")
        row = menus.STAGES.row("com_seed")
        menus.STAGES.change(
            row, name={"zh": "发芽"}, criteria=[{"zh": "activities 2 60"}], actor=admin
        )
        assert row.criteria == [{"measure": "activities", "at_least": 2, "within_days": 60}]
        said = model_queries.current()["organisations"]["stages"]
        (seed,) = [each for each in said if each["code"] == "com_seed"]
        assert seed["name"] == {"zh": "发芽", "en": "发芽"}
        assert seed["criteria"] == row.criteria
