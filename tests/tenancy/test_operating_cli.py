"""Addresses, quotas and usage from the shell, as the operator's pages have them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from saas import cli, launch
from saas.settings import Settings
from saas.tenancy import name_service
from tests.support import District


@pytest.fixture
def run(settings: Settings, app: Flask, alpha: District, monkeypatch: pytest.MonkeyPatch) -> Any:
    env = {
        "SAAS_DATABASE_URL": settings.database_url,
        "SAAS_OWNER_URL": settings.owner_url or "",
        "SAAS_SECRET_KEY": settings.secret_key,
        "SAAS_MASTER_KEY": settings.master_key,
        "SAAS_DATA_DIR": str(settings.data_dir),
    }
    monkeypatch.setattr(launch, "environment", lambda: env)
    monkeypatch.setattr("saas.cli.common.create_app", lambda _: app)

    def call(*words: str) -> Result:
        return CliRunner().invoke(cli.main, ["tenant", *words])

    return call


def test_quotas_are_set_one_by_one_and_taken_back_with_nought(run: Any) -> None:
    assert run("quota", "alpha", "--megabytes", "5").exit_code == 0
    made = run("quota", "alpha", "--people", "20", "--json")
    assert made.exit_code == 0, made.output
    facts = json.loads(made.output)
    assert facts["quotas"] == {"megabytes": 5, "people": 20, "sms": None}
    assert facts["used"]["people"] > 0
    assert "@" in facts["edition"]
    facts = json.loads(run("quota", "alpha", "--megabytes", "0", "--json").output)
    assert facts["quotas"] == {"megabytes": None, "people": 20, "sms": None}


def test_a_host_is_written_down_proved_and_removed(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = run("host", "alpha", "hall.example.org").output
    monkeypatch.setattr(name_service, "texts_at", lambda _: [])
    assert run("host", "alpha", "hall.example.org").exit_code == 1
    monkeypatch.setattr(name_service, "texts_at", lambda _: [said.split()[2]])
    assert "leads to alpha" in run("host", "alpha", "hall.example.org").output
    assert "hall.example.org: proved" in run("host", "alpha").output
    assert run("host", "alpha", "hall.example.org", "--remove").exit_code == 0
    assert run("host", "alpha").output.strip() == ""


def test_a_district_is_renamed_and_both_codes_find_it(run: Any) -> None:
    assert run("rename", "alpha", "alpha-two").exit_code == 0
    assert run("rename", "beta", "alpha").exit_code == 1
    assert "alpha-two" in run("show", "alpha").output
    assert run("rename", "alpha-two", "alpha").exit_code == 0


def test_only_a_demo_begins_anew(run: Any) -> None:
    assert run("begin-anew", "alpha").exit_code == 1
