"""A picture as XML, as large as it is, or as the place of its tag has room for; never larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word.package.ooxml import PIC, WP, A, R, escape

if TYPE_CHECKING:
    from lrtdocs.word.package.pictures import Picture
    from lrtdocs.word.values.context import Registry
    from lrtdocs.word.values.room import Room

_LONGEST = 51_206_400
"""The widest and highest Word can draw, in English Metric Units: 56 inches."""
_TWIP = 635
"""English Metric Units in a twip."""
_HAND_WIDTH, _HAND_HEIGHT = 2_520_000, 571_500
"""A signature is no larger: 70 mm, and 45 of the 48 points between office and name, as its line
has room below it."""
_SHARE = 0.75
"""Of the height of the text: its caption, and a line before it, fit on the same page."""


def fit_picture(picture: Picture, room: Room) -> tuple[int, int]:
    """Return the width and height of `picture` in its `room`, in English Metric Units."""
    width, height = room.width * _TWIP, room.height * _TWIP * _SHARE
    scale = min(1.0, width / picture.width, height / picture.height)
    return round(picture.width * scale), round(picture.height * scale)


def fit_hand(picture: Picture, room: Room) -> tuple[int, int]:
    """Return the width and height of a signature, which fits the four lines left for a hand."""
    width = min(_HAND_WIDTH, room.width * _TWIP)
    scale = min(1.0, width / picture.width, _HAND_HEIGHT / picture.height)
    return round(picture.width * scale), round(picture.height * scale)


def picture_xml(
    picture: Picture, registry: Registry, size: tuple[int, int], description: str, link: str = ""
) -> str:
    """Return `picture` as a run of the part that is being filled, in a line of text.

    `link` is the relationship of an address.
    """
    rel_id, number = registry.picture_id(picture), registry.fresh("#docPr")
    width, height = (min(max(side, 1), _LONGEST) for side in size)
    text = escape(" ".join(description.split()))
    name = escape(f"Afbeelding {number}")
    click = f'<a:hlinkClick xmlns:a="{A}" r:id="{link}"/>' if link else ""
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{text}">{click}</wp:docPr>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{A}" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}">'
        f'<pic:pic xmlns:pic="{PIC}"><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" '
        f'descr="{text}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip xmlns:r="{R}" r:embed="{rel_id}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
