"""What holds for every template. What a page's HTML must be, djlint says (`scripts/check`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2] / "saas"
TEMPLATES = sorted(ROOT.glob("**/templates/**/*.html"))
_LONGEST = 120
#: Our policy lets no browser run or apply these.
_INLINE = re.compile(r"""\s(?:style|on[a-z]+)=["']""")
_JINJA = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"], autoescape=True)


@cache
def _parsed(template: Path) -> nodes.Template:
    return _JINJA.parse(template.read_text())


def _asked_for(tree: nodes.Template) -> Iterator[tuple[str, str, str]]:
    """Of what a template imports: the file, the name there, the name here."""
    for each in tree.find_all(nodes.FromImport):
        if isinstance(each.template, nodes.Const):
            for name in each.names:
                there, here = (name, name) if isinstance(name, str) else name
                yield each.template.value, there, here


@cache
def _read(tree: nodes.Template) -> set[str]:
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_is_narrow_and_has_no_style_or_handler_inside(template: Path) -> None:
    text = template.read_text()
    long = [n for n, line in enumerate(text.splitlines(), start=1) if len(line) > _LONGEST]
    assert not long, f"lines of more than {_LONGEST} columns"
    html = " ".join(data.data for data in _parsed(template).find_all(nodes.TemplateData))
    assert not _INLINE.search(html), "styles and handlers stand in files of their own"


def test_what_a_template_imports_is_used() -> None:
    asked_for = [each for template in TEMPLATES for each in _asked_for(_parsed(template))]
    # A file of parts hands on what it imports.
    handed_on = {(file, there) for file, there, _here in asked_for}
    idle = [
        f"{_called(template)}: {here}"
        for template in TEMPLATES
        for _file, _there, here in _asked_for(_parsed(template))
        if here not in _read_with(_called(template)) and (_called(template), here) not in handed_on
    ]
    assert not idle


def _called(template: Path) -> str:
    return template.as_posix().rpartition("/templates/")[2]


@cache
def _read_with(name: str) -> set[str]:
    """What a template reads, and all that see its names: those that extend it, and its includes."""
    tree = next(_parsed(one) for one in TEMPLATES if _called(one) == name)
    seeing = {_called(one) for one in TEMPLATES if name in _named(_parsed(one), nodes.Extends)}
    seeing |= _named(tree, nodes.Include)
    return _read(tree).union(*(_read_with(one) for one in seeing))


@cache
def _named(tree: nodes.Template, kind: type[nodes.Extends] | type[nodes.Include]) -> set[str]:
    files: Iterator[object] = (vars(each)["template"] for each in tree.find_all(kind))
    return {file.value for file in files if isinstance(file, nodes.Const)}


def test_every_macro_is_used() -> None:
    trees = {template: _parsed(template) for template in TEMPLATES}
    used = {there for tree in trees.values() for _file, there, _here in _asked_for(tree)}
    for tree in trees.values():
        used |= _read(tree) | {one.attr for one in tree.find_all(nodes.Getattr)}
    idle = [
        f"{_called(template)}: {macro.name}"
        for template, tree in trees.items()
        for macro in tree.find_all(nodes.Macro)
        if macro.name not in used
    ]
    assert not idle
