"""How somebody can be reached leads there, and nothing else in a sentence does."""

from __future__ import annotations

import pytest

from saas.web.contact import reachable


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("0813-2200000", ['<a href="tel:08132200000">0813-2200000</a>']),
        ("王芳 138 0013 8000", ['<a href="tel:13800138000">138 0013 8000</a>']),
        ("电话+86 13800138000，邮箱a.b@dist.example。",
         ['<a href="tel:+8613800138000">+86 13800138000</a>',
          '<a href="mailto:a.b@dist.example">a.b@dist.example</a>']),
        ("周一至周五 09:00-12:00，2026-11-28", []),
        ("和平路 12 号 3 栋 2 单元", []),
    ],
)  # fmt: skip
def test_numbers_and_addresses_become_links(text: str, links: list[str]) -> None:
    found = str(reachable(text))
    assert all(link in found for link in links)
    assert found.count("<a ") == len(links)


def test_nothing_that_people_write_becomes_markup() -> None:
    assert "<b>" not in reachable('<b>"13800138000"</b>')
    assert reachable(None) == ""
