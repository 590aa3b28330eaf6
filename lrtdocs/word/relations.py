"""Relationships and content types that a document adds to those of its template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word.ooxml import (
    CONTENT_TYPES,
    NUMBERING_TYPE,
    PKG_RELS,
    XML_HEAD,
    R,
    main_part,
    rels_name,
)
from lrtdocs.word.values import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

_EMPTY = f'{XML_HEAD}<Relationships xmlns="{PKG_RELS}"></Relationships>'


def add_links(
    members: Mapping[str, bytes], part: str, links: Mapping[str, str]
) -> tuple[str, bytes]:
    """Return the relationships member of `part` with `links` (address → id) added, and its name."""
    rows = "".join(
        f'<Relationship Id="{rel_id}" Type="{R}/hyperlink" Target="{escape(url)}" '
        'TargetMode="External"/>'
        for url, rel_id in links.items()
    )
    name = rels_name(part)
    return name, _add_rows(members.get(name), rows)


def add_row(data: bytes | None, rel_id: str, kind: str, target: str) -> bytes:
    """Return the relationships `data` with one internal relationship added."""
    row = f'<Relationship Id="{rel_id}" Type="{R}/{kind}" Target="{escape(target)}"/>'
    return _add_rows(data, row)


def _add_rows(data: bytes | None, rows: str) -> bytes:
    from lxml import etree

    from lrtdocs.word.ooxml import parse_xml, serialize_xml

    root = parse_xml(data or _EMPTY.encode())
    wrapper = etree.fromstring(f'<x xmlns="{PKG_RELS}">{rows}</x>')
    for row in list(wrapper):
        root.append(row)
    return serialize_xml(root)


def add_override(data: bytes, member: str, kind: str) -> bytes:
    """Return the content types `data` with the type of one member added."""
    row = f'<Override PartName="/{escape(member)}" ContentType="{kind}"/>'
    return data.replace(b"</Types>", row.encode() + b"</Types>")


def add_default(data: bytes, extension: str, kind: str) -> bytes:
    """Return the content types `data` with the type of an extension added, unless it is there."""
    from lrtdocs.word.ooxml import Types

    if extension in Types(data).defaults:
        return data
    row = f'<Default Extension="{extension}" ContentType="{kind}"/>'.encode()
    start = data.index(b">", data.index(b"<Types")) + 1
    return data[:start] + row + data[start:]


def add_numbering(members: Mapping[str, bytes], changed: dict[str, bytes], member: str) -> None:
    """Add to `changed` what a document needs for a numbering part its template did not have."""
    main = main_part(members)
    name = rels_name(main)
    data = changed.get(name, members.get(name))
    changed[name] = add_row(data, "rIdLrtNumbering", "numbering", f"/{member}")
    changed[CONTENT_TYPES] = add_override(
        changed.get(CONTENT_TYPES, members[CONTENT_TYPES]), member, NUMBERING_TYPE
    )
