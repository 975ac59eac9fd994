"""Numbers on pages of figures, in reports and in public blocks come through the figure macro alone.

Read off the templates: what is printed there is a word, a macro of figures or charts, or nothing.
A number that somebody typed, counted with a filter or printed as it stands fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2] / "saas"
#: Pages of figures, reports and blocks that everybody reads.
TEMPLATES = (
    "demands/templates/demands/figures.html",
    "demands/templates/demands/report.html",
    "demands/templates/demands/records.html",
    "showcase/templates/showcase/figures.html",
    "showcase/templates/showcase/claims.html",
    "showcase/templates/showcase/_figures.html",
    "publishing/templates/publishing/_blocks.html",
    "web/templates/macros/figures.html",
)
#: What may be called: macros that take what a view of figures made, and words.
CALLS = {
    "figure", "figure_tile", "board_table", "marks", "_cells", "pager", "demand_rows", "icon",
    "table", "caller", "chips", "tab_row", "trail_row", "trail", "empty", "status", "act", "mover",
    "url_for", "in_words", "seal", "session_card",
}  # fmt: skip
SAYS = {"_", "say"}
MACROS = {"charts", "forms"}
#: What a printed attribute may be: a word, a mark, an address, a day.
WORDS = {
    "name", "title", "text", "label", "definition", "about", "source", "on", "narrowed", "url",
    "summary", "code", "period", "plain", "unit", "ever", "no_target",
}  # fmt: skip
NAMES = {"place", "named", "source", "workbook", "keep", "table", "value", "heading", "span"}
#: Filters that give words or moments; those that count or reckon are not among them.
FILTERS = {"datetime", "date", "longdate", "longdatetime", "string", "list"}
RECKONS = {"length", "count", "sum", "round", "int", "float", "max", "min", "abs", "format"}
_DIGIT = re.compile(r"\d")
#: Tags with what is in them, and the names of icons and columns there.
_TAG = re.compile(r"<[^>]*>?|^[^<]*>")


def faults_of(source: str) -> list[str]:
    """What a template prints past the figure macro, line by line."""
    tree = Environment(autoescape=True).parse(source)
    return [
        f"{node.lineno}: {fault}"
        for output in tree.find_all(nodes.Output)
        for node in output.nodes
        if (fault := _fault(node))
    ]


def _fault(node: nodes.Expr) -> str:
    if isinstance(node, nodes.TemplateData):
        text = _TAG.sub("", node.data)
        return f"a typed number: {text.strip()[:40]}" if _DIGIT.search(text) else ""
    reckoned = [one.name for one in node.find_all(nodes.Filter) if one.name in RECKONS]
    if isinstance(node, nodes.Filter) and node.name in RECKONS:
        reckoned.append(node.name)
    if reckoned:
        return f"reckoned in the template: {reckoned[0]}"
    return "" if all(_is_word(one) for one in _printed(node)) else f"printed as it stands: {node}"


def _printed(node: nodes.Expr) -> Iterator[nodes.Expr]:
    """What an expression may come to."""
    if isinstance(node, nodes.CondExpr):
        yield from _printed(node.expr1)
        if node.expr2:
            yield from _printed(node.expr2)
    elif isinstance(node, nodes.Concat | nodes.Or | nodes.And):
        parts = node.nodes if isinstance(node, nodes.Concat) else (node.left, node.right)
        for part in parts:
            yield from _printed(part)
    else:
        yield node


def _is_word(node: nodes.Expr) -> bool:
    if isinstance(node, nodes.Const):
        return isinstance(node.value, str) and not _DIGIT.search(node.value)
    if isinstance(node, nodes.Getattr):
        return node.attr in WORDS
    if isinstance(node, nodes.Name):
        return node.name in NAMES
    if isinstance(node, nodes.Getitem):
        return isinstance(node.node, nodes.Name) and node.node.name == "period"
    if isinstance(node, nodes.Filter):
        return node.name in FILTERS
    return isinstance(node, nodes.Call) and _may_call(node)


def _may_call(call: nodes.Call) -> bool:
    if isinstance(call.node, nodes.Getattr):
        return isinstance(call.node.node, nodes.Name) and call.node.node.name in MACROS
    name = call.node.name if isinstance(call.node, nodes.Name) else ""
    if name not in SAYS:
        return name in CALLS
    given = [*call.args[1 if name == "_" else 0 :], *(pair.value for pair in call.kwargs)]
    return all(_is_word(one) for one in given)


@pytest.mark.parametrize("template", TEMPLATES)
def test_numbers_are_printed_by_the_figure_macro_alone(template: str) -> None:
    assert faults_of((ROOT / template).read_text()) == []


@pytest.mark.parametrize(
    "printed",
    [
        "<p>631</p>",
        "{{ rows|length }}",
        "{{ _('%(num)s rooms', num=rows|length) }}",
        "{{ line['received'] }}",
        "{{ row.number }}",
        "{{ total }}",
        "{{ 631 }}",
        "{{ '631' }}",
        "{{ row.counted.value }}",
        "{{ row.name if row.name else row.number }}",
        "{{ row.name ~ row.number }}",
        "{{ a + b }}",
        "{{ _('%(num)s rooms', num=row.number) }}",
        "{{ number(5) }}",
    ],
)
def test_a_number_past_the_macro_is_found(printed: str) -> None:
    assert faults_of(printed)


@pytest.mark.parametrize(
    "printed",
    [
        "{{ figure(row.counted) }}",
        "{{ row.name }}",
        '<h2 class="mt-2">{{ _("All") }}</h2>',
        "{{ now|datetime(zone) }}",
        "{{ charts.bars(page.outcomes) }}",
    ],
)
def test_words_and_macros_pass(printed: str) -> None:
    assert faults_of(printed) == []
