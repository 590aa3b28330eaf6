"""Pictures lose what they tell of people, and not a pixel."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageOps
from planting import PICTURES, name_of

from lrtdocs.word.package.metadata import strip_picture


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
