"""A package as one file: the same bytes every time, and nothing hostile gets in."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from saas.packages.library import commands as library_commands
from saas.packages.library.archive import (
    MANIFEST,
    SIGNATURE,
    digest_of,
    files_of,
    manifest_of,
    new_key,
    origin_of,
    pack,
    read_key,
    sign,
    unpack,
)
from saas.packages.library.queries import (
    BadPackage,
    edition_of,
    from_parts,
    list_packages,
    names,
    read_edition,
    read_package,
)
from tests.packages.archives import HOSTILE, SMALL, built, files_in, packed
from tests.thorough import examples

KEYS = [each.key for each in list_packages()]


def keys_of(raw: bytes) -> set[str]:
    """The sentences that refuse an archive."""
    try:
        return {fault.key for fault in library_commands.open_archive(raw, "sent.zip").faults}
    except BadPackage as error:
        return {fault.key for fault in error.faults if str(fault)}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_archive_is_refused_with_its_own_sentence(what: str) -> None:
    raw, key = HOSTILE[what][0](), HOSTILE[what][1]
    assert key in keys_of(raw)


def test_a_good_archive_has_no_fault() -> None:
    assert keys_of(pack(built())) == set()
    assert keys_of(packed(files_in())) == set()


@given(st.binary(max_size=400), st.integers(0, 60_000))
@rounds(max_examples=examples(30, thorough=200))
def test_an_archive_with_anything_in_it_is_read_or_refused(noise: bytes, at: int) -> None:
    raw = pack(built())
    assert isinstance(keys_of(raw[:at] + noise + raw[at + len(noise) :]), set)


@pytest.mark.parametrize("key", KEYS)
def test_the_same_content_gives_the_same_bytes(key: str) -> None:
    files = files_in(SMALL.parents[1] / key / "1.0.0")
    shuffled = dict(sorted(files.items(), reverse=True))
    assert pack(files) == pack(shuffled)
    assert unpack(pack(files), names()) == (files, [])
    manifest = manifest_of(files, key=key, version="1.0.0")
    assert manifest == manifest_of(shuffled, key=key, version="1.0.0")
    assert set(json.loads(manifest)) == {"format", "key", "version", "digest", "files"}


@pytest.mark.parametrize("key", KEYS)
def test_files_written_from_parts_say_the_same(key: str) -> None:
    parts = read_package(key).parts()
    files = files_of(parts)
    edition = edition_of(files, name="written")
    assert edition.faults == ()
    assert edition.package().parts() == parts
    assert files_of(edition.package().parts()) == files


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(TEXTS.filter(lambda text: text == text.strip() and text.strip()))
@rounds(max_examples=examples(12, thorough=80))
def test_any_text_survives_being_written(text: str) -> None:
    parts = read_package("139").parts()
    parts["package"]["title"] = {"zh": text[:2000].strip(), "en": "no"}
    try:
        expected = from_parts(parts).parts()
    except BadPackage:
        return
    assert edition_of(files_of(parts), name="written").package().parts() == expected


class TestSignature:
    """Who built a package is said, and never believed."""

    signer = read_key(new_key())

    def signed(self) -> dict[str, bytes]:
        """The small package with manifest and signature."""
        files = built()
        return {**files, SIGNATURE: sign(files[MANIFEST], self.signer)}

    def test_a_known_key_names_its_publisher(self) -> None:
        origin, faults = origin_of(self.signed(), {self.signer.public: "Longjing"})
        assert (origin.state, origin.publisher, faults) == ("known", "Longjing", [])

    def test_an_unknown_key_is_told_and_no_fault(self) -> None:
        origin, faults = origin_of(self.signed(), {read_key(new_key()).public: "Longjing"})
        assert (origin.state, origin.public_key, faults) == ("unknown", self.signer.public, [])

    def test_without_a_signature_it_says_so(self) -> None:
        assert origin_of(built(), {})[0].state == "unsigned"

    def test_a_file_altered_after_signing_is_refused(self) -> None:
        edition = edition_of(self.signed() | {"words.yaml": b"words: []\n"}, name="sent")
        assert edition.origin.state == "altered"
        assert "altered" in {fault.key for fault in edition.faults}

    def test_a_manifest_made_anew_does_not_fit_the_signature(self) -> None:
        files = self.signed() | {"words.yaml": files_in()["words.yaml"] + b"# more\n"}
        files[MANIFEST] = manifest_of(files, key="139", version="1.0.0")
        edition = edition_of(files, name="sent")
        assert edition.origin.state == "altered"
        assert {fault.key for fault in edition.faults} == {"bad_signature"}

    def test_a_signature_without_a_manifest_is_worth_nothing(self) -> None:
        files = {name: each for name, each in self.signed().items() if name != MANIFEST}
        assert origin_of(files, {})[0].state == "altered"

    def test_only_such_a_key_is_read(self) -> None:
        with pytest.raises(ValueError):
            read_key(b"not a key")


class TestFolder:
    """A folder on disk is as little trusted as an archive."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """The small package, to be spoilt."""
        for name, content in built().items():
            (tmp_path / name).write_bytes(content)
        return tmp_path

    def test_a_link_is_not_followed(self, folder: Path) -> None:
        secret = folder.parent / "secret"
        secret.write_text("words: []")
        (folder / "words.yaml").unlink()
        (folder / "words.yaml").symlink_to(secret)
        faults = read_edition(folder, named=False).faults
        assert {"not_a_file", "not_there"} == {fault.key for fault in faults}

    def test_a_pipe_does_not_hold_us_up(self, folder: Path) -> None:
        (folder / "words.yaml").unlink()
        os.mkfifo(folder / "words.yaml")
        assert "not_a_file" in {fault.key for fault in read_edition(folder, named=False).faults}

    def test_an_altered_file_is_found(self, folder: Path) -> None:
        with (folder / "words.yaml").open("ab") as stream:
            stream.write(b"# one more line\n")
        faults = read_edition(folder, named=False).faults
        assert [(fault.file.rpartition("/")[2], fault.key) for fault in faults] == [
            ("words.yaml", "altered")
        ]

    def test_what_was_built_has_one_checksum(self, folder: Path) -> None:
        assert digest_of(read_edition(folder, named=False).files) == digest_of(files_in())


def test_a_package_that_needs_a_newer_product_is_refused() -> None:
    head = files_in()["package.yaml"] + b"needs: 900.0.0\nlicence: CC BY 4.0\n"
    edition = edition_of(built(package=head), name="sent")
    assert [fault.key for fault in edition.faults] == ["needs_newer"]
    head = head.replace(b"900.0.0", b"0.0.1") + b'based_on: {key: "1519", version: 1.0.0}\n'
    package = edition_of(built(package=head), name="sent").package()
    assert package.head.based_on is not None
    assert package.parts()["package"]["based_on"] == {"key": "1519", "version": "1.0.0"}
