"""Every read of the packages and of the demo districts that are built on them."""

from saas.packages.queries.demos import list_demos, read_demo
from saas.packages.queries.packages import (
    BadPackage,
    PackageSummary,
    from_parts,
    installed,
    list_packages,
    read_package,
    versions,
)
from saas.packages.queries.vocabulary import word, words

__all__ = [
    "BadPackage",
    "PackageSummary",
    "from_parts",
    "installed",
    "list_demos",
    "list_packages",
    "read_demo",
    "read_package",
    "versions",
    "word",
    "words",
]
