"""The way of a package from an empty folder into the library, from the shell."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from flask import Flask

from saas import cli, launch
from saas.packages.library.archive import new_key, read_key
from saas.packages.parts import all_files, package_files
from saas.settings import Settings

SIGNER = new_key()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(settings: Settings, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a package command in an empty folder, with a library and a known publisher of its own."""
    env = {
        "SAAS_DATABASE_URL": settings.database_url,
        "SAAS_SECRET_KEY": settings.secret_key,
        "SAAS_MASTER_KEY": settings.master_key,
        "SAAS_DATA_DIR": str(tmp_path / "data"),
        "SAAS_PUBLISHERS": f"{read_key(SIGNER).public} Riverside",
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


def test_a_new_package_is_whole_explained_and_has_its_schemas(run: Any, tmp_path: Path) -> None:
    ok(run("new", "river", "river"))
    folder = tmp_path / "river"
    assert {path.stem for path in folder.glob("*.yaml")} == set(package_files())
    assert {path.stem for path in (folder / "schema").iterdir()} == set(all_files())
    rooms = (folder / "rooms.yaml").read_text()
    assert rooms.startswith("# yaml-language-server: $schema=schema/rooms.json\n")
    assert "# What a street begins with" in rooms
    assert "river 1.0.0: no fault" in ok(run("validate", "river"))


def test_a_package_begun_from_another_says_so_and_keeps_its_comments(
    run: Any, tmp_path: Path
) -> None:
    ok(run("new", "river", "river", "--from", "1519@1.0.0"))
    head = yaml.safe_load((tmp_path / "river" / "package.yaml").read_text())
    assert (head["key"], head["based_on"]) == ("river", {"key": "1519", "version": "1.0.0"})
    assert "# Incubation of social organisations" in (tmp_path / "river" / "rooms.yaml").read_text()
    ok(run("validate", "river"))
    ok(run("new", "lake", "lake", "--from", "river"))
    head = yaml.safe_load((tmp_path / "lake" / "package.yaml").read_text())
    assert head["based_on"] == {"key": "river", "version": "1.0.0"}
    ok(run("validate", "lake"))


def test_a_folder_with_something_in_it_is_left_alone(run: Any, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary").write_text("dear diary")
    assert run("new", "river", "mine").exit_code == 1
    assert run("new", "River!", "other").exit_code == 1
    assert not (tmp_path / "other").exists()


def test_every_fault_is_told_with_file_line_and_path(run: Any, tmp_path: Path) -> None:
    ok(run("new", "river", "river"))
    for name, old, new in (
        ("rooms.yaml", "seal: 食", "seal: 食堂"),
        ("demands.yaml", "level: street, accept", "level: moon, accept"),
        ("accounts.yaml", "district:audit:view", "district:audit:burn"),
    ):
        path = tmp_path / "river" / name
        path.write_text(path.read_text().replace(old, new))
    said = run("validate", "river")
    assert said.exit_code == 1
    assert "river/rooms.yaml:" in said.output
    assert "rooms[0].seal: A seal is exactly one character" in said.output
    assert "no level “moon”" in said.output
    assert "There is no permission “district:audit:burn”" in said.output
    assert run("build", "river", "river.zip").exit_code == 1
    assert not (tmp_path / "river.zip").exists()


def test_a_built_package_is_the_same_every_time_and_comes_into_the_library(
    run: Any, tmp_path: Path
) -> None:
    ok(run("new", "river", "river"))
    ok(run("build", "river", "one.zip"))
    ok(run("build", "river", "two.zip"))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert "no fault" in ok(run("validate", "one.zip"))
    assert "(unsigned)" in ok(run("add", "one.zip"))
    listed = {each["key"]: each for each in json.loads(ok(run("list", "--json")))}
    assert (listed["river"]["shipped"], listed["1519"]["shipped"]) == (False, True)
    assert "no fault" in ok(run("validate", "river@1.0.0"))
    ok(run("remove", "river", "1.0.0"))
    assert "river" not in ok(run("list"))


def test_a_signed_package_names_its_publisher(run: Any, tmp_path: Path) -> None:
    (tmp_path / "ours.pem").write_bytes(SIGNER)
    ok(run("new", "river", "river"))
    ok(run("build", "river", "ours.zip", "--sign", "ours.pem"))
    assert json.loads(ok(run("show", "ours.zip", "--json")))["origin"]["publisher"] == "Riverside"
    assert "(known)" in ok(run("add", "ours.zip"))
    assert run("build", "river", "x.zip", "--sign", "ours.zip").exit_code == 1


def test_a_key_is_made_for_its_owner_alone_and_never_overwritten(run: Any, tmp_path: Path) -> None:
    public = ok(run("keygen", "key.pem")).splitlines()[0]
    made = tmp_path / "key.pem"
    assert read_key(made.read_bytes()).public == public
    assert made.stat().st_mode & 0o077 == 0
    assert run("keygen", "key.pem").exit_code == 1


def test_a_hostile_zip_is_refused_in_one_sentence(run: Any, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("../evil.yaml", "a: 1")
    said = run("add", "bad.zip")
    assert said.exit_code == 1
    assert "leads out of the folder" in said.output
    assert not (tmp_path / "data").exists()


def test_a_package_is_shown_readable(run: Any) -> None:
    said = ok(run("show", "139"))
    assert "FUNCTION ROOMS" in said
    assert "opening hours: " in said
    assert "Units: see" in said


def test_two_editions_are_compared_in_words(run: Any, tmp_path: Path) -> None:
    ok(run("new", "river", "river", "--from", "139"))
    path = tmp_path / "river" / "rooms.yaml"
    path.write_text(path.read_text().replace('opens: "09:00"', 'opens: "08:30"', 1))
    said = ok(run("diff", "139@1.0.0", "river"))
    assert "→" in said
    assert "opening hours of room" in said
    found = json.loads(ok(run("diff", "139", "river", "--json")))
    assert {each["address"][0] for each in found} == {"package", "rooms"}
    assert "Nothing differs." in ok(run("diff", "139", "139@1.1.0"))


def test_schemas_are_printed(run: Any) -> None:
    assert json.loads(ok(run("schema", "rooms")))["title"] == "rooms.yaml"
    assert set(json.loads(ok(run("schema")))) == set(all_files())
    assert run("schema", "kitchen").exit_code == 2


_ENTERED = """
import json, sys
from click.testing import CliRunner
from saas.cli import main
for words in json.loads(sys.argv[1]):
    done = CliRunner().invoke(main, ["package", *words])
    print(json.dumps([done.exit_code, done.stdout, done.stderr]))
"""


def in_a_bare_shell(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A process as an author begins it: nothing in the environment, no server anywhere."""
    env = {"PYTHONPATH": str(ROOT), "SAAS_DATA_DIR": str(folder / "nothing")}
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_an_author_needs_no_database_and_no_settings(tmp_path: Path) -> None:
    steps = (
        (("new", "river", "river", "--from", "1519"), "13 files"),
        (("validate", "river"), "river 1.0.0: no fault"),
        (("build", "river", "river.zip"), "river 1.0.0"),
        (("diff", "1519", "river.zip"), "key of the package: 1519 → river"),
        (("schema", "rooms"), '"title": "rooms.yaml"'),
        (("show", "river.zip"), "FUNCTION ROOMS"),
    )
    done = in_a_bare_shell(tmp_path, "-c", _ENTERED, json.dumps([words for words, _ in steps]))
    assert (done.returncode, done.stderr) == (0, "")
    for (words, printed), line in zip(steps, done.stdout.splitlines(), strict=True):
        code, out, err = json.loads(line)
        assert (code, err) == (0, ""), words
        assert printed in out, words


def test_a_fault_is_found_without_them_too_and_a_permission_that_there_is_not(
    run: Any, tmp_path: Path
) -> None:
    ok(run("new", "river", "river"))
    roles = tmp_path / "river" / "accounts.yaml"
    roles.write_text(roles.read_text().replace("territory:unit:view", "territory:unit:fly", 1))
    found = in_a_bare_shell(tmp_path, "-m", "saas", "package", "validate", "river")
    assert found.returncode == 1
    assert "There is no permission “territory:unit:fly”." in found.stderr
    assert re.search(r"river/accounts\.yaml:\d+ roles\[0\]\.permissions\[\d+\]: ", found.stderr)


def test_what_changes_the_library_still_asks_for_them(tmp_path: Path) -> None:
    found = in_a_bare_shell(tmp_path, "-m", "saas", "package", "remove", "river", "1.0.0")
    assert found.returncode == 1
    assert "SAAS_DATABASE_URL" in found.stderr
