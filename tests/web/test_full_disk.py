"""A disk that is full takes nothing that was typed."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg.errors import ConnectionFailure, DiskFull
from sqlalchemy.exc import OperationalError

from saas.demands.intake import commands
from tests.support import District

PLACE = "/demands/new/rubbish/courtyard_one"
WORDS = "院门口的路灯三天没有亮了。"


def _sent(district: District, monkeypatch: pytest.MonkeyPatch, error: OperationalError) -> Any:
    def refuse(**_: object) -> None:
        raise error

    monkeypatch.setattr(commands, "file_demand", refuse)
    return district.client("resident").post(
        PLACE, category="rubbish", unit="courtyard_one", words=WORDS, submission="full-disk-key-01"
    )


def test_on_a_full_disk_the_form_comes_back_with_what_was_typed(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = _sent(alpha, monkeypatch, OperationalError("INSERT", {}, DiskFull()))
    assert answer.status_code == 422
    assert WORDS in answer.text
    assert "服务繁忙或正在维护" in answer.text


def test_without_a_database_it_is_said_on_a_page_of_its_own(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = OperationalError("INSERT", {}, ConnectionFailure(), connection_invalidated=True)
    assert _sent(alpha, monkeypatch, gone).status_code == 503
