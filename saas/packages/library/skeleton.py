"""The files with which somebody begins a package of their own."""

from __future__ import annotations

import json
import re

from saas import settings
from saas.packages.library.archive import Files
from saas.packages.library.json_schemas import FOLDER, schema_text, with_hint
from saas.packages.library.queries import Edition, read_edition
from saas.packages.parts import all_files

#: A small whole package with a comment at everything, which is not offered to districts.
SKELETON = settings.TENANTS_DIR / "skeleton" / "package"
_FIRST = "1.0.0"
_LINE = r"(?m)^{name}:.*\n"
_OLD = r"(?m)^based_on:.*\n(?:[ \t]+.*\n)*"


def beginning(key: str, source: Edition | None = None) -> dict[str, bytes]:
    """Files by name, relative to the new folder: a package under ``key`` and its JSON Schemas.

    They are those of ``source``, which the new package then says it is based on, comments included;
    without one those of the skeleton. Raises `BadPackage` when the source has faults.
    """
    origin = source or read_edition(SKELETON, named=False)
    package = origin.package()
    files = {name: each for name, each in origin.files.items() if name.endswith(".yaml")}
    based_on = (package.key, package.version) if source else None
    files["package.yaml"] = _renamed(files["package.yaml"], key, based_on)
    hinted = {name: with_hint(name.removesuffix(".yaml"), each) for name, each in files.items()}
    return {**hinted, **_schemas()}


def _renamed(head: bytes, key: str, based_on: tuple[str, str] | None) -> bytes:
    """package.yaml under another key; in a file its comments stay."""
    text = re.sub(_OLD, "", head.decode("utf-8-sig"))
    origin = ""
    if based_on is not None:
        origin = f"based_on: {{key: {json.dumps(based_on[0])}, version: {based_on[1]}}}\n"
    text = re.sub(_LINE.format(name="key"), lambda _: f"key: {json.dumps(key)}\n", text, count=1)
    version = f"version: {_FIRST}\n{origin}"
    return re.sub(_LINE.format(name="version"), lambda _: version, text, count=1).encode()


def _schemas() -> Files:
    return {f"{FOLDER}/{file}.json": schema_text(file).encode() for file in all_files()}
