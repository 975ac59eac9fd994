"""The rows of visits.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from saas.packages.terms import Term


@dataclass(frozen=True, slots=True)
class Visits:
    """visits.yaml."""

    terms: tuple[Term, ...] = ()
