"""Many filled letters as one Word document, a section each, so that LibreOffice starts once.

Converting fifty letters in one document is many times faster than one after the other. It is only
done where nothing of one letter can reach another: what could (notes, tables of contents, fields
that count, links inside the document) is refused here, and such letters are converted apart.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.merge.numbering import NumberingMerge
from lrtdocs.word.package.ooxml import (
    CONTENT_TYPES,
    FOOTER_TYPE,
    HEADER_TYPE,
    NUMBERING_TYPE,
    PKG_RELS,
    WP,
    R,
    Relationship,
    Types,
    main_part,
    parse_xml,
    read_rels,
    rels_name,
    serialize_xml,
    target_member,
    w,
)
from lrtdocs.word.package.package import write_package
from lrtdocs.word.package.relations import add_override
from lrtdocs.word.values.numbering import read_numbering, read_styles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_LETTERS = 50
START, END = "lrtbrief{:04}", "lrteinde{:04}"
_PER_LETTER = re.compile(r"docProps/.*|.*\.rels")
_FIELD = re.compile(r"\s*(PAGE|NUMPAGES)\b[^\"]*")
_FORBIDDEN = {
    w(name): why
    for name, why in {
        "footnoteReference": "voetnoten",
        "endnoteReference": "eindnoten",
        "commentReference": "opmerkingen",
        "altChunk": "een ingevoegd bestand",
        "subDoc": "een subdocument",
        "object": "een ingevoegd object",
        "pict": "een tekening in de oude vorm",
        "ins": "bijgehouden wijzigingen",
        "del": "bijgehouden wijzigingen",
        "dataBinding": "een gekoppeld besturingselement",
    }.items()
}
_STORY_KINDS = {"header": HEADER_TYPE, "footer": FOOTER_TYPE}
_MEDIA_KINDS = {"image"}


class NotMergeableError(Exception):
    """These letters cannot share a document; the argument says what stands in the way, in Dutch."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Letters as one document.

    `spans` holds the names of the bookmarks at the beginning and at the end of each letter. `docx`
    is empty when the letters cannot share a document; `reason` then says why.
    """

    docx: bytes
    spans: tuple[tuple[str, str], ...]
    reason: str = ""


def merge_documents(docs: Sequence[bytes]) -> Merged:
    """Return `docs`, letters of one template, as one document with a section for each."""
    try:
        packages = [_read(data) for data in docs]
        if not packages:
            raise NotMergeableError("er zijn geen brieven")
        merge = _Merge(packages[0])
        for members in packages:
            merge.add(members)
        spans = tuple((START.format(n), END.format(n)) for n in range(len(docs)))
        return Merged(merge.package(), spans)
    except NotMergeableError as error:
        return Merged(b"", (), str(error))
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        return Merged(b"", (), f"een brief is niet te lezen ({error})")


def _read(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@dataclass
class _Merge:
    """The document so far."""

    first: dict[str, bytes]
    members: dict[str, bytes] = field(default_factory=dict)
    count: int = 0
    ids: int = 0

    def __post_init__(self) -> None:
        self.main = main_part(self.first)
        self.types = Types(self.first[CONTENT_TYPES])
        self.numbering_member = next(
            (name for name in sorted(self.first) if self.types.of(name) == NUMBERING_TYPE), ""
        )
        self.numbering = NumberingMerge(self.first.get(self.numbering_member, b""))
        self.members = {
            name: data for name, data in self.first.items() if not _is_own(self.types, name, self)
        }
        self.shared = [name for name in self.members if not _PER_LETTER.fullmatch(name)]
        self.root = parse_xml(self.first[self.main])
        body = self.root.find(w("body"))
        if body is None:
            raise NotMergeableError("er is geen hoofdtekst")
        body[:] = []
        self.body = body
        self.rows: dict[tuple[str, str, bool], str] = {}
        self.stories: dict[tuple[str, bytes, bytes], str] = {}
        self.media: dict[bytes, str] = {}
        self.overrides: dict[str, str] = {}
        self.inherited: dict[tuple[str, str], str] = {}
        numbering = read_numbering(self.first, self.types)
        numbers = read_styles(self.first, self.types, numbering).numbers
        self.counting = {style for style, place in numbers.items() if self.numbering.counts(*place)}
        self._keep_rows()

    def _keep_rows(self) -> None:
        """Keep the relationships of the main part that all letters share: styles, settings."""
        for row in read_rels(self.first, self.main).values():
            if row.kind not in {*_STORY_KINDS, *_MEDIA_KINDS, "hyperlink"}:
                self.rows[row.kind, row.target, row.external] = row.id

    def add(self, members: Mapping[str, bytes]) -> None:
        """Add the letter `members` at the end."""
        self._check_shared(members)
        root = parse_xml(members[self.main])
        body = root.find(w("body"))
        blocks = [] if body is None else list(body)
        sections = list(root.iter(w("sectPr")))
        if len(blocks) < 2 or blocks[-1].tag != w("sectPr") or blocks[-2].tag != w("p"):
            raise NotMergeableError("een brief eindigt niet op een alinea")
        self._settle_story(root)
        numbering = members.get(self.numbering_member, b"")
        if self._counts_by_style(root):
            raise NotMergeableError("een genummerde alineastijl")
        self.numbering.add_letter(root, numbering)
        relations = read_rels(members, self.main)
        for element in root.iter():
            self._relate(members, element, relations)
        for section in sections:
            self._drop_repeated(section)
        _number_pages(sections)
        self._mark(blocks)
        last = blocks.pop()
        if self.count:
            self._end_section()
        self.body.extend(blocks)
        self.body.append(last)
        self.count += 1

    def _drop_repeated(self, section: etree._Element) -> None:
        """Drop headers and footers that `section` has from the one before it anyway."""
        for kind in _STORY_KINDS:
            for reference in section.findall(w(f"{kind}Reference")):
                key = (kind, reference.get(w("type"), "default"))
                own = reference.get(f"{{{R}}}id", "")
                if self.inherited.get(key) == own:
                    section.remove(reference)
                self.inherited[key] = own

    def _counts_by_style(self, root: etree._Element) -> bool:
        """Tell whether a paragraph of `root` has a number that only its style gives it."""
        for style in root.iter(w("pStyle")):
            properties = style.getparent()
            own = properties is not None and properties.find(w("numPr")) is not None
            if style.get(w("val")) in self.counting and not own:
                return True
        return False

    def _check_shared(self, members: Mapping[str, bytes]) -> None:
        """Refuse a letter whose styles, settings or fonts are not those of the first."""
        if main_part(members) != self.main:
            raise NotMergeableError("de brieven zijn niet van één sjabloon")
        for name in self.shared:
            if members.get(name) != self.first[name]:
                raise NotMergeableError(f"de brieven verschillen in {name}")

    def _settle_story(self, root: etree._Element) -> None:
        """Refuse what one letter could do to another, and make ids unique."""
        for element in root.iter(etree.Element):
            if element.tag in _FORBIDDEN:
                raise NotMergeableError(_FORBIDDEN[element.tag])
            if element.tag in {w("instrText"), w("fldSimple")}:
                self._settle_field(element)
            elif element.tag == w("hyperlink") and element.get(w("anchor")) is not None:
                raise NotMergeableError("een koppeling binnen de brief")
            elif element.tag in {f"{{{WP}}}docPr", w("bookmarkStart"), w("bookmarkEnd")}:
                self._settle_id(element)

    def _settle_field(self, element: etree._Element) -> None:
        simple = element.tag == w("fldSimple")
        code = (element.get(w("instr")) if simple else element.text) or ""
        found = _FIELD.fullmatch(code)
        if found is None:
            raise NotMergeableError(f"het veld {code.strip()}")
        if found[1] == "NUMPAGES":
            code = f" PAGEREF {END.format(self.count)} "
            if simple:
                element.set(w("instr"), code)
            else:
                element.text = code

    def _settle_id(self, element: etree._Element) -> None:
        if element.tag == f"{{{WP}}}docPr":
            self.ids += 1
            element.set("id", str(self.ids))
            return
        number = int(element.get(w("id"), "0"))
        element.set(w("id"), str(number * MOST_LETTERS * 2 + self.count + 1000 * MOST_LETTERS))
        if element.get(w("name")) is not None:
            element.set(w("name"), f"{element.get(w('name'))}_{self.count}"[-40:])

    def _relate(
        self,
        members: Mapping[str, bytes],
        element: etree._Element,
        relations: Mapping[str, Relationship],
    ) -> None:
        """Point the relationships that `element` uses to those of the merged document."""
        for name, value in element.attrib.items():
            if not str(name).startswith(f"{{{R}}}"):
                continue
            row = relations.get(str(value))
            if row is None:
                raise NotMergeableError("een verwijzing zonder doel")
            element.set(str(name), self._row(members, row))

    def _row(self, members: Mapping[str, bytes], row: Relationship) -> str:
        if row.external:
            target = row.target
        elif row.kind in _STORY_KINDS:
            target = self._story(members, target_member(self.main, row.target), row.kind)
        elif row.kind in _MEDIA_KINDS:
            target = "/" + self._medium(members, target_member(self.main, row.target))
        else:
            raise NotMergeableError(f"een verwijzing naar {row.kind}")
        key = (row.kind, target, row.external)
        return self.rows.setdefault(key, f"rIdM{len(self.rows) + 1}")

    def _story(self, members: Mapping[str, bytes], name: str, kind: str) -> str:
        """Add the header or footer `name`, unless it is there already; return its target."""
        root = parse_xml(members[name])
        self._settle_story_once(root)
        relations = members.get(rels_name(name), b"")
        if relations:
            relations = self._story_relations(members, name, relations)
        key = (kind, serialize_xml(root), relations)
        if key not in self.stories:
            member = f"word/{kind}m{len(self.stories) + 1}.xml"
            self.members[member] = key[1]
            if relations:
                self.members[rels_name(member)] = relations
            self.overrides[member] = _STORY_KINDS[kind]
            self.stories[key] = "/" + member
        return self.stories[key]

    def _settle_story_once(self, root: etree._Element) -> None:
        """Settle a header; its drawings keep their ids so that equal headers stay equal."""
        ids = {element: element.get("id") for element in root.iter(f"{{{WP}}}docPr")}
        before = self.ids
        self._settle_story(root)
        self.ids = before
        for element, old in ids.items():
            element.set("id", str(10_000_000 + int(old or 0)))

    def _story_relations(self, members: Mapping[str, bytes], name: str, data: bytes) -> bytes:
        root = parse_xml(data)
        for element in root:
            row = Relationship(element)
            if row.kind in _MEDIA_KINDS and not row.external:
                element.set("Target", "/" + self._medium(members, target_member(name, row.target)))
            elif not row.external:
                raise NotMergeableError(f"een verwijzing naar {row.kind}")
        return serialize_xml(root)

    def _medium(self, members: Mapping[str, bytes], name: str) -> str:
        data = members[name]
        if data not in self.media:
            member = f"word/media/m{len(self.media) + 1}.{name.rpartition('.')[2]}"
            self.media[data] = member
            self.members[member] = data
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
            start = etree.Element(w("bookmarkStart"))
            start.set(w("id"), str(number))
            start.set(w("name"), name.format(self.count))
            end = etree.Element(w("bookmarkEnd"))
            end.set(w("id"), str(number))
            paragraph[at:at] = [start, end]

    def _end_section(self) -> None:
        """Move the section of the letter before into its last paragraph."""
        section, paragraph = self.body[-1], self.body[-2]
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        if properties.find(w("sectPr")) is not None:
            raise NotMergeableError("een brief eindigt op een sectie-einde")
        change = properties.find(w("pPrChange"))
        at = len(properties) if change is None else properties.index(change)
        properties.insert(at, section)

    def package(self) -> bytes:
        """Return the merged document."""
        rels = parse_xml(f'<Relationships xmlns="{PKG_RELS}"/>'.encode())
        for (kind, target, external), rel_id in self.rows.items():
            row = etree.SubElement(rels, f"{{{PKG_RELS}}}Relationship")
            row.attrib.update({"Id": rel_id, "Type": f"{R}/{kind}", "Target": target})
            if external:
                row.set("TargetMode", "External")
        self.members[self.main] = serialize_xml(self.root)
        self.members[rels_name(self.main)] = serialize_xml(rels)
        types = self.first[CONTENT_TYPES]
        for member, kind in self.overrides.items():
            types = add_override(types, member, kind)
        if self.numbering_member:
            self.members[self.numbering_member] = self.numbering.part()
        self.members[CONTENT_TYPES] = types
        return write_package(self.members)


def _is_own(types: Types, name: str, merge: _Merge) -> bool:
    """Tell whether the member `name` belongs to one letter rather than to its template."""
    if name in {merge.main, merge.numbering_member, rels_name(merge.main), CONTENT_TYPES}:
        return True
    if types.of(name) in _STORY_KINDS.values() or name.startswith("word/media/"):
        return True
    return name.endswith(".rels") and name != rels_name("")


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
        kind = section.find(w("type"))
        if kind is not None and kind.get(w("val")) != "nextPage":
            raise NotMergeableError("een sectie-einde zonder nieuwe pagina")
    number = first.find(w("pgNumType"))
    if number is None:
        number = etree.Element(w("pgNumType"))
        before = {"headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz"}
        before |= {"pgMar", "paperSrc", "pgBorders", "lnNumType"}
        tags = {w(name) for name in before}
        first.insert(sum(1 for child in first if child.tag in tags), number)
    if number.get(w("start")) not in {None, "1"}:
        raise NotMergeableError("een brief die niet op pagina 1 begint")
    number.set(w("start"), "1")
