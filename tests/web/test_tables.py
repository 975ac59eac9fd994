"""Tables of one page: those with the same headings share one plan of columns."""

from __future__ import annotations

import re
from collections import Counter

from tests.support import District

_TABLE = re.compile(
    r'<table class="([^"]*)">(?:<caption>.*?</caption>)?\s*<thead>(.*?)</thead>', re.S
)
_PAGES = (
    "/console/rooms", "/console/room-library", "/ladders", "/demands/settings/categories",
    "/demands/settings/reasons", "/demands/settings/kinds", "/demands/knowledge/templates",
    "/organisations/menu", "/setup/district", "/roles", "/work",
)  # fmt: skip


def test_tables_with_the_same_headings_stand_in_the_same_columns(alpha: District) -> None:
    admin, several = alpha.client("admin"), 0
    for page in _PAGES:
        tables = _TABLE.findall(admin.get(page, follow_redirects=True).text)
        heads = Counter(head for _, head in tables)
        for classes, head in tables:
            if heads[head] > 1:
                several += 1
                assert "table--planned" in classes, page
    assert several >= 8


def test_acts_have_a_column_of_their_own_at_the_right_edge(alpha: District) -> None:
    page = alpha.client("admin").get("/demands/settings/reasons").text
    heads = _TABLE.findall(page)
    assert heads
    for _, head in heads:
        assert head.rstrip().endswith("</th></tr>")
        assert 'class="acts-head"' in head[head.rindex("<th") :]
