"""Fact-givers: what can be asked for in a criterion, shines as one of five dots, bars an exit.

Organisations have their own (`queries.givers`); every higher domain brings more in its
``domain.py`` (``givers``), and nobody here knows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired

#: Five parties that are linked, in the order of their dots.
PARTIES: Final = {
    "community": _l("Community"),
    "organisations": _l("Social organisations"),
    "social_workers": _l("Social workers"),
    "volunteers": _l("Volunteers"),
    "charity": _l("Charity resources"),
}
Count = Callable[[Collection[int], date | None], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Giver:
    """``count``: ids of organisations, and since when → how many each has (none may be left out).
    ``anchor`` is where the records stand on an organisation's page, or ``endpoint`` the page that
    has them, given its code. ``party``: one of `PARTIES` that has done its part where there is any.
    ``bars``: why nobody may leave while there is any.
    """

    code: str
    words: object
    count: Count
    anchor: str = ""
    endpoint: str = ""
    party: str = ""
    bars: object = None


def givers() -> dict[str, Giver]:
    """All of them by code, lower floors first."""
    return {one.code: one for one in cast("tuple[Giver, ...]", wired().domains.givers)}
