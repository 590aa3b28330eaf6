"""The parts of a clean Word package around the text: styles, numbering, settings, fonts, types.

Ours and not a library's default template: Dutch, no thumbnail, no custom XML, no theme, nobody's
name. A slim package is also a fast one, since every unchanged part is copied into every document.
They stand in `parts/*.xml`, written out one element a line, with the numbers of the house style as
`$BODY` in the unit that Word wants: `$mm.TEXT_LEFT`, `$pt.LIST_GAP`, `$line.BODY`, `$size.BODY`.
"""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.housestyle import Mm, emu, twips
from lrtdocs.word.package.ooxml import WP, XML_HEAD, R, W

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

DOCUMENT = "word/document.xml"
FIRST_HEADER, NEXT_HEADER = "header1.xml", "header2.xml"
FIRST_FOOTER, NEXT_FOOTER = "footer1.xml", "footer2.xml"
LOGO_FILE = "media/logo.png"

TAG_STYLE = "LRT Sjabloontag"
TAG_ROW_STYLE = "LRT Sjabloontag rij"

ENGINE_STYLES = (
    *("Strong", "Emphasis", "Hyperlink", "LRT Tussenkop", "LRT Tussenkop sub", "Quote"),
    *("caption", "LRT Afbeelding", "LRT Afbeelding met bijschrift"),
    *("footnote text", "footnote reference"),
    *("LRT Tabel", "LRT Tabelruimte", "LRT Anker"),
    *(
        f"LRT Cel{kind}{align}"
        for kind in ("", "kop", " klein")
        for align in ("", " getal", " midden")
    ),
    *(
        f"List {kind}{level}"
        for kind in ("Bullet", "Number", "Continue")
        for level in ("", " 2", " 3", " 4")
    ),
)
"""What the engine asks for when it turns a `tekst` into paragraphs."""

MEETING = ("base", "meeting", "lists")
AGENDA = (*MEETING, "agenda")
BUNDLE = (*AGENDA, "bundle")
LETTER = ("base", "lists", "letter")
VOCABULARY = ("base", "lists", "vocabulary")
"""The files that the styles of a document are in; of two styles with one id the later counts."""

_ALWAYS = ("Normal", "Default Paragraph Font", "Normal Table", "No List", *ENGINE_STYLES)
_STYLE = re.compile(r'<w:style [^>]*w:styleId="([^"]+)".*?</w:style>')
_USED = re.compile(r'<w:(?:p|r|tbl)Style w:val="([^"]+)"')
_NEEDED = re.compile(r'<w:(?:basedOn|next) w:val="([^"]+)"')

_FOLDER = Path(__file__).parents[1] / "parts"
_RIGHT = style.PAGE_WIDTH - style.TEXT_LEFT - style.TEXT_WIDTH
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DUBLIN = "http://purl.org/dc/elements/1.1/"
_ITEMS_USED = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
_UNITS: Mapping[str, Callable[[Any], int]] = {
    "mm": twips,
    "emu": emu,
    "pt": lambda points: int(points * 20),
    "line": lambda letter: letter.line,
    "size": lambda letter: letter.half_points,
}


class _Piece(Template):
    idpattern = r"[A-Za-z_]\w*(?:\.\w+)*"


class _Sizes(dict[str, Any]):
    """The numbers of the house style in the units of Word, under the words that were given."""

    def __missing__(self, key: str) -> Any:
        unit, _, name = key.partition(".")
        if not name:
            return getattr(style, key)
        name, _, detail = name.partition(".")
        value = self[name]
        if detail.isdigit():
            value *= int(detail)
        elif detail:
            value = getattr(value, detail)
        return _UNITS[unit](value)


def read_piece(name: str, **words: object) -> str:
    """Return the XML of the file `name` with `words` and the numbers of the house style in it."""
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return _Piece("".join(line.strip() for line in lines)).substitute(_Sizes(words))


def read_lines(name: str, words: Mapping[str, str]) -> list[str]:
    """Return the lines of the file `name` with `words` for ${word}.

    Indented lines are joined to the one before; lines that begin with # are for who reads the file.
    """
    text = Template((_FOLDER / name).read_text(encoding="utf-8")).substitute(words)
    lines = re.sub(r"\n +", " ", text).splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_part(name: str, **words: object) -> str:
    """Return the file `name` as a whole part."""
    return XML_HEAD + read_piece(name, **words)


def read_placeholder() -> bytes:
    """Return the picture that stands where the logo goes: a light grey ribbon, as a PNG.

    The State's own logo may be carried by few and is not ours to ship (`huisstijl.md`, section 10).
    The drawing is called "logo": under that name the user's own picture takes its place, and keeps
    the alternative text of this one.
    """
    return (_FOLDER / "logo.png").read_bytes()


def story(kind: str, content: str) -> str:
    """Return the part of `kind` (hdr, ftr, document) around `content`."""
    spaces = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}"'
    return f"{XML_HEAD}<w:{kind} {spaces}>{content}</w:{kind}>"


def stories(body: str, first_header: str, next_header: str, footer: str) -> dict[str, str]:
    """Return the parts with text, by name; each page has the same `footer`."""
    return {
        DOCUMENT: story("document", f"<w:body>{body}</w:body>"),
        f"word/{FIRST_HEADER}": story("hdr", first_header),
        f"word/{NEXT_HEADER}": story("hdr", next_header),
        f"word/{FIRST_FOOTER}": story("ftr", footer),
        f"word/{NEXT_FOOTER}": story("ftr", footer),
    }


def section(next_top: Mm, right: Mm = _RIGHT) -> str:
    """Return the one section: A4, a first page of its own, the body at `next_top` on the others.

    `right` is the margin there: in documents the room of the reference column.
    """
    return read_piece("section.xml", next_top=next_top, right=right)


def style_id(name: str) -> str:
    """Return the id of the style called `name`: "heading 1" is Heading1."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def styles_part(stories: Iterable[str], files: Iterable[str], sizes: Mapping[str, object]) -> str:
    """Return styles.xml with the styles in `files` that `stories` and the engine use, and theirs.

    They have Word's own names where Word has one, `LRT ...` where it has not: Word shows its own in
    Dutch (Kop 2, Lijst opsom.teken) and knows what they mean, for outline, navigation and tags in
    the PDF. What a style looks like stands in `parts/styles-*.xml`.
    `sizes` are those that differ between documents, see `read_piece`.
    """
    xml = "".join(read_piece(f"styles-{name}.xml", **sizes) for name in files)
    known = {found[1]: found[0] for found in _STYLE.finditer(xml)}
    wanted = [key for key in map(style_id, _ALWAYS) if key in known]
    wanted += [found for story in stories for found in _USED.findall(story)]
    used: set[str] = set()
    while wanted:
        current = wanted.pop()
        if current not in used:
            used.add(current)
            wanted += _NEEDED.findall(known[current])
    return read_part("styles.xml", styles="".join(known[key] for key in known if key in used))


def numbering(*, items: bool) -> str:
    """Return numbering.xml: dashes, numbered lists and, with `items`, agenda items (1. and 3a).

    The space after an item's number keeps it apart from the title for a screen reader.
    """
    headings = read_piece("numbering-items.xml") if items else ""
    return read_part("numbering.xml", items=headings, used=_ITEMS_USED if items else "")


def core_properties(words: Mapping[str, str]) -> str:
    """Return core.xml; `words` gives each property (title, subject ...) its text or tags."""
    body = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in words.items())
    spaces = f'xmlns:cp="{_CORE}" xmlns:dc="{_DUBLIN}"'
    return f"{XML_HEAD}<cp:coreProperties {spaces}>{body}</cp:coreProperties>"


def package_members(
    stories: Mapping[str, str], styles: str, properties: Mapping[str, str], *, items: bool
) -> dict[str, bytes]:
    """Return the members of a document with these `stories`, `styles` and `properties`.

    `items` tells whether it has agenda items.
    """
    members = {
        "[Content_Types].xml": read_part("content-types.xml"),
        "_rels/.rels": read_part("package.rels"),
        **stories,
        "word/_rels/document.xml.rels": read_part("document.rels"),
        "word/styles.xml": styles,
        "word/numbering.xml": numbering(items=items),
        "word/settings.xml": read_part("settings.xml"),
        "word/fontTable.xml": read_part("font-table.xml"),
        "docProps/core.xml": core_properties(properties),
    }
    return {name: text.encode() for name, text in members.items()}
