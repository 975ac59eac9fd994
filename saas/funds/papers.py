"""What else is given to the fund than money, and its receipts: a floor above says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from saas.kernel.domain import Words


@dataclass(frozen=True, slots=True)
class Papers:
    """``words`` and ``endpoint`` of its public page; ``find`` has the address of a receipt by its
    code, and raises `NotFound`.
    """

    words: Words
    endpoint: str
    find: Callable[[str], str]


_KNOWN: list[Papers] = []


def say_papers(papers: Papers) -> None:
    """Declare what else is given."""
    _KNOWN.append(papers)


def papers() -> Iterator[Papers]:
    """All of it."""
    return iter(_KNOWN)
