"""A pack as one file: the folder form of tenants/cultures in a zip."""

from __future__ import annotations

import yaml

from saas.kernel.i18n import gettext as _
from saas.packages.library.archive import pack as zipped
from saas.packages.library.archive import unpack
from saas.themes.queries import packs
from saas.themes.schemas import SLOTS, Fault, Pack, content

_NAMES = (packs.FILE, *(packs.DRAWING.format(slot) for slot in SLOTS))


def archive_of(pack: Pack) -> bytes:
    """The pack as a zip; same pack, same bytes."""
    text = yaml.safe_dump(content(pack), allow_unicode=True, sort_keys=False, width=100)
    files = {packs.FILE: text.encode()}
    files |= {packs.DRAWING.format(slot): svg.encode() for slot, svg in pack.drawings.items()}
    return zipped(files)


def read_archive(raw: bytes) -> Pack:
    """The pack in a zip that anybody may have made; `BadPack` with everything that is wrong."""
    files, faults = unpack(raw, {*_NAMES, "motifs/"})
    if faults:
        raise packs.BadPack([Fault(one.file, one.path, one.sentence) for one in faults])
    if packs.FILE not in files:
        raise packs.BadPack([Fault(packs.FILE, "", _("This file is missing."))])
    parts, unparsed = packs.parsed(files[packs.FILE])
    if unparsed:
        raise packs.BadPack(unparsed)
    return packs.read_pack(parts, _drawings(files))


def _drawings(files: dict[str, bytes]) -> dict[str, str]:
    texts, faults = dict[str, str](), list[Fault]()
    for slot in SLOTS:
        name = packs.DRAWING.format(slot)
        try:
            if name in files:
                texts[slot] = files[name].decode("utf-8-sig")
        except UnicodeDecodeError:
            faults.append(Fault(name, "", _("The file cannot be read.")))
    if faults:
        raise packs.BadPack(faults)
    return texts
