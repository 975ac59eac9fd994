"""Pure decisions about packages: what is wrong between files, what differs, what a merge makes."""

from saas.packages.faults import Fault
from saas.packages.rules.checks import check_beside, check_package, check_permissions
