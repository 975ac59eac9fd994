"""Reads YAML that somebody else wrote: plain mappings, lists and values, and nothing clever.

A file may come from another district, so everything that can surprise is refused: tags, anchors,
aliases, keys written twice, nesting without end. Unquoted values mean what they look like:
true and false, whole and decimal numbers, null; all else is text (``no``, ``09:00`` and
``2023-06-30`` too).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from saas.packages.faults import Fault

SIZE_LIMIT = 2 * 1024 * 1024
#: Values in one file, counted before any is kept; the largest file of ours has some 6000.
VALUES_LIMIT = 200_000
_MOST_SURPRISES = 50
_DEPTH_LIMIT = 40  # what people write is nested about seven deep
_PLAIN = {  # by first letter, as PyYAML wants it
    "tag:yaml.org,2002:bool": (re.compile(r"^(?:true|false)$"), "tf"),
    "tag:yaml.org,2002:int": (re.compile(r"^-?(?:0|[1-9][0-9]{0,17})$"), "-0123456789"),
    "tag:yaml.org,2002:float": (re.compile(r"^-?(?:0|[1-9]\d{0,14})\.\d{1,6}$"), "-0123456789"),
    "tag:yaml.org,2002:null": (re.compile(r"^(?:null|~|)$"), ["n", "~", ""]),
}


class _Loader(yaml.CSafeLoader):
    """The safe loader without YAML 1.1's guesses (yes, no, 1:30, dates)."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for _tag, (_pattern, _letters) in _PLAIN.items():
    _Loader.add_implicit_resolver(_tag, _pattern, _letters)


@dataclass(slots=True)
class Parsed:
    """A file's value, the line of each path in it, and what was wrong with its YAML."""

    value: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def parse(file: str, raw: bytes) -> Parsed:
    """The value of one file; with faults the value is None and must not be used."""
    parsed = Parsed()
    if len(raw) > SIZE_LIMIT:
        parsed.faults.append(Fault(file, "", "too_big", {"limit": SIZE_LIMIT}))
        return parsed
    if b"\x00" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        parsed.faults.append(Fault(file, "", "nul"))
        return parsed
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        parsed.faults.append(Fault(file, "", "not_utf8"))
        return parsed
    try:
        _parse(file, content, parsed)
    except yaml.YAMLError as error:
        parsed.faults.append(_not_yaml(file, error))
    return parsed


def _parse(file: str, content: str, parsed: Parsed) -> None:
    # Events come first: they are flat, so neither depth nor aliases can do harm yet.
    parsed.faults.extend(islice(_surprises(file, content), _MOST_SURPRISES))
    if parsed.faults:
        return
    loader = _Loader(content)
    try:
        node = loader.get_single_node()
        if node is None:
            return
        parsed.faults.extend(_walk(file, "", node, parsed.lines))
        if not parsed.faults:
            parsed.value = loader.construct_document(node)
    finally:
        loader.dispose()


def _not_yaml(file: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    cause = getattr(error, "problem", None) or getattr(error, "reason", None) or "syntax"
    line = mark.line + 1 if mark else None
    if "nesting depth" in str(cause):  # the parser looked ahead and met its own limit before ours
        return Fault(file, "", "too_deep", line=line)
    return Fault(file, "", "not_yaml", {"cause": str(cause)}, line)


def _surprises(file: str, content: str) -> Iterator[Fault]:
    depth = 0
    for number, event in enumerate(yaml.parse(content, Loader=_Loader)):
        if number > VALUES_LIMIT:
            yield Fault(file, "", "too_much", {"limit": VALUES_LIMIT})
            return
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield Fault(file, "", "no_alias", line=line)
        if getattr(event, "tag", None):
            yield Fault(file, "", "no_tag", line=line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEPTH_LIMIT:
            yield Fault(file, "", "too_deep", line=line)
            return


def _walk(file: str, path: str, node: yaml.Node, lines: dict[str, int]) -> Iterator[Fault]:
    """Note the line of every path, and find what a mapping would swallow in silence."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for place, inner in enumerate(node.value):
            yield from _walk(file, f"{path}[{place}]", inner, lines)
    if isinstance(node, yaml.MappingNode):
        seen = set[str]()
        for name, inner in node.value:
            line = name.start_mark.line + 1
            if not name.tag.endswith(":str"):
                yield Fault(file, path, "not_key", line=line)
                continue
            if name.value in seen:
                yield Fault(file, path, "twice", {"found": name.value}, line)
            seen.add(name.value)
            yield from _walk(file, f"{path}.{name.value}" if path else name.value, inner, lines)
            lines[f"{path}.{name.value}" if path else name.value] = line
