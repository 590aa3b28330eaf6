"""Many filled letters as one Word document, a section each, so that LibreOffice starts once.

Converting fifty letters in one document is many times faster than one after the other. It is only
done where nothing of one letter can reach another: what could (notes, tables of contents, fields
that count, links inside the document) is refused here, and such letters are converted apart.

Of a long document LibreOffice guesses, as it opens it, that a page ends after some twenty
paragraphs. Where that is between two that keep together it stays so: the name under a signature
stands alone on a page. It does not guess below a hundred paragraphs, and takes off twenty-five for
each table. So behind the letters comes a rest of small tables, which is thrown away.
"""

from __future__ import annotations

import re
import zipfile
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.messages import Fault, FaultError
from lrtdocs.word.package.archive import write_package
from lrtdocs.word.package.elements import add_property, make, properties_of, val
from lrtdocs.word.package.ooxml import (
    CONTENT_TYPES,
    FOOTER_TYPE,
    HEADER_TYPE,
    NUMBERING_TYPE,
    PKG_RELS,
    WP,
    R,
    W,
    parse_xml,
    rels_name,
    serialize_xml,
    w,
)
from lrtdocs.word.package.package import Package, Relationship, add_relationship, read_own
from lrtdocs.word.values.numbering import (
    Lists,
    abstracts_of,
    numbers_of,
    parse_numbering,
    parse_styles,
    starts_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_LETTERS = 50
_FIRST_IN_HEADERS = 10_000_000
START, END = "lrtbrief{:04}", "lrteinde{:04}"
_OFF_PER_TABLE = 25
_ON_PER_TABLE = 6
"""What LibreOffice counts of a table in the rest: itself, its cell, two paragraphs."""
_LOW = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'
_TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="100" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="100"/>'
    '</w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="100" w:type="dxa"/></w:tcPr>'
    f"<w:p>{_LOW}</w:p></w:tc></w:tr></w:tbl><w:p>{_LOW}</w:p>"
)
_REST = f'<w:body xmlns:w="{W}"><w:p>{_LOW}</w:p>{{}}</w:body>'
_OF_PAPER = {w("pgSz"), w("pgMar")}
_PER_LETTER = re.compile(r"docProps/.*|.*\.rels")
_FIELD = re.compile(r"\s*(?:(PAGE|NUMPAGES)\b[^\"]*|STYLEREF\s+\"(?P<style>[^\"]+)\"\s*)")
_FORBIDDEN = {
    w(name): why
    for name, why in {
        "footnoteReference": "deel.apart_voetnoten",
        "endnoteReference": "deel.apart_eindnoten",
        "commentReference": "deel.apart_opmerkingen",
        "altChunk": "deel.apart_bestand",
        "subDoc": "deel.apart_subdocument",
        "object": "deel.apart_object",
        "pict": "deel.apart_oude_tekening",
        "ins": "deel.apart_wijzigingen",
        "del": "deel.apart_wijzigingen",
        "dataBinding": "deel.apart_besturing",
    }.items()
}
_STORY_KINDS = {"header": HEADER_TYPE, "footer": FOOTER_TYPE}
_MEDIA_KINDS = {"image"}


class NotMergeableError(FaultError):
    """These letters cannot share a document."""


def merge_documents(docs: Sequence[bytes]) -> tuple[bytes, tuple[tuple[str, str], ...]] | Fault:
    """Return `docs`, letters of one template, as one document with a section for each, or why not.

    With the document come the names of the bookmarks at the beginning and the end of each letter,
    and last those of the rest behind them.
    """
    try:
        packages = [read_own(data) for data in docs]
        merge = _Merge(packages[0])
        for package in packages:
            merge.add(package)
        merge.add_rest()
        spans = tuple((START.format(n), END.format(n)) for n in range(merge.count))
        return merge.document(), spans
    except NotMergeableError as error:
        return error.fault
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        return Fault("deel.apart_onleesbaar", {"reason": str(error)})


class _Merge:
    """The document so far: `package` has its parts, but those that are still being made."""

    def __init__(self, first: Package) -> None:
        self.first, self.main, self.package = first, first.main, first.copy()
        self.numbering = _Numbering(first)
        for part in [part for part in first if _is_own(first, part)]:
            del self.package[part]
        self.shared = [part for part in self.package if not _PER_LETTER.fullmatch(part)]
        self.package[CONTENT_TYPES] = first[CONTENT_TYPES]
        self.root = first.parse(self.main)
        body = self.root.find(w("body"))
        if body is None:
            raise NotMergeableError("deel.apart_romp")
        body[:] = []
        self.body = body
        self.count = self.ids = 0
        self.rows: dict[tuple[str, str, bool], str] = {}
        self.stories: dict[tuple[str, bytes, bytes], str] = {}
        self.media: dict[bytes, str] = {}
        self.styles = parse_styles(first, self.numbering.parsed)
        numbers = self.styles.numbers
        self.counting = {style for style, place in numbers.items() if self.numbering.counts(*place)}
        self.used: set[str | None] = set()
        for row in first.relations(self.main).values():  # what all letters share: styles, settings
            if row.kind not in {*_STORY_KINDS, *_MEDIA_KINDS, "hyperlink"}:
                self.rows[row.kind, row.target, row.external] = row.id

    def add(self, letter: Package) -> None:
        """Add `letter` at the end."""
        self._check_shared(letter)
        root = letter.parse(self.main)
        body = root.find(w("body"))
        blocks = [] if body is None else list(body)
        sections = list(root.iter(w("sectPr")))
        if len(blocks) < 2 or blocks[-1].tag != w("sectPr") or blocks[-2].tag != w("p"):
            raise NotMergeableError("deel.apart_alinea")
        self.used = {one.get(w("val")) for one in root.iter(w("pStyle"), w("rStyle"))}
        self._isolate(root)
        if self._counts_by_style(root):
            raise NotMergeableError("deel.apart_stijlnummer")
        self.numbering.add_letter(root, letter)
        relations = letter.relations(self.main)
        for element in root.iter():
            self._relate(letter, element, relations)
        _number_pages(sections)
        self._mark(blocks)
        last = blocks.pop()
        if self.count:
            self._end_section()
        self.body.extend(blocks)
        self.body.append(last)
        self.count += 1

    def _counts_by_style(self, root: etree._Element) -> bool:
        """Tell whether a paragraph of `root` has a number that only its style gives it."""
        for style in root.iter(w("pStyle")):
            properties = style.getparent()
            own = properties is not None and properties.find(w("numPr")) is not None
            if style.get(w("val")) in self.counting and not own:
                return True
        return False

    def _check_shared(self, letter: Package) -> None:
        """Refuse a letter whose styles, settings or fonts are not those of the first."""
        if letter.main != self.main:
            raise NotMergeableError("deel.apart_sjabloon")
        for name in self.shared:
            if letter.get(name) != self.first[name]:
                raise NotMergeableError("deel.apart_verschil", name=name)

    def _isolate(self, root: etree._Element, *, header: bool = False) -> None:
        """Refuse what one letter could do to another, and make ids unique.

        Drawings in a `header` keep theirs, so that equal headers stay equal.
        """
        for element in root.iter(etree.Element):
            if element.tag in _FORBIDDEN:
                raise NotMergeableError(_FORBIDDEN[element.tag])
            if element.tag in {w("instrText"), w("fldSimple")}:
                self._isolate_field(element)
            elif element.tag == w("hyperlink") and element.get(w("anchor")) is not None:
                raise NotMergeableError("deel.apart_koppeling")
            elif element.tag == f"{{{WP}}}docPr":
                self.ids += not header
                own = _FIRST_IN_HEADERS + int(element.get("id", "0"))
                element.set("id", str(own if header else self.ids))
            elif element.tag in {w("bookmarkStart"), w("bookmarkEnd")}:
                self._renumber(element)

    def _isolate_field(self, element: etree._Element) -> None:
        simple = element.tag == w("fldSimple")
        code = (element.get(w("instr")) if simple else element.text) or ""
        found = _FIELD.fullmatch(code)
        if found is None or not self._is_at_home(found["style"]):
            raise NotMergeableError("deel.apart_veld", field=code.strip())
        if found[1] == "NUMPAGES":
            code = f" PAGEREF {END.format(self.count)} "
            if simple:
                element.set(w("instr"), code)
            else:
                element.text = code

    def _is_at_home(self, name: str | None) -> bool:
        """Tell whether a text in the style `name` stands in this letter, not only in another."""
        folded = (name or "").casefold()
        known = (self.styles.character.get(folded), self.styles.paragraph.get(folded))
        return name is None or any(one in self.used for one in known if one)

    def _renumber(self, element: etree._Element) -> None:
        number = int(element.get(w("id"), "0"))
        element.set(w("id"), str(number * MOST_LETTERS * 2 + self.count + 1000 * MOST_LETTERS))
        if element.get(w("name")) is not None:
            element.set(w("name"), f"{element.get(w('name'))}_{self.count}"[-40:])

    def _relate(
        self, letter: Package, element: etree._Element, relations: Mapping[str, Relationship]
    ) -> None:
        """Point the relationships that `element` uses to those of the merged document."""
        for name, value in element.attrib.items():
            if not str(name).startswith(f"{{{R}}}"):
                continue
            row = relations.get(str(value))
            if row is None:
                raise NotMergeableError("deel.apart_doel")
            element.set(str(name), self._row(letter, row))

    def _row(self, letter: Package, row: Relationship) -> str:
        if row.external:
            target = row.target
        elif row.kind in _STORY_KINDS:
            target = self._story(letter, row.part, row.kind)
        elif row.kind in _MEDIA_KINDS:
            target = "/" + self._medium(letter, row.part)
        else:
            raise NotMergeableError("deel.apart_verwijzing", kind=row.kind)
        key = (row.kind, target, row.external)
        return self.rows.setdefault(key, f"rIdM{len(self.rows) + 1}")

    def _story(self, letter: Package, name: str, kind: str) -> str:
        """Add the header or footer `name`, unless it is there already; return its target."""
        root = letter.parse(name)
        self._isolate(root, header=True)
        relations = self._story_relations(letter, name)
        key = (kind, serialize_xml(root), relations)
        if key not in self.stories:
            part = f"word/{kind}m{len(self.stories) + 1}.xml"
            self.package[part] = key[1]
            if relations:
                self.package[rels_name(part)] = relations
            self.package.set_type(part, _STORY_KINDS[kind])
            self.stories[key] = "/" + part
        return self.stories[key]

    def _story_relations(self, letter: Package, name: str) -> bytes:
        """Return the relationships of the story `name` as they are in the merged document."""
        if rels_name(name) not in letter:
            return b""
        root = letter.parse(rels_name(name))
        for element in root:
            row = Relationship(element, name)
            if row.kind in _MEDIA_KINDS and not row.external:
                element.set("Target", "/" + self._medium(letter, row.part))
            elif not row.external:
                raise NotMergeableError("deel.apart_verwijzing", kind=row.kind)
        return serialize_xml(root)

    def _medium(self, letter: Package, name: str) -> str:
        data = letter[name]
        if data not in self.media:
            part = f"word/media/m{len(self.media) + 1}.{name.rpartition('.')[2]}"
            self.media[data] = part
            self.package[part] = data
        return self.media[data]

    def _mark(self, blocks: list[etree._Element]) -> None:
        """Put a bookmark at the beginning of the letter `blocks`, and one at its end."""
        first = next(block for block in blocks if block.tag == w("p"))
        for name, paragraph, number in (
            (START, first, 2 * self.count),
            (END, _last_paragraph(blocks), 2 * self.count + 1),
        ):
            at = 1 if paragraph.find(w("pPr")) is not None else 0
            at = at if name is START else len(paragraph)
            start = make("bookmarkStart", id=number, name=name.format(self.count))
            paragraph[at:at] = [start, make("bookmarkEnd", id=number)]

    def _end_section(self) -> None:
        """Move the section of the letter before into its last paragraph."""
        section, paragraph = self.body[-1], self.body[-2]
        properties = properties_of(paragraph, "pPr")
        if properties.find(w("sectPr")) is not None:
            raise NotMergeableError("deel.apart_sectie")
        change = properties.find(w("pPrChange"))
        at = len(properties) if change is None else properties.index(change)
        properties.insert(at, section)

    def add_rest(self) -> None:
        """Put behind the letters so many tables that LibreOffice guesses nothing of the pages."""
        inside = [sum(1 for _ in self.body.iter(w(name))) for name in ("p", "tc", "tbl")]
        nodes = inside[0] + 2 * inside[1] - (_OFF_PER_TABLE - 2) * inside[2]
        number = max(0, nodes) // (_OFF_PER_TABLE - _ON_PER_TABLE) + 1
        section = make("sectPr")
        section.extend(deepcopy(each) for each in self.body[-1] if each.tag in _OF_PAPER)
        blocks = [*parse_xml(_REST.format(_TABLE * number).encode()), section]
        self._mark(blocks)
        self._end_section()
        self.body.extend(blocks)
        self.count += 1

    def document(self) -> bytes:
        """Return the merged document."""
        rels = parse_xml(f'<Relationships xmlns="{PKG_RELS}"/>'.encode())
        for (kind, target, external), rel_id in self.rows.items():
            add_relationship(rels, rel_id, kind, target, external=external)
        self.package.write(self.main, self.root)
        self.package.write(rels_name(self.main), rels)
        self.numbering.write(self.package)
        return write_package(self.package)


class _Numbering:
    """The numbering part of the merged document; `first` is the first letter.

    A numbered list goes on where an earlier one with the same w:num stopped. So each letter gets
    w:num elements of its own for every list it uses, with the starts of its own numbering.
    """

    def __init__(self, first: Package) -> None:
        self.parsed = parse_numbering(first)
        self._lists, self._part = Lists(self.parsed), first.part_of_type(NUMBERING_TYPE)
        self._abstracts = abstracts_of(first.tree(self._part)) if self._part else {}
        self._known = {_content(abstract): name for name, abstract in self._abstracts.items()}

    def counts(self, number: str, level: int) -> bool:
        """Tell whether the list `number` counts at `level`, rather than shows a bullet."""
        if number not in self.parsed.abstract_of:
            return False
        abstract = self._abstracts.get(self.parsed.abstract_of[number])
        for each in [] if abstract is None else abstract.findall(w("lvl")):
            if each.get(w("ilvl"), "0") == str(level):
                return val(each, "numFmt") not in {"bullet", "none"}
        return True

    def add_letter(self, root: etree._Element, letter: Package) -> None:
        """Give the lists in `root`, the story of `letter`, numbers of their own."""
        used = [element for element in root.iter(w("numId")) if element.get(w("val")) != "0"]
        if not used:
            return
        part, given = letter.tree(self._part), dict[str, str]()
        abstracts, numbers = abstracts_of(part), numbers_of(part)
        for element in used:
            old = element.get(w("val"), "")
            if old in numbers:
                if old not in given:
                    given[old] = self._adopt(numbers[old], abstracts)
                element.set(w("val"), given[old])

    def _adopt(self, number: etree._Element, abstracts: Mapping[str, etree._Element]) -> str:
        """Add a copy of `number` that starts anew, and return its id."""
        if next(number.iter(w("lvl")), None) is not None:
            raise NotMergeableError("deel.apart_niveau")
        abstract = abstracts[val(number, "abstractNumId")]
        own = {o.get(w("ilvl")): val(o, "startOverride") for o in number.findall(w("lvlOverride"))}
        starts = tuple((level, own.get(level) or start) for level, start in starts_of(abstract))
        levels = _content(abstract)
        return self._lists.adopt(levels, starts, self._known.get(levels, ""))

    def write(self, package: Package) -> None:
        """Write the part to `package`, if letters have one."""
        if self._part:
            package[self._part] = self._lists.part()


def _content(abstract: etree._Element) -> str:
    """Return what `abstract` says, whatever its id."""
    return b"".join(etree.tostring(child, method="c14n") for child in abstract).decode()


def _is_own(package: Package, part: str) -> bool:
    """Tell whether `part` of `package` belongs to one letter rather than to its template."""
    if part in {package.main, rels_name(package.main), CONTENT_TYPES}:
        return True
    if package.types.of(part) in {NUMBERING_TYPE, *_STORY_KINDS.values()}:
        return True
    return part.startswith("word/media/") or (part.endswith(".rels") and part != rels_name(""))


def _last_paragraph(blocks: Sequence[etree._Element]) -> etree._Element:
    """Return the paragraph in which the letter `blocks` ends.

    LibreOffice leaves out the empty paragraph between a table and the end of a section, and what is
    in it; the letter then ends in the table.
    """
    story = [block for block in blocks if block.tag in {w("p"), w("tbl")}]
    last = story[-1]
    if len(story) > 1 and story[-2].tag == w("tbl") and last.find(w("r")) is None:
        return list(story[-2].iter(w("p")))[-1]
    return last


def _number_pages(sections: Sequence[etree._Element]) -> None:
    """Let the first of `sections` begin on a new page, and at page 1."""
    first = sections[0]
    for section in sections:
        if val(section, "type", "nextPage") != "nextPage":
            raise NotMergeableError("deel.apart_sectiepagina")
    number = first.find(w("pgNumType"))
    if number is None:
        number = add_property(first, "pgNumType")
    if number.get(w("start")) not in {None, "1"}:
        raise NotMergeableError("deel.apart_paginanummer")
    number.set(w("start"), "1")
