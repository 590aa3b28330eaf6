"""Values made with docxtpl: known by their type, read, and written natively.

docxtpl itself is not needed for that: its objects are known by name, and what they hold is XML, a
path or a document of python-docx. What docxtpl does with them happens in the document that it has
open, which is not the one made here; what can only work there is refused, with what to give
instead. Loaded by `values.values` when the first such object is met.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.messages import FaultError
from lrtdocs.word.package.elements import drop, drop_ids, val
from lrtdocs.word.package.guards import check_tree, is_safe_link
from lrtdocs.word.package.ooxml import WP, R, V, W, escape, local_name, parse_xml, to_int, w
from lrtdocs.word.package.pictures import read_picture
from lrtdocs.word.story.cleanup import accept_revisions
from lrtdocs.word.tags.paragraphs import remove_element
from lrtdocs.word.values.context import Deferred
from lrtdocs.word.values.drawing import picture_xml
from lrtdocs.word.values.numbering import abstracts_of, numbers_of, starts_of
from lrtdocs.word.values.values import (
    break_texts,
    check_characters,
    markup_text,
    parse_inside,
    text_run,
    with_breaks,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lrtdocs.word.values.context import Registry
    from lrtdocs.word.values.numbering import Styles
    from lrtdocs.word.values.writer import Writer

KINDS = frozenset(["RichText", "RichTextParagraph", "Listing", "InlineImage", "Subdoc"])
_NO_TEXT = {
    "RichText": "LRT314.richtext",
    "RichTextParagraph": "LRT314.richtextparagraph",
    "InlineImage": "LRT314.inlineimage",
    "Subdoc": "LRT314.subdoc",
}


def _kind_of(value: object) -> str:
    return next(p.__name__ for p in type(value).__mro__ if p.__name__ in KINDS)


def plain_text(value: Any) -> str:
    """Return the text of a Listing; raise FaultError for what is more than text."""
    if (key := _NO_TEXT.get(_kind_of(value))) is not None:
        raise FaultError(key, inside="…")
    return markup_text(value)


def text_xml(value: Any, writer: Writer) -> str:
    """Return a Listing or InlineImage for the middle of a sentence, inside a w:t."""
    kind, registry = _kind_of(value), writer.registry
    if kind == "Listing":
        return listing_xml(value, registry)
    if kind == "InlineImage":
        registry.raw = True
        return registry.defer(Deferred(runs=image_xml(value, registry)))
    return plain_text(value)


def run_xml(value: Any, writer: Writer, formatting_id: int) -> str:
    """Return a RichText, InlineImage or Listing as runs."""
    kind, registry = _kind_of(value), writer.registry
    registry.raw = True
    if kind == "RichText":
        return rich_xml(value, registry, writer.styles)
    if kind == "InlineImage":
        return image_xml(value, registry)
    if kind == "Listing":
        properties = writer.formattings[formatting_id].run_properties()
        return text_run(listing_xml(value, registry), properties)
    raise FaultError("LRT314.alineas", kind=kind, inside="…")


def blocks_xml(value: Any, writer: Writer, formatting_id: int) -> str:
    """Return any of them but a RichText as paragraphs and tables."""
    kind, registry = _kind_of(value), writer.registry
    registry.raw = True
    if kind == "Subdoc":
        return subdoc_xml(value, writer)
    if kind == "RichTextParagraph":
        return rich_xml(value, registry, writer.styles)
    if kind == "RichText":
        raise FaultError("LRT314.geen_alinea", inside="…")
    runs = run_xml(value, writer, formatting_id)
    return f"<w:p>{writer.formattings[formatting_id].paragraph}{runs}</w:p>"


# --- Listing, RichText and InlineImage

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


def listing_xml(value: Any, registry: Registry) -> str:
    """Return a Listing for inside a w:t: its line ends, and signs for ends of paragraphs."""
    return with_breaks(_checked(value, registry))


def rich_xml(value: Any, registry: Registry, styles: Styles) -> str:
    """Return a RichText as runs, or a RichTextParagraph as paragraphs."""
    xml = break_texts(_checked(value, registry))
    xml = _ADDRESS.sub(lambda m: f' r:id="{_AMPERSAND.sub("&amp;", m[1])}"', xml)
    root = parse_inside(xml)
    for link in root.iter(w("hyperlink")):
        _relate_link(link, registry)
    for properties in root.iter(w("rPr")):
        _mend_properties(properties)
    _name_styles(root, styles)
    return "".join(_STANDARD.sub("", etree.tostring(e, encoding="unicode")) for e in root)


def _checked(value: Any, registry: Registry) -> str:
    """Return the XML of `value`, refused when it holds what is neither text nor a break.

    The ends of paragraphs and of pages in it become signs.
    """
    xml = str(value.xml)
    for char in "\a\f":
        if char in xml:
            xml = xml.replace(char, registry.defer(Deferred(ends_page=char == "\f")))
    check_characters(xml)
    return xml


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
    for element, known in _styled(root, styles):
        name = element.get(w("val"), "")
        if name not in known.values() and name.casefold() in known:
            element.set(w("val"), known[name.casefold()])


def _styled(
    root: etree._Element, styles: Styles
) -> Iterator[tuple[etree._Element, Mapping[str, str]]]:
    """Yield what in `root` has a style, and the styles of the template that it may have."""
    kinds = {"pStyle": styles.paragraph, "rStyle": styles.character, "tblStyle": styles.table}
    for element in root.iter(*map(w, kinds)):
        yield element, kinds[local_name(element)]


def image_xml(value: Any, registry: Registry) -> str:
    """Return an InlineImage as a run."""
    source = value.image_descriptor
    picture = read_picture(_read(source))
    if picture is None:
        raise FaultError("LRT321.beeld")
    size = picture.scaled(_side(value.width), _side(value.height))
    link = safe_link_id(str(value.anchor), registry) if getattr(value, "anchor", None) else ""
    return picture_xml(picture, registry, size, _description(value), link)


def _description(value: Any) -> str:
    """Return the alternative text of an InlineImage: its own, or one made of its file's name."""
    for name in ("description", "descr", "alt", "title"):
        given = getattr(value, name, None)
        if isinstance(given, str) and given.strip():
            return given
    source = value.image_descriptor
    name = str(source) if isinstance(source, str | Path) else ""
    stem = re.sub(r"[_-]+", " ", name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0])
    return f"Afbeelding: {stem.strip()}" if stem.strip() else "Afbeelding"


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


# --- Subdoc: a document in a document

_DROPPED = [w(n) for n in ("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "proofErr")]
_REFUSED = {
    w("sectPr"): "deel.een_sectie_einde",
    w("footnoteReference"): "deel.een_voetnoot",
    w("endnoteReference"): "deel.een_eindnoot",
}
_LINKS = [w(n) for n in ("pStyle", "lvlPicBulletId", "nsid", "tmpl", "styleLink", "name")]


def subdoc_xml(value: Any, writer: Writer) -> str:
    """Return the content of the Subdoc `value` as paragraphs and tables of the template."""
    body = parse_xml(etree.tostring(value.subdocx.element.body))
    for section in body.findall(w("sectPr")):
        body.remove(section)
    _check(body)
    accept_revisions(body, Place(""))
    source = _Source(value.docx, writer)
    for element in list(body.iter(*_DROPPED)):
        remove_element(element)
    drop_ids(body)
    for element in body.iter():
        source.relate(element)
        _identify(element, source.registry)
    _rename_styles(body, source, writer.styles)
    for number in body.iter(w("numId")):
        number.set(w("val"), source.list_number(number.get(w("val"), "0")))
    return "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in body)


def _check(body: etree._Element) -> None:
    """Refuse what must not, or cannot, come into a document."""
    problems = check_tree(body, "Subdoc", Place(""))
    if problems:
        reason, remedy = problems[0].message, problems[0].remedy
        raise FaultError("LRT314.subdoc_inhoud", reason=reason, remedy=remedy)
    for element in body.iter(*_REFUSED):
        what = messages.text(_REFUSED[str(element.tag)])
        raise FaultError("LRT314.subdoc_deel", what=what)


def _identify(element: etree._Element, registry: Registry) -> None:
    """Give a drawing a number of its own."""
    if element.tag == f"{{{WP}}}docPr":
        element.set("id", registry.fresh("#docPr"))
    elif str(element.tag).startswith(f"{{{V}}}") and element.get("id"):
        element.set("id", registry.fresh(f"lrt{element.get('id')}"))


def _rename_styles(body: etree._Element, source: _Source, styles: Styles) -> None:
    for element, known in _styled(body, styles):
        name = source.styles.get(element.get(w("val"), ""), element.get(w("val"), ""))
        if name.casefold() not in known:
            raise FaultError("LRT314.subdoc_stijl", name=name)
        element.set(w("val"), known[name.casefold()])


class _Source:
    """The document of python-docx that a Subdoc takes its styles, lists and pictures from."""

    def __init__(self, document: Any, writer: Writer) -> None:
        self.part, self.registry = document.part, writer.registry
        self.lists = writer.lists
        self.styles = {
            style.get(w("styleId"), ""): name
            for style in document.styles.element.iter(w("style"))
            if (name := val(style, "name"))
        }
        self._numbers: dict[str, str] = {}

    def relate(self, element: etree._Element) -> None:
        """Point the relationships of `element` to this document."""
        for name, value in list(element.attrib.items()):
            if str(name).startswith(f"{{{R}}}") and value:
                element.set(name, self._relationship(str(value)))

    def _relationship(self, rel_id: str) -> str:
        row = self.part.rels.get(rel_id)
        kind = "" if row is None else row.reltype.rpartition("/")[2]
        if row is not None and row.is_external and kind == "hyperlink":
            return safe_link_id(row.target_ref, self.registry)
        if row is not None and not row.is_external and kind == "image":
            picture = read_picture(row.target_part.blob)
            if picture is None:
                raise FaultError("LRT321.subdoc")
            return self.registry.picture_id(picture)
        raise FaultError("LRT314.subdoc_soort", kind=kind)

    def list_number(self, number: str) -> str:
        """Return the w:num in this document for the list `number` of the source."""
        if number not in self._numbers:
            abstract = None if number == "0" else self._abstract(number)
            starts = () if abstract is None else starts_of(abstract)
            xml = "" if abstract is None else _plain(abstract)
            self._numbers[number] = self.lists.adopt(xml, starts) if xml else "0"
        return self._numbers[number]

    def _abstract(self, number: str) -> etree._Element | None:
        """Return the w:abstractNum of the list `number`, or None when the source has none."""
        rows = self.part.rels.values()
        blob = next((r.target_part.blob for r in rows if r.reltype.endswith("/numbering")), None)
        if blob is None:
            return None
        root = parse_xml(blob)
        link = numbers_of(root).get(str(to_int(number)))
        return None if link is None else abstracts_of(root).get(val(link, "abstractNumId"))


def _plain(abstract: etree._Element) -> str:
    """Return the inside of `abstract`, without links to styles and pictures of its source."""
    for link in list(abstract.iter(*_LINKS)):
        drop(link)
    children = (etree.tostring(child, encoding="unicode", with_tail=False) for child in abstract)
    return "".join(children).replace(f' xmlns:w="{W}"', "")
