"""Pictures are decoded two at a time, none of them large, and keep nothing of where they were."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import textwrap
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from saas.kernel import pictures
from saas.kernel.errors import Invalid, Unavailable


def _written(kind: str, size: tuple[int, int], mode: str = "RGB", **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **how)
    return out.getvalue()


def _bomb() -> bytes:
    """The header of a PNG of 20,000 x 20,000 and as much of its inside as five kilobytes hold."""
    small = bytearray(_written("PNG", (2000, 2000), "1"))
    small[16:24] = (20_000).to_bytes(4, "big") * 2
    small[29:33] = struct.pack(">I", zlib.crc32(bytes(small[12:29])))
    return bytes(small) + b"\0" * (5000 - len(small))


def _never(*args: object) -> bytes:
    raise AssertionError("decoded")


@pytest.mark.parametrize(
    "data",
    [
        _bomb(),
        _written("PNG", (4001, 4000), "1"),
        _written("PNG", (4001, 4000), "P"),
        _written("WEBP", (4001, 4000), lossless=True),
        _written("JPEG", (4001, 4000), progressive=True),
        _written("JPEG", (60_000, 300)),
        _written("JPEG", (13_000, 10_001)),
    ],
    ids=["bomb", "bits", "palette", "webp", "progressive", "narrow", "beyond every telephone"],
)
def test_a_large_picture_is_refused_before_a_pixel_is_decoded(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_decoded", _never)
    with pytest.raises(Invalid) as refused:
        pictures.redrawn(data, "photo")
    assert "尺寸太大" in str(refused.value.errors["photo"][0])


def test_what_looks_like_a_scan_inside_a_remark_is_none() -> None:
    whole = _written("JPEG", (40, 30), comment=b"\xff\xda\0\x0c\3")
    assert pictures._colours_of_first_scan(whole) == 3
    alone = whole.replace(b"\xff\xda\0\x0c\3\1", b"\xff\xda\0\x08\1\1")
    assert pictures._colours_of_first_scan(alone) == 1


def test_the_picture_of_a_good_telephone_is_taken() -> None:
    drawn = pictures.redrawn(_written("JPEG", (8000, 6000)), "photo")
    assert Image.open(io.BytesIO(drawn)).size == (1600, 1200)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_stands_upright_and_says_nothing_of_its_place(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "secret place"
    drawn = pictures.redrawn(_written(kind, (400, 300), exif=exif), "photo")
    with Image.open(io.BytesIO(drawn)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((300, 400), {})
    assert b"secret" not in drawn


def test_of_many_frames_one_is_decoded() -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("teal", "red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert Image.open(io.BytesIO(pictures.redrawn(out.getvalue(), "photo"))).size == (40, 30)


def test_sixteen_at_once_are_decoded_two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    decode, inside, most, lock = pictures._decoded, 0, 0, threading.Lock()

    def counted(picture: Image.Image, edge: int) -> bytes:
        nonlocal inside, most
        with lock:
            inside, most = inside + 1, max(most, inside + 1)
        time.sleep(0.02)
        drawn = decode(picture, edge)
        with lock:
            inside -= 1
        return drawn

    monkeypatch.setattr(pictures, "_decoded", counted)
    data = _written("PNG", (400, 300))
    with ThreadPoolExecutor(16) as senders:
        drawn = list(senders.map(lambda _: pictures.redrawn(data, "photo"), range(16)))
    assert (len(set(drawn)), most) == (1, pictures.AT_ONCE)


def test_who_would_wait_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    held = threading.Event()
    monkeypatch.setattr(pictures, "_MOST_SECONDS", 0.05)
    holding = [pictures._decoders.submit(held.wait) for _ in range(pictures.AT_ONCE)]
    try:
        with pytest.raises(Unavailable) as refused:
            pictures.redrawn(_written("PNG", (40, 30)), "photo")
    finally:
        held.set()
    assert refused.value.status == 503
    assert "一分钟后" in str(refused.value.text)
    assert all(each.result(5) for each in holding)


_SIXTEEN = """
    import io, resource
    from concurrent.futures import ThreadPoolExecutor
    from PIL import Image
    from saas.kernel import pictures
    pictures._MOST_SECONDS = 300
    out = io.BytesIO()
    Image.new("1", (4000, 4000)).save(out, "PNG")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with ThreadPoolExecutor(16) as senders:
        list(senders.map(lambda _: pictures.redrawn(out.getvalue(), "photo"), range(16)))
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_sixteen_of_the_largest_at_once_take_a_bounded_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_SIXTEEN)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 350, f"{done.stdout.strip()} MB more"
