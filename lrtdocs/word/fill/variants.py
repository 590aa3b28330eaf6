"""The package of a template with other pictures or another font, or in another language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from lrtdocs import messages
from lrtdocs.errors import Place, TemplateProblemsError
from lrtdocs.language import Taal
from lrtdocs.word.package.elements import add_property, make, properties_of
from lrtdocs.word.package.ooxml import (
    CORE_TYPE,
    PIC,
    STORY_TYPES,
    STYLES_TYPE,
    WML_TYPE,
    WP,
    A,
    R,
    local_name,
    owner_of_rels,
    to_int,
    w,
)
from lrtdocs.word.package.pictures import Picture, read_picture
from lrtdocs.word.values.values import illegal_character

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtdocs.word.package.package import Package

HOUSE_FONT = "Verdana"
KIX_STYLE = "LRT KIX"
_TALLER = 1.2
_DUTCH = re.compile(rb'"nl(?:-[A-Z]{2})?"')
_DUBLIN = "http://purl.org/dc/elements/1.1/"
_FONT_FACTS = {w(n) for n in ("altName", "panose1", "sig")}


class Fonts(NamedTuple):
    """Typefaces of the user's own: for the `house` font, and for the bar code, with its points."""

    house: str | None = None
    kix: tuple[str, int] | None = None


def change_package(
    package: Package, pictures: Mapping[str, bytes], fonts: Fonts, taal: Taal = Taal.NL
) -> Package:
    """Return `package` with `pictures` put in by name and `fonts` instead of its own.

    A picture for which the template has no drawing is left out: see `picture_names`. In another
    `taal` than Dutch it says so wherever it said that it is Dutch, or nothing.
    """
    changed = package.copy()
    for name in sorted(pictures):
        _put_picture(changed, name, pictures[name])
    if fonts.house:
        _put_font(changed, fonts.house)
    if fonts.kix:
        _put_kix(changed, *fonts.kix)
    if taal is not Taal.NL:
        _put_language(changed, taal.tag)
    return changed


def picture_names(package: Package) -> list[str]:
    """Return the names of the drawings in `package`, for which a picture can be given."""
    names = {
        drawing.get("name", "")
        for part in package.parts_of_type(*STORY_TYPES)
        for drawing in package.tree(part).iter(f"{{{WP}}}docPr")
    }
    return sorted(names - {""})


def _put_picture(package: Package, name: str, data: bytes) -> None:
    picture = _read_picture(package.name, name, data)
    aspect, extension = picture.width / picture.height, picture.extension
    media = f"word/media/lrt-{re.sub(r'[^a-z0-9]+', '-', name.lower())}.{extension}"
    for part in package.parts_of_type(*STORY_TYPES):
        root = package.parse(part)
        drawings = [d for d in root.iter(f"{{{WP}}}docPr") if d.get("name") == name]
        rel_id = package.free_id(part, "rIdLrt-" + re.sub(r"[^A-Za-z0-9]+", "-", name))
        changed = [_fit(d.getparent(), rel_id, aspect) for d in drawings]
        if not any(changed):
            continue
        package.write(part, root)
        package.relate(part, rel_id, "image", f"/{media}")
        package[media] = picture.data
        package.set_default(extension, picture.content_type)
        _drop_unused(package, part, root)


def _read_picture(file: str, name: str, data: bytes) -> Picture:
    """Return the picture `data`; refuse what Word could not show."""
    picture = read_picture(data)
    if picture is None:
        problem = messages.problem("LRT321.lezen", Place(file), name=name)
        raise TemplateProblemsError(problem)
    return picture


def _fit(drawing: etree._Element | None, rel_id: str, aspect: float) -> bool:
    """Show the picture `rel_id` in `drawing`: as wide as the box, at most 1,2 times as high."""
    if drawing is None:
        return False
    blip = next(drawing.iter(f"{{{A}}}blip"), None)
    extent = drawing.find(f"{{{WP}}}extent")
    if blip is None or extent is None:
        return False
    for child in list(blip):
        blip.remove(child)
    blip.attrib.pop(f"{{{R}}}link", "")
    blip.set(f"{{{R}}}embed", rel_id)
    fill = blip.getparent()
    for crop in [] if fill is None else fill.findall(f"{{{A}}}srcRect"):
        crop.attrib.clear()
    width, box = to_int(extent.get("cx")), to_int(extent.get("cy"))
    height = round(width / aspect)
    if height > box * _TALLER:
        height = round(box * _TALLER)
        width = round(height * aspect)
    sizes = [extent, *drawing.iterfind(f".//{{{PIC}}}spPr/{{{A}}}xfrm/{{{A}}}ext")]
    for size in sizes:
        size.set("cx", str(width))
        size.set("cy", str(height))
    return True


def _drop_unused(package: Package, part: str, root: etree._Element) -> None:
    """Leave out pictures that nothing in `part`, and no other part, shows any more."""
    used = {str(value) for element in root.iter() for value in element.attrib.values()}
    rows = package.relations(part).values()
    unused = {row.id: row.part for row in rows if row.kind == "image" and row.id not in used}
    package.unrelate(part, unused)
    gone = set(unused.values())
    for rels in [name for name in package if name.endswith(".rels")]:
        gone -= {row.part for row in package.relations(owner_of_rels(rels)).values()}
    for media in gone:
        package.pop(media, None)


def _put_kix(package: Package, font: str, size: int) -> None:
    """Give the style of the bar code its `font`, in `size` points."""
    _check_font(package, font)
    for part in package.parts_of_type(STYLES_TYPE):
        root = package.parse(part)
        for style in root.iter(w("style")):
            name, shown = style.find(w("name")), style.find(w("rPr"))
            if name is None or name.get(w("val")) != KIX_STYLE or shown is None:
                continue
            for fonts in list(shown.iter(w("rFonts"))):
                shown.remove(fonts)
            fonts = etree.Element(w("rFonts"), {w(slot): font for slot in ("ascii", "hAnsi", "cs")})
            shown.insert(0, fonts)
            for points in shown.iter(w("sz"), w("szCs")):
                points.set(w("val"), str(2 * size))
            for spacing in style.iter(w("spacing")):
                spacing.set(w("line"), str(24 * size))  # 1.2 times its size, in twips
        package.write(part, root)


def _check_font(package: Package, font: str) -> None:
    if not font.strip() or len(font) > 31 or illegal_character(font):
        problem = messages.problem("LRT321.lettertype", Place(package.name), font=font[:40])
        raise TemplateProblemsError(problem)


def _put_font(package: Package, font: str) -> None:
    _check_font(package, font)
    house = HOUSE_FONT.encode()
    for part in [name for name in package if name.endswith(".xml") and house in package[name]]:
        root = package.parse(part)
        for fonts in root.iter(w("rFonts")):
            for attribute, value in fonts.attrib.items():
                if value == HOUSE_FONT:
                    fonts.set(str(attribute), font)
        for typeface in root.iter(f"{{{A}}}latin"):
            if typeface.get("typeface") == HOUSE_FONT:
                typeface.set("typeface", font)
        _rename_font(root, font)
        package.write(part, root)


def _rename_font(root: etree._Element, font: str) -> None:
    """Rename the house font in a font table; facts that are its own are left out."""
    entries = {entry.get(w("name"), ""): entry for entry in root.iter(w("font"))}
    entry = entries.get(HOUSE_FONT)
    if entry is None:
        return
    if font in entries:
        root.remove(entry)
        return
    entry.set(w("name"), font)
    for child in [c for c in entry if c.tag in _FONT_FACTS or "embed" in str(c.tag)]:
        entry.remove(child)


# --- the language


def _put_language(package: Package, tag: str) -> None:
    """Make the language `tag` that of `package`, where that was Dutch or not told.

    What a template in another language marks is left as it is: it was marked on purpose.
    """
    for part in [name for name in package if package.types.of(name).startswith(WML_TYPE)]:
        if _DUTCH.search(package[part]):
            root = package.parse(part)
            for mark in root.iter(w("lang"), w("themeFontLang")):
                for attribute, value in mark.attrib.items():
                    if str(value).startswith("nl"):
                        mark.set(str(attribute), tag)
            package.write(part, root)
    if styles := package.part_of_type(STYLES_TYPE):
        _put_default(package, styles, tag)
    if core := package.part_of_type(CORE_TYPE):
        root = package.parse(core)
        told = next((one for one in root if local_name(one) == "language"), None)
        if told is None:
            told = etree.SubElement(root, f"{{{_DUBLIN}}}language")
        told.text = tag
        package.write(core, root)


def _put_default(package: Package, styles: str, tag: str) -> None:
    """Say in `styles` that text is in the language `tag`, if they do not say which."""
    root = package.parse(styles)
    defaults = root.find(w("docDefaults"))
    if defaults is None:
        defaults = make("docDefaults")
        root.insert(0, defaults)
    run = defaults.find(w("rPrDefault"))
    if run is None:
        run = make("rPrDefault")
        defaults.insert(0, run)
    properties = properties_of(run, "rPr")
    if properties.find(w("lang")) is None:
        add_property(properties, "lang").set(w("val"), tag)
        package.write(styles, root)
