"""Several photos of a demand: what was reported, what was done, what staff noted."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from saas.attachments import Attachment
from saas.demands.case.models import Demand
from saas.kernel import pictures, storage
from saas.kernel.db import session
from tests.demands.programs import clerk
from tests.demands.test_api import _one
from tests.demands.test_pages import PLACE, _file, _picture, _pictures, _values
from tests.support import District, token_in


def _photos(number: int) -> list[tuple[io.BytesIO, str]]:
    return [(_picture(), f"{position}.jpg") for position in range(1, number + 1)]


def _act_with(alpha: District, who: str, code: str, verb: str, number: int = 1) -> int:
    visitor = alpha.client(who)
    values = {"verb": verb, "reason": "清掉了", "photo": _photos(number)}
    return visitor.post(f"/demands/{code}", **values).status_code


def _addresses(text: str) -> list[str]:
    return re.findall(r'href="[^"]*(/demands/\w+/photos/\d+)"', text)


def _kept(alpha: District) -> list[tuple[str, int, str, str]]:
    with alpha.work():
        rows = session.scalars(sa.select(Attachment).order_by(Attachment.position))
        return [(row.place, row.act, row.name, row.key) for row in rows]


def _folder(alpha: District) -> Path:
    return Path(alpha.app.config["SAAS"].data_dir) / "files" / alpha.tenant.schema


def test_several_come_with_a_demand_and_all_are_shown(alpha: District) -> None:
    code, resident = _file(alpha, photo=_photos(3)), alpha.client("resident")
    text = resident.get(f"/demands/{code}").text
    assert f"/demands/{code}/photo" in text
    assert _addresses(text) == [f"/demands/{code}/photos/{number}" for number in (2, 3)]
    for address in (f"/demands/{code}/photo", *_addresses(text)):
        for size in ("", "?small=1"):
            answer = resident.get(address + size)
            assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert answer.data.startswith(b"\xff\xd8")


def test_more_than_can_be_taken_at_once_are_refused_at_the_field(alpha: District) -> None:
    before = _pictures(alpha)
    answer = alpha.client("resident").post(PLACE, **_values(photo=_photos(7)))
    assert answer.status_code == 422
    assert "一次最多 6 个文件" in answer.text
    assert 'id="e-photo"' in answer.text
    assert _pictures(alpha) == before


def test_what_was_done_is_shown_beside_what_was_reported(alpha: District) -> None:
    code = _file(alpha, photo=_photos(1))
    alpha.client("courtyard").post(f"/demands/{code}", verb="accept")
    assert _act_with(alpha, "courtyard", code, "note") == 302
    assert _act_with(alpha, "courtyard", code, "resolve", 2) == 302
    assert [row[:2] for row in _kept(alpha)] == [
        ("before", 1), ("note", 3), ("after", 4), ("after", 4),
    ]  # fmt: skip
    resident = alpha.client("resident").get(f"/demands/{code}").text
    assert set(_addresses(resident)) == {f"/demands/{code}/photos/{n}" for n in (1, 3, 4)}
    staff = alpha.client("courtyard").get(f"/demands/{code}").text
    assert set(_addresses(staff)) == {f"/demands/{code}/photos/{n}" for n in (1, 2, 3, 4)}


def test_before_and_after_stand_side_by_side_for_both(alpha: District) -> None:
    code = _file(alpha, photo=_photos(1))
    alpha.client("courtyard").post(f"/demands/{code}", verb="accept")
    assert _act_with(alpha, "courtyard", code, "ask") == 302
    assert _act_with(alpha, "resident", code, "answer") == 302
    assert "办理前后对比" not in alpha.client("resident").get(f"/demands/{code}").text
    assert _act_with(alpha, "courtyard", code, "note") == 302
    assert _act_with(alpha, "courtyard", code, "resolve") == 302
    for who in ("courtyard", "resident"):
        page = alpha.client(who).get(f"/demands/{code}").text
        before, after = (
            re.findall(r"photos/(\d+)\"><img", part)
            for part in page.split('class="before-after"')[1]
            .split("</section>")[0]
            .split("<figure>")[1:]
        )
        assert (before, after) == (["1", "2", "3"], ["5"]), who
    assert _act_with(alpha, "resident", code, "reopen") == 302


def test_the_photo_of_a_note_is_for_staff_alone_and_a_stranger_sees_none(alpha: District) -> None:
    code = _file(alpha, photo=_photos(1))
    alpha.client("courtyard").post(f"/demands/{code}", verb="accept")
    _act_with(alpha, "courtyard", code, "note")
    note, first = f"/demands/{code}/photos/2", f"/demands/{code}/photos/1"
    assert alpha.client("courtyard").get(note).status_code == 200
    assert alpha.client("resident").get(note).status_code == 404
    assert alpha.client("resident").get(first).status_code == 200
    assert alpha.client("neighbour").get(first).status_code == 404
    assert alpha.client("courtyard").get(f"/demands/{code}/photos/9").status_code == 404
    assert alpha.client("courtyard").get(f"/demands/{code}/photos/{10**30}").status_code == 404


def test_a_number_leads_to_this_demands_photos_alone(alpha: District) -> None:
    bare, other = _file(alpha, submission="x" * 20), _file(alpha, photo=_photos(2))
    assert alpha.client("courtyard").get(f"/demands/{other}/photos/2").status_code == 200
    assert alpha.client("courtyard").get(f"/demands/{bare}/photos/2").status_code == 404


def test_an_act_that_takes_no_photo_says_so(alpha: District) -> None:
    code, before = _file(alpha), _pictures(alpha)
    assert _act_with(alpha, "courtyard", code, "accept") == 422
    assert _pictures(alpha) == before


def test_an_act_that_is_refused_leaves_no_file(alpha: District) -> None:
    code, before = _file(alpha), _pictures(alpha)
    assert _act_with(alpha, "courtyard", code, "resolve") == 422  # not accepted yet
    assert _pictures(alpha) == before


def test_they_lie_sealed_and_their_names_too(alpha: District) -> None:
    _file(alpha, photo=[(_picture(), "张三的家.png")])
    ((_, _, name, key),) = _kept(alpha)
    files = list(_folder(alpha).rglob(f"{key}*"))
    assert len(files) == 2
    assert not [path for path in files if path.read_bytes().startswith(b"\xff\xd8")]
    with alpha.work():
        raw = session.execute(sa.text("SELECT name FROM attachments")).scalar_one()
    assert "张三".encode() not in bytes(raw)
    assert name == "张三的家.jpg"


def test_a_picture_of_before_there_were_several_is_shown_as_it_was(alpha: District) -> None:
    code = _file(alpha)
    with alpha.work():
        storage.folder().mkdir(parents=True, exist_ok=True)
        (storage.folder() / "older.jpg").write_bytes(_picture().read())
        session.execute(sa.update(Demand).values(photo="older.jpg"))
    answer = alpha.client("resident").get(f"/demands/{code}/photo")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    answer.close()
    assert f"/demands/{code}/photo" in alpha.client("resident").get(f"/demands/{code}").text


def test_programs_are_given_the_list(alpha: District) -> None:
    code, system = _file(alpha, photo=_photos(2)), clerk(alpha)
    shown = _one(system, code)["photos"]
    assert [(photo["place"], photo["act"]) for photo in shown] == [("before", 1)] * 2
    assert str(shown[1]["url"]).endswith(f"{alpha.root}/api/v1/demands/{code}/photos/2")
    answer = system.get(f"/demands/{code}/photos/2")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")


def test_a_picture_of_five_kilobytes_and_many_pixels_is_refused_at_the_field(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.BytesIO()
    Image.new("1", (6300, 6300)).save(out, "PNG")
    assert len(out.getvalue()) < 10_000
    out.seek(0)
    monkeypatch.setattr(pictures, "_decoded", None)
    answer = alpha.client("resident").post(PLACE, **_values(photo=(out, "a.png")))
    assert answer.status_code == 422
    assert "图片尺寸太大" in answer.text


def test_forms_take_several_without_a_script(alpha: District) -> None:
    text = alpha.client("resident").get(PLACE).text
    assert re.search(r'<input type="file"[^>]* name="photo"[^>]* multiple', text)
    code = _file(alpha)
    alpha.client("courtyard").post(f"/demands/{code}", verb="accept")
    staff = alpha.client("courtyard").get(f"/demands/{code}").text
    assert 'enctype="multipart/form-data"' in staff
    assert 'id="f-photo-resolve"' in staff
    assert token_in(staff)
