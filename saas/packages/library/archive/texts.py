"""Writes the files of a package from its parts: the same parts give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from saas.packages.parts import package_files
from saas.packages.schemas.fields import Label

_WIDTH = 100
_LANGUAGES = {"zh", "en"}
_SHORT = 60  # characters up to which both languages of a label stand on one line


class _Dumper(yaml.SafeDumper):
    """Plain YAML: no anchors, short labels on one line, lists set in under their name."""

    def ignore_aliases(self, data: Any) -> bool:
        """The same label twice is written out twice: anchors are refused when it is read."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Rows of a list stand two spaces in from the name of the list."""
        super().increase_indent(flow, False)


def _mapping(dumper: _Dumper, value: dict[str, Any]) -> yaml.Node:
    node = dumper.represent_mapping("tag:yaml.org,2002:map", value.items())
    node.flow_style = _on_one_line(value)
    return node


def _on_one_line(value: Mapping[str, Any]) -> bool:
    texts = [each for each in value.values() if isinstance(each, str)]
    plain = len(texts) == len(value) and set(value) <= _LANGUAGES
    return plain and sum(map(len, texts)) <= _SHORT and not any("\n" in each for each in texts)


def _list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    node = dumper.represent_sequence("tag:yaml.org,2002:seq", value)
    node.flow_style = all(isinstance(each, str | int) for each in value)
    return node


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    """Line ends that YAML would read as blanks, and what cannot be seen, are written as escapes."""
    style = None if all(sign.isprintable() or sign == "\n" for sign in value) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)


def files_of(parts: Mapping[str, Any]) -> dict[str, bytes]:
    """The YAML files of a package, by name, from parts as `Package.parts` gives them."""
    return {f"{stem}.yaml": _file(parts[stem]) for stem in package_files() if stem in parts}


def _file(part: Mapping[str, Any]) -> bytes:
    text: str = yaml.dump(
        _plain(part), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH
    )
    return text.encode()


def _plain(value: Any) -> Any:
    """The same in dicts and lists, languages of a label always in the same order."""
    if isinstance(value, Mapping):
        pairs = _ordered(value) if set(value) == _LANGUAGES else value
        return {key: _plain(each) for key, each in pairs.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _ordered(label: Label) -> Label:
    return {"zh": label["zh"], "en": label["en"]}
