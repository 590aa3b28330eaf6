"""Pictures lose what they tell of people, and not a pixel."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageOps
from planting import PICTURES, name_of

from lrtdocs.word.package.metadata import strip_picture
from lrtdocs.word.package.pictures import Picture, read_picture, read_upright


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


# --- for the middle of a text

INCH = 914_400


def saved(size: tuple[int, int], kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size).save(target, kind, **options)
    return target.getvalue()


def upright(data: bytes) -> Picture:
    picture = read_upright(data)
    assert picture is not None
    return picture


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


@pytest.mark.parametrize(("dpi", "inches"), [(None, 2.0), (300, 0.64), (1, 2.0)])
def test_the_size_on_paper_is_that_of_its_dots_or_as_word_takes_it(dpi, inches) -> None:
    options = {"dpi": (dpi, dpi)} if dpi else {}
    picture = upright(saved((192, 96), **options))
    assert picture.width == pytest.approx(inches * INCH, rel=0.01)
    assert picture.height == pytest.approx(picture.width / 2, rel=0.01)


def test_a_photo_on_its_side_is_turned_and_loses_its_names() -> None:
    exif = Image.Exif()
    exif[274], exif[315] = 6, "Jan de Vries"
    target = io.BytesIO()
    photo = Image.new("RGB", (80, 40), "blue")
    photo.paste("red", (0, 0, 80, 10))
    photo.save(target, "JPEG", exif=exif, quality=95)
    picture = upright(target.getvalue())
    assert b"Vries" not in picture.data
    assert picture.height == 2 * picture.width
    with opened(picture) as shown:
        assert shown.size == (40, 80)
        assert shown.getexif().get(274, 1) == 1
        assert shown.convert("RGB").getpixel((37, 40))[0] > 200  # type: ignore[index]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "CMYK"), ("GIF", "P")],
)
def test_more_pixels_than_paper_shows_become_fewer_and_no_smaller_on_paper(kind, mode) -> None:
    data = saved((5000, 100), kind, mode)
    picture = upright(data)
    with opened(picture) as shown:
        assert shown.size == (2008, 40)
        assert shown.mode == ("RGBA" if mode == "RGBA" else "RGB")
    assert picture.width == pytest.approx(50 * picture.height, rel=0.02)
    assert picture.content_type == ("image/jpeg" if kind == "JPEG" else "image/png")


@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_what_is_clear_stays_clear_when_there_are_fewer_pixels(mode: str) -> None:
    colour = (0, 0, 0) if mode == "RGB" else 0
    with opened(upright(saved((3000, 10), "PNG", mode, transparency=colour))) as shown:
        assert shown.mode == "RGBA"
        assert shown.getextrema()[3] == (0, 0)


def test_a_damaged_picture_is_shown_or_refused_and_never_a_crash() -> None:
    chance = random.Random(3)
    exif = Image.Exif()
    exif[274] = 6
    whole = [saved((30, 20), kind) for kind in ("PNG", "GIF", "BMP", "TIFF")]
    whole.append(saved((30, 20), "JPEG", exif=exif))
    for data in whole * 60:
        spoiled = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            spoiled[chance.randrange(len(data))] = chance.randrange(256)
        assert read_upright(bytes(spoiled)) is None or read_upright(data)


def test_a_picture_of_a_usual_size_keeps_its_very_pixels() -> None:
    data = saved((400, 300))
    assert upright(data).data == data


def test_what_is_cut_off_is_no_picture_though_its_head_is_there() -> None:
    target = io.BytesIO()
    Image.effect_noise((300, 300), 50).save(target, "JPEG")
    data = target.getvalue()
    assert read_picture(data[: len(data) // 2]) is not None
    assert read_upright(data[: len(data) // 2]) is None
    assert read_upright(b"<svg/>") is None


@pytest.mark.parametrize("turned", [1, 6])
def test_a_picture_of_sixteen_bits_keeps_all_its_greys(turned: int) -> None:
    deep, target, exif = Image.new("I;16", (3000, 4)), io.BytesIO(), Image.Exif()
    deep.putdata([300 + at % 3000 * 20 for at in range(12_000)])
    exif[274] = turned
    deep.save(target, "PNG", exif=exif)
    with opened(upright(target.getvalue())) as shown:
        assert shown.mode.startswith("I")
        assert shown.getextrema() == (300, 60_280)
        assert shown.size == ((3000, 4) if turned == 1 else (4, 3000))
