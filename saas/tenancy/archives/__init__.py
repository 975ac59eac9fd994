"""A district as one sealed file: written while it works, brought back here or elsewhere.

The file is a tar, packed and sealed with age to the district's own key: ``head.json`` (which
district and revision, its keys), ``tables/<name>`` as PostgreSQL copies them, ``files/…`` as they
lie on the disk, and ``manifest.json`` with rows and digests of all of it. What lies in it opens
with the district's keys, which travel inside, so nothing is unsealed and sealed again on the way.
"""

from saas.tenancy.archives.content import LEFT_OUT, Manifest
from saas.tenancy.archives.reading import BadArchive, restore
from saas.tenancy.archives.writing import measure, write

__all__ = ["LEFT_OUT", "BadArchive", "Manifest", "measure", "restore", "write"]
