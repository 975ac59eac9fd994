"""Archives that nobody should send, and the ones that somebody should."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from saas import settings
from saas.packages.library.archive import manifest_of, pack
from saas.packages.library.archive.zips import FILE_LIMIT, TOTAL_LIMIT

SMALL = settings.PACKAGES_DIR / "139" / "1.0.0"


def files_in(folder: Path = SMALL) -> dict[str, bytes]:
    """The YAML files of a package."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}


def built(**changed: bytes) -> dict[str, bytes]:
    """The files of the small package with a manifest; ``changed`` by stem before it was made."""
    files = files_in() | {f"{stem}.yaml": content for stem, content in changed.items()}
    return files | {"manifest.json": manifest_of(files, key="139", version="1.0.0")}


def with_entry(name: str, content: bytes = b"a: 1\n", mode: int = stat.S_IFREG | 0o644) -> bytes:
    """A good archive with one more entry."""
    raw = io.BytesIO(pack(built()))
    with zipfile.ZipFile(raw, "a") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = info.orig_filename = name  # as it is, whatever this machine would make
        info.create_system, info.external_attr = 3, mode << 16
        archive.writestr(info, content)
    return raw.getvalue()


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Any files as any zip."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


def twice() -> bytes:
    """The same name for two contents."""
    raw = io.BytesIO(pack(built()))
    with zipfile.ZipFile(raw, "a") as archive:
        archive.writestr("ROOMS.yaml", b"rooms: []\n")
    return raw.getvalue().replace(b"ROOMS.yaml", b"rooms.yaml")


def encrypted() -> bytes:
    """The flag for a password set in every header."""
    raw = bytearray(pack(built()))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(mark)
        while start >= 0:
            raw[start + at] |= 1
            start = raw.find(mark, start + 4)
    return bytes(raw)


def bomb() -> bytes:
    """Zeros far beyond the limit, whose header claims to be a few bytes."""
    raw = bytearray(packed(built() | {"rooms.yaml": b"\0" * (FILE_LIMIT * 4)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = raw.find(mark)
        while start >= 0:
            size = struct.unpack_from("<I", raw, start + at)[0]
            if size == FILE_LIMIT * 4:
                struct.pack_into("<I", raw, start + at, 12)
            start = raw.find(mark, start + 4)
    return bytes(raw)


def many_big() -> bytes:
    """No file is too large, all together are."""
    size = FILE_LIMIT - 10
    assert size * 7 > TOTAL_LIMIT
    return packed({name: b"#" * size for name in files_in()})


def damaged() -> bytes:
    """A byte of the content turned over."""
    raw = bytearray(pack(built()))
    raw[raw.find(b"courtyard")] ^= 1
    return bytes(raw)


def lists_of_rooms(count: int) -> bytes:
    """So many rooms that reading each would take minutes."""
    return b"centre: {}\nplatforms: []\nrooms:\n" + b"- {}\n" * count


#: What is wrong → (the archive, the key of the sentence that refuses it).
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "path traversal": (lambda: with_entry("../../etc/cron.yaml"), "leaves_folder"),
    "traversal inside": (lambda: with_entry("a/../../rooms.yaml"), "leaves_folder"),
    "absolute name": (lambda: with_entry("/etc/passwd"), "absolute"),
    "drive": (lambda: with_entry("C:rooms.yaml"), "absolute"),
    "backslashes": (lambda: with_entry("..\\rooms.yaml"), "backslash"),
    "symlink": (lambda: with_entry("link.yaml", b"/etc/passwd", stat.S_IFLNK | 0o777), "a_link"),
    "device": (lambda: with_entry("device.yaml", b"", stat.S_IFCHR | 0o600), "a_link"),
    "encrypted": (encrypted, "encrypted"),
    "the same name twice": (twice, "entry_twice"),
    "names that differ in case": (lambda: with_entry("Rooms.yaml"), "foreign"),
    "too many entries": (lambda: packed({f"{n}.yaml": b"" for n in range(101)}),
                         "too_many_entries"),
    "a bomb with a lying header": (bomb, "bomb"),
    "many large files": (many_big, "bomb"),
    "a zip by name": (lambda: with_entry("more.zip", pack({"a.yaml": b""})), "nested"),
    "a zip by content": (lambda: packed(built() | {"rooms.yaml": pack({"a": b""})}), "nested"),
    "a foreign file": (lambda: with_entry("run.sh", b"#!/bin/sh"), "foreign"),
    "a misspelt file": (lambda: with_entry("room.yaml"), "foreign"),
    "in a folder": (lambda: packed({f"139/{name}": c for name, c in built().items()}),
                    "in_a_folder"),
    "nul in a name": (lambda: with_entry("rooms.yaml\0.exe"), "odd_name"),
    "direction marks in a name": (lambda: with_entry("rooms\u202egpj.yaml"), "odd_name"),
    "exotic packing": (lambda: packed(built(), zipfile.ZIP_LZMA), "packing"),
    "no zip": (lambda: b"hello", "not_a_zip"),
    "nothing": (lambda: b"", "not_a_zip"),
    "half a zip": (lambda: pack(built())[:4000], "not_a_zip"),
    "a flipped bit": (damaged, "damaged"),
    "too large an archive": (lambda: b"PK" + b"\0" * 5_000_000, "archive_too_big"),
    # whole archives with something wrong inside
    "an altered file": (lambda: pack(built() | {"words.yaml": b"words: []\n"}), "altered"),
    "a missing file": (lambda: pack({n: c for n, c in built().items() if n != "words.yaml"}),
                       "not_there"),
    "a file slipped in": (lambda: pack({**files_in(), "manifest.json": manifest_of(
        {n: c for n, c in files_in().items() if n != "words.yaml"}, key="139", version="1.0.0")}),
        "not_in_manifest"),
    "a manifest that is none": (lambda: pack(built() | {"manifest.json": b"[1]"}), "bad_manifest"),
    "a manifest without end": (lambda: pack(built() | {"manifest.json": b"[" * 9999}),
                               "bad_manifest"),
    "a signature that is none": (lambda: pack(built() | {"signature.json": b"{}"}),
                                 "bad_signature"),
    "yaml tags": (lambda: pack(built(words=b"words: !!python/object/apply:os.system [ls]\n")),
                  "no_tag"),
    "yaml anchors": (lambda: pack(built(words=b"words: &a [*a]\n")), "no_alias"),
    "a depth bomb": (lambda: pack(built(words=b"words: " + b"[" * 5000)), "too_deep"),
    "a laughs bomb": (lambda: pack(built(words=b"a: &a [1]\nb: &b [*a,*a]\nwords: [*b,*b]\n")),
                      "no_alias"),
    "100,000 rooms": (lambda: pack(built(rooms=lists_of_rooms(100_000))), "too_much"),
    "30,000 rooms": (lambda: pack(built(rooms=lists_of_rooms(30_000))), "too_many"),
    "nul in a file": (lambda: pack(built(words=b"words: a\0b\n")), "nul"),
    "another encoding": (lambda: pack(built(words="words: [诉求]".encode("gb18030"))), "not_utf8"),
    "utf-16": (lambda: pack(built(words="words: []".encode("utf-16"))), "not_utf8"),
    "too large a file": (lambda: packed(built(words=b"#" * (FILE_LIMIT + 1))), "bomb"),
}  # fmt: skip
