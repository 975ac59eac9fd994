"""Living through what is long over: the same commands and rules, but nobody is told of it now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_quiet: ContextVar[bool] = ContextVar("saas_casework_quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Inside, acts send no notices and set no alarms.

    For the past of a demo district, or one that is taken over: everything in it has been decided.
    """
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def is_quiet() -> bool:
    """Whether nobody is to be told."""
    return _quiet.get()
