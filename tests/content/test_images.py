"""The size of a picture is read from its head, as Pillow reads it; no bytes make the reading fail
or take long."""

from __future__ import annotations

import io
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from metropolis.content.images import check_picture_size, picture_size

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def picture(kind: str, width: int, height: int, **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(file, kind, **options)  # type: ignore[arg-type]
    return file.getvalue()


def png_head(width: int, height: int) -> bytes:
    return PNG + struct.pack(">II", width, height)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("JPEG", {"exif": b"Exif\0\0" + b"\xff\xc0" * 500}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"exif": b"Exif\0\0x"}),
    ],
)
@pytest.mark.parametrize("size", [(1, 1), (300, 200), (17, 4000)])
def test_as_pillow_reads_it(kind: str, options: dict[str, object], size: tuple[int, int]) -> None:
    content = picture(kind, *size, **options)
    assert picture_size(content) == size
    assert check_picture_size(content) == []


HOW = "Export it smaller: 2,500 pixels are enough for the widest screen."


@pytest.mark.parametrize(
    ("content", "reported"),
    [
        (png_head(6000, 4000), []),
        (
            png_head(13_000, 13_000),
            [("The picture has 13,000 × 13,000 pixels; 50,000,000 are allowed in all.", HOW)],
        ),
        (png_head(2**31, 1), [("The picture has 2,147,483,648 × 1 pixels; 50,000,000 are allowed in all.", HOW)]),
        (png_head(20_000, 2), [("The picture has 20,000 × 2 pixels; 16,383 are allowed on a side.", HOW)]),
        (png_head(0, 5), [("The picture is empty: it has 0 × 5 pixels.", "Export it again.")]),
        (PNG, [("The picture does not tell its size.", "Export it again.")]),
        (b"", [("The picture does not tell its size.", "Export it again.")]),
        (b"\xff\xd8\xff\xd9", [("The picture does not tell its size.", "Export it again.")]),
        (b"GIF89a", [("The picture does not tell its size.", "Export it again.")]),
        # A small frame in front of a large one: readers differ in which they take.
        (
            b"\xff\xd8\xff\xc0\0\x0b\x08" + struct.pack(">HH", 8, 8) + b"\x01\0\0\0"
            + b"\xff\xc2\0\x0b\x08" + struct.pack(">HH", 13_000, 13_000) + b"\x01\0\0\0\xff\xda",
            [("The picture has 13,000 × 13,000 pixels; 50,000,000 are allowed in all.", HOW)],
        ),
    ],
)  # fmt: skip
def test_what_is_reported(content: bytes, reported: list[tuple[str, str]]) -> None:
    assert check_picture_size(content) == reported


@given(
    st.sampled_from([b"", PNG[:8], PNG, b"\xff\xd8", b"RIFF\0\0\0\0WEBP", b"RIFF\0\0\0\0WEBPVP8X"]),
    st.binary(),
)
def test_any_bytes_are_answered(head: bytes, rest: bytes) -> None:
    check_picture_size(head + rest)


@pytest.mark.parametrize(
    "filling", [b"\xff", b"\xff\0", b"\xff\x01", b"\0", b"\xff\xe0\0\x02", b"\xff\xc0\0\x02"]
)
def test_a_long_head_takes_no_time(filling: bytes) -> None:
    started = time.process_time()
    check_picture_size(b"\xff\xd8" + filling * (2_000_000 // len(filling)))
    assert time.process_time() - started < 0.5
