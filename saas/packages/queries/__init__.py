"""Every read of packages, and of what a district has made of its own."""

from saas.packages.queries.editions import (
    BadPackage,
    Edition,
    edition_of,
    from_parts,
    names,
    read_edition,
)
from saas.packages.queries.library import edition, is_shipped, trouble, versions
from saas.packages.queries.model import (
    Parts,
    Proposal,
    base_for,
    changes,
    checked,
    current,
    drafted,
    faults_of,
    find_draft,
    held,
    in_the_way,
    installed_row,
    own_changes,
    package_parts,
    plan_undo,
    plan_upgrade,
    takeable,
    tidy,
    undoable,
)
from saas.packages.queries.packages import (
    PackageSummary,
    counts_of,
    districts_with,
    installed,
    installed_names,
    list_editions,
    list_packages,
    read_beside,
    read_package,
    summary,
    summary_of,
)
from saas.packages.queries.vocabulary import lay_over, model_words, word, words
