"""Every read of the library: which packages there are, and an edition of one checked whole."""

from saas.packages.library.queries.editions import (
    BadPackage,
    Edition,
    edition_of,
    from_parts,
    names,
    read_edition,
)
from saas.packages.library.queries.shelf import edition, is_shipped, trouble, versions
from saas.packages.library.queries.summaries import (
    PackageSummary,
    counts_of,
    districts_with,
    list_editions,
    list_packages,
    read_beside,
    read_package,
    summary,
    summary_of,
)
