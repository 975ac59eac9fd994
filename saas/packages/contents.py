"""A package as pages show it: everything inside, in the reader's words.

`in_words` is what ``packages/_contents.html`` needs, wherever it stands: in the operator's console,
in the wizard, on a district's own page.
"""

from __future__ import annotations

from dataclasses import dataclass

from saas.kernel.i18n import say
from saas.packages.library.queries import counts_of
from saas.packages.parts import Count, Package, Section, plugs


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole package, every word ready: section by section, as the domains show theirs."""

    title: str
    summary: str
    counts: tuple[Count, ...]
    sections: tuple[Section, ...]


def in_words(package: Package) -> Contents:
    """Everything in a package."""
    sections = [each for part in plugs().parts for each in part.sections(package)]
    return Contents(
        title=say(package.head.title),
        summary=say(package.head.summary),
        counts=counts_of(package),
        sections=tuple(sorted(sections, key=lambda each: each.place)),
    )
