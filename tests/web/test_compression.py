"""Answers travel compressed, where that tells nobody anything, and files as they were built."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask import Flask

from saas.web import built, compression
from tests.support import District

_TAKES = {"Accept-Encoding": "gzip, deflate, br"}
_TICKED = f"/static/dist/app.css?v={built.mark('app.css')}"


def test_a_page_travels_as_a_fifth_of_itself_and_reads_the_same(alpha: District) -> None:
    visitor = alpha.client()
    plain = visitor.client.get(f"{alpha.root}/")
    small = visitor.client.get(f"{alpha.root}/", headers=_TAKES)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert small.content_length == len(small.data) < len(plain.data) / 4
    read = brotli.decompress(small.data).decode()
    assert read.partition("</html>")[0].splitlines()[0] == plain.text.splitlines()[0]
    assert "</main>" in read


def test_who_takes_only_gzip_gets_gzip_and_who_refuses_both_gets_the_page(alpha: District) -> None:
    client = alpha.client().client
    one = client.get(f"{alpha.root}/", headers={"Accept-Encoding": "gzip"})
    assert b"</main>" in gzip.decompress(one.data)
    none = client.get(f"{alpha.root}/", headers={"Accept-Encoding": "br;q=0, gzip;q=0"})
    assert "Content-Encoding" not in none.headers


def test_the_length_of_a_page_says_nothing_of_what_stands_in_it(alpha: District) -> None:
    person = alpha.client("resident")
    answers = [person.client.get(f"{alpha.root}/demands/mine", headers=_TAKES) for _ in range(12)]
    assert {a.headers["Content-Encoding"] for a in answers} == {"br"}
    assert len({a.content_length for a in answers}) > 1


def test_json_for_one_who_comes_by_a_cookie_is_left_as_it_is(app: Flask, alpha: District) -> None:
    path = f"{alpha.root}/api/v1/openapi.json"
    stranger = app.test_client().get(path, headers=_TAKES)
    person = alpha.client("officer").client.get(path, headers=_TAKES)
    assert stranger.headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in person.headers


@pytest.mark.parametrize(("takes", "got"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None)])
def test_a_built_file_goes_out_as_it_was_compressed_once(
    app: Flask, takes: str, got: str | None
) -> None:
    answer = app.test_client().get(_TICKED, buffered=True, headers={"Accept-Encoding": takes})
    read = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[got]
    assert read(answer.data) == (built.DIST / "app.css").read_bytes()
    assert answer.headers.get("Content-Encoding") == got
    assert answer.mimetype == "text/css"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.headers["Content-Length"] == str(len(answer.data))
    again = app.test_client().get(
        _TICKED,
        buffered=True,
        headers={"Accept-Encoding": takes, "If-None-Match": answer.headers["ETag"]},
    )
    assert again.status_code == 304


def test_each_encoding_of_a_file_has_an_etag_of_its_own(app: Flask) -> None:
    client = app.test_client()
    tags = {client.get(_TICKED, buffered=True, headers={"Accept-Encoding": one}).headers["ETag"]
            for one in ("br", "gzip", "")}  # fmt: skip
    assert len(tags) == 3


def test_a_file_by_its_content_is_kept_for_ever_and_another_one_for_an_hour(app: Flask) -> None:
    client = app.test_client()
    for_ever = client.get(_TICKED, buffered=True).headers["Cache-Control"]
    assert "max-age=31536000" in for_ever
    assert "immutable" in for_ever
    for path in ("/static/dist/app.css", "/static/dist/app.css?v=0ld", "/static/dist/licences.txt"):
        kept = client.get(path, buffered=True).headers["Cache-Control"]
        assert "max-age=3600" in kept
        assert "immutable" not in kept


def test_a_part_of_a_file_is_a_part_of_the_file_itself(app: Flask) -> None:
    part = app.test_client().get(_TICKED, buffered=True, headers={**_TAKES, "Range": "bytes=0-99"})
    assert part.status_code == 206
    assert "Content-Encoding" not in part.headers
    assert part.data == (built.DIST / "app.css").read_bytes()[:100]


def test_streams_and_files_that_people_brought_pass_untouched(app: Flask) -> None:
    with app.test_request_context(headers=_TAKES):
        stream = app.response_class((piece for piece in ("a" * 900, "b")), mimetype="text/html")
        part = app.response_class("a" * 900, 206, mimetype="text/html")
        part.headers["Content-Range"] = "bytes 0-899/2000"
        picture = app.response_class(b"a" * 900, mimetype="image/jpeg")
        for answer in (stream, part, picture):
            assert not compression._may_be_compressed(answer)


def test_a_style_sheet_of_the_look_is_compressed_and_asked_for_again_by_its_etag(
    alpha: District,
) -> None:
    client = alpha.client("resident").client
    path = f"{alpha.root}/look/plain.css"
    first = client.get(path, headers=_TAKES)
    assert first.headers["Content-Encoding"] == "br"
    again = client.get(path, headers={**_TAKES, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
