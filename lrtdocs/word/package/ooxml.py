"""The vocabulary of WordprocessingML: namespaces, content types, and the Dutch names of parts."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
V = "urn:schemas-microsoft-com:vml"
O = "urn:schemas-microsoft-com:office:office"  # noqa: E741 - the prefix everyone knows it by
PKG_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
PKG_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STRICT = "http://purl.oclc.org/ooxml/"

CONTENT_TYPES = "[Content_Types].xml"
WML_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE = WML_TYPE + "document.main+xml"
TEMPLATE_TYPE = WML_TYPE + "template.main+xml"
HEADER_TYPE = WML_TYPE + "header+xml"
FOOTER_TYPE = WML_TYPE + "footer+xml"
FOOTNOTES_TYPE = WML_TYPE + "footnotes+xml"
ENDNOTES_TYPE = WML_TYPE + "endnotes+xml"
NUMBERING_TYPE = WML_TYPE + "numbering+xml"
STYLES_TYPE = WML_TYPE + "styles+xml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
STORY_TYPES = (MAIN_TYPE, HEADER_TYPE, FOOTER_TYPE, FOOTNOTES_TYPE, ENDNOTES_TYPE)
PROPERTY_TYPES = (CORE_TYPE, APP_TYPE, CUSTOM_TYPE)

XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def w(name: str) -> str:
    """Return the Clark name of `name` in the main namespace of WordprocessingML."""
    return f"{{{W}}}{name}"


def to_int(text: str | None, default: int = 0) -> int:
    """Return the number that an attribute holds, or `default` when it is no plain number."""
    if text and text.isascii() and text.isdigit() and len(text) < 9:
        return int(text)
    return default


def parser() -> etree.XMLParser:
    """Return a strict parser that resolves nothing and fetches nothing; comments are left out."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse_xml(data: bytes) -> etree._Element:
    """Parse `data` strictly; raises `etree.XMLSyntaxError`."""
    return etree.fromstring(data, parser())


def with_prefixes(root: etree._Element) -> etree._Element:
    """Return the story `root` with the prefixes w and r for what everyone calls so.

    Word writes them so, others may not; XML that is made here relies on them.
    """
    known = {"w": W, "r": R}
    if all(root.nsmap.get(prefix) == uri for prefix, uri in known.items()) and root.prefix == "w":
        return root
    nsmap: dict[Any, str] = {
        f"{prefix}0" if prefix in known else prefix: uri
        for prefix, uri in root.nsmap.items()
        if uri not in known.values()
    }
    nsmap.update(known)
    attributes = {str(name): str(value) for name, value in root.attrib.items()}
    fresh = etree.Element(root.tag, attributes, nsmap)
    fresh.text = root.text
    fresh.extend(list(root))
    return fresh


def serialize_xml(root: etree._Element) -> bytes:
    """Return `root` as a part: UTF-8 with the XML declaration Word writes."""
    return XML_HEAD.encode() + etree.tostring(root, encoding="unicode").encode()


def local_name(element: etree._Element) -> str:
    """Return the name of `element` without its namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def rels_name(part: str) -> str:
    """Return the member that holds the relationships of `part` ("" is the package itself)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def owner_of_rels(name: str) -> str:
    """Return the part whose relationships the member `name` holds."""
    folder, base = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def target_member(part: str, target: str) -> str:
    """Return the member that `target`, as written in the relationships of `part`, points to."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


class Types:
    """The content types of a package, by member name."""

    def __init__(self, data: bytes) -> None:
        self.defaults: dict[str, str] = {}
        self.overrides: dict[str, str] = {}
        for entry in parse_xml(data):
            kind = entry.get("ContentType", "")
            if local_name(entry) == "Default":
                self.defaults[entry.get("Extension", "").lower()] = kind
            elif local_name(entry) == "Override":
                self.overrides[entry.get("PartName", "").lstrip("/").casefold()] = kind

    def of(self, member: str) -> str:
        """Return the content type of `member`, or "" when the package names none."""
        found = self.overrides.get(member.casefold())
        if found is not None:
            return found
        return self.defaults.get(member.rpartition(".")[2].lower(), "")


class Relationship:
    """One row of a .rels member."""

    __slots__ = ("external", "id", "kind", "target")

    def __init__(self, element: etree._Element) -> None:
        self.id = element.get("Id", "")
        self.kind = element.get("Type", "").rpartition("/")[2]
        self.target = element.get("Target", "")
        self.external = element.get("TargetMode", "") == "External"


def read_rels(members: Mapping[str, bytes], part: str) -> dict[str, Relationship]:
    """Return the relationships of `part` by id; empty when it has none."""
    data = members.get(rels_name(part))
    if data is None:
        return {}
    rows = (Relationship(entry) for entry in parse_xml(data) if local_name(entry))
    return {row.id: row for row in rows}


def main_part(members: Mapping[str, bytes]) -> str:
    """Return the name of the main document part, or "" when the package names none."""
    for row in read_rels(members, "").values():
        if row.kind == "officeDocument":
            return target_member("", row.target)
    return ""


def part_names(members: Mapping[str, bytes], types: Types) -> dict[str, str]:
    """Return the Dutch name of every part that lrtdocs fills, in the order people read them."""
    main = main_part(members)
    names = {main: "hoofdtekst"}
    names.update(_header_names(members, main))
    plain = {
        HEADER_TYPE: "koptekst",
        FOOTER_TYPE: "voettekst",
        FOOTNOTES_TYPE: "voetnoten",
        ENDNOTES_TYPE: "eindnoten",
        CORE_TYPE: "documenteigenschappen",
        APP_TYPE: "documenteigenschappen",
        CUSTOM_TYPE: "documenteigenschappen",
    }
    for member in sorted(members):
        kind = plain.get(types.of(member))
        if kind is not None:
            names.setdefault(member, kind)
    return names


def _header_names(members: Mapping[str, bytes], main: str) -> dict[str, str]:
    """Name headers and footers after the pages they stand on in the sections of `main`."""
    rows = read_rels(members, main)
    names: dict[str, str] = {}
    for section in parse_xml(members[main]).iter(w("sectPr")):
        title_page = section.find(w("titlePg"))
        first = title_page is not None and title_page.get(w("val"), "1") not in {"0", "false"}
        for kind in ("header", "footer"):
            for reference in section.findall(w(kind + "Reference")):
                row = rows.get(reference.get(f"{{{R}}}id", ""))
                if row is not None:
                    name = _header_name(kind, reference.get(w("type"), "default"), first=first)
                    names.setdefault(target_member(main, row.target), name)
    return names


def _header_name(kind: str, pages: str, *, first: bool) -> str:
    base = "koptekst" if kind == "header" else "voettekst"
    if pages == "first":
        return base + " eerste pagina"
    if pages == "even":
        return base + " even pagina's"
    return base + " vervolgpagina's" if first else base
