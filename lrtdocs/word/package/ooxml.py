"""The vocabulary of WordprocessingML and of packages: namespaces, content types, names."""

from __future__ import annotations

import posixpath
from typing import Any

from lxml import etree

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
THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
COMMENTS_TYPE = WML_TYPE + "comments+xml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
STORY_TYPES = (MAIN_TYPE, HEADER_TYPE, FOOTER_TYPE, FOOTNOTES_TYPE, ENDNOTES_TYPE)

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


def escape(text: str) -> str:
    """Return `text` as XML character data, also fit for an attribute."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


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
