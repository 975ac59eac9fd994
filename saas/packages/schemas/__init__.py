"""What stands in the files of a package: the building stones, and the files of packages themselves.

``fields`` has the building stones, ``derive`` makes the schema of a file from its one declaration.
A loaded file is made of frozen dataclasses with tuples inside.
"""

from saas.packages.schemas.derive import schema_of
from saas.packages.schemas.fields import Label, Problem
from saas.packages.schemas.head import Head, Word, Words
