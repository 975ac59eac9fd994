"""Reads one folder of YAML files against their schemas, gathering every fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias, cast

from marshmallow import ValidationError

from saas.packages.queries.yaml_text import Parsed, parse
from saas.packages.rules.faults import Fault, from_messages
from saas.packages.schemas.fields import Strict

#: Name, time and size of each file: it changes when somebody saves one of them.
Fingerprint: TypeAlias = tuple[tuple[str, int, int], ...]
_SUFFIX = ".yaml"


@dataclass(frozen=True, slots=True)
class Folder:
    """What stands in the files (``parts``), what it was loaded to, and what is wrong with it."""

    name: str
    parts: Mapping[str, Any]
    loaded: Mapping[str, Any]
    faults: tuple[Fault, ...]
    lines: Mapping[str, Mapping[str, int]]

    def located(self, faults: Iterable[Fault]) -> list[Fault]:
        """The faults with their lines and with file names that can be opened."""
        return [self._located(fault) for fault in faults]

    def _located(self, fault: Fault) -> Fault:
        line = fault.line or _line(self.lines.get(fault.file, {}), fault.path)
        stray = "." in fault.file
        file = fault.file if stray else f"{fault.file}{_SUFFIX}"
        return replace(fault, file=f"{self.name}/{file}", line=line)


def read_folder(
    folder: Path, schemas: Mapping[str, type[Strict]], *, name: str | None = None
) -> Folder:
    """Every file of the folder, parsed and loaded as far as it can be.

    ``name`` is what faults call the folder, where its own name says too little.
    """
    parsed = {stem: _read(folder, stem) for stem in schemas}
    good = {stem: each for stem, each in parsed.items() if not each.faults}
    faults = [fault for each in parsed.values() for fault in each.faults]
    faults += _stray(folder, schemas)
    parts = {stem: each.value for stem, each in good.items()}
    loaded, wrong = load_parts(parts, {stem: schemas[stem] for stem in parts})
    return Folder(
        name=name or folder.name,
        parts=parts,
        loaded=loaded,
        faults=(*faults, *wrong),
        lines={stem: each.lines for stem, each in parsed.items()},
    )


def load_parts(
    parts: Mapping[str, Any], schemas: Mapping[str, type[Strict]]
) -> tuple[dict[str, Any], list[Fault]]:
    """What stands in each file, loaded to its shape, and what is wrong with it."""
    loaded: dict[str, Any] = {}
    faults: list[Fault] = []
    for stem, schema in schemas.items():
        try:
            loaded[stem] = schema().load(cast("Mapping[str, Any]", parts.get(stem)))
        except ValidationError as error:
            faults.extend(from_messages(stem, error.messages))
    return loaded, faults


def fingerprint(folder: Path) -> Fingerprint:
    """What tells whether the folder is still the one that was read."""
    stats = ((path, path.stat()) for path in sorted(folder.iterdir()) if path.is_file())
    return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in stats)


def _read(folder: Path, stem: str) -> Parsed:
    path = folder / f"{stem}{_SUFFIX}"
    if not path.is_file():
        return Parsed(faults=[Fault(stem, "", "no_file")])
    try:
        return parse(stem, path.read_bytes())
    except OSError:
        return Parsed(faults=[Fault(stem, "", "unreadable")])


def _stray(folder: Path, schemas: Mapping[str, type[Strict]]) -> Iterator[Fault]:
    """A misspelt file name would otherwise only show as a file that is missing."""
    names = ", ".join(f"{stem}{_SUFFIX}" for stem in schemas)
    for path in sorted(folder.iterdir()):
        if path.suffix in {_SUFFIX, ".yml"} and (path.stem not in schemas or path.suffix == ".yml"):
            yield Fault(path.name, "", "stray_file", {"files": names})


def _line(lines: Mapping[str, int], path: str) -> int | None:
    """The line of the path, or of the nearest thing around it that stands in the file."""
    while path and path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path)
