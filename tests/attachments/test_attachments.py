"""Files of things: what is taken, where it lies, and what happens to what belongs to nothing."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from saas import attachments
from saas.attachments import disk
from saas.attachments.answers import answer
from saas.kernel.context import SYSTEM
from saas.kernel.errors import Invalid, NotFound, Unavailable
from saas.kernel.unit_of_work import insist, undone
from tests.support import District

_SHEET = "spreadsheetml.sheet.main+xml"
_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PDF = b"%PDF-1.7\n%%EOF"
ALL = ("jpeg", "pdf", "xlsx", "docx")


def _office(main: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", f'<Override ContentType="{main}"/>')
    return out.getvalue()


def _xlsx() -> bytes:
    return _office(f"application/vnd.openxmlformats-officedocument.{_SHEET}")


def _docx() -> bytes:
    start = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return _office(f"{start}.document.main+xml")


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "PNG")
    return out.getvalue()


def _sent(data: bytes, name: str = "a.bin") -> SimpleNamespace:
    return SimpleNamespace(stream=io.BytesIO(data), filename=name)


def _attach(*files: SimpleNamespace, sealed: bool = True) -> list[attachments.Attachment]:
    taken = attachments.take(files, kinds=ALL)
    return attachments.attach(
        taken, thing="contract", thing_id=7, place="evidence", sealed=sealed, actor=SYSTEM
    )


def _files(district: District) -> list[Path]:
    with district.work():
        return [path for path in disk.folder().glob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("data", "name", "kind", "kept"),
    [
        (PDF, "合同.exe", "pdf", "合同.pdf"),
        (_xlsx(), "C:\\secret\\a.zip", "xlsx", "a.xlsx"),
        (_docx(), "../../etc/passwd", "docx", "passwd.docx"),
        (_picture(), "\u202egpj.exe", "jpeg", "gpj.jpg"),
        (PDF, "", "pdf", "file.pdf"),
    ],
    ids=["pdf", "xlsx", "docx", "picture", "no name"],
)
def test_a_file_is_what_it_holds_and_is_called_so(
    alpha: District, data: bytes, name: str, kind: str, kept: str
) -> None:
    with alpha.work():
        (taken,) = attachments.take([_sent(data, name)], kinds=ALL)
    assert (taken.kind, taken.name) == (kind, kept)


@pytest.mark.parametrize(
    "data",
    [
        b"<html>", b"MZ\x90", b"", _office(_MACROS), b"PK\x03\x04 no archive", b" " + PDF,
        b"\0" * (10 * 1024 * 1024 + 1), PDF + b"\0" * (10 * 1024 * 1024),
    ],
    ids=["html", "program", "empty", "macros", "broken", "not at the start", "large", "large pdf"],
)  # fmt: skip
def test_everything_else_is_refused_at_the_field(alpha: District, data: bytes) -> None:
    with alpha.work(), pytest.raises(Invalid) as refused:
        attachments.take([_sent(data, "a.pdf")], kinds=ALL, field="paper")
    assert list(refused.value.errors) == ["paper"]


def test_a_kind_that_is_not_asked_for_is_refused(alpha: District) -> None:
    with alpha.work():
        for kinds in (("jpeg", "xlsx"), ("jpeg",)):
            with pytest.raises(Invalid):
                attachments.take([_sent(PDF)], kinds=kinds)
        with pytest.raises(Invalid):
            attachments.take([_sent(_picture())], kinds=("pdf",))


def test_several_stand_in_their_order_and_count_together(alpha: District) -> None:
    before = len(_files(alpha))
    with alpha.work():
        _attach(_sent(PDF, "一.pdf"), _sent(_xlsx(), "二.xlsx"))
        _attach(_sent(PDF, "三.pdf"))
        found = attachments.of("contract", 7)
        assert [(row.position, row.name) for row in found] == [
            (1, "一.pdf"), (2, "二.xlsx"), (3, "三.pdf"),
        ]  # fmt: skip
        assert attachments.used_bytes() == 2 * len(PDF) + len(_xlsx())
        attachments.retire(found[0])
        assert [row.position for row in attachments.of("contract", 7)] == [2, 3]
        assert attachments.used_bytes() == len(PDF) + len(_xlsx())
        (last,) = _attach(_sent(PDF))
        assert last.position == 4  # a number that was given leads nowhere else
    assert len(_files(alpha)) == before + 3


def _answered(alpha: District, row: attachments.Attachment, small: bool = False) -> TestResponse:
    with alpha.app.test_request_context():
        return answer(row, small=small)  # type: ignore[return-value]


def test_a_sealed_file_opens_in_its_district_and_under_its_own_key_alone(
    alpha: District, beta: District
) -> None:
    with alpha.work():
        one, other = (row.key for row in _attach(_sent(PDF), _sent(PDF + b"2")))
        assert disk.read(one, sealed=True) == PDF
        sealed = (disk.folder() / one).read_bytes()
        assert b"%PDF" not in sealed
        (disk.folder() / other).write_bytes(sealed)
        with pytest.raises(NotFound):
            disk.read(other, sealed=True)
    with beta.work():
        assert attachments.of("contract", 7) == []
        disk.folder().mkdir(parents=True, exist_ok=True)
        (disk.folder() / one).write_bytes(sealed)
        with pytest.raises(NotFound):
            disk.read(one, sealed=True)
        (disk.folder() / one).unlink()


def test_a_file_is_answered_so_that_nothing_runs_and_nobody_keeps_it(alpha: District) -> None:
    with alpha.work():
        paper, picture = _attach(_sent(PDF, '合同"\r\n.pdf'), _sent(_picture()), sealed=False)
        given = _answered(alpha, paper)
        assert given.headers["Content-Type"] == "application/pdf"
        assert given.headers["Cache-Control"] == "private, no-store"
        assert given.headers["Content-Disposition"].startswith('attachment; filename="file.pdf"')
        assert "\n" not in given.headers["Content-Disposition"]
        small = _answered(alpha, picture, small=True)
        assert small.headers["Content-Disposition"].startswith("inline")
        with Image.open(io.BytesIO(small.data)) as drawn:
            assert drawn.size == (320, 213)


def test_what_is_undone_leaves_no_file(alpha: District) -> None:
    before = _files(alpha)
    with pytest.raises(Invalid), alpha.work():
        _refused()
    assert _files(alpha) == before
    with alpha.work():
        with undone():
            _attach(_sent(_picture()))
        with pytest.raises(Invalid):
            insist(_refused)
        kept = _attach(_sent(PDF))[0].key
    assert [path.name for path in _files(alpha) if path not in before] == [kept]


def _refused() -> None:
    _attach(_sent(PDF))
    raise Invalid({})


def test_a_disk_that_takes_nothing_is_said_in_a_sentence(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(disk, "write", full)
    with pytest.raises(Unavailable), alpha.work():
        _attach(_sent(PDF))


def _old(path: Path) -> None:
    os.utime(path, (time.time() - 2 * 24 * 60 * 60,) * 2, follow_symlinks=False)


def test_orphans_are_swept_and_a_broken_one_holds_nothing_up(alpha: District) -> None:
    with alpha.work():
        kept = _attach(_sent(_picture()))[0].key
        folder = disk.folder()
        young, orphan, broken, dangling = (
            folder / name for name in ("young", "orphan.small", "a-folder", "b-link")
        )
        young.write_bytes(b"x")
        orphan.write_bytes(b"x")
        broken.mkdir()
        dangling.symlink_to("nowhere")
        old_picture = folder.parent / "older.jpg"
        old_picture.write_bytes(b"x")
        for path in (orphan, broken, dangling, old_picture, *folder.glob(f"{kept}*")):
            _old(path)
    with alpha.work():
        assert attachments.sweep() == 2
    assert young.exists()
    assert broken.exists()
    assert old_picture.exists()
    assert not orphan.exists()
    assert not dangling.is_symlink()
    assert len(list(folder.glob(f"{kept}*"))) == 2
    broken.rmdir()
    young.unlink()
    old_picture.unlink()
