"""The operator's library, through the pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from saas.kernel import i18n
from saas.kernel.context import entering
from saas.kernel.unit_of_work import unit_of_work
from saas.packages.library.archive import (
    SIGNATURE,
    manifest_of,
    new_key,
    pack,
    read_key,
    sign,
    unpack,
)
from saas.packages.library.queries import names, versions
from saas.tenancy import commands
from tests.packages.archives import HOSTILE
from tests.packages.test_library import sent
from tests.support import PASSWORD, District, Visitor

SIGNER = read_key(new_key())


@pytest.fixture
def operator(app: Flask, alpha: District, tmp_path: Path) -> Iterator[Visitor]:
    """A signed-in operator whose library is empty but for what was shipped."""
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        commands.create_operator(login="packer", name="Packer", password=PASSWORD)
    before = app.config["SAAS"]
    app.config["SAAS"] = replace(
        before, data_dir=tmp_path, publishers=f"{SIGNER.public} Riverside Office"
    )
    visitor = Visitor(app.test_client(), "")
    told = visitor.post("/hub/sign-in", form="/hub/sign-in", login="packer", password=PASSWORD)
    assert told.status_code == 302
    yield visitor
    app.config["SAAS"] = before


def kept(operator: Visitor) -> list[str]:
    """The editions of the package that the tests hand in."""
    with operator.client.application.app_context():
        return versions("river")


def hand_in(operator: Visitor, raw: bytes) -> str:
    """Send an archive; the address of its preview, or the page that refuses it."""
    told = operator.post(
        "/hub/packages/upload", form="/hub/packages/upload", file=(io.BytesIO(raw), "package.zip")
    )
    return told.location if told.status_code == 302 else told.text


def test_the_library_lists_what_there_is_and_who_uses_it(operator: Visitor) -> None:
    page = operator.get("/hub/packages").text
    assert "The 1519 model of community governance" in page
    assert "/hub/packages/139/1.0.0" in page
    assert "came with the product" in page
    assert ">alpha<" in page


@pytest.mark.parametrize("key", ["1519", "139"])
@pytest.mark.parametrize("language", ["en", "zh_Hans_CN"])
def test_an_edition_is_readable_whole(
    operator: Visitor, key: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "DEFAULT_LOCALE", language)
    told = operator.get(f"/hub/packages/{key}/1.0.0")
    assert told.status_code == 200
    for anchor in ("about", "structure", "rooms", "demands", "roles", "templates", "week", "words"):
        assert f'id="{anchor}"' in told.text
    links = set(re.findall(r'href="#([^"]+)"', told.text))
    assert links <= set(re.findall(r'id="([^"]+)"', told.text))
    assert "LazyString" not in told.text


def test_an_edition_comes_in_only_after_it_was_looked_at(operator: Visitor) -> None:
    address = hand_in(operator, pack(sent()))
    page = operator.get(address).text
    assert "Nobody signed it" in page
    assert "Keep it" in page
    assert kept(operator) == []
    done = operator.post(address, form=address)
    assert done.location.endswith("/hub/packages/river/1.2.0")
    assert kept(operator) == ["1.2.0"]
    assert "not signed" in operator.get("/hub/packages/river/1.2.0").text
    assert operator.get(address).status_code == 404


def test_who_signed_is_said(operator: Visitor) -> None:
    files = sent()
    files["manifest.json"] = manifest_of(files, key="river", version="1.2.0")
    known = {**files, SIGNATURE: sign(files["manifest.json"], SIGNER)}
    assert "signed by Riverside Office" in operator.get(hand_in(operator, pack(known))).text
    stranger = {**files, SIGNATURE: sign(files["manifest.json"], read_key(new_key()))}
    assert "signed by an unknown key" in operator.get(hand_in(operator, pack(stranger))).text
    altered = {**known, "words.yaml": b"words: []\n"}
    page = operator.get(hand_in(operator, pack(altered))).text
    assert "altered" in page
    assert "Keep it" not in page


def test_faults_are_shown_with_file_and_line_and_cannot_be_kept(operator: Visitor) -> None:
    wrong = sent(rooms=sent()["rooms.yaml"].replace("seal: 餐".encode(), "seal: 餐厅".encode()))
    address = hand_in(operator, pack(wrong))
    page = operator.get(address).text
    assert re.search(r"package\.zip/rooms\.yaml:\d+", page)
    assert "A seal is exactly one character" in page
    assert operator.post(address, form="/hub/packages/upload").status_code == 422
    assert kept(operator) == []


@pytest.mark.parametrize("what", ["path traversal", "symlink", "no zip", "too large an archive"])
def test_a_hostile_archive_is_refused_on_the_form(operator: Visitor, what: str) -> None:
    page = hand_in(operator, HOSTILE[what][0]())
    assert "1 fault: this package cannot be used" in page
    assert "Traceback" not in page


def test_nothing_chosen_is_told_at_the_field(operator: Visitor) -> None:
    told = operator.post("/hub/packages/upload", form="/hub/packages/upload")
    assert told.status_code == 422
    assert 'id="e-file"' in told.text


def test_other_content_under_a_kept_version_is_refused_on_the_page(operator: Visitor) -> None:
    first = hand_in(operator, pack(sent()))
    operator.post(first, form=first)
    other = hand_in(operator, pack(sent(words=sent()["words.yaml"] + b"# more\n")))
    told = operator.post(other, form=other)
    assert told.status_code == 422
    assert "is in the library with other content" in told.text


def test_what_is_downloaded_can_be_handed_in_again(operator: Visitor) -> None:
    one, two = (operator.get("/hub/packages/139/1.0.0/download").data for _ in range(2))
    assert one == two
    files, faults = unpack(one, names())
    assert faults == []
    assert "manifest.json" in files
    address = hand_in(operator, one)
    assert operator.post(address, form=address).location.endswith("/139/1.0.0")


def test_two_editions_are_compared_in_words(operator: Visitor) -> None:
    files = sent("139", "2.0.0")
    files["rooms.yaml"] = files["rooms.yaml"].replace(b'opens: "09:00"', b'opens: "08:30"', 1)
    address = hand_in(operator, pack(files))
    operator.post(address, form=address)
    page = operator.get("/hub/packages/compare?before=139@1.0.0&after=139@2.0.0").text
    assert "2 things differ." in page
    assert "opening hours" in page
    assert "08:30" in page
    same = operator.get("/hub/packages/compare?before=139@1.0.0&after=139@1.0.0").text
    assert "Nothing differs." in same
    assert operator.get("/hub/packages/compare").status_code == 200
    assert operator.get("/hub/packages/compare?before=x@1.0.0&after=139").status_code == 404


def test_an_uploaded_edition_can_be_removed_a_shipped_one_cannot(operator: Visitor) -> None:
    address = hand_in(operator, pack(sent()))
    operator.post(address, form=address)
    question = "/hub/packages/river/1.2.0/remove"
    assert "Remove this edition" in operator.get(question).text
    assert operator.post(question, form=question).status_code == 302
    assert kept(operator) == []
    refused = operator.post("/hub/packages/139/1.0.0/remove", form="/hub/packages/upload")
    assert refused.status_code == 422
    assert "came with the product" in refused.text


@pytest.mark.parametrize(
    "path",
    ["/hub/packages", "/hub/packages/139/1.0.0", "/hub/packages/139/1.0.0/download",
     "/hub/packages/upload", "/hub/packages/compare", "/hub/packages/upload/waiting/a",
     "/hub/packages/139/1.0.0/remove"],
)  # fmt: skip
def test_the_library_is_the_operators(alpha: District, app: Flask, path: str) -> None:
    assert "/hub/sign-in" in app.test_client().get(path).location
    assert alpha.client("admin").get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/hub/packages/none/1.0.0", "/hub/packages/139/9.9.9", "/hub/packages/139/..",
     "/hub/packages/upload/waiting/../x", "/hub/packages/upload/waiting/aaaa",
     "/hub/packages/schema/none.json"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(operator: Visitor, path: str) -> None:
    assert operator.get(path).status_code == 404


def test_the_schemas_are_public(app: Flask) -> None:
    told = app.test_client().get("/hub/packages/schema/rooms.json")
    assert told.status_code == 200
    assert told.get_json()["title"] == "rooms.yaml"


def test_a_disk_that_does_not_answer_is_told_on_the_list(operator: Visitor, tmp_path: Path) -> None:
    (tmp_path / "packages").write_text("a file where the folder should be")
    page = operator.get("/hub/packages")
    assert page.status_code == 200
    assert "does not answer" in page.text
