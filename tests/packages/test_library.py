"""Editions that were handed in: kept as they came, readable everywhere, never changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from saas.accounts.package.shapes import Roles
from saas.kernel.context import SYSTEM, entering
from saas.kernel.errors import Conflict, NotFound, Unavailable
from saas.packages.library import commands as library_commands
from saas.packages.library.archive import SIGNATURE, manifest_of, new_key, pack, read_key, sign
from saas.packages.library.queries import (
    BadPackage,
    edition,
    is_shipped,
    list_packages,
    read_package,
    trouble,
    versions,
)
from tests.packages.archives import files_in
from tests.support import District

KNOWN = frozenset(
    permission for role in read_package("1519").of(Roles).roles for permission in role.permissions
)
SIGNER = read_key(new_key())


@pytest.fixture
def library(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """An app with a data folder and a trusted publisher of its own; its library."""
    before = app.config["SAAS"]
    publishers = f"{SIGNER.public} Riverside"
    app.config["SAAS"] = replace(before, data_dir=tmp_path, publishers=publishers)
    yield tmp_path / "packages"
    app.config["SAAS"] = before


def sent(key: str = "river", version: str = "1.2.0", **changed: bytes) -> dict[str, bytes]:
    """The small package under another name."""
    files = files_in()
    head = files["package.yaml"].decode()
    head = head.replace('key: "139"', f'key: "{key}"').replace(
        "version: 1.0.0", f"version: {version}"
    )
    files["package.yaml"] = head.encode()
    return files | {f"{stem}.yaml": content for stem, content in changed.items()}


def keep(files: dict[str, bytes]) -> str:
    """Hand an archive in."""
    found = library_commands.open_archive(pack(files), "sent.zip")
    return library_commands.keep(found, permissions=KNOWN, actor=SYSTEM).key


def test_a_kept_edition_stands_beside_the_shipped_ones(hub: Flask, library: Path) -> None:
    keep(sent())
    keep(sent(version="1.10.0"))
    assert {"1519", "139", "river"} <= {each.key for each in list_packages()}
    assert versions("river") == ["1.10.0", "1.2.0"]
    assert read_package("river", KNOWN).version == "1.10.0"
    assert read_package("river", version="1.2.0").version == "1.2.0"
    assert not is_shipped("river")
    assert edition("river").files.keys() >= {"manifest.json", "rooms.yaml"}


def test_a_newer_edition_of_a_shipped_package_can_be_kept(hub: Flask, library: Path) -> None:
    keep(sent("139", "7.0.0"))
    assert read_package("139").version == "7.0.0"
    assert read_package("139", version="1.0.0").version == "1.0.0"


def test_it_is_read_from_inside_a_district(alpha: District, hub: Flask, library: Path) -> None:
    keep(sent())
    with hub.app_context(), entering(alpha.tenant):
        assert read_package("river", KNOWN).key == "river"


def test_the_same_once_more_is_fine(hub: Flask, library: Path) -> None:
    assert keep(sent()) == keep(sent()) == "river"


def test_the_same_name_with_other_content_is_refused(hub: Flask, library: Path) -> None:
    keep(sent())
    other = sent(words=files_in()["words.yaml"] + b"# another remark\n")
    with pytest.raises(Conflict):
        keep(other)
    assert edition("river").files["words.yaml"] == sent()["words.yaml"]


def test_nobody_slips_another_content_under_a_shipped_edition(hub: Flask, library: Path) -> None:
    with pytest.raises(Conflict):
        keep(files_in() | {"words.yaml": files_in()["words.yaml"] + b"# more\n"})
    assert keep(files_in()) == "139"
    assert not library.exists()


def test_an_edition_with_a_fault_is_not_kept(hub: Flask, library: Path) -> None:
    with pytest.raises(BadPackage):
        keep(sent(words=b"words: []\n"))
    with pytest.raises(BadPackage):
        keep(sent(accounts=files_in()["accounts.yaml"].replace(b"rooms:room:view", b"a:b:c")))
    assert versions("river") == []


def test_what_was_altered_on_disk_is_refused(hub: Flask, library: Path) -> None:
    keep(sent())
    with (library / "river" / "1.2.0" / "words.yaml").open("ab") as stream:
        stream.write(b"# later\n")
    with pytest.raises(BadPackage) as refused:
        read_package("river")
    assert [fault.key for fault in refused.value.faults] == ["altered"]


def test_a_signed_edition_says_who_built_it(hub: Flask, library: Path) -> None:
    files = sent()
    files["manifest.json"] = manifest_of(files, key="river", version="1.2.0")
    keep({**files, SIGNATURE: sign(files["manifest.json"], SIGNER)})
    summary = next(each for each in list_packages() if each.key == "river")
    assert (summary.origin.state, summary.origin.publisher) == ("known", "Riverside")


def test_an_edition_that_nobody_needs_can_go(hub: Flask, library: Path) -> None:
    keep(sent())
    library_commands.remove("river", "1.2.0", actor=SYSTEM)
    assert versions("river") == []
    with pytest.raises(NotFound):
        read_package("river")
    with pytest.raises(NotFound):
        library_commands.remove("river", "1.2.0", actor=SYSTEM)


def test_what_a_district_needs_stays(alpha: District, hub: Flask, library: Path) -> None:
    keep(sent("1519", "8.0.0"))
    with pytest.raises(Conflict, match="conflict"):
        library_commands.remove("1519", "8.0.0", actor=SYSTEM)
    with pytest.raises(Conflict):
        library_commands.remove("139", "1.0.0", actor=SYSTEM)  # it came with the product


def test_a_broken_disk_takes_only_the_uploaded_ones_away(
    hub: Flask, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(sent())
    real = Path.iterdir

    def broken(self: Path) -> Iterator[Path]:
        if library in (self, *self.parents):
            raise OSError(5, "input/output error")
        return real(self)

    monkeypatch.setattr(Path, "iterdir", broken)
    assert {"1519", "139"} == {each.key for each in list_packages()}
    assert read_package("1519").key == "1519"
    assert "does not answer" in str(trouble())
    with pytest.raises(Unavailable):
        read_package("river")


def test_a_disk_that_does_not_take_it_is_told(hub: Flask, library: Path) -> None:
    library.write_text("a file where the folder should be")
    with pytest.raises(Unavailable):
        keep(sent())


def test_nothing_half_written_is_ever_seen(
    hub: Flask, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "no space left")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(Unavailable):
        keep(sent())
    assert versions("river") == []
    assert [path for path in library.iterdir() if path.name.startswith(".")] == []


def test_two_who_hand_in_the_same_at_once_both_get_it(
    hub: Flask, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.rename

    def late(self: Path, target: Path) -> Path:
        if not target.exists() and target.name == "1.2.0":
            shutil.copytree(self, target)
        return real(self, target)

    monkeypatch.setattr(Path, "rename", late)
    assert keep(sent()) == "river"
    assert versions("river") == ["1.2.0"]
