"""Revisions of districts can be sent again: what one district was sent is right for all others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from saas.settings import MIGRATIONS_DIR

#: Past SQLAlchemy nothing is written down (`saas.tenancy.rollout`), and what is made in Python by
#: chance or by the clock would be the same in every district: secrets above all.
_NOT_AGAIN = re.compile(
    r"\.cursor\(|driver_connection|dbapi_connection|\.connection\.connection|\.copy\("
    r"|^(?:import|from) (?:secrets|random|uuid|time|saas\.kernel\.crypto)\b|\.now\(|\.today\(",
    re.MULTILINE,
)
_REVISIONS = sorted((MIGRATIONS_DIR / "tenant" / "versions").glob("*.py"))


@pytest.mark.parametrize("path", _REVISIONS, ids=lambda path: path.stem)
def test_a_revision_says_nothing_that_only_one_district_may_hear(path: Path) -> None:
    assert not _NOT_AGAIN.findall(path.read_text())


def test_what_could_not_be_sent_again_is_found() -> None:
    for words in ("import secrets", "op.get_bind().connection.cursor()", "datetime.now(UTC)"):
        assert _NOT_AGAIN.search(words), words
    assert not _NOT_AGAIN.search('server_default=sa.text("now()")')
