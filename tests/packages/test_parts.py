"""What a package says is what the district then has, and says back."""

from __future__ import annotations

from typing import Any

from saas import domains
from saas.packages.library.queries import read_package
from saas.packages.parts import Package, settled
from tests.support import District


def read() -> dict[str, Any]:
    """What the current district has, in the shape of a package."""
    parts = (part.read() for part in domains.DOMAINS.parts)
    return settled({file: found for each in parts for file, found in each.items()})


def bring(package: Package) -> None:
    """Let every domain take its part."""
    for part in domains.DOMAINS.parts:
        part.bring(package)


def said(package: Package) -> dict[str, Any]:
    """What the package says, as far as districts say it back."""
    return {file: found for file, found in package.parts().items() if file in read()}


def test_a_new_district_says_back_what_it_was_made_from(alpha: District) -> None:
    with alpha.work():
        assert read() == said(read_package("1519"))


def test_bringing_the_same_again_changes_nothing(alpha: District) -> None:
    with alpha.work():
        package = read_package("1519", version="1.0.0")
        bring(package)
        bring(package)
        assert read() == said(package)
