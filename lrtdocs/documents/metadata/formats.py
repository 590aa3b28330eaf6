"""Kinds of files, as the register PRONOM knows them: what an archive tells a file by.

By how a name ends, and for PDF and pictures by what is in the file. Only of a kind in the table is
the identifier told: a wrong one is worse than none.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Formaat(NamedTuple):
    """A kind of file: its name in PRONOM, with its version, and its identifier there or ""."""

    naam: str
    puid: str = ""


_PDF_A = "Acrobat PDF/A - Portable Document Format"
_PDF = "Acrobat PDF {0} - Portable Document Format {0}"
_BY_SUFFIX = {
    ".docx": Formaat("Microsoft Word for Windows 2007 onwards", "fmt/412"),
    ".xlsx": Formaat("Microsoft Excel for Windows 2007 onwards", "fmt/214"),
    ".pptx": Formaat("Microsoft Powerpoint for Windows 2007 onwards", "fmt/215"),
    ".csv": Formaat("Comma Separated Values", "x-fmt/18"),
    ".yaml": Formaat("YAML", "fmt/818"),
    ".yml": Formaat("YAML", "fmt/818"),
    ".json": Formaat("JSON Data Interchange Format", "fmt/817"),
    ".html": Formaat("Hypertext Markup Language 5", "fmt/471"),
    ".txt": Formaat("Plain Text File", "x-fmt/111"),
    ".ics": Formaat("Internet Calendar and Scheduling format", "fmt/388"),
    ".eml": Formaat("Internet Message Format", "fmt/278"),
}
_PDF_VERSIONS = {
    "1.3": "fmt/17", "1.4": "fmt/18", "1.5": "fmt/19", "1.6": "fmt/20", "1.7": "fmt/276"
}  # fmt: skip
_PDF_A_LEVELS = {
    "1a": "fmt/95", "1b": "fmt/354", "2a": "fmt/476", "2b": "fmt/477", "2u": "fmt/478",
    "3a": "fmt/479", "3b": "fmt/480", "3u": "fmt/481",
}  # fmt: skip
_CLAIM = re.compile(rb"pdfaid:(part|conformance)\s*(?:>|=\s*[\"'])\s*([1-3ABUabu])")
_JFIF = re.compile(rb"\xff\xd8\xff\xe0..JFIF\0\x01([\x00-\x02])", re.DOTALL)
_BEGIN = 1024


def identify(name: str, data: bytes) -> Formaat:
    """Return what kind of file `data`, called `name`, is; its identifier is "" if not known."""
    suffix = f".{name.rpartition('.')[2].lower()}"
    if suffix == ".pdf":
        return _identify_pdf(data)
    if suffix in {".jpg", ".jpeg"} and (match := _JFIF.match(data)):
        version = match[1][0]
        return Formaat(f"JPEG File Interchange Format 1.0{version}", f"fmt/{42 + version}")
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    return Formaat(f"onbekend ({suffix})")


def _identify_pdf(data: bytes) -> Formaat:
    claims = {key: value.decode().lower() for key, value in _CLAIM.findall(data)}
    level = claims.get(b"part", "") + claims.get(b"conformance", "")
    if level in _PDF_A_LEVELS:
        return Formaat(f"{_PDF_A} {level}", _PDF_A_LEVELS[level])
    match = re.search(rb"%PDF-(\d\.\d)", data[:_BEGIN])
    version = match[1].decode() if match else ""
    if version in _PDF_VERSIONS:
        return Formaat(_PDF.format(version), _PDF_VERSIONS[version])
    return Formaat("onbekend (.pdf)")
