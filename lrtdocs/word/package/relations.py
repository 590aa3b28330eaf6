"""Relationships and content types that a document adds to those of its template."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.ooxml import (
    CONTENT_TYPES,
    NUMBERING_TYPE,
    PKG_RELS,
    PKG_TYPES,
    XML_HEAD,
    R,
    Types,
    main_part,
    parse_xml,
    rels_name,
    serialize_xml,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtdocs.word.values.pictures import Picture

_EMPTY = f'{XML_HEAD}<Relationships xmlns="{PKG_RELS}"/>'


def add_links(
    members: Mapping[str, bytes], part: str, links: Mapping[str, str]
) -> tuple[str, bytes]:
    """Return the relationships member of `part` with `links` (address → id) added, and its name."""
    name = rels_name(part)
    return name, _add_links(members.get(name), tuple(links.items()))


@lru_cache(maxsize=16)
def _add_links(data: bytes | None, links: tuple[tuple[str, str], ...]) -> bytes:
    """Return the relationships `data` with `links`, which are often those of the last letter."""
    root = _parse_rels(data)
    for url, rel_id in links:
        _add_rel(root, rel_id, "hyperlink", url).set("TargetMode", "External")
    return serialize_xml(root)


def add_row(data: bytes | None, rel_id: str, kind: str, target: str) -> bytes:
    """Return the relationships `data` with one internal relationship added."""
    root = _parse_rels(data)
    _add_rel(root, rel_id, kind, target)
    return serialize_xml(root)


def drop_row(data: bytes, rel_id: str) -> bytes:
    """Return the relationships `data` without the one called `rel_id`."""
    root = parse_xml(data)
    for row in [row for row in root if row.get("Id") == rel_id]:
        root.remove(row)
    return serialize_xml(root)


def free_id(data: bytes | None, wanted: str) -> str:
    """Return `wanted`, or with a letter more when the relationships `data` begin an id with it."""
    used = [row.get("Id", "") for row in _parse_rels(data)]
    while any(rel_id.startswith(wanted) for rel_id in used):
        wanted += "x"
    return wanted


def _parse_rels(data: bytes | None) -> etree._Element:
    return parse_xml(data or _EMPTY.encode())


def _add_rel(root: etree._Element, rel_id: str, kind: str, target: str) -> etree._Element:
    row = etree.SubElement(root, f"{{{PKG_RELS}}}Relationship")
    row.attrib.update({"Id": rel_id, "Type": f"{R}/{kind}", "Target": target})
    return row


def add_override(data: bytes, member: str, kind: str) -> bytes:
    """Return the content types `data` with the type of one member set."""
    root = parse_xml(data)
    _drop_override(root, member)
    row = etree.SubElement(root, f"{{{PKG_TYPES}}}Override")
    row.attrib.update({"PartName": f"/{member}", "ContentType": kind})
    return serialize_xml(root)


def drop_override(data: bytes, member: str) -> bytes:
    """Return the content types `data` without the type of one member."""
    root = parse_xml(data)
    _drop_override(root, member)
    return serialize_xml(root)


def _drop_override(root: etree._Element, member: str) -> None:
    name = f"/{member}".casefold()
    for old in [row for row in root if row.get("PartName", "").casefold() == name]:
        root.remove(old)


def add_default(data: bytes, extension: str, kind: str) -> bytes:
    """Return the content types `data` with the type of an extension added, unless it is there."""
    if extension in Types(data).defaults:
        return data
    root = parse_xml(data)
    row = etree.Element(f"{{{PKG_TYPES}}}Default")
    row.attrib.update({"Extension": extension, "ContentType": kind})
    root.insert(0, row)
    return serialize_xml(root)


def add_pictures(
    members: Mapping[str, bytes],
    changed: dict[str, bytes],
    pictures: Mapping[str, Mapping[Picture, str]],
) -> None:
    """Add to `changed` what the parts show: `pictures` by part, each with its relationship."""
    for part, shown in pictures.items():
        name = rels_name(part)
        for picture, rel_id in shown.items():
            data = changed.get(name, members.get(name))
            changed[name] = add_row(data, rel_id, "image", f"/{picture.member}")
            changed[picture.member] = picture.data
            types = changed.get(CONTENT_TYPES, members[CONTENT_TYPES])
            added = add_default(types, picture.extension, picture.content_type)
            if added is not types:
                changed[CONTENT_TYPES] = added


def add_numbering(members: Mapping[str, bytes], changed: dict[str, bytes], member: str) -> None:
    """Add to `changed` what a document needs for a numbering part its template did not have."""
    main = main_part(members)
    name = rels_name(main)
    data = changed.get(name, members.get(name))
    rel_id = free_id(data, "rIdLrtNumbering")
    changed[name] = add_row(data, rel_id, "numbering", f"/{member}")
    changed[CONTENT_TYPES] = add_override(
        changed.get(CONTENT_TYPES, members[CONTENT_TYPES]), member, NUMBERING_TYPE
    )
