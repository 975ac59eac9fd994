"""What a district uses, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from saas.kernel.context import Quotas
from saas.kernel.i18n import gettext as _
from saas.tenancy import rules, words

_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class UsageLine:
    """One thing that is counted: its words, how much is used and may be, and how near that is
    (`rules.nearness`).
    """

    name: str
    words: object
    used: str
    quota: str | None
    part: int | None
    state: str

    @property
    def bounded(self) -> bool:
        """Whether there can be a quota for it."""
        return hasattr(Quotas(), self.name)


def usage_lines(counts: Mapping[str, Any], quotas: Quotas) -> list[UsageLine]:
    """A line for everything that was counted, in the order of the words."""
    return [_line(name, counts[name], quotas) for name in words.USAGE if name in counts]


def _line(name: str, used: int, quotas: Quotas) -> UsageLine:
    quota: int | None = getattr(quotas, name, None)
    return UsageLine(
        name,
        words.USAGE[name],
        _amount(name, used),
        None if quota is None else _amount(name, quota),
        None if not quota else used * 100 // quota,
        rules.nearness(used, quota),
    )


def _amount(name: str, number: int) -> str:
    if name not in {"files", "database"}:
        return f"{number:,}"
    return _("%(number)s MB", number=f"{number / _MEGABYTE:,.1f}")
