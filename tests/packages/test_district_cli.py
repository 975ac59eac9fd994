"""Giving a district a package, taking its own out, upgrading it: from the shell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from saas import cli, launch
from saas.demands.menu import queries as demand_queries
from saas.demands.settings import commands as demands
from saas.packages.library import queries as library
from saas.packages.model import queries as model
from saas.settings import Settings
from tests.factories.districts import bring_up_bare, bring_up_first_edition
from tests.support import District

UP = ("upgrade", "shelled", "1519@2.0.0")
QUESTION = "demands/categories/pavements#name"


@pytest.fixture(scope="module")
def _shelled(app: Flask) -> District:
    return bring_up_first_edition(app, "shelled")


@pytest.fixture
def shelled(_districts: Any, _shelled: District) -> District:
    """A district made from the first edition of 1519, with a name of its own for a category."""
    with _shelled.work():
        row = demand_queries.category("pavements")
        demands.CATEGORIES.change(
            row, name={"zh": "咱们的路", "en": "Our roads"}, hint=row.hint,
            open_to_neighbours=True, actor=_shelled.actor("admin"),
        )  # fmt: skip
    return _shelled


@pytest.fixture
def run(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a package command in an empty folder."""
    env = {
        "SAAS_DATABASE_URL": settings.database_url,
        "SAAS_SECRET_KEY": settings.secret_key,
        "SAAS_MASTER_KEY": settings.master_key,
        "SAAS_DATA_DIR": str(tmp_path / "data"),
    }
    monkeypatch.setattr(launch, "environment", lambda: env)
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> Result:
        return CliRunner().invoke(cli.main, ["package", *words])

    return call


def ok(result: Result) -> str:
    """What it printed, if all went well."""
    assert result.exit_code == 0, result.output
    return result.output


def installed(district: District) -> tuple[str, str]:
    """Key and version of what a district has."""
    with district.work():
        row = model.installed_row()
        return row.key, row.version


def test_a_dry_run_says_everything_and_changes_nothing(run: Any, shelled: District) -> None:
    said = ok(run(*UP, "--dry-run"))
    assert "The package changed the opening hours: every day 17:00–18:30 → every day" in said
    assert f"{QUESTION}=ours: Our roads" in said
    assert f"{QUESTION}=theirs: Roads and getting about" in said
    assert f"open: {QUESTION}" in said
    found = json.loads(ok(run(*UP, "--dry-run", "--json", "--decide", f"{QUESTION}=ours")))
    assert (found["done"], found["open"], found["faults"]) == (False, [], [])
    assert found["entries"]["demands/categories/pavements"] == "conflict"
    assert installed(shelled) == ("1519", "1.0.0")


def test_an_upgrade_wants_every_decision_and_then_keeps_what_is_ours(
    run: Any, shelled: District
) -> None:
    refused = run(*UP)
    assert (refused.exit_code, QUESTION in refused.output) == (1, True)
    assert installed(shelled) == ("1519", "1.0.0")
    ok(run(*UP, "--decide", f"{QUESTION}=ours"))
    assert installed(shelled) == ("1519", "2.0.0")
    with shelled.work():
        assert demand_queries.category("pavements").name["zh"] == "咱们的路"
    again = run(*UP)
    assert (again.exit_code, "already" in again.output) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        (*UP[:2], "1519"),
        (*UP[:2], "1519@9.0.0"),
        (UP[0], "nowhere", UP[2]),
        (*UP, "--decide", "pavements"),
        (*UP, "--decide", f"{QUESTION}=mine"),
        (*UP, "--decide", f"{QUESTION}=ours", "--decide", "rooms/rooms/moon#name=ours"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    run: Any, shelled: District, words: tuple[str, ...]
) -> None:
    said = run(*words)
    assert said.exit_code in {1, 2}
    assert "Error: " in said.output
    assert installed(shelled) == ("1519", "1.0.0")


def test_a_district_is_written_out_as_a_package_that_is_whole(
    run: Any, shelled: District, tmp_path: Path
) -> None:
    head = ("--key", "shelled", "--title", "一区模式", "--publisher", "一区")
    ok(run("export", "shelled", "ours.zip", *head))
    assert "no fault" in ok(run("validate", "ours.zip"))
    assert "Our roads" in ok(run("show", "ours.zip"))
    ok(run("export", "shelled", "again.zip", *head))
    assert (tmp_path / "ours.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    assert run("export", "shelled", "no/such/folder.zip", *head).exit_code == 1
    assert run("export", "shelled", "bad.zip", "--key", "BAD KEY", *head[2:]).exit_code == 1
    assert not (tmp_path / "bad.zip").exists()


def test_another_package_is_for_a_district_on_which_nothing_stands(
    run: Any, shelled: District
) -> None:
    refused = run("install", "shelled", "139@1.0.0")
    assert (refused.exit_code, "in use already" in refused.output) == (1, True)
    assert installed(shelled) == ("1519", "1.0.0")


@pytest.mark.usefixtures("_districts")
def test_an_empty_district_gets_another_package(run: Any, app: Flask) -> None:
    empty = bring_up_bare(app, "hollow")
    ok(run("install", "hollow", "139@1.0.0"))
    assert installed(empty) == ("139", "1.0.0")
    with empty.work():
        assert model.current()["rooms"] == library.read_package("139").parts()["rooms"]
    again = run("install", "hollow", "139@1.0.0")
    assert (again.exit_code, "already" in again.output) == (1, True)
