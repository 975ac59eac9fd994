"""What stands behind the question mark of an address can be anything: the page stays."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask

import saas
from tests.support import District
from tests.walk.routes import routes

_ASKED = re.compile(r"request\.(?:args|values)(?:\.get\(|\[|\.getlist\()\"(\w+)\"")
#: Codes of things: who asks for one that is not there, or not theirs, is told so.
_THINGS = frozenset({"unit", "at", "street", "before", "after", "with", "under"})
#: What other sites add, what people type, what is left of a longer address.
_UNREADABLE = ("singlemessage", "乱写", "2026/3x", "-1", "9" * 40, "\u202d2026-12-1\u202c")


def _names() -> list[str]:
    """Every name that a page reads out of its address."""
    found = {"from", "to", "isappinstalled", "page", "sort", "since", "until"}
    for source in Path(saas.__file__).parent.rglob("*.py"):
        found |= set(_ASKED.findall(source.read_text()))
    return sorted(found - _THINGS)


@pytest.mark.parametrize("value", _UNREADABLE)
def test_what_cannot_be_read_in_an_address_makes_no_page_a_404(
    app: Flask, alpha: District, value: str
) -> None:
    admin, asked = alpha.client("admin"), urlencode(dict.fromkeys(_names(), value))
    walked = [rule.rule for rule in routes(app, "GET") if not rule.arguments]
    answers = {path: admin.get(f"{path}?{asked}").status_code for path in walked}
    lost = [path for path, status in answers.items() if status in {404, 500}]
    assert [path for path in lost if admin.get(path).status_code not in {404, 500}] == []
    assert sum(status == 200 for status in answers.values()) > 40
