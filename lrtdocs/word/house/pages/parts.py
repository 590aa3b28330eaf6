"""The parts of a clean Word package around the text: numbering, settings, fonts, properties, types.

Ours and not a library's default template: Dutch, no thumbnail, no custom XML, no theme, nobody's
name. A slim package is also a fast one, since every unchanged part is copied into every document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.housestyle import Mm, twips
from lrtdocs.word.house.pages.styles import (
    BULLETS_NUM,
    ITEMS_NUM,
    LIST_LEVELS,
    NUMBERS_NUM,
    style_id,
)
from lrtdocs.word.package.ooxml import (
    CORE_TYPE,
    FOOTER_TYPE,
    HEADER_TYPE,
    MAIN_TYPE,
    NUMBERING_TYPE,
    PKG_RELS,
    PKG_TYPES,
    STYLES_TYPE,
    WML_TYPE,
    WP,
    XML_HEAD,
    R,
    W,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE_REL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_COMPATIBILITY_URI = "http://schemas.microsoft.com/office/word"

DOCUMENT = "word/document.xml"
FIRST_HEADER, NEXT_HEADER = "header1.xml", "header2.xml"
FIRST_FOOTER, NEXT_FOOTER = "footer1.xml", "footer2.xml"
LOGO_FILE = "media/logo.png"
LOGO_ID = "rIdLogo"
_RIGHT = style.PAGE_WIDTH - style.TEXT_LEFT - style.TEXT_WIDTH

_RELATED = {
    "styles.xml": "styles",
    "numbering.xml": "numbering",
    "settings.xml": "settings",
    "fontTable.xml": "fontTable",
    FIRST_HEADER: "header",
    NEXT_HEADER: "header",
    FIRST_FOOTER: "footer",
    NEXT_FOOTER: "footer",
}
_TYPES = {
    DOCUMENT: MAIN_TYPE,
    "word/styles.xml": STYLES_TYPE,
    "word/numbering.xml": NUMBERING_TYPE,
    "word/settings.xml": f"{WML_TYPE}settings+xml",
    "word/fontTable.xml": f"{WML_TYPE}fontTable+xml",
    **{f"word/{name}": HEADER_TYPE for name in (FIRST_HEADER, NEXT_HEADER)},
    **{f"word/{name}": FOOTER_TYPE for name in (FIRST_FOOTER, NEXT_FOOTER)},
    "docProps/core.xml": CORE_TYPE,
}


def relation_id(name: str) -> str:
    """Return the id under which the document refers to the part `name`."""
    return f"rId{list(_RELATED).index(name) + 1}"


def story(kind: str, content: str) -> str:
    """Return the part of `kind` (hdr, ftr, document) around `content`."""
    spaces = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}"'
    return f"{XML_HEAD}<w:{kind} {spaces}>{content}</w:{kind}>"


def section(next_top: Mm, right: Mm = _RIGHT) -> str:
    """Return the one section: A4, a first page of its own, the body at `next_top` on the others.

    `right` is the margin there: in documents the room of the reference column.
    """
    references = "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="{relation_id(name)}"/>'
        for kind, pages, name in (
            ("header", "default", NEXT_HEADER),
            ("header", "first", FIRST_HEADER),
            ("footer", "default", NEXT_FOOTER),
            ("footer", "first", FIRST_FOOTER),
        )
    )
    size = f'w:w="{twips(style.PAGE_WIDTH)}" w:h="{twips(style.PAGE_HEIGHT)}"'
    edge = twips(style.EDGE)
    return (
        f"<w:sectPr>{references}<w:pgSz {size}/>"
        f'<w:pgMar w:top="{twips(next_top)}" w:right="{twips(right)}"'
        f' w:bottom="{twips(style.TEXT_BOTTOM)}" w:left="{twips(style.TEXT_LEFT)}"'
        f' w:header="{edge}" w:footer="{edge}" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def numbering(*, items: bool) -> str:
    """Return numbering.xml: dashes, numbered lists and, with `items`, agenda items (1. and 3a).

    The space after an item's number keeps it apart from the title for a screen reader.
    """
    hang = style.ITEM_HANG
    headings = (
        _level(1, "decimal", "%1. ", "heading 2", hang, hang),
        _level(2, "lowerLetter", "%1%2 ", "heading 3", hang, hang),
    )
    bullets = tuple(_list_level(level, "bullet", "–", "List Bullet") for level in LIST_LEVELS)
    numbers = tuple(
        _list_level(level, "decimal", f"%{level}.", "List Number") for level in LIST_LEVELS
    )
    lists = [(BULLETS_NUM, bullets), (NUMBERS_NUM, numbers)]
    if items:
        lists.insert(0, (ITEMS_NUM, headings))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
        for number, levels in lists
    )
    used = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number, _ in lists
    )
    return f'{XML_HEAD}<w:numbering xmlns:w="{W}">{abstract}{used}</w:numbering>'


def _list_level(level: int, kind: str, text: str, name: str) -> str:
    suffix = "" if level == 1 else f" {level}"
    hang = style.LIST_HANG
    return _level(level, kind, text, name + suffix, hang * level, hang)


def _level(level: int, kind: str, text: str, name: str, left: Mm, hanging: Mm) -> str:
    return (
        f'<w:lvl w:ilvl="{level - 1}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{style_id(name)}"/><w:lvlText w:val="{escape(text)}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{twips(left)}"'
        f' w:hanging="{twips(hanging)}"/></w:pPr></w:lvl>'
    )


def settings() -> str:
    """Return settings.xml: the present Word, Dutch, and nothing that Word would warn about."""
    return (
        f'{XML_HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
        f'<w:defaultTabStop w:val="{twips(style.LIST_HANG)}"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{_COMPATIBILITY_URI}"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="nl-NL"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def font_table() -> str:
    """Return fontTable.xml: which font stands in where Verdana is absent (`engine.md`)."""
    return (
        f'{XML_HEAD}<w:fonts xmlns:w="{W}"><w:font w:name="{style.FONT}">'
        f'<w:altName w:val="{style.FONT_SUBSTITUTE}"/><w:panose1 w:val="020B0604030504040204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
        "</w:font></w:fonts>"
    )


def core_properties(words: Mapping[str, str]) -> str:
    """Return core.xml; `words` gives each property (title, subject ...) its text or tags."""
    dublin = "http://purl.org/dc/elements/1.1/"
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    body = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in words.items())
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{core}" xmlns:dc="{dublin}">'
        f"{body}</cp:coreProperties>"
    )


def content_types() -> str:
    """Return [Content_Types].xml."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items()
    )
    return (
        f'{XML_HEAD}<Types xmlns="{PKG_TYPES}">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
    )


def package_relations() -> str:
    """Return the relationships of the package itself."""
    return _relations(
        (
            ("rId1", f"{_OFFICE_RELS}officeDocument", DOCUMENT),
            ("rId2", _CORE_REL, "docProps/core.xml"),
        )
    )


def document_relations() -> str:
    """Return the relationships of the document."""
    return _relations(
        (relation_id(name), _OFFICE_RELS + kind, name) for name, kind in _RELATED.items()
    )


def logo_relations() -> str:
    """Return the relationships of the header that carries the logo."""
    return _relations(((LOGO_ID, f"{_OFFICE_RELS}image", LOGO_FILE),))


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        for key, kind, target in relations
    )
    return f'{XML_HEAD}<Relationships xmlns="{PKG_RELS}">{rows}</Relationships>'
