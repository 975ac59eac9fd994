"""What can be written into the audit, read off the code: every first and second argument of
``audit.record``, through local names, f-strings, tables and the small helpers that pass them on.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from saas.activities.words import SESSION_VERBS, SIGNUP_VERBS
from saas.bookings.words import VERBS as BOOKING_VERBS
from saas.campaigns.words import VERBS as CAMPAIGN_VERBS
from saas.catalogue.rows import DECLARED, Catalogue
from saas.demands.case.rules import TABLE
from saas.funds.words import MEETING_VERBS
from saas.funds.words import VERBS as FUND_VERBS
from saas.organisations.words import VERBS
from saas.publishing.words import VERBS as PAGE_VERBS
from saas.visits.words import VERBS as VISIT_VERBS

#: Attributes whose values a table of a domain bounds: domain and attribute → values.
BOUNDED: Mapping[tuple[str, str], frozenset[str]] = {
    ("demands", "verb"): frozenset(verb for _, verb in TABLE),
    ("organisations", "verb"): frozenset(VERBS),
    ("activities", "verb"): frozenset((*SESSION_VERBS, *SIGNUP_VERBS)),
    ("bookings", "verb"): frozenset(BOOKING_VERBS),
    ("visits", "verb"): frozenset(VISIT_VERBS),
    ("campaigns", "verb"): frozenset(CAMPAIGN_VERBS),
    ("funds", "verb"): frozenset((*FUND_VERBS, *MEETING_VERBS)),
    ("publishing", "verb"): frozenset(PAGE_VERBS),
}


class Untold(AssertionError):
    """It cannot be seen from the code what would be recorded here."""


@dataclass(frozen=True)
class Module:
    """One file and what it holds; it is parsed when somebody asks, and most are never asked."""

    path: Path

    @cached_property
    def text(self) -> str:
        """As it is written."""
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        """As Python reads it."""
        return ast.parse(self.text)

    @property
    def domain(self) -> str:
        """The folder of its domain."""
        return self.path.parts[self.path.parts.index("saas") + 1]

    def imports(self, name: str) -> bool:
        """Whether a function of this name comes from elsewhere."""
        return any(
            isinstance(node, ast.ImportFrom) and any(a.name == name for a in node.names)
            for node in ast.walk(self.tree)
        )

    def defines(self, name: str) -> bool:
        """Whether a function of this name stands here."""
        return any(isinstance(n, ast.FunctionDef) and n.name == name for n in self.tree.body)

    def calls(self, words: str) -> list[tuple[ast.Call, ast.FunctionDef]]:
        """Every call of what is written as ``words``, with the function that makes it."""
        if f"{words}(" not in self.text:
            return []
        return [(call, function) for call, function, said in self._calls if said == words]

    @cached_property
    def _calls(self) -> list[tuple[ast.Call, ast.FunctionDef, str]]:
        return [
            (node, function, ast.unparse(node.func))
            for function in ast.walk(self.tree)
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Call)
        ]


def _ours(declared: Catalogue[Any]) -> bool:
    return declared.model.__module__.startswith("saas.")


class House:
    """All the code of a folder."""

    def __init__(self, files: list[Path]) -> None:
        self.modules = [Module(file) for file in files]

    def recordable(self) -> set[tuple[str, str]]:
        """Every (action, kind of thing) that the code can record; `Untold` where it is unclear."""
        found: set[tuple[str, str]] = set()
        for module in self.modules:
            if module.path.parent.name == "catalogue":  # its lists say what they record
                found |= {(act, one.thing) for one in DECLARED if _ours(one) for act in one.actions}
                continue
            for call, function in module.calls("audit.record"):
                found |= self._pairs(call.args[0], call.args[1], function, module)
        return found

    def _pairs(
        self, action: ast.expr, thing: ast.expr, function: ast.FunctionDef, module: Module
    ) -> set[tuple[str, str]]:
        """Both together: what a helper is given in one call belongs together."""
        try:
            return set(product(self._values(action, function, module),
                               self._values(thing, function, module)))  # fmt: skip
        except Untold:
            callers = self._callers(function, module)
            if not callers:
                raise
        found: set[tuple[str, str]] = set()
        names = {arg.arg for arg in _arguments(function)}
        for one, other in product(*(self._settled(e, function, module) for e in (action, thing))):
            used = names & {n.id for e in (one, other) for n in ast.walk(e)
                            if isinstance(n, ast.Name)}  # fmt: skip
            for call, caller, at in callers:
                fill = _Fill({name: _bound(call, function, name) for name in used})
                found |= self._pairs(fill.visit(_copy(one)), fill.visit(_copy(other)), caller, at)
        return found

    def _settled(self, node: ast.expr, function: ast.FunctionDef, module: Module) -> list[ast.expr]:
        """The values it can have, where that is clear without knowing who calls."""
        try:
            return [ast.Constant(value) for value in self._values(node, function, module)]
        except Untold:
            return [node]

    def _callers(
        self, function: ast.FunctionDef, home: Module
    ) -> list[tuple[ast.Call, ast.FunctionDef, Module]]:
        found = []
        for module in self.modules:
            calls = module.calls(function.name)
            if calls and (module is home or (not function.name.startswith("_")
                          and module.domain == home.domain
                          and module.imports(function.name))):  # fmt: skip
                found += [(call, caller, module) for call, caller in calls]
        return found

    def _values(self, node: ast.expr, function: ast.FunctionDef, module: Module) -> set[str]:
        match node:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.JoinedStr(values=parts):
                each = [self._values(part, function, module) for part in parts]
                return {"".join(words) for words in product(*each)}
            case ast.FormattedValue(value=inner):
                return self._values(inner, function, module)
            case ast.IfExp(body=one, orelse=other):
                return self._values(one, function, module) | self._values(other, function, module)
            case ast.Attribute(attr=name) if (module.domain, name) in BOUNDED:
                return set(BOUNDED[module.domain, name])
            case ast.Subscript(value=ast.Name(id=name)):
                return _table(name, module)
            case ast.Name(id=name) if found := _assigned(name, function):
                return {v for each in found for v in self._values(each, function, module)}
        raise Untold(f"{module.path}:{node.lineno}: {ast.unparse(node)}")


def _copy(node: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(node), mode="eval").body


class _Fill(ast.NodeTransformer):
    """Put what a caller gives in the place of a helper's parameters."""

    def __init__(self, bound: dict[str, ast.expr]) -> None:
        self._bound = bound

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._bound.get(node.id, node)


def _arguments(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _bound(call: ast.Call, function: ast.FunctionDef, name: str) -> ast.expr:
    given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    given |= {arg.arg: value for arg, value in zip(_arguments(function), call.args, strict=False)}
    if name not in given:
        raise Untold(f"{function.name}: nobody gives {name}")
    return given[name]


def _assigned(name: str, function: ast.FunctionDef) -> list[ast.expr]:
    return [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
    ]


def _table(name: str, module: Module) -> set[str]:
    for node in module.tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if ast.unparse(target) != name:
            continue
        if isinstance(node.value, ast.Dict):
            return {v.value for v in node.value.values
                        if isinstance(v, ast.Constant) and isinstance(v.value, str)}  # fmt: skip
    raise Untold(f"{module.path}: no table {name}")
