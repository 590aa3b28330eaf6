"""What a PDF says about itself: title, dates, and to which standards it holds.

LibreOffice puts the clock in five places: the Info dictionary, the XMP packet, both halves of
`/ID`, `DocChecksum`, and the colour profile. All five are made to depend on the document only,
so that the same document gives the same bytes.
"""

from __future__ import annotations

import re
import struct
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pikepdf import Name, ObjectStreamMode, Pdf, Stream

if TYPE_CHECKING:
    from io import BytesIO

_ICC_DATE = slice(24, 36)  # ICC.1:2010, 7.2.1: six big-endian 16-bit numbers
_PROCESSOR = re.compile(r" \([A-Z0-9_]+\)")  # the same bytes on another machine
_CLAIM = re.compile(
    rb"(pdfuaid:part|pdfaid:part|pdfaid:conformance)(?:>|\s*=\s*[\"'])\s*([0-9A-Za-z]{1,2})(?=[\s<\"'])"
)
_FACTS = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")


def claims_of(pdf: Pdf) -> set[str]:
    """Return the standards that `pdf` says it holds to, such as "PDF/UA-1" and "PDF/A-2A".

    Other programs write what they claim as elements or as attributes.
    """
    stream = pdf.Root.get("/Metadata")
    packet = stream.read_bytes() if isinstance(stream, Stream) else b""
    said = {name.decode(): value.decode().upper() for name, value in _CLAIM.findall(packet)}
    claims = {f"PDF/UA-{said['pdfuaid:part']}"} if "pdfuaid:part" in said else set[str]()
    if "pdfaid:part" in said:
        claims.add(f"PDF/A-{said['pdfaid:part']}{said.get('pdfaid:conformance', '')}")
    return claims


def write_metadata(
    pdf: Pdf, moment: datetime, claims: set[str], source: str = "", identifier: str = ""
) -> None:
    """Write Info and XMP of `pdf` anew, with `moment` as the only date and exactly `claims`.

    `source` is the SHA-256 of the document that it was made of, `identifier` the reference that
    this bears.
    """
    moment = moment.astimezone(UTC).replace(microsecond=0)
    facts = {name: str(pdf.docinfo.get(f"/{name}", "")) for name in _FACTS}
    facts["Producer"] = _PROCESSOR.sub("", facts["Producer"])
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    for name, text in facts.items():
        if text:
            pdf.docinfo[f"/{name}"] = text
    for key in ("/CreationDate", "/ModDate"):
        pdf.docinfo[key] = f"D:{moment:%Y%m%d%H%M%S}Z"
    words = {**facts, "language": str(pdf.Root.get("/Lang", "")), "source": source}
    packet = _packet(words | {"identifier": identifier}, moment, claims)
    pdf.Root["/Metadata"] = pdf.make_indirect(
        Stream(pdf, packet, {"/Type": Name.Metadata, "/Subtype": Name.XML})
    )
    for intent in pdf.Root.get("/OutputIntents", []):
        _date_profile(intent.get("/DestOutputProfile"), moment)


def save_reproducibly(pdf: Pdf, target: BytesIO | Path) -> None:
    """Write `pdf` to `target`: the same bytes for the same content, with small objects packed."""
    for key in ("/ID", "/DocChecksum"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    pdf.save(
        target,
        min_version="1.7",
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=ObjectStreamMode.generate,
    )


def _packet(facts: dict[str, str], moment: datetime, claims: set[str]) -> bytes:
    """Return XMP: `xmp.xml` without the claims that are not made, and the lines with nothing in."""
    level = "A" if "PDF/A-2A" in claims else "B" if "PDF/A-2B" in claims else ""
    words = {name: escape(text) for name, text in facts.items()}
    words |= {"date": f"{moment:%Y-%m-%dT%H:%M:%SZ}", "level": level}
    # PDF/A wants every schema that it does not know, such as that of PDF/UA, explained in the file.
    head, archive, accessible, *rest = _xmp_blocks()
    blocks = [head, *[archive] * bool(level), *[accessible] * ("PDF/UA-1" in claims), *rest]
    lines = [Template(line) for line in "\n".join(blocks).splitlines(keepends=True)]
    kept = (line for line in lines if all(words[word] for word in line.get_identifiers()))
    return "".join(line.substitute(words) for line in kept).encode()


@cache
def _xmp_blocks() -> list[str]:
    """Return what stands in `xmp.xml`, block by block: read once for all PDFs."""
    return Path(__file__).with_name("xmp.xml").read_text(encoding="utf-8").split("\n\n")


def _date_profile(profile: object, moment: datetime) -> None:
    """Put `moment` in place of the clock inside the colour `profile`."""
    if not isinstance(profile, Stream):
        return
    data = bytearray(profile.read_bytes())
    data[_ICC_DATE] = struct.pack(">6H", *moment.timetuple()[:6])
    profile.write(bytes(data))
