"""How often something is tried: a few times as a rule, many times with ``--thorough``."""

from __future__ import annotations


class _Chosen:
    thorough = False


def choose(*, thorough: bool) -> None:
    """Say which it is; before test modules are read."""
    _Chosen.thorough = thorough


def is_thorough() -> bool:
    """Whether everything is tried as often as can be."""
    return _Chosen.thorough


def examples(usual: int, *, thorough: int) -> int:
    """The number that holds for this run."""
    return thorough if _Chosen.thorough else usual
