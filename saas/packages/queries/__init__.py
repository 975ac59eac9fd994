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
    districts_with,
    installed,
    list_editions,
    list_packages,
    read_package,
    read_sample,
    summary,
    summary_of,
)
from saas.packages.queries.vocabulary import lay_over, model_words, word, words
