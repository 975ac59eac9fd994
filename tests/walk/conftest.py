"""Walks, each made by the first test that looks at it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support import District
from tests.walk.walking import Walk, walk


@pytest.fixture(scope="session")
def _walks() -> dict[str | None, Walk]:
    """Who walked already, in this process."""
    return {}


@pytest.fixture
def walked(
    app: Flask,
    alpha: District,
    beta: District,
    who: str | None,
    _walks: dict[str | None, Walk],
) -> Walk:
    """What ``who`` met; stored answers, so that later tests cost nothing."""
    if who not in _walks:
        _walks[who] = walk(app, alpha, beta, who)
    return _walks[who]
