"""What a domain gives to model packages and takes from them; and a whole package.

Each domain offers one `Part`; `saas.domains` plugs them in. Packages know none of them: they read,
check, compare, merge, show and install whatever the parts declare. To add a list to the package is
to declare it in the part of its domain.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from saas.kernel.db import session
from saas.kernel.domain import Domains
from saas.packages.faults import Fault, Parts
from saas.packages.schemas.derive import schema_of
from saas.packages.schemas.fields import CODE, Strict, mappings, named, plain
from saas.packages.schemas.head import Head

Shape = TypeVar("Shape")
#: An item of a package: file, list in it, and the item's key there, such as
#: ``("words", "words", "inbox")``.
Address: TypeAlias = tuple[str, ...]
#: Says a value of a field in the reader's words.
Say: TypeAlias = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class File:
    """A file of a package: its name without ``.yaml``, its dataclass, its heading.

    ``place`` orders it among the files of all domains. ``absent`` is what a package says that does
    not have it: editions and districts of before a file was thought of go on as they are. Without
    it the file must be there. An ``optional`` one lies beside the package, or does not, and is not
    installed.
    """

    name: str
    shape: type
    heading: object
    place: int
    absent: Mapping[str, Any] | None = None
    optional: bool = False

    @property
    def may_be_missing(self) -> bool:
        """Whether a package can do without it."""
        return self.optional or self.absent is not None


@dataclass(frozen=True, slots=True)
class Listed:
    """A list whose rows are items, or a mapping that is one item by itself (`alone`).

    ``word`` is what one item is called in a sentence, ``heading`` stands over all of them.
    ``key`` are the fields that tell a row from the others. An ``optional`` list is left out of its
    file when it is empty. Rows of a list ``inside`` another one of the same file stand in the row
    that the first part of their key names. Where rows are not ``ordered`` their order says nothing.

    ``title`` is the field that has the item's name; without one it is called by what its key names.
    ``refs`` has the fields whose codes name other items, with how the addresses of those begin,
    ``sets`` the fields that are sets of codes: each code is added or taken away by itself, so they
    never clash. ``says`` says the values of a field, each row of it if it is a list.
    """

    file: str
    name: str
    word: object
    heading: object
    key: tuple[str, ...] = ("code",)
    optional: bool = False
    inside: str | None = None
    ordered: bool = True
    title: str = "name"
    refs: Mapping[str, Address] = field(default_factory=dict)
    sets: tuple[str, ...] = ()
    says: Mapping[str, Say] = field(default_factory=dict)
    #: "list"; "mapping" for one that stands alone in its file; "file" for one that is all of it.
    form: str = "list"

    @property
    def place(self) -> tuple[str, str]:
        """File and name: how every address in this list begins."""
        return self.file, self.name


def alone(file: str, name: str, word: object, heading: object, **more: Any) -> Listed:
    """A mapping that is one item; the whole file if it says ``form="file"``."""
    return Listed(file, name, word, heading, key=(), **{"title": "", "form": "mapping", **more})


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something are in a package; ``column`` heads it in the library's list, if any."""

    number: int
    word: str
    section: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a package on the page that shows all of it, by ``place``.

    ``template`` renders ``view`` (as ``view``) under the heading ``title``; ``name`` is its anchor.
    """

    place: int
    name: str
    title: str
    template: str
    view: Any


def _nothing(*_: Any) -> Any:
    return ()


def _no_change(_: Mapping[str, Any]) -> Mapping[str, Any]:
    return {}


def _known_there(address: Address, _: Package, known: Collection[Address]) -> bool:
    return address in known


@dataclass(frozen=True, slots=True)
class Part:
    """A domain's share of a package. All but the files and lists may be left out.

    ``check`` finds what the shapes cannot see: that rows and files fit each other; it steps over
    what a shape has refused. ``check_permissions`` finds what this product does not know.
    ``settle`` gives files in their one order, so that only a difference in meaning is one.
    ``words`` are fields in words, ``explained`` sentences for editors, by dataclass or
    ``Dataclass.field`` of its own files. ``counts`` and ``sections`` show a package.

    ``bring`` makes the district's rows say what the package says; in an empty district that is
    installing. What the package does not name goes: deleted where nothing stands on it, else taken
    out of use, else (where neither can be) left as it is; ``held`` counts what stands on such
    items. ``read`` gives what the district has now as ``{file: content}``, in the shape of
    `Package.parts`: after ``bring(p)`` it says what ``p`` says. ``tables`` are those whose rows
    are brought: an upgrade holds them, so that nobody edits what is being merged. ``may_stay`` says
    whether an item on which something stands would be there under another package, too.
    """

    files: tuple[File, ...]
    lists: tuple[Listed, ...] = ()
    check: Callable[[Parts], Iterable[Fault]] = _nothing
    check_permissions: Callable[[Parts, Collection[str]], Iterable[Fault]] = _nothing
    settle: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _no_change
    words: Mapping[str, object] = field(default_factory=dict)
    explained: Mapping[str, object] = field(default_factory=dict)
    counts: Callable[[Package], Iterable[Count]] = _nothing
    sections: Callable[[Package], Iterable[Section]] = _nothing
    bring: Callable[[Package], None] = _nothing
    read: Callable[[], Mapping[str, Any]] = dict
    held: Callable[[], Mapping[Address, int]] = dict
    tables: tuple[str, ...] = ()
    may_stay: Callable[[Address, Package, Collection[Address]], bool] = _known_there

    @property
    def optional(self) -> bool:
        """Whether all of it lies beside the package."""
        return all(each.optional for each in self.files)


class Plugs:
    """The parts of all domains, and what they declare together, in the order of the files."""

    def __init__(self, domains: Domains) -> None:
        self.domains = domains
        self.parts = tuple(each for each in domains.parts if isinstance(each, Part))
        files = sorted((each for part in self.parts for each in part.files), key=_place)
        self.files = {each.name: each for each in files}
        lists = [each for part in self.parts for each in part.lists]
        self.lists = tuple(sorted(lists, key=lambda each: self.files[each.file].place))
        self.by_place = {each.place: each for each in self.lists}

    @cached_property
    def of_file(self) -> dict[str, Part]:
        """Each file's part."""
        return {each.name: part for part in self.parts for each in part.files}

    @cached_property
    def explained(self) -> dict[tuple[type[Strict], str], object]:
        """Sentences for editors, by what they explain itself: two parts may call theirs alike."""
        found = dict[tuple[type[Strict], str], object]()
        for part in self.parts:
            shapes = set[type[Strict]]().union(*(mappings(schema_of(f.shape)) for f in part.files))
            known = {named(each): each for each in shapes}
            for name, said in part.explained.items():
                shape, _, inner = name.partition(".")
                found[known[shape], inner] = said
        return found


def _place(file: File) -> int:
    return file.place


_plugged: list[Plugs] = []


def plug(domains: Domains) -> None:
    """Make packages of the parts of these domains, in place of any before.

    `saas.domains` does it once, so that packages are read without an app too.
    """
    _plugged[:] = [Plugs(domains)]


def plugs() -> Plugs:
    """What packages are made of."""
    return _plugged[0]


@dataclass(frozen=True, slots=True)
class Package:
    """A model package in which no fault was found: each file as its domain declares it."""

    files: Mapping[str, Any]

    @property
    def head(self) -> Head:
        """What package.yaml says."""
        return self.of(Head)

    @property
    def key(self) -> str:
        """The name of the package, for ever."""
        return self.head.key

    @property
    def version(self) -> str:
        """Three numbers."""
        return self.head.version

    def of(self, shape: type[Shape]) -> Shape:
        """The file of that shape."""
        return next(each for each in self.files.values() if isinstance(each, shape))

    def parts(self) -> dict[str, Any]:
        """What its files say, in the one order of `settled`: stem to plain lists and mappings. A
        file that says what its absence says is left out.
        """
        said = {file: plain(each) for file, each in self.files.items()}
        return settled({n: each for n, each in said.items() if each != plugs().files[n].absent})


def settled(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The same content in its one order; ``parts`` are those of a package without faults.

    Where the order of rows says nothing, or where the same thing can be written in two ways, a file
    may do as it likes. What is compared, installed and exported is written in one way.
    """
    found = dict(parts)
    for part in plugs().parts:
        found |= part.settle(found)
    return found


def package_files() -> dict[str, type[Strict]]:
    """The schema of every file that is installed, by its stem, in reading order."""
    return {name: each for name, each in all_files().items() if not plugs().files[name].optional}


def all_files() -> dict[str, type[Strict]]:
    """The same for every file that a package may have."""
    return {name: schema_of(each.shape) for name, each in plugs().files.items()}


def expected_files(there: Collection[str]) -> dict[str, type[Strict]]:
    """The same for the files that are there, by their stems, and for those that must be."""
    files = plugs().files
    return {
        name: schema
        for name, schema in all_files().items()
        if name in there or not files[name].may_be_missing
    }


def assemble(loaded: Mapping[str, Any]) -> Package:
    """A package from its loaded files; those that can be missing say what they say then."""
    found = {name: loaded[name] for name in package_files() if name in loaded}
    for name, schema in package_files().items():
        if name not in found:
            found[name] = schema().load(dict(plugs().files[name].absent or {}))
    return Package(found)


def put(model: Any, known: Mapping[Any, Any], wanted: Mapping[Any, Mapping[str, Any]]) -> list[Any]:
    """Make the rows of a table say what is wanted, and return those that are not.

    ``known`` are the rows by key, ``wanted`` the columns of each key. New rows are written before
    old ones are changed: an old one may come to speak of a new one.
    """
    session.add_all(model(**columns) for key, columns in wanted.items() if key not in known)
    session.flush()
    for key, columns in wanted.items():
        for name, value in columns.items() if key in known else ():
            setattr(known[key], name, value)
    session.flush()
    return [row for key, row in known.items() if key not in wanted]


def drop(rows: list[Any]) -> None:
    """Delete rows one after the other, in the order given."""
    for row in rows:
        session.delete(row)
        session.flush()


def columns(row: Any) -> dict[str, Any]:
    """A row of a package as columns, where they are called as its fields: lists are lists and
    labels are dicts.
    """
    return {each.name: plain(getattr(row, each.name)) for each in fields(row)}


def placed(rows: Iterable[Any], **more: Any) -> dict[str, dict[str, Any]]:
    """The same of each row of a list by its code, with its place there."""
    return {row.code: {**columns(row), "position": i, **more} for i, row in enumerate(rows)}


def said(shape: type[Any], row: Any, **other: Any) -> dict[str, Any]:
    """A stored row as a file says it: labels in both languages, of the defaults only what differs;
    ``other`` are fields that the row does not have like this.
    """
    asked = fields(shape)
    values = {each.name: getattr(row, each.name) for each in asked if each.name not in other}
    missing = {each.name for each in asked if each.default is None}
    values = {n: None if n in missing and not v else _in_both(v) for n, v in values.items()}
    found: dict[str, Any] = plain(shape(**values, **other))
    return found


def _in_both(value: Any) -> Any:
    """A stored value with each of its labels in both languages."""
    if isinstance(value, Mapping):
        if value.keys() <= {"zh", "en"}:
            return both(value)
        return {name: _in_both(each) for name, each in value.items()}
    return tuple(_in_both(each) for each in value) if isinstance(value, list) else value


def both(label: Mapping[str, str]) -> dict[str, str]:
    """A label in both languages: what a district said in one of them stands for the other too."""
    zh, en = (label.get("zh") or "").strip(), (label.get("en") or "").strip()
    return {"zh": zh or en, "en": en or zh}


def usable_code(code: str) -> bool:
    """Whether a row of a package can have this code."""
    return CODE.fullmatch(code) is not None
