"""The command line does what the console does, and scripts can read it."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from saas import cli, launch
from saas.cli import product
from saas.launch.loading import loading
from saas.settings import Settings
from saas.tenancy import migrating
from tests.support import District


@pytest.fixture
def run(settings: Settings, app: Flask, alpha: District, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command against the test server, inside the test's transaction."""
    env = {
        "SAAS_DATABASE_URL": settings.database_url,
        "SAAS_OWNER_URL": settings.owner_url or "",
        "SAAS_SECRET_KEY": settings.secret_key,
        "SAAS_MASTER_KEY": settings.master_key,
        "SAAS_DATA_DIR": str(settings.data_dir),
    }
    monkeypatch.setattr(launch, "environment", lambda: env)
    monkeypatch.setattr(product, "create_app", lambda _: app)

    def call(*words: str, **options: str) -> Result:
        return CliRunner().invoke(cli.main, list(words), **options)  # type: ignore[arg-type]

    return call


def test_a_district_is_requested_listed_shown_suspended_and_resumed(run: Any) -> None:
    made = run("tenant", "create", "rong", "荣县", "--administrator", "样本", "--json")
    assert made.exit_code == 0, made.output
    facts = json.loads(made.output)
    assert facts["state"] == "requested"
    assert facts["invitation"].startswith("/d/rong/welcome/")

    listed = json.loads(run("tenant", "list", "--json").output)
    assert {"alpha", "beta", "rong"} <= {row["code"] for row in listed}
    assert run("tenant", "suspend", "alpha", "--reason", "整改").exit_code == 0
    shown = json.loads(run("tenant", "show", "alpha", "--json").output)
    assert shown["state"] == "suspended"
    assert shown["events"][0]["reason"] == "整改"
    assert run("tenant", "resume", "alpha").exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("tenant", "create", "alpha", "重名"), "Another district has this code"),
        (("tenant", "create", "坏", "坏"), "small letters"),
        (("tenant", "create", "ok2", "x", "--package", "none"), "nothing of that name"),
        (("tenant", "show", "nobody"), "nothing of that name"),
        (("tenant", "resume", "alpha"), "has changed in the meantime"),
        (("tenant", "suspend", "alpha", "--reason", " "), "Say why"),
        (("package", "validate", "none"), "nothing of that name"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Any, words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert told in result.output
    assert "Traceback" not in result.output


def test_operators_are_made_with_a_password_that_is_long_enough(run: Any) -> None:
    short = run("user", "create", "anna", input="short\nshort\n")
    assert short.exit_code == 1
    assert "10 characters" in short.output
    long = "a sentence to remember\n" * 2
    assert run("user", "create", "anna", input=long).exit_code == 0
    again = run("user", "create", "anna", input=long)
    assert "taken" in again.output


def test_packages_are_listed_and_validated(run: Any) -> None:
    listed = json.loads(run("package", "list", "--json").output)
    assert {row["key"]: row["faults"] for row in listed} == {"1519": 0, "139": 0}
    assert "no fault" in run("package", "validate", "1519").output


def test_the_status_of_the_database_comes_from_the_hub(run: Any) -> None:
    status = json.loads(run("db", "status", "--json").output)
    assert status["head"] == migrating.head("tenant")


def test_every_command_is_where_it_is_said_to_be() -> None:
    context = click.Context(cli.main)
    found = {name: cli.main.get_command(context, name) for name in cli.main.list_commands(context)}
    assert {name: command and command.name for name, command in found.items()} == {
        name: name for name in cli.COMMANDS
    }
    assert cli.main.get_command(context, "nothing") is None


def test_who_asks_how_it_is_does_not_wait_for_the_whole_product() -> None:
    """Nor does who stops it; it is asked of a process of its own."""
    light = "import sys; from saas.cli import machine, main; print('saas.app' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", light], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_what_is_loaded_is_not_looked_through_again() -> None:
    before = gc.get_freeze_count()
    with loading():
        assert not gc.isenabled()
        loaded = [{"each": number} for number in range(10)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(loaded)
