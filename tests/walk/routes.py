"""The routes that a district has, and their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from saas.web.pages import Access
from tests.walk.parts import Parts

#: Parts that name nothing of a neighbour's: every district has them.
EVERYBODYS = {
    "category", "kind", "number", "what", "year", "day", "tab", "slot", "face", "key", "version",
    "channel", "notice", "locale",
}  # fmt: skip


def access_of(app: Flask, rule: Rule) -> Access:
    """What the route declared: its plane and what it needs."""
    found: Access = vars(app.view_functions[rule.endpoint])["__saas_access__"]
    return found


def routes(app: Flask, method: str | None = None) -> Iterator[Rule]:
    """Every route of a district, or those that take ``method``."""
    for rule in app.url_map.iter_rules():
        if access_of(app, rule).plane == "tenant" and (not method or method in methods(rule)):
            yield rule


def methods(rule: Rule) -> list[str]:
    """GET before POST, as far as the route takes them."""
    return [method for method in ("GET", "POST") if method in (rule.methods or set())]


def address(rule: Rule, parts: Parts) -> str:
    """The route's address with ``parts`` in it; raises for a part that nobody has named yet."""
    path = rule.rule
    for name in rule.arguments:
        words = [f"{segment}:{name}" for segment in rule.rule.split("/")]
        words += [f"{rule.endpoint.split('.')[0]}.{name}", name]
        found = next((parts[word] for word in words if word in parts), None)
        assert found is not None, f"{rule.rule}: say in tests/walk/parts.py what a {name} is"
        path = re.sub(rf"<(?:int:)?{name}>", found, path)
    return path
