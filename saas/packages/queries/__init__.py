"""Every read of the packages and of the demo districts that are built on them."""

from saas.packages.queries.demos import list_demos, read_demo
from saas.packages.queries.editions import (
    NAMES,
    BadPackage,
    Edition,
    edition_of,
    from_parts,
    read_edition,
)
from saas.packages.queries.library import edition, is_shipped, trouble, versions
from saas.packages.queries.packages import (
    PackageSummary,
    districts_with,
    installed,
    list_packages,
    read_package,
    summary,
    summary_of,
)
from saas.packages.queries.vocabulary import word, words

__all__ = [
    "NAMES",
    "BadPackage",
    "Edition",
    "PackageSummary",
    "districts_with",
    "edition",
    "edition_of",
    "from_parts",
    "installed",
    "is_shipped",
    "list_demos",
    "list_packages",
    "read_demo",
    "read_edition",
    "read_package",
    "summary",
    "summary_of",
    "trouble",
    "versions",
    "word",
    "words",
]
