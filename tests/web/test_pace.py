"""How fast strangers may go on: they are slowed down, those who are known are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from flask import Flask

from saas.settings import Settings
from tests.support import District


@pytest.fixture
def slow(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    few = replace(app.config["SAAS"], public_per_minute=5)
    monkeypatch.setitem(app.config, "SAAS", few)
    app.extensions.pop("saas_pace", None)
    yield
    app.extensions.pop("saas_pace", None)


@pytest.mark.parametrize(
    "path",
    ["/answers/like?words=x", "/rooms", "/welcome/guess", "/open311/discovery.json"],
)
def test_a_stranger_who_asks_without_end_is_told_when_to_come_back(
    app: Flask, alpha: District, slow: None, path: str
) -> None:
    stranger, elsewhere, known = alpha.client(), alpha.client(), alpha.client("resident")
    app.extensions.pop("saas_pace", None)
    elsewhere.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    answers = [stranger.get(path) for _ in range(8)]
    assert [one.status_code == 429 for one in answers] == [False] * 5 + [True] * 3
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert elsewhere.get(path).status_code != 429
    assert {known.get("/rooms").status_code for _ in range(8)} == {200}


def test_probes_of_the_cluster_are_answered_however_many_strangers_ask(
    app: Flask, alpha: District, slow: None
) -> None:
    stranger = alpha.client()
    while stranger.get("/rooms").status_code != 429:
        pass
    assert app.test_client().get("/readyz").status_code == 200


def test_no_statement_and_no_wait_for_a_row_lasts_for_ever(settings: Settings) -> None:
    with psycopg.connect(settings.database_url) as runtime:
        for setting in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            row = runtime.execute("SELECT current_setting(%s)", (setting,)).fetchone()
            assert row
            assert row[0] != "0", setting
