"""What can be counted of organisations."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import sqlalchemy as sa
import sqlalchemy.orm

from saas.figures.cut import Cut
from saas.figures.dividing import by_dimension, by_place
from saas.figures.facts import Condition, Definition, Dimension, Facts, Grouping, Measure, Records
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.organisations import queries, rules
from saas.organisations.models import Area, Organisation, Pilot, Sign
from saas.organisations.permissions import VIEW
from saas.territory import queries as territory
from saas.territory.measures import TREE

_KINDS: Final = {
    "social_organisations": ("social_organisation", _l("Social organisations")),
    "social_enterprises": ("social_enterprise", _l("Social enterprises")),
    "community_organisations": ("community_organisation", _l("Community organisations")),
    "courtyard_groups": ("courtyard_group", _l("Courtyard groups")),
    "three_member_groups": ("three_member_group", _l("Three-member groups")),
}
_OWN = Organisation.batch.is_(None)


def _pilot_kinds() -> list[tuple[str, str]]:
    return [(row.code, say(row.name)) for row in queries.terms("pilot")]


def in_pilot(kind: str) -> Condition:
    """A condition: at home in a community that tries out this kind."""
    paths = [unit.path for unit, each in queries.pilots() if each == kind]
    homes = sa.select(territory.Unit.id).where(territory.within(paths))
    return Organisation.home_unit_id.in_(homes)


def _pilot_of() -> Any:
    """What the community in which an organisation is at home tries out."""
    home, place = sa.orm.aliased(territory.Unit), sa.orm.aliased(territory.Unit)
    return (
        sa.select(Pilot.kind)
        .join(place, place.id == Pilot.unit_id)
        .join(home, home.path.startswith(place.path))
        .where(home.id == Organisation.home_unit_id)
        .limit(1)
        .correlate(Organisation)
        .scalar_subquery()
    )


FACTS: Final = Facts(
    Organisation,
    Organisation.home_unit_id,
    TREE,
    Organisation.state,
    flags={
        **{code: sa.and_(Organisation.type == kind, _OWN) for code, (kind, _) in _KINDS.items()},
        "introduced_organisations": Organisation.batch.is_not(None),
    },
    dimensions=(
        Dimension("pilot", _l("Kind of pilot"), _pilot_kinds, in_pilot, _l("All communities")),
    ),
    groupings={
        "unit": Grouping(_l("By place"), by_place),
        "pilot": Grouping(_l("By kind of pilot"), by_dimension("pilot", _pilot_of())),
    },
)


def _asked(kind: str, cut: Cut) -> dict[str, str]:
    asked = {"batch": "yes"} if kind == "introduced" else {"type": kind, "batch": "no"}
    return {**asked, **({"unit": cut.unit.code} if cut.unit else {})}


def _has(kind: str) -> Callable[[], bool]:
    return lambda: kind in {row.code for row in queries.types()}


def _measure(code: str, kind: str, name: object, text: object, possible: Any) -> Measure:
    return Measure(
        code,
        Definition(name, text),
        FACTS,
        rules.LIVING,
        unit=name,
        grain="organisation",
        owner="organisations",
        flags=(code,),
        public=True,
        records=Records("organisations.register", VIEW, partial(_asked, kind)),
        possible=possible,
    )


def _of_enterprises(table: Any) -> Condition:
    """A condition: the row belongs to a social enterprise that grew here and is in the register."""
    ours = sa.select(Organisation.id).where(
        Organisation.type == "social_enterprise", _OWN, queries.is_living()
    )
    found: Condition = table.organisation_id.in_(ours)
    return found


_HOME = (
    sa.select(Organisation.home_unit_id)
    .where(Organisation.id == Sign.organisation_id)
    .correlate(Sign)
    .scalar_subquery()
)
#: Places that enterprises serve, some of them outside the district; what they promote together.
_PLACES: Final = Facts(
    Area, Area.unit_id, TREE, sa.literal_column("'served'"), only=_of_enterprises(Area)
)
_PROMOTED: Final = Facts(Sign, _HOME, TREE, Sign.kind, only=_of_enterprises(Sign))


def _reach(code: str, name: object, text: object, facts: Facts, **more: Any) -> Measure:
    state = "promotion" if facts is _PROMOTED else "served"
    return Measure(
        code, Definition(name, text), facts, frozenset({state}), grain="record", public=True,
        owner="organisations", possible=_has("social_enterprise"), **more,
    )  # fmt: skip


_TEXT = _l(
    "In the register, dormant ones too; not those that left, nor those brought in from outside."
)
MEASURES: Final = (
    *(_measure(code, kind, name, _TEXT, _has(kind)) for code, (kind, name) in _KINDS.items()),
    _measure(
        "introduced_organisations",
        "introduced",
        _l("Organisations brought in"),
        _l("Brought in from outside in dated batches; they are not among those that grew here."),
        queries.is_in_use,
    ),
    _reach(
        "enterprise_communities",
        _l("Communities that enterprises reach"),
        _l("Places that social enterprises serve, also outside the district."),
        _PLACES,
        unit=_l("communities"),
    ),
    _reach(
        "enterprise_residents",
        _l("People whom enterprises reach"),
        _l("People who live in the places that they serve, about, as they were entered."),
        _PLACES,
        unit=_l("people"),
        amount=Area.people,
    ),
    _reach(
        "joint_promotions",
        _l("Joint promotions"),
        _l("Promotions that social enterprises have written down as done together."),
        _PROMOTED,
        unit=_l("times"),
    ),
)
