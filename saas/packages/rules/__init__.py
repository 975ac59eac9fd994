"""Pure checks of what the schemas cannot see: that rows and files fit each other.

The checks read the parts as they stand in the files and step over what a schema has already
refused, so that one wrong row does not hide the faults of all the others.
"""

from saas.packages.rules.demo import check_demo
from saas.packages.rules.faults import Fault
from saas.packages.rules.package import check_package, check_permissions
from saas.packages.rules.sample import check_sample
