"""How the paragraphs of a finished document look beside their styles, and its pictures and pages.

Word and LibreOffice write much that says nothing new. So of each paragraph there is what its runs
say themselves, and what they come to with all styles; whoever compares takes the first of one
document and the second of the other.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.package.elements import ancestor, is_on, val
from lrtdocs.word.package.ooxml import STORY_TYPES, STYLES_TYPE, WP, A, R, w
from lrtdocs.word.package.package import part_names, style_chain
from lrtdocs.word.reading.blocks import shown_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from lrtdocs.word.package.package import Package

_NO = {"", "none", "auto", "000000", "baseline", "clear", "nil"}
_SIDES = {"left": "start", "both": "justify", "distribute": "justify", "right": "end"}
_GONE = ("del", "moveFrom", "instrText")
_EMU = 12700
Said = dict[str, str]


class Look(NamedTuple):
    """How one paragraph looks: by property what it says itself, with the passage, and comes to.

    `own` is what is set by hand and the words that have it, `comes_to` what its words have with all
    styles, `base` what its styles alone give. A property is `u`, `color`, `highlight`, `strike`,
    `font`, `sz`, `vertAlign`; of the paragraph `jc`, `ind`, `break`.
    """

    own: Mapping[tuple[str, str], str]
    comes_to: frozenset[tuple[str, str]]
    base: Mapping[str, str]


class Picture(NamedTuple):
    """One picture in a part: which file, how wide and high (in points) and where if it floats."""

    part: str
    paragraph: int
    digest: str
    size: tuple[int, int]
    across: tuple[str, int]
    down: tuple[str, int]


class Looks(NamedTuple):
    """How a document looks: its paragraphs by part and number, its pictures, and its pages.

    A page is its width and height and its top, right, bottom and left margin, in twips.
    """

    paragraphs: Mapping[tuple[str, int], Look]
    pictures: tuple[Picture, ...]
    pages: frozenset[tuple[int, ...]]


def read_looks(package: Package) -> Looks:
    """Return how `package` looks."""
    names = part_names(package)
    reader = _Reader(package)
    looks: dict[tuple[str, int], Look] = {}
    pictures: list[Picture] = []
    for part in (one for one in names if package.types.of(one) in STORY_TYPES):
        root = package.tree(part)
        for number, paragraph in enumerate(shown_paragraphs(root), start=1):
            looks[names[part], number] = reader.look(paragraph)
            pictures += _pictures(package, part, paragraph, names[part], number)
    sections = package.tree(package.main).iter(w("sectPr"))
    return Looks(looks, tuple(pictures), frozenset(filter(None, map(_page, sections))))


class _Reader:
    """Reads looks with the styles of one document."""

    def __init__(self, package: Package) -> None:
        self.styles = package.styles()
        self.theme = package.theme_fonts()
        part = package.part_of_type(STYLES_TYPE)
        defaults = package.tree(part).find(w("docDefaults")) if part else None
        self.defaults = [] if defaults is None else [defaults]
        self.normal = next(
            (key for key, one in self.styles.items()
             if one.get(w("default")) == "1" and one.get(w("type")) == "paragraph"), "",
        )  # fmt: skip
        self.bases: dict[tuple[str, str], Said] = {}

    def look(self, paragraph: etree._Element) -> Look:
        """Return how `paragraph` looks."""
        base = self._base(paragraph)
        properties = paragraph.find(w("pPr"))
        said = _of_paragraph(properties) if properties is not None else {}
        own: dict[tuple[str, str], str] = dict.fromkeys(said.items(), "")
        found = {*(base | said).items()}
        for run in paragraph.iter(w("r")):
            if ancestor(run, "p") is not paragraph:
                continue
            if any(one.get(w("type")) == "page" for one in run.iterchildren(w("br"))):
                own["break", "page"] = ""
                found.add(("break", "page"))
            text = "".join(one.text or "" for one in run.iterchildren(w("t")))
            if not text.strip() or any(ancestor(run, name) is not None for name in _GONE):
                continue
            marks = self._of_run(run.find(w("rPr")))
            for one in marks.items():
                own[one] = own.get(one, "") + text
            style = self._styled("rPr", val(run, "rPr/rStyle"))
            found |= {**base, **said, **style, **marks}.items()
        return Look(own, frozenset(found), base)

    def _base(self, paragraph: etree._Element) -> Said:
        table = ancestor(paragraph, "tbl")
        of_table = "" if table is None else val(table, "tblPr/tblStyle")
        style = val(paragraph, "pPr/pStyle") or self.normal
        key = of_table, style
        if key not in self.bases:
            found: Said = {}
            for one in self.defaults:
                found |= self._both(one.find(f"{w('rPrDefault')}/{w('rPr')}"),
                                    one.find(f"{w('pPrDefault')}/{w('pPr')}"))  # fmt: skip
            for name in key:
                found |= self._styled("rPr", name) | self._styled("pPr", name)
            self.bases[key] = found
        return self.bases[key]

    def _styled(self, kind: str, style: str) -> Said:
        """Return what the style with this id says with those it is based on."""
        found: Said = {}
        for one in reversed(list(style_chain(style, self.styles))):
            properties = one.find(w(kind))
            found |= self._both(properties, None) if kind == "rPr" else self._both(None, properties)
        return found

    def _both(self, run: etree._Element | None, paragraph: etree._Element | None) -> Said:
        said = _of_paragraph(paragraph) if paragraph is not None else {}
        return said | self._of_run(run)

    def _of_run(self, properties: etree._Element | None) -> Said:
        """Return what the properties of a run say."""
        if properties is None:
            return {}
        found = {
            name: _plain(val(properties, name))
            for name in ("u", "color", "highlight", "vertAlign", "sz")
            if properties.find(w(name)) is not None
        }
        for name in ("strike", "dstrike"):
            mark = properties.find(w(name))
            if mark is not None:
                found["strike"] = "ja" if is_on(mark) or found.get("strike") else ""
        shade = properties.find(w("shd"))
        if shade is not None and not found.get("highlight"):
            found["highlight"] = _plain(shade.get(w("fill"), ""))
        fonts = properties.find(w("rFonts"))
        if fonts is not None:
            theme = self.theme.get(fonts.get(w("asciiTheme"), "")[:5], "")
            font = theme or fonts.get(w("ascii"), "")
            found |= {"font": font} if font else {}
        return found


def _of_paragraph(properties: etree._Element) -> Said:
    """Return what the properties of a paragraph say."""
    found: Said = {}
    if properties.find(w("jc")) is not None:
        side = val(properties, "jc")
        found["jc"] = _SIDES.get(side, side)
    indent = properties.find(w("ind"))
    if indent is not None:
        found["ind"] = _indent(indent)
    start = properties.find(w("pageBreakBefore"))
    if start is not None:
        found["break"] = "page" if is_on(start) else ""
    return found


def _indent(indent: etree._Element) -> str:
    def number(*names: str) -> int:
        said = next((indent.get(w(name), "") for name in names if indent.get(w(name))), "0")
        return _whole(said)

    first = number("firstLine") - number("hanging")
    return f"{number('left', 'start')} {number('right', 'end')} {first}"


def _plain(value: str) -> str:
    return "" if value in _NO else value


def _whole(text: str) -> int:
    try:
        return round(float(text))
    except ValueError:
        return 0


def _page(section: etree._Element) -> tuple[int, ...]:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return ()
    said = [size.get(w(name), "") for name in ("w", "h")]
    said += [margins.get(w(name), "") for name in ("top", "right", "bottom", "left")]
    return tuple(map(_whole, said))


def _pictures(
    package: Package, part: str, paragraph: etree._Element, name: str, number: int
) -> Iterator[Picture]:
    rows = package.relations(part)
    for drawing in paragraph.iter(w("drawing")):
        if ancestor(drawing, "p") is not paragraph or any(
            ancestor(drawing, one) is not None for one in _GONE
        ):
            continue
        blips = (one.get(f"{{{R}}}embed", "") for one in drawing.iter(f"{{{A}}}blip"))
        files = [rows[one].part for one in blips if one in rows and rows[one].part in package]
        extent = drawing.find(f".//{{{WP}}}extent")
        if not files or extent is None:
            continue
        digest = sha256(package[files[0]]).hexdigest()
        size = tuple(_whole(extent.get(side, "")) // _EMU for side in ("cx", "cy"))
        across, down = (_position(drawing, f"position{axis}") for axis in "HV")
        yield Picture(name, number, digest, (size[0], size[1]), across, down)


def _position(drawing: etree._Element, name: str) -> tuple[str, int]:
    """Return from where a floating picture stands how far, ("", 0) for one in the line."""
    place = drawing.find(f".//{{{WP}}}{name}")
    if place is None:
        return "", 0
    aligned = place.find(f"{{{WP}}}align")
    offset = place.find(f"{{{WP}}}posOffset")
    base = place.get("relativeFrom", "")
    if aligned is not None:
        return f"{base} {aligned.text}", 0
    return base, _whole((offset.text or "") if offset is not None else "") // _EMU
