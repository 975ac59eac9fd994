"""Reads one folder of YAML files against their schemas, gathering every fault."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias, cast

from marshmallow import ValidationError

from saas.packages.faults import Fault, from_messages
from saas.packages.reading.yaml_text import SIZE_LIMIT, Parsed, parse
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
        file = fault.file if stray or not fault.file else f"{fault.file}{_SUFFIX}"
        return replace(fault, file=f"{self.name}/{file}" if file else self.name, line=line)


def read_folder(
    folder: Path, schemas: Mapping[str, type[Strict]], *, name: str | None = None
) -> Folder:
    """Every file of the folder, parsed and loaded as far as it can be.

    ``name`` is what faults call the folder, where its own name says too little.
    """
    files, faults = gather(folder, schemas)
    return read_files(files, schemas, name=name or folder.name, faults=faults)


def read_files(
    files: Mapping[str, bytes],
    schemas: Mapping[str, type[Strict]],
    *,
    name: str,
    faults: Iterable[Fault] = (),
) -> Folder:
    """The same for files in memory, by name; ``faults`` are those found while gathering them.

    A file that already has a fault of its own is not missed a second time.
    """
    faults = [*faults]
    known = {fault.file.removesuffix(_SUFFIX) for fault in faults}
    parsed = {stem: _parsed(files, stem) for stem in schemas}
    good = {stem: each for stem, each in parsed.items() if not each.faults}
    for stem, each in parsed.items():
        faults += [fault for fault in each.faults if fault.key != "no_file" or stem not in known]
    parts = {stem: each.value for stem, each in good.items()}
    loaded, wrong = load_parts(parts, {stem: schemas[stem] for stem in parts})
    return Folder(
        name=name,
        parts=parts,
        loaded=loaded,
        faults=(*faults, *wrong),
        lines={stem: each.lines for stem, each in parsed.items()},
    )


def gather(
    folder: Path, schemas: Mapping[str, type[Strict]], *, more: Collection[str] = ()
) -> tuple[dict[str, bytes], list[Fault]]:
    """The bytes of every file of the schemas, and of ``more`` by name, that lie in the folder.

    Nothing is followed out of the folder and nothing endless is read.
    """
    files: dict[str, bytes] = {}
    faults = list(_stray(folder, schemas))
    for name in (*(f"{stem}{_SUFFIX}" for stem in schemas), *more):
        path = folder / name
        key = None
        try:
            if path.is_symlink() or (path.exists() and not path.is_file()):
                key = "not_a_file"
            elif path.exists():
                with path.open("rb") as stream:
                    files[name] = stream.read(SIZE_LIMIT + 1)
        except OSError:
            key = "unreadable"
        if key is not None:
            faults.append(Fault(name.removesuffix(_SUFFIX), "", key))
    return files, faults


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


def _parsed(files: Mapping[str, bytes], stem: str) -> Parsed:
    content = files.get(f"{stem}{_SUFFIX}")
    return Parsed(faults=[Fault(stem, "", "no_file")]) if content is None else parse(stem, content)


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
