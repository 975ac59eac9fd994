"""What can be wrong with a file, and the sentence that says it to the person who wrote it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.schemas.fields import Problem

#: The files of one folder by their stem, as they were parsed.
Parts: TypeAlias = Mapping[str, Any]
#: A row of a list with its place in the list.
Row: TypeAlias = tuple[int, Mapping[str, Any]]

#: The sentence of each fault by its key; what a domain checks it explains itself, see `explain`.
SENTENCES: dict[str, Any] = {
    # the file itself
    "no_file": _l("This file is missing."),
    "stray_file": _l("This file does not belong here; the files are %(files)s."),
    "unreadable": _l("This file cannot be read."),
    "too_big": _l("This file is larger than %(limit)s bytes."),
    "not_utf8": _l("This file is not written in UTF-8."),
    "not_yaml": _l("This is not YAML: %(cause)s."),
    "too_deep": _l("The lists and mappings are nested too deeply here."),
    "no_alias": _l("Anchors and aliases (& and *) are not allowed; write the value out."),
    "no_tag": _l("Tags (!) are not allowed."),
    "twice": _l("“%(found)s” is written twice in the same mapping."),
    "not_key": _l("The name before the colon must be plain text."),
    "too_much": _l("This file has more values than can be taken (%(limit)s)."),
    "nul": _l("There is a NUL character in this file."),
    "not_a_file": _l("This is a link or a device, not a file; nothing was followed."),
    # an archive and its manifest
    "not_a_zip": _l("This is not a zip archive, or it is damaged."),
    "archive_too_big": _l("The archive is larger than %(limit)s bytes."),
    "too_many_entries": _l("There are %(found)s entries in the archive; at most %(limit)s can be."),
    "leaves_folder": _l("This name leads out of the folder (..); nothing was unpacked."),
    "absolute": _l("This name is an absolute path; nothing was unpacked."),
    "backslash": _l("There is a backslash in this name; nothing was unpacked."),
    "odd_name": _l("There are signs in this name that no file of a package has."),
    "a_link": _l("This is a link or a device, not a file; nothing was unpacked."),
    "encrypted": _l("This file is encrypted; a package must be readable."),
    "entry_twice": _l("This file stands twice in the archive, so nobody can say which one counts."),
    "packing": _l("This file is packed in a way that is not allowed; use plain zip."),
    "bomb": _l("Unpacked, this would be larger than %(limit)s bytes; unpacking was stopped."),
    "nested": _l("This is an archive inside the archive; put the files in directly."),
    "foreign": _l("This file does not belong into a package; the files are %(files)s."),
    "in_a_folder": _l("Put the files at the top of the archive, not into a folder."),
    "damaged": _l("This file is damaged: it does not unpack to what the archive promises."),
    "bad_manifest": _l("This cannot be read as the manifest of a package."),
    "not_there": _l("The manifest names this file, but it is missing."),
    "not_in_manifest": _l("The manifest does not name this file: it was added later."),
    "altered": _l("This file was altered after the package was built."),
    "bad_signature": _l("The signature does not fit: the package was altered after it was signed."),
    "needs_newer": _l("This package needs version %(found)s of the product; here it is %(ours)s."),
    # one value
    "missing": _l("This is missing."),
    "empty": _l("This is empty."),
    "unknown": _l("This key is not known here."),
    "not_mapping": _l("A mapping (key: value) is expected here."),
    "not_list": _l("A list is expected here."),
    "too_many": _l("%(found)s rows are too many here; at most %(limit)s can be taken."),
    "too_few": _l("At least %(least)s must be given here."),
    "not_text": _l("A text is expected here; put quotes around it if it looks like a number."),
    "not_stripped": _l("There are blanks before or after this text."),
    "too_long": _l("This text is longer than %(limit)s characters."),
    "bad_code": _l(
        "“%(found)s” cannot be a code: use a-z, 0-9 and _, a letter first, at most 40 characters."
    ),
    "bad_key": _l("“%(found)s” cannot be a key: use a-z, 0-9 and _, at most 40 characters."),
    "bad_version": _l("“%(found)s” is not a version such as 1.0.0."),
    "bad_clock": _l("“%(found)s” is not a time of day such as 09:00."),
    "bad_date": _l("“%(found)s” is not a date such as 2023-06-30."),
    "bad_choice": _l("“%(found)s” is not one of: %(allowed)s."),
    "not_flag": _l("true or false is expected here."),
    "not_whole": _l("A whole number is expected here."),
    "not_number": _l("A number is expected here."),
    "out_of_range": _l("A number from %(least)s to %(most)s is expected here."),
    "other": _l("This cannot be taken as it is: %(cause)s."),
    # rows against rows
    "same": _l("“%(found)s” is used twice; it is already at %(first)s."),
    "key_differs": _l("The key is “%(found)s”, but the folder is called “%(folder)s”."),
    "version_differs": _l("The version is “%(found)s”, but the folder is called “%(folder)s”."),
}


def explain(sentences: Mapping[str, Any]) -> None:
    """Add the sentences of faults that a domain finds; a key has one sentence for ever."""
    for key, sentence in sentences.items():
        known = SENTENCES.setdefault(key, sentence)
        if str(known) != str(sentence):
            raise ValueError(f"the fault {key} has another sentence already")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which file, at which path and line, and why."""

    file: str
    path: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    line: int | None = None

    @property
    def sentence(self) -> str:
        """The fault in the reader's language."""
        text = str(SENTENCES[self.key])
        return text % self.values if self.values else text

    @property
    def place(self) -> str:
        """File, line and path in the form that editors can follow."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} {self.path}".rstrip()

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


def from_messages(file: str, messages: Any, path: str = "") -> Iterator[Fault]:
    """The faults in a tree of marshmallow messages."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from from_messages(file, inner, _joined(path, name))
        return
    for message in messages if isinstance(messages, list) else [messages]:
        yield _fault(file, path, message)


def _joined(path: str, name: object) -> str:
    if name == "_schema":  # marshmallow's word for the mapping as a whole
        return path
    if isinstance(name, int):
        return f"{path}[{name}]"
    return f"{path}.{name}" if path else str(name)


def _fault(file: str, path: str, message: object) -> Fault:
    if isinstance(message, Problem):
        return Fault(file, path, message.key, message.values)
    if message in SENTENCES:
        return Fault(file, path, str(message))
    return Fault(file, path, "other", {"cause": str(message)})


def rows(part: object, name: str) -> list[Row]:
    """The mappings of a list with their places; empty where there is no such list."""
    found = part.get(name) if isinstance(part, Mapping) else None
    if not isinstance(found, list):
        return []
    return [(place, row) for place, row in enumerate(found) if isinstance(row, Mapping)]


def text(row: Mapping[str, Any], name: str) -> str | None:
    """A text of the row, or None where it has none."""
    value = row.get(name)
    return value if isinstance(value, str) else None


def texts(row: Mapping[str, Any], name: str) -> list[tuple[int, str]]:
    """The texts of a list in the row with their places."""
    found = row.get(name)
    if not isinstance(found, list):
        return []
    return [(place, value) for place, value in enumerate(found) if isinstance(value, str)]


def codes(part: object, name: str, key: str = "code") -> set[str]:
    """Every code of a list of rows."""
    return {code for _, row in rows(part, name) if (code := text(row, key)) is not None}


def repeated(file: str, places: list[tuple[str, str]]) -> Iterator[Fault]:
    """A fault for each value that another path of the same file has already used."""
    first: dict[str, str] = {}
    for path, value in places:
        if value in first:
            yield Fault(file, path, "same", {"found": value, "first": first[value]})
        first.setdefault(value, path)


def strange(
    file: str, places: list[tuple[str, str]], known: Collection[str | None], key: str
) -> Iterator[Fault]:
    """The fault ``key`` for each value that is none of ``known``."""
    for path, value in places:
        if value not in known:
            yield Fault(file, path, key, {"found": value})


def places(part: object, name: str, key: str = "code", path: str = "") -> list[tuple[str, str]]:
    """Path and value of one key of each row of a list."""
    base = f"{path}.{name}" if path else name
    found = [(f"{base}[{place}].{key}", text(row, key)) for place, row in rows(part, name)]
    return [(where, value) for where, value in found if value is not None]


def texts_of(row: Mapping[str, Any], name: str, path: str) -> list[tuple[str, str]]:
    """Path and value of each text of a list in the row at ``path``."""
    return [(f"{path}.{name}[{place}]", value) for place, value in texts(row, name)]
