"""Who made a document: `Application` in its properties, by which lrtdocs knows its own work.

Word and LibreOffice write their own name there when they save, so a document that still says
"lrtdocs" was not edited since; see `run.plan`.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.ooxml import (
    APP_TYPE,
    CONTENT_TYPES,
    XML_HEAD,
    Types,
    local_name,
    parse_xml,
    rels_name,
    serialize_xml,
)
from lrtdocs.word.package.package import unpack, write_package
from lrtdocs.word.package.relations import add_override, add_row, free_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

APPLICATION = "lrtdocs"
_MARK = f"<Application>{APPLICATION}</Application>".encode()
_MEMBER = "docProps/app.xml"
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_EMPTY = f'{XML_HEAD}<Properties xmlns="{_NAMESPACE}"/>'
_OF_ANOTHER = {"Application", "AppVersion", "Template", "TotalTime"}


def sign_members(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return `members` with lrtdocs as the application that made them."""
    types = Types(members[CONTENT_TYPES])
    found = [name for name in members if types.of(name) == APP_TYPE]
    if found:
        return {**members, found[0]: _sign(members[found[0]])}
    package = rels_name("")
    rel_id = free_id(members.get(package), "rIdLrtApp")
    return {
        **members,
        CONTENT_TYPES: add_override(members[CONTENT_TYPES], _MEMBER, APP_TYPE),
        package: add_row(members.get(package), rel_id, "extended-properties", _MEMBER),
        _MEMBER: _sign(_EMPTY.encode()),
    }


def sign_package(data: bytes) -> bytes:
    """Return the Word document `data` with lrtdocs as the application that made it."""
    return write_package(sign_members(unpack(data, "dit bestand")))


def is_signed(path: Path) -> bool:
    """Tell whether lrtdocs was the last to save the Word document at `path`.

    A package that cannot be read is not signed. Raises OSError or BadZipFile for what is no
    package at all.
    """
    with zipfile.ZipFile(path) as package:
        try:
            types = Types(package.read(CONTENT_TYPES))
            parts = [name for name in package.namelist() if types.of(name) == APP_TYPE]
            return any(_MARK in package.read(name) for name in parts)
        except (KeyError, RuntimeError, zlib.error, etree.XMLSyntaxError):
            return False


def _sign(data: bytes) -> bytes:
    root = parse_xml(data)
    for child in list(root):
        if local_name(child) in _OF_ANOTHER:
            root.remove(child)
    application = etree.SubElement(root, f"{{{_NAMESPACE}}}Application")
    application.text = APPLICATION
    return serialize_xml(root)
