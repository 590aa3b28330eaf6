"""Who made a document, and from which template: what the properties of a package tell about it.

`Application` says who saved it last, and behind "lrtdocs" stands a seal: a digest of all other
parts. So a document was edited since, both where a program wrote its own name there, as Word and
LibreOffice do, and where one left that alone and changed something else; see `run.folder.names`.
Two custom properties say which shipped template a user's own was copied from, and which version;
Word and LibreOffice leave those alone. They are about the template and not about the documents made
with it, so those do not get them.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from lrtdocs.word.package.archive import write_package
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import (
    APP_TYPE,
    CONTENT_TYPES,
    CORE_TYPE,
    CUSTOM_TYPE,
    XML_HEAD,
    local_name,
)
from lrtdocs.word.package.package import Types

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lrtdocs.word.package.package import Package

APPLICATION = "lrtdocs"
_MARK = re.compile(rb"(?<=Application>)lrtdocs(?: (\d{4}-\d\d-\d\d))?(?: ([0-9a-f]{16}))?(?=</)")
_OF_ANOTHER = {"Application", "AppVersion", "Template", "TotalTime"}
_KIND, _DIGEST = "lrtdocs sjabloon", "lrtdocs versie"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # that of all custom properties

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
AUTHOR_TAGS = (
    "{%if afzender is defined and afzender.organisatie is defined%}",
    *("{{afzender.organisatie}}", "{%endif%}"),
)
"""What names the author; written closer than people do, to be known from tags of their own."""
_EXTENDED = _OFFICE + "extended-properties"
_CUSTOM = _OFFICE + "custom-properties"
_VALUES = _OFFICE + "docPropsVTypes"
_NO_APP = f'{XML_HEAD}<Properties xmlns="{_EXTENDED}"/>'.encode()
_NO_CUSTOM = f'{XML_HEAD}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"/>'.encode()


def sign(package: Package) -> None:
    """Make lrtdocs the application that made `package`."""
    part = package.part_of_type(APP_TYPE)
    if not part:
        part = "docProps/app.xml"
        package.add_part(part, _NO_APP, APP_TYPE, "extended-properties", "rIdLrtApp")
    root = package.parse(part)
    for child in list(root):
        if local_name(child) in _OF_ANOTHER:
            root.remove(child)
    etree.SubElement(root, f"{{{_EXTENDED}}}Application").text = APPLICATION
    package.write(part, root)


def name_author(package: Package) -> None:
    """Make the organisation the author of what is filled, unless a tag says who is."""
    for part in package.parts_of_type(CORE_TYPE):
        root = package.parse(part)
        if root.find(_CREATOR) is None:
            etree.SubElement(root, _CREATOR).text = "".join(AUTHOR_TAGS)
            package.write(part, root)


def seal(app: bytes, others: Iterable[tuple[str, int]], day: str = "") -> bytes:
    """Return the part `app` of a signed package with a seal on `others`: names and checksums.

    Before the seal stands the `day` that the document bears, if there is one.
    """
    text = repr((day, sorted(others))).encode()
    digest = hashlib.blake2b(text, digest_size=8).hexdigest()
    return _MARK.sub(" ".join(filter(None, (APPLICATION, day, digest))).encode(), app)


def write_signed(package: Package) -> bytes:
    """Return `package`, signed and sealed, as a .docx."""
    sign(package)
    app = package.part_of_type(APP_TYPE)
    others = [(name, zlib.crc32(data)) for name, data in package.items() if name != app]
    package[app] = seal(package[app], others)
    return write_package(package)


def write_sealed(package: Package) -> bytes:
    """Return `package`, which lrtdocs made and changed since, sealed anew with its day."""
    app = package.part_of_type(APP_TYPE)
    mark = _MARK.search(package[app]) if app else None
    if mark is not None:
        others = [(name, zlib.crc32(data)) for name, data in package.items() if name != app]
        package[app] = seal(package[app], others, (mark[1] or b"").decode())
    return write_package(package)


def is_sealed(path: Path, *, plain: bool = False) -> bool:
    """Tell whether the Word document at `path` is as lrtdocs made it.

    A `plain` one, of before there were seals, is when no program wrote its name there; a package
    that cannot be read is not. Raises OSError or BadZipFile for what is no package at all.
    """
    with zipfile.ZipFile(path) as package:
        app, data, mark = _read_mark(package)
        others = [(one.filename, one.CRC) for one in package.infolist() if one.filename != app]
    if mark is None:
        return False
    return seal(data, others, (mark[1] or b"").decode()) == data or (plain and not mark[2])


def read_day(path: Path) -> date | None:
    """Return the day that the Word document at `path` got from lrtdocs, or None."""
    try:
        with zipfile.ZipFile(path) as package:
            mark = _read_mark(package)[2]
    except (OSError, zipfile.BadZipFile):
        return None
    return date.fromisoformat(mark[1].decode()) if mark and mark[1] else None


def _read_mark(package: zipfile.ZipFile) -> tuple[str, bytes, re.Match[bytes] | None]:
    """Return the name of the part that tells who made `package`, the part, and the mark in it."""
    try:
        types = Types(package.read(CONTENT_TYPES))
        app = next(name for name in package.namelist() if types.of(name) == APP_TYPE)
        data = package.read(app)
    except (KeyError, StopIteration, RuntimeError, zlib.error, etree.XMLSyntaxError):
        return "", b"", None
    return app, data, _MARK.search(data)


class Origin(NamedTuple):
    """The shipped template that a template was copied from: its name, and a digest of its bytes."""

    kind: str
    digest: str


def digest_template(data: bytes) -> str:
    """Return by what a version of a shipped template is known."""
    return hashlib.sha256(data).hexdigest()[:16]


def copy_template(data: bytes, kind: str) -> bytes:
    """Return the shipped template `data` as a copy that knows where it came from."""
    package = read_package(data, kind)
    drop_origin(package)
    part = package.part_of_type(CUSTOM_TYPE)
    if not part:
        part = "docProps/custom.xml"
        package.add_part(part, _NO_CUSTOM, CUSTOM_TYPE, "custom-properties", "rIdLrtCustom")
    root = package.parse(part)
    for name, text in ((_KIND, kind), (_DIGEST, digest_template(data))):
        _add_property(root, name, text)
    package.write(part, root)
    return write_package(package)


def read_origin(package: Package) -> Origin | None:
    """Return where the template in `package` was copied from, or None if it does not say."""
    found = {
        prop.get("name", ""): "".join(str(text) for text in prop.itertext())
        for part in package.parts_of_type(CUSTOM_TYPE)
        for prop in package.tree(part)
    }
    return Origin(found[_KIND], found[_DIGEST]) if {_KIND, _DIGEST} <= found.keys() else None


def drop_origin(package: Package) -> None:
    """Take the properties of an origin out of `package`, and a part left empty by it."""
    for part in package.parts_of_type(CUSTOM_TYPE):
        root = package.parse(part)
        for prop in [prop for prop in root if prop.get("name") in (_KIND, _DIGEST)]:
            root.remove(prop)
        package.write(part, root)
        if len(root) == 0:
            package.drop_part(part)


def _add_property(root: etree._Element, name: str, text: str) -> None:
    numbers = [int(prop.get("pid", "1")) for prop in root]
    prop = etree.SubElement(root, f"{{{_CUSTOM}}}property")
    number = str(max(numbers, default=1) + 1)
    prop.attrib.update({"fmtid": _FORMAT, "pid": number, "name": name})
    etree.SubElement(prop, f"{{{_VALUES}}}lpwstr").text = text
