"""Pictures lose what they tell of people, and not a pixel."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageOps
from planting import PICTURES, name_of

from lrtdocs.word.package.metadata import strip_picture
from lrtdocs.word.package.pictures import read_picture


def pixels(data: bytes) -> tuple[object, ...]:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.mode, picture.size, picture.tobytes(), picture.info.get("transparency")


@pytest.mark.parametrize("place", PICTURES)
def test_a_picture_loses_its_names_and_not_a_pixel(place: str) -> None:
    data = PICTURES[place][0](name_of(place))
    clean = strip_picture(data)
    assert clean != data
    assert strip_picture(clean) == clean
    if "SVG" not in place:
        assert pixels(clean) == pixels(data)


def test_a_photo_that_lies_on_its_side_stays_so() -> None:
    target, exif = io.BytesIO(), Image.Exif()
    exif[274], exif[315] = 6, "Jan de Vries"
    Image.effect_noise((8, 4), 50).save(target, "JPEG", exif=exif)
    clean = strip_picture(target.getvalue())
    assert b"Vries" not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        turned = ImageOps.exif_transpose(picture)
        assert turned is not None
        assert turned.size == (4, 8)


@pytest.mark.parametrize("data", [b"", b"geen plaatje", b"\x89PNG\r\n\x1a\nstuk", b"\xff\xd8\xff"])
def test_what_is_no_picture_stays_as_it_is(data: bytes) -> None:
    assert strip_picture(data) == data


def test_a_jpeg_without_a_head_is_a_picture_too() -> None:
    """Photoshop writes APP14 where others write JFIF; a camera may write neither."""
    target = io.BytesIO()
    Image.effect_noise((8, 6), 50).convert("RGB").save(target, "JPEG")
    plain = target.getvalue()
    bare = plain[:2] + plain[20:]  # its first segment is JFIF
    adobe = bare[:2] + b"\xff\xee\x00\x0eAdobe\x00d\x00\x00\x00\x00\x01" + bare[2:]
    for data in (bare, adobe):
        picture = read_picture(data)
        assert picture is not None
        assert picture.data == data
        assert picture.width == 4 * picture.height // 3


@pytest.mark.parametrize("data", [b"II*\0" + bytes(40), b"BM" + bytes(10), bytes(40) + b" EMF"])
def test_a_broken_picture_stays_as_it_is(data: bytes) -> None:
    assert strip_picture(data) == data
