"""What can be counted of the media. It may never be an aim."""

from __future__ import annotations

from datetime import time
from typing import Final

import sqlalchemy as sa

from saas.figures.cut import Cut
from saas.figures.facts import Definition, Facts, Measure, Records
from saas.figures.words import NO_AIMS
from saas.kernel.i18n import lazy_gettext as _l
from saas.media.models import Coverage
from saas.territory.measures import TREE

#: Noon in London lies on the same day everywhere in China.
_MOMENT: Final = sa.func.timezone("UTC", Coverage.published_on + sa.literal(time(12), sa.Time))


def _asked(cut: Cut) -> dict[str, str] | None:
    return {} if cut.start is None else None


MEASURES: Final = (
    Measure(
        "media_items",
        Definition(
            _l("Items in the media"),
            _l("Every item of an outlet that counts, reprints among them; the list says which."),
        ),
        Facts(
            Coverage,
            Coverage.unit_id,
            TREE,
            sa.case((Coverage.counted, "counted"), else_="left_out"),
            time=_MOMENT,
        ),
        frozenset({"counted"}),
        unit=_l("items"),
        grain="item",
        owner="media",
        public=True,
        no_target=NO_AIMS,
        records=Records("media.public", "", _asked),
    ),
)
