"""What can be counted: merchants who are shown, walks that can be walked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from saas.figures.cut import Cut
from saas.figures.facts import Definition, Facts, Measure, Records
from saas.kernel.i18n import lazy_gettext as _l
from saas.places import queries
from saas.places.models import Merchant, Route
from saas.places.permissions import CONFIGURE
from saas.territory.measures import TREE


def _asked(state: str) -> Callable[[Cut], dict[str, str]]:
    def asked(cut: Cut) -> dict[str, str]:
        return {"state": state, **({"unit": cut.unit.code} if cut.unit else {})}

    return asked


_STANDING = sa.case((queries.is_shown(), "shown"), else_="hidden")
MEASURES: Final = (
    Measure(
        "merchants",
        Definition(
            _l("Merchants shown"),
            _l("Merchants who agree to be shown on this day and are not retired."),
        ),
        Facts(Merchant, Merchant.unit_id, TREE, _STANDING),
        frozenset({"shown"}),
        unit=_l("merchants"),
        grain="merchant",
        owner="places",
        public=True,
        records=Records("places.merchants", CONFIGURE, _asked("shown")),
    ),
    Measure(
        "walks",
        Definition(
            _l("Walks"), _l("Walks that are published; neither drafts nor those withdrawn.")
        ),
        Facts(Route, Route.unit_id, TREE, Route.state),
        frozenset({"published"}),
        unit=_l("walks"),
        grain="walk",
        owner="places",
        public=True,
        records=Records("places.routes", CONFIGURE, _asked("published")),
    ),
)
