"""What stands behind the question mark of an address can be anything: the page stays."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

import saas
from tests.support import District
from tests.thorough import is_thorough
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


def _asked(names: list[str], nth: int) -> str:
    """Every name with one of the values; which, is another one at each page."""
    values = (_UNREADABLE[(nth + place) % len(_UNREADABLE)] for place in range(len(names)))
    return urlencode(dict(zip(names, values, strict=True)))


def test_what_cannot_be_read_in_an_address_makes_no_page_a_404(app: Flask, alpha: District) -> None:
    """Each page is asked twice, so that every name has two values there, and with each value in a
    thorough run.
    """
    admin, names = alpha.client("admin"), _names()
    walked = [rule.rule for rule in routes(app, "GET") if not rule.arguments]
    times = len(_UNREADABLE) if is_thorough() else 2
    found: Counter[int] = Counter()
    for nth, path in enumerate(walked):
        for again in range(times):
            asked = f"{path}?{_asked(names, nth + again)}"
            status = admin.get(asked).status_code
            found[status] += 1
            if status in {404, 500}:
                assert admin.get(path).status_code == status, asked
    assert found[200] > 40 * times
