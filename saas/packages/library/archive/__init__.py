"""A package as one file that can be handed over: packed, signed, and taken in without trust.

``zips`` packs and unpacks, ``manifest`` proves that nothing was altered, ``signature`` says who
built it, ``texts`` writes the files of a package from its parts. Nothing here touches a disk.
"""

from saas.packages.library.archive.manifest import MANIFEST, check_manifest, digest_of, manifest_of
from saas.packages.library.archive.signature import (
    SIGNATURE,
    UNSIGNED,
    Origin,
    Signer,
    key_from,
    new_key,
    origin_of,
    read_key,
    sign,
)
from saas.packages.library.archive.texts import files_of
from saas.packages.library.archive.zips import Files, pack, unpack
