"""Values made with docxtpl: known by their type, read, and written natively.

docxtpl itself is not needed for that: its objects are known by name, and what they hold is XML, a
path or a document of python-docx. What can only work in the document that docxtpl has open is
refused, with what to give instead.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from lrtdocs.messages import FaultError
from lrtdocs.word.package.guards import is_safe_link
from lrtdocs.word.package.ooxml import W14, R, W, escape, parser, w
from lrtdocs.word.values.context import Deferred
from lrtdocs.word.values.pictures import describe_file, drawing_xml, read_picture
from lrtdocs.word.values.values import illegal_character

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtdocs.word.package.pictures import Picture
    from lrtdocs.word.values.context import Registry
    from lrtdocs.word.values.numbering import Styles

_DECLARED = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="{W14}"'
_STANDARD = re.compile(r' xmlns:(?:w|r|w14)="[^"]*"')
_ADDRESS = re.compile(r' r:id="([^"]*)"')
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)")
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}|auto")
_ORDER = [
    w(name)
    for name in (
        *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "strike", "color", "sz", "szCs", "u"),
        *("shd", "vertAlign", "rtl", "lang"),
    )
]
_BREAKS = {"\n": "br", "\t": "tab"}
_BREAK = re.compile(r"([\n\t\a\f])")


def listing_xml(value: Any, registry: Registry) -> str:
    """Return a Listing for inside a w:t: its line ends, and signs for ends of paragraphs."""
    xml = _checked(str(value.xml)).replace("\r\n", "\n")
    return _BREAK.sub(lambda found: _break_xml(found[0], registry), xml)


def _break_xml(char: str, registry: Registry) -> str:
    if char in _BREAKS:
        return f'</w:t><w:{_BREAKS[char]}/><w:t xml:space="preserve">'
    return registry.defer(Deferred(ends_page=char == "\f"))


def rich_xml(value: Any, registry: Registry, styles: Styles) -> str:
    """Return a RichText as runs, or a RichTextParagraph as paragraphs."""
    xml = _checked(str(value.xml))
    xml = _ADDRESS.sub(lambda m: f' r:id="{_AMPERSAND.sub("&amp;", m[1])}"', xml)
    xml = xml.replace("\a", registry.defer(Deferred())) if "\a" in xml else xml
    xml = xml.replace("\f", registry.defer(Deferred(ends_page=True))) if "\f" in xml else xml
    try:
        root = etree.fromstring(f"<x {_DECLARED}>{xml}</x>", parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FaultError("LRT314.xml") from error
    for text in list(root.iter(w("t"))):
        _break_text(text)
    for link in root.iter(w("hyperlink")):
        _relate_link(link, registry)
    for properties in root.iter(w("rPr")):
        _mend_properties(properties)
    _name_styles(root, styles)
    return "".join(_STANDARD.sub("", etree.tostring(e, encoding="unicode")) for e in root)


def _checked(xml: str) -> str:
    """Return `xml`, refused when it holds a character that is neither text nor a break."""
    reason = illegal_character(xml.replace("\a", "").replace("\f", ""))
    if reason:
        raise FaultError("LRT313.teken", reason=reason)
    return xml


def _break_text(text: etree._Element) -> None:
    """Turn line ends and tabs in a w:t into elements of their own."""
    pieces = re.split(r"([\n\t])", (text.text or "").replace("\r\n", "\n"))
    text.text = pieces[0]
    last = text
    for char, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        fresh = etree.Element(w("t"))
        fresh.text = piece
        fresh.attrib.update(text.attrib)
        last.addnext(etree.Element(w(_BREAKS[char])))
        last.getnext().addnext(fresh)  # type: ignore[union-attr]
        last = fresh


def _relate_link(link: etree._Element, registry: Registry) -> None:
    """Give a link a relationship of this document; its id must be the address itself."""
    url = link.get(f"{{{R}}}id", "")
    link.set(f"{{{R}}}id", safe_link_id(url, registry))
    link.set(w("tooltip"), url)


def safe_link_id(url: str, registry: Registry) -> str:
    """Return the relationship to `url`; refuse what is no address a reader may go to."""
    if url.startswith("#") or not is_safe_link(url):
        raise FaultError("LRT314.open_link")
    return registry.link_id(url)


def _mend_properties(properties: etree._Element) -> None:
    """Put the properties of a run in the order of the schema, and complete them."""
    for shade in properties.iter(w("shd")):
        if shade.get(w("val")) is None:
            shade.set(w("val"), "clear")
    colours = [element.get(w("val"), "") for element in properties.iter(w("color"))]
    colours += [element.get(w("fill"), "auto") for element in properties.iter(w("shd"))]
    for colour in colours:
        if not _COLOUR.fullmatch(colour):
            raise FaultError("LRT314.kleur", text=colour[:20])
    rank = {tag: number for number, tag in enumerate(_ORDER)}
    properties[:] = sorted(properties, key=lambda child: rank.get(str(child.tag), len(rank)))


def _name_styles(root: etree._Element, styles: Styles) -> None:
    """Let styles be named as Word shows them, where docxtpl wants their id."""
    kinds: Mapping[str, Mapping[str, str]] = {
        w("rStyle"): styles.character,
        w("pStyle"): styles.paragraph,
    }
    for element in root.iter(*kinds):
        known, name = kinds[str(element.tag)], element.get(w("val"), "")
        if name not in known.values() and name.casefold() in known:
            element.set(w("val"), known[name.casefold()])


def image_xml(value: Any, registry: Registry) -> str:
    """Return an InlineImage as a run."""
    source = value.image_descriptor
    picture = read_picture(_read(source))
    if picture is None:
        raise FaultError("LRT321.beeld")
    size = picture.scaled(_side(value.width), _side(value.height))
    link = safe_link_id(str(value.anchor), registry) if getattr(value, "anchor", None) else ""
    return picture_xml(picture, registry, size, _description(value), link)


def picture_xml(
    picture: Picture, registry: Registry, size: tuple[int, int], description: str, link: str = ""
) -> str:
    """Return `picture` as a run of the part that is being filled."""
    rel_id = registry.picture_id(picture)
    return drawing_xml(rel_id, registry.fresh("#docPr"), size, description, link)


def _description(value: Any) -> str:
    """Return the alternative text of an InlineImage: its own, or one made of its file's name."""
    for name in ("description", "descr", "alt", "title"):
        given = getattr(value, name, None)
        if isinstance(given, str) and given.strip():
            return given
    source = value.image_descriptor
    return describe_file(str(source) if isinstance(source, str | Path) else "")


def _side(given: Any) -> int | None:
    """Return a width or height in English Metric Units, as docx.shared.Mm makes them."""
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or given < 1:
        raise FaultError("LRT321.maat")
    return int(given)


def _read(source: Any) -> bytes:
    """Return the bytes of a path or of an open file, which is left where it stood."""
    try:
        if isinstance(source, bytes | bytearray):
            return bytes(source)
        if not hasattr(source, "read"):
            return Path(source).read_bytes()
        source.seek(0)
        return bytes(source.read())
    except (OSError, TypeError, ValueError) as error:
        shown = escape(str(source)[:80]) if isinstance(source, str | Path) else "het bestand"
        raise FaultError("LRT321.bestand", name=shown) from error
