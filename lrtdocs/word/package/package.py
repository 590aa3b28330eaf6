"""A Word document as its parts: a mapping of names to bytes that knows OPC's rules.

What a part is and what it refers to does not stand in the part but beside it, in
[Content_Types].xml and in .rels members. Here a part comes and goes together with those. A part is
parsed once for all who read it, as long as nobody replaces it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.elements import is_on, val
from lrtdocs.word.package.ooxml import (
    APP_TYPE,
    CONTENT_TYPES,
    CORE_TYPE,
    CUSTOM_TYPE,
    ENDNOTES_TYPE,
    FOOTER_TYPE,
    FOOTNOTES_TYPE,
    HEADER_TYPE,
    PKG_RELS,
    PKG_TYPES,
    STYLES_TYPE,
    THEME_TYPE,
    XML_HEAD,
    R,
    local_name,
    owner_of_rels,
    parse_xml,
    rels_name,
    serialize_xml,
    target_member,
    w,
)

if TYPE_CHECKING:
    from lrtdocs.errors import Problem
    from lrtdocs.word.package.pictures import Picture

_NO_RELS = f'{XML_HEAD}<Relationships xmlns="{PKG_RELS}"/>'.encode()
_NAMES = {
    HEADER_TYPE: "koptekst",
    FOOTER_TYPE: "voettekst",
    FOOTNOTES_TYPE: "voetnoten",
    ENDNOTES_TYPE: "eindnoten",
    CORE_TYPE: "documenteigenschappen",
    APP_TYPE: "documenteigenschappen",
    CUSTOM_TYPE: "documenteigenschappen",
}


class Types:
    """The content types of a package, by the name of the part."""

    def __init__(self, data: bytes) -> None:
        self.defaults: dict[str, str] = {}
        self.overrides: dict[str, str] = {}
        for entry in parse_xml(data):
            kind = entry.get("ContentType", "")
            if local_name(entry) == "Default":
                self.defaults[entry.get("Extension", "").lower()] = kind
            elif local_name(entry) == "Override":
                self.overrides[entry.get("PartName", "").lstrip("/").casefold()] = kind

    def of(self, part: str) -> str:
        """Return the content type of `part`, or "" when the package names none."""
        found = self.overrides.get(part.casefold())
        if found is not None:
            return found
        return self.defaults.get(part.rpartition(".")[2].lower(), "")


@lru_cache(maxsize=16)  # letters of a run have these in common
def read_types(data: bytes) -> Types:
    """Return the content types in `data`, which are not changed."""
    return Types(data)


class Relationship:
    """One row of a .rels member: what `owner` ("" is the package) refers to."""

    __slots__ = ("external", "id", "kind", "part", "target")

    def __init__(self, row: etree._Element, owner: str) -> None:
        self.id = row.get("Id", "")
        self.kind = row.get("Type", "").rpartition("/")[2]
        self.target = row.get("Target", "")
        self.external = row.get("TargetMode", "") == "External"
        self.part = "" if self.external else target_member(owner, self.target.partition("#")[0])


class Package(MutableMapping[str, bytes]):
    """The parts of one document by name, and the `warnings` that reading it gave.

    `name` is what the user calls the file.
    """

    def __init__(
        self, name: str, parts: Mapping[str, bytes], warnings: Iterable[Problem] = ()
    ) -> None:
        self.name, self.warnings = name, tuple(warnings)
        self._parts = dict(parts)
        self._trees: dict[str, etree._Element] = {}

    def __getitem__(self, part: str) -> bytes:
        return self._parts[part]

    def __setitem__(self, part: str, data: bytes) -> None:
        self._trees.pop(part, None)
        self._parts[part] = data

    def __delitem__(self, part: str) -> None:
        self._trees.pop(part, None)
        del self._parts[part]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    @property
    def members(self) -> Mapping[str, bytes]:
        """The parts by name."""
        return self._parts

    @property
    def types(self) -> Types:
        """The content types of the parts."""
        return read_types(self._parts[CONTENT_TYPES])

    @property
    def main(self) -> str:
        """The part with the text of the document, or "" when the package names none."""
        return self.related("", "officeDocument")

    def copy(self) -> Package:
        """Return a package with the same parts, which can be changed by itself."""
        return Package(self.name, self._parts, self.warnings)

    def changes(self, original: Package) -> dict[str, bytes]:
        """Return the parts that are not the very ones of `original`."""
        parts = original.members
        return {part: data for part, data in self._parts.items() if parts.get(part) is not data}

    def parts_of_type(self, *types: str) -> list[str]:
        """Return the names of the parts with one of the content `types`."""
        return [part for part in self._parts if self.types.of(part) in types]

    def part_of_type(self, *types: str) -> str:
        """Return the part with one of the content `types`, the first by name, or "" if none has.

        One of the document itself comes before one of its building blocks.
        """
        found = self.parts_of_type(*types)
        return min((len(found) > 1 and self.own.intersection(found)) or found, default="")

    @property
    def own(self) -> set[str]:
        """What the package and its text refer to: not what only building blocks use."""
        rows = (*self.relations().values(), *self.relations(self.main).values())
        return {row.part for row in rows}

    def tree(self, part: str) -> etree._Element:
        """Return `part` parsed, for reading: others get the same tree."""
        if part not in self._trees:
            self._trees[part] = self.parse(part)
        return self._trees[part]

    def parse(self, part: str) -> etree._Element:
        """Return `part` parsed, as a tree that may be changed; `write` puts it back."""
        return parse_xml(self._parts[part])

    def write(self, part: str, root: etree._Element) -> None:
        """Make `root` the content of `part`."""
        self[part] = serialize_xml(root)

    def styles(self) -> dict[str, etree._Element]:
        """Return the styles by id, for reading; empty when there are none."""
        part = self.part_of_type(STYLES_TYPE)
        styles = self.tree(part).findall(w("style")) if part else []
        return {style.get(w("styleId"), ""): style for style in styles}

    def theme_fonts(self) -> dict[str, str]:
        """Return the two fonts of the theme, under the first letters of what refers to them."""
        part = self.part_of_type(THEME_TYPE)
        kinds = self.tree(part).iter("{*}minorFont", "{*}majorFont") if part else ()
        latin = ((kind, font) for kind in kinds for font in kind.iter("{*}latin"))
        found = {local_name(kind)[:5]: font.get("typeface", "") for kind, font in latin}
        return {kind: font for kind, font in found.items() if font}

    # Relationships

    def relations(self, part: str = "") -> dict[str, Relationship]:
        """Return what `part` refers to, by id; empty when that is nothing."""
        name = rels_name(part)
        if name not in self._parts:
            return {}
        rows = [Relationship(row, part) for row in self.tree(name) if local_name(row)]
        return {row.id: row for row in rows}

    def related(self, part: str, kind: str) -> str:
        """Return the first part that `part` refers to as its `kind`, or "" if it does not."""
        rows = self.relations(part).values()
        return next((row.part for row in rows if row.kind == kind and not row.external), "")

    def free_id(self, part: str, wanted: str) -> str:
        """Return `wanted`, or with letters more where an id in `part` begins with it."""
        while any(rel_id.startswith(wanted) for rel_id in self.relations(part)):
            wanted += "x"
        return wanted

    def relate(self, part: str, rel_id: str, kind: str, target: str) -> None:
        """Let `part` refer to `target` ("/word/media/1.png") under `rel_id`, which must be free."""
        name = rels_name(part)
        root = parse_xml(self._parts.get(name, _NO_RELS))
        add_relationship(root, rel_id, kind, target)
        self.write(name, root)

    def relate_links(self, part: str, links: Mapping[str, str]) -> None:
        """Let `part` refer to web addresses: `links` has the id for each of them."""
        name = rels_name(part)
        self[name] = _with_links(self._parts.get(name, _NO_RELS), tuple(links.items()))

    def unrelate(self, part: str, rel_ids: Iterable[str]) -> None:
        """Drop the relationships `rel_ids` of `part`."""
        root = self.parse(rels_name(part))
        gone = set(rel_ids)
        for row in [row for row in root if row.get("Id") in gone]:
            root.remove(row)
        self.write(rels_name(part), root)

    # Content types

    def set_type(self, part: str, content_type: str) -> None:
        """Give one part its content type."""
        root = _without_override(self.parse(CONTENT_TYPES), part)
        row = etree.SubElement(root, f"{{{PKG_TYPES}}}Override")
        row.attrib.update({"PartName": f"/{part}", "ContentType": content_type})
        self.write(CONTENT_TYPES, root)

    def set_default(self, extension: str, content_type: str) -> None:
        """Give the parts that end in `extension` their content type, unless they have one."""
        if extension not in self.types.defaults:
            root = self.parse(CONTENT_TYPES)
            row = etree.Element(f"{{{PKG_TYPES}}}Default")
            row.attrib.update({"Extension": extension, "ContentType": content_type})
            root.insert(0, row)
            self.write(CONTENT_TYPES, root)

    # Parts

    def add_part(
        self, part: str, data: bytes, content_type: str, kind: str, wanted_id: str, owner: str = ""
    ) -> None:
        """Add `part`, to which `owner` refers as its `kind`, under `wanted_id` or one like it."""
        self[part] = data
        self.set_type(part, content_type)
        target = f"/{part}" if owner else part
        self.relate(owner, self.free_id(owner, wanted_id), kind, target)

    def add_picture(self, part: str, rel_id: str, picture: Picture) -> None:
        """Add `picture`, to which `part` refers by `rel_id`; equal pictures are there once."""
        self[picture.member] = picture.data
        self.set_default(picture.extension, picture.content_type)
        self.relate(part, rel_id, "image", f"/{picture.member}")

    def drop_part(self, part: str) -> None:
        """Drop `part`, its content type, what it refers to and what refers to it."""
        for rels in [name for name in self._parts if name.endswith(".rels")]:
            owner, folded = owner_of_rels(rels), part.casefold()
            rows = self.relations(owner).values()
            gone = [row.id for row in rows if row.part.casefold() == folded]
            if gone:
                self.unrelate(owner, gone)
        self.write(CONTENT_TYPES, _without_override(self.parse(CONTENT_TYPES), part))
        for name in (part, rels_name(part)):
            self.pop(name, None)


def read_own(docx: bytes) -> Package:
    """Return the parts of `docx`, which was made or looked at here: there are no guards."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return Package("", {name: archive.read(name) for name in archive.namelist()})


def add_relationship(
    root: etree._Element, rel_id: str, kind: str, target: str, *, external: bool = False
) -> None:
    """Add one row to the relationships `root`."""
    row = etree.SubElement(root, f"{{{PKG_RELS}}}Relationship")
    row.attrib.update({"Id": rel_id, "Type": f"{R}/{kind}", "Target": target})
    if external:
        row.set("TargetMode", "External")


@lru_cache(maxsize=16)
def _with_links(data: bytes, links: tuple[tuple[str, str], ...]) -> bytes:
    """Return the relationships `data` with `links`, which are often those of the last letter."""
    root = parse_xml(data)
    for url, rel_id in links:
        add_relationship(root, rel_id, "hyperlink", url, external=True)
    return serialize_xml(root)


def _without_override(root: etree._Element, part: str) -> etree._Element:
    """Return the content types `root` without the one of `part` itself."""
    name = f"/{part}".casefold()
    for old in [row for row in root if row.get("PartName", "").casefold() == name]:
        root.remove(old)
    return root


def style_chain(style_id: str, styles: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    """Yield the style `style_id`, the one it is based on, and so on, each once."""
    seen: set[str] = set()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        yield styles[style_id]
        style_id = val(styles[style_id], "basedOn")


def part_names(package: Package) -> dict[str, str]:
    """Return the Dutch name of every part that lrtdocs fills, in the order people read them."""
    names = {package.main: "hoofdtekst", **_header_names(package)}
    for part in sorted(package.own.intersection(package)):
        kind = _NAMES.get(package.types.of(part))
        if kind is not None:
            names.setdefault(part, kind)
    return names


def _header_names(package: Package) -> dict[str, str]:
    """Name headers and footers after the pages they stand on in the sections of the text."""
    rows = package.relations(package.main)
    names: dict[str, str] = {}
    for section in package.tree(package.main).iter(w("sectPr")):
        first = is_on(section.find(w("titlePg")))
        for kind in ("header", "footer"):
            for reference in section.findall(w(kind + "Reference")):
                row = rows.get(reference.get(f"{{{R}}}id", ""))
                if row is not None and row.part:
                    name = _header_name(kind, reference.get(w("type"), "default"), first=first)
                    names.setdefault(row.part, name)
    return names


def _header_name(kind: str, pages: str, *, first: bool) -> str:
    base = "koptekst" if kind == "header" else "voettekst"
    if pages == "first":
        return base + " eerste pagina"
    if pages == "even":
        return base + " even pagina's"
    return base + " vervolgpagina's" if first else base
