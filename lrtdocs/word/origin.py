"""Where a user's own template came from: the shipped one it was copied from, and which version.

Kept in two custom document properties, which Word and LibreOffice leave alone when they save. They
are about the template and not about the documents made with it, so those do not get them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.ooxml import (
    CONTENT_TYPES,
    CUSTOM_TYPE,
    XML_HEAD,
    Types,
    parse_xml,
    read_rels,
    rels_name,
    serialize_xml,
    target_member,
)
from lrtdocs.word.package.package import Package, read_package, write_package
from lrtdocs.word.package.relations import add_override, add_row, drop_override, drop_row, free_id

if TYPE_CHECKING:
    from collections.abc import Mapping

_KIND, _DIGEST = "lrtdocs sjabloon", "lrtdocs versie"
_MEMBER = "docProps/custom.xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # that of all custom properties
_EMPTY = f'{XML_HEAD}<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}"/>'


@dataclass(frozen=True, slots=True)
class Origin:
    """The shipped template that a template was copied from: its name, and a digest of its bytes."""

    kind: str
    digest: str


def digest_template(data: bytes) -> str:
    """Return by what a version of a shipped template is known."""
    return hashlib.sha256(data).hexdigest()[:16]


def copy_template(data: bytes, kind: str) -> bytes:
    """Return the shipped template `data` as a copy that knows where it came from."""
    members = drop_origin(read_package(data, kind).members)
    types = Types(members[CONTENT_TYPES])
    member = next((name for name in members if types.of(name) == CUSTOM_TYPE), _MEMBER)
    if member not in members:
        package = rels_name("")
        rel_id = free_id(members.get(package), "rIdLrtCustom")
        members[CONTENT_TYPES] = add_override(members[CONTENT_TYPES], member, CUSTOM_TYPE)
        members[package] = add_row(members.get(package), rel_id, "custom-properties", member)
    root = parse_xml(members.get(member, _EMPTY.encode()))
    for name, text in ((_KIND, kind), (_DIGEST, digest_template(data))):
        _add_property(root, name, text)
    return write_package({**members, member: serialize_xml(root)})


def read_origin(package: Package) -> Origin | None:
    """Return where the template in `package` was copied from, or None if it does not say."""
    found = {
        prop.get("name", ""): "".join(str(text) for text in prop.itertext())
        for name, data in package.members.items()
        if package.types.of(name) == CUSTOM_TYPE
        for prop in parse_xml(data)
    }
    return Origin(found[_KIND], found[_DIGEST]) if {_KIND, _DIGEST} <= found.keys() else None


def drop_origin(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return `members` without the properties of an origin, and without a part left empty by it."""
    types = Types(members[CONTENT_TYPES])
    kept = dict(members)
    for name in [name for name in members if types.of(name) == CUSTOM_TYPE]:
        root = parse_xml(members[name])
        for prop in [prop for prop in root if prop.get("name") in (_KIND, _DIGEST)]:
            root.remove(prop)
        kept[name] = serialize_xml(root)
        if len(root) == 0:
            _remove_part(kept, name)
    return kept


def _add_property(root: etree._Element, name: str, text: str) -> None:
    numbers = [int(prop.get("pid", "1")) for prop in root]
    prop = etree.SubElement(root, f"{{{_PROPERTIES}}}property")
    number = str(max(numbers, default=1) + 1)
    prop.attrib.update({"fmtid": _FORMAT, "pid": number, "name": name})
    etree.SubElement(prop, f"{{{_VALUES}}}lpwstr").text = text


def _remove_part(members: dict[str, bytes], name: str) -> None:
    """Take the part `name` out of `members`, with its content type and what refers to it."""
    del members[name]
    members[CONTENT_TYPES] = drop_override(members[CONTENT_TYPES], name)
    for row in read_rels(members, "").values():
        if target_member("", row.target).casefold() == name.casefold():
            members[rels_name("")] = drop_row(members[rels_name("")], row.id)
