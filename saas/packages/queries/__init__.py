"""Every read of the packages: which there are, and one of them whole or not at all."""

from saas.packages.queries.packages import (
    BadPackage,
    PackageSummary,
    list_packages,
    read_package,
)

__all__ = ["BadPackage", "PackageSummary", "list_packages", "read_package"]
