"""What a PDF says about itself: title, dates, and to which standards it holds.

LibreOffice puts the clock in five places: the Info dictionary, the XMP packet, both halves of
`/ID`, `DocChecksum`, and the colour profile. All five are made to depend on the document only,
so that the same document gives the same bytes.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape

from pikepdf import Name, ObjectStreamMode, Pdf, Stream

_ICC_DATE = slice(24, 36)  # ICC.1:2010, 7.2.1: six big-endian 16-bit numbers
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{claims}{descriptions} </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
_PDFA = """  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>{level}</pdfaid:conformance>
  </rdf:Description>
"""
# PDF/A wants every schema that it does not know explained in the file itself.
_PDFUA = """  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
"""


def claims_of(pdf: Pdf) -> set[str]:
    """Return the standards that `pdf` says it holds to: of "PDF/UA-1", "PDF/A-2A", "PDF/A-2B"."""
    stream = pdf.Root.get("/Metadata")
    packet = b"" if stream is None else stream.read_bytes()
    found = {
        "PDF/UA-1": b"<pdfuaid:part>1<",
        "PDF/A-2A": b"<pdfaid:conformance>A<",
        "PDF/A-2B": b"<pdfaid:conformance>B<",
    }
    return {claim for claim, text in found.items() if text in packet}


def write_metadata(pdf: Pdf, moment: datetime, claims: set[str]) -> None:
    """Write Info and XMP of `pdf` anew, with `moment` as the only date and exactly `claims`."""
    moment = moment.astimezone(UTC).replace(microsecond=0)
    facts = {
        key: str(pdf.docinfo[key])
        for key in ("/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer")
        if key in pdf.docinfo
    }
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    for key, text in facts.items():
        pdf.docinfo[key] = text
    for key in ("/CreationDate", "/ModDate"):
        pdf.docinfo[key] = f"D:{moment:%Y%m%d%H%M%S}Z"
    packet = _packet(facts, str(pdf.Root.get("/Lang", "")), moment, claims)
    pdf.Root["/Metadata"] = pdf.make_indirect(
        Stream(pdf, packet, {"/Type": Name.Metadata, "/Subtype": Name.XML})
    )
    for intent in pdf.Root.get("/OutputIntents", []):
        _date_profile(intent.get("/DestOutputProfile"), moment)


def save_reproducibly(pdf: Pdf) -> bytes:
    """Return the bytes of `pdf`, the same for the same content, with small objects packed."""
    for key in ("/ID", "/DocChecksum"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    target = BytesIO()
    pdf.save(
        target,
        min_version="1.7",
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=ObjectStreamMode.generate,
    )
    return target.getvalue()


def _packet(facts: dict[str, str], language: str, moment: datetime, claims: set[str]) -> bytes:
    level = "A" if "PDF/A-2A" in claims else "B" if "PDF/A-2B" in claims else ""
    claimed = _PDFA.format(level=level) if level else ""
    if "PDF/UA-1" in claims:
        claimed += _PDFUA
    date = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    described = _description(
        "dc",
        "http://purl.org/dc/elements/1.1/",
        {
            "format": "application/pdf",
            "title": _container("Alt", facts.get("/Title"), ' xml:lang="x-default"'),
            "creator": _container("Seq", facts.get("/Author")),
            "description": _container("Alt", facts.get("/Subject"), ' xml:lang="x-default"'),
            "language": _container("Bag", language),
            "date": _container("Seq", date),
        },
    )
    described += _description(
        "pdf",
        "http://ns.adobe.com/pdf/1.3/",
        {
            "Producer": escape(facts.get("/Producer", "")),
            "Keywords": escape(facts.get("/Keywords", "")),
        },
    )
    described += _description(
        "xmp",
        "http://ns.adobe.com/xap/1.0/",
        {
            "CreatorTool": escape(facts.get("/Creator", "")),
            "CreateDate": date,
            "ModifyDate": date,
            "MetadataDate": date,
        },
    )
    return _PACKET.format(claims=claimed, descriptions=described).encode("utf-8")


def _description(prefix: str, schema: str, values: dict[str, str]) -> str:
    lines = "".join(
        f"   <{prefix}:{name}>{value}</{prefix}:{name}>\n"
        for name, value in values.items()
        if value
    )
    return (
        f'  <rdf:Description rdf:about="" xmlns:{prefix}="{schema}">\n{lines}  </rdf:Description>\n'
    )


def _container(kind: str, text: str | None, attributes: str = "") -> str:
    if not text:
        return ""
    return f"<rdf:{kind}><rdf:li{attributes}>{escape(text)}</rdf:li></rdf:{kind}>"


def _date_profile(profile: object, moment: datetime) -> None:
    """Put `moment` in place of the clock inside the colour `profile`."""
    if not isinstance(profile, Stream):
        return
    data = bytearray(profile.read_bytes())
    data[_ICC_DATE] = struct.pack(">6H", *moment.timetuple()[:6])
    profile.write(bytes(data))
