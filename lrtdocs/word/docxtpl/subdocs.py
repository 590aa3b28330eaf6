"""A document in a document: docxtpl's Subdoc, merged into the part that is being filled.

Its paragraphs and tables come in with styles by name (those of the template, which keeps its house
style), lists that count from one, pictures and links. What the template cannot hold is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.messages import FaultError
from lrtdocs.word.docxtpl.objects import safe_link_id
from lrtdocs.word.package.elements import drop, val
from lrtdocs.word.package.guards import check_tree
from lrtdocs.word.package.ooxml import WP, R, V, W, parse_xml, to_int, w
from lrtdocs.word.story.cleanup import clear_story
from lrtdocs.word.story.revisions import accept_revisions
from lrtdocs.word.tags.paragraphs import remove_element
from lrtdocs.word.values.numbering import abstracts_of, numbers_of, starts_of
from lrtdocs.word.values.pictures import read_picture

if TYPE_CHECKING:
    from lrtdocs.word.values.context import Registry
    from lrtdocs.word.values.numbering import Styles
    from lrtdocs.word.values.writer import Writer

_DROPPED = [w(n) for n in ("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "proofErr")]
_REFUSED = {
    w("sectPr"): "deel.een_sectie_einde",
    w("footnoteReference"): "deel.een_voetnoot",
    w("endnoteReference"): "deel.een_eindnoot",
}
_IDS = re.compile(r"\{[^}]*/word/2010/\w+\}(paraId|textId|anchorId|editId)|\{[^}]*\}rsid\w*")
_OWN_STYLES = [w(n) for n in ("pStyle", "rStyle", "tblStyle")]
_LINKS = [w(n) for n in ("pStyle", "lvlPicBulletId", "nsid", "tmpl", "styleLink", "name")]


def subdoc_xml(value: Any, writer: Writer) -> str:
    """Return the content of the Subdoc `value` as paragraphs and tables of the template."""
    body = parse_xml(etree.tostring(value.subdocx.element.body))
    for section in body.findall(w("sectPr")):
        body.remove(section)
    _check(body)
    accept_revisions(body, Place(""))
    clear_story(body)
    source = _Source(value.docx, writer)
    for element in list(body.iter(*_DROPPED)):
        remove_element(element)
    for element in body.iter():
        for name in [n for n in element.attrib if _IDS.fullmatch(str(n))]:
            del element.attrib[name]
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
    kinds = dict(zip(_OWN_STYLES, (styles.paragraph, styles.character, styles.table), strict=True))
    for element in list(body.iter(*_OWN_STYLES)):
        name = source.styles.get(element.get(w("val"), ""), element.get(w("val"), ""))
        known = kinds[str(element.tag)].get(name.casefold())
        if known is None:
            raise FaultError("LRT314.subdoc_stijl", name=name)
        element.set(w("val"), known)


class _Source:
    """The document of python-docx that a Subdoc takes its styles, lists and pictures from."""

    def __init__(self, document: Any, writer: Writer) -> None:
        self.part, self.registry = document.part, writer.document.registry
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
