"""The letters of the benchmark: 342 records, and one template in the tag syntax of every peer.

The template is built once a syntax from the same paragraphs, so that all ways make the same letter:
two pages, sixty substitutions, a table with a row for each of six half-years, a logo, and headers
and footers. Names and inhabitants are those of the register; addresses and amounts are invented.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.document import Document
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

Record = dict[str, object]
"""The words of one letter: texts, and under `rijen` a list of rows (dicts of texts)."""

_FIELD = re.compile(r"\[(\w+)\]")
_TOTALS = (
    *(("2023-I", 21200), ("2023-II", 22750), ("2024-I", 18750), ("2024-II", 17100)),
    *(("2025-I", 15000), ("2025-II", 13000)),
)
ROW_FIELDS = ("halfjaar", "landelijk", "taakstelling", "gerealiseerd", "saldo")

_HEAD = (
    "> Retouradres [retouradres]",
    (
        "Het college van burgemeester en wethouders\nvan de gemeente [gemeente]\n[adres]\n"
        "[postcode]  [plaats]"
    ),
)
_REFERENCE = (
    ("Datum", "[datum]"),
    ("Betreft", "Taakstelling huisvesting vergunninghouders [halfjaar_nu], gemeente [gemeente]"),
    ("Ons kenmerk", "[kenmerk]"),
    ("Uw kenmerk", "[uw_kenmerk]"),
    ("Contactpersoon", "[contact], [contact_functie], [contact_telefoon], [contact_email]"),
)
_BEFORE = (
    "[aanhef]",
    (
        "Voor [halfjaar_nu] is de taakstelling van de gemeente [gemeente] ([code], provincie "
        "[provincie]) vastgesteld op [aantal] vergunninghouders. In deze brief leest u waarop dat "
        "aantal berust, wat er met uw achterstand of voorsprong gebeurt, en waar u terecht kunt."
    ),
    "Hoe dit aantal is berekend",
    (
        "Landelijk zijn in [halfjaar_nu] [landelijk_totaal] vergunninghouders te huisvesten. Dat "
        "aantal wordt over de gemeenten verdeeld naar het aantal inwoners op [peildatum]: "
        "[inwoners] in uw gemeente en [inwoners_nederland] in Nederland. De uitkomst is naar boven "
        "afgerond op een heel getal. Het landelijke totaal is bekendgemaakt in de Staatscourant "
        "van [bekendgemaakt]."
    ),
    "De afgelopen jaren zag het verloop voor [gemeente] er als volgt uit.",
)
_AFTER = (
    (
        "Aan het einde van [halfjaar_vorig] had uw gemeente een [saldo_soort] van [saldo]. Die "
        "gaat mee naar [halfjaar_nu]. Uw opgave voor dit halfjaar komt daarmee op [opgave]."
    ),
    "De wet",
    (
        "Het college van burgemeester en wethouders zorgt voor de huisvesting van "
        "vergunninghouders in de gemeente, overeenkomstig de taakstelling (artikel 28 van de "
        "Huisvestingswet 2014). Het aantal volgt uit artikel 29 van die wet. Gemeenten kunnen "
        "onderling afspreken dat de een meer huisvest en de ander minder, zolang de som gelijk "
        "blijft. Wilt u dat met een andere gemeente in [provincie] afspreken, meld dat dan voor "
        "[meldtermijn] aan [meldadres]."
    ),
    "Toezicht",
    (
        "Gedeputeerde staten van [provincie] zien toe op de uitvoering. Zij ontvangen een "
        "afschrift van deze brief. Op [peilmoment] kijken zij of uw gemeente de opgave van "
        "[opgave] heeft gehaald. Is dat niet zo, dan bespreken zij met u hoe en wanneer u de "
        "achterstand inloopt."
    ),
    "Wat u kunt verwachten",
    (
        "Het Centraal Orgaan opvang asielzoekers koppelt vergunninghouders aan uw gemeente. Voor "
        "[gemeente] is [regisseur] uw vaste regisseur; u bereikt [regisseur_kort] op "
        "[regisseur_telefoon] of via [regisseur_email]. Van iedere vergunninghouder ontvangt u zo "
        "vroeg mogelijk de gegevens die nodig zijn om passende woonruimte te zoeken: de "
        "samenstelling van het huishouden, de taal, het arbeidsverleden en wat medisch van belang "
        "is."
    ),
    (
        "Voor tijdelijke woonruimte bestaan regelingen, waaronder een bijdrage per huishouden van "
        "ten hoogste [bijdrage]. Een aanvraag doet u voor [aanvraagtermijn]. Op de website van het "
        "ministerie staan de voorwaarden, voorbeelden van andere gemeenten en een rekenhulp voor "
        "de kosten per woning. Ook voor doorstroomlocaties en voor woningdelen vindt u daar uitleg."
    ),
    (
        "Rond [startdatum] nodigt de regisseur u uit voor een gesprek over de planning van het "
        "halfjaar. Heeft u daarvoor al een voorstel, stuur dat dan naar [regisseur_email], onder "
        "vermelding van [kenmerk]."
    ),
    "Vragen",
    (
        "Met vragen over deze brief kunt u terecht bij [contact] ([contact_functie]), telefoon "
        "[contact_telefoon], e-mail [contact_email]. Voor vragen over gekoppelde vergunninghouders "
        "is [regisseur] uw aanspreekpunt."
    ),
    "Ik dank u en uw medewerkers voor de inzet waarmee u aan deze opgave werkt.",
    "Hoogachtend,",
    "[ambt],\n[namens]\n[ondertekenaar]\n[functie]",
)
_HEADINGS = {"Hoe dit aantal is berekend", "De wet", "Toezicht", "Wat u kunt verwachten", "Vragen"}
_COLUMNS = ("Halfjaar", "Landelijk", "Taakstelling", "Gerealiseerd", "Saldo")


@dataclass(frozen=True)
class Syntax:
    """How one peer writes tags: a field in a paragraph, and the rows of the table."""

    name: str
    put_field: Callable[[Paragraph, str], None]
    put_rows: Callable[[Table, Callable[[Paragraph, str], None]], None]


def _mustache(before: str, after: str) -> Callable[[Paragraph, str], None]:
    def put(paragraph: Paragraph, name: str) -> None:
        paragraph.add_run(f"{before}{name}{after}")

    return put


def _merge_field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" MERGEFIELD {name} \\* MERGEFORMAT ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = f"«{name}»"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields


def _add_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _jinja_rows(table: Table, put_field: Callable[[Paragraph, str], None]) -> None:
    _add_row(table).cells[0].text = "{%tr for rij in rijen %}"
    for cell, name in zip(_add_row(table).cells, ROW_FIELDS, strict=True):
        put_field(cell.paragraphs[0], f"rij.{name}")
    _add_row(table).cells[0].text = "{%tr endfor %}"


def _plain_rows(table: Table, put_field: Callable[[Paragraph, str], None]) -> None:
    for cell, name in zip(_add_row(table).cells, ROW_FIELDS, strict=True):
        put_field(cell.paragraphs[0], f"rij_{name}")


def _section_rows(table: Table, put_field: Callable[[Paragraph, str], None]) -> None:
    cells = _add_row(table).cells
    for number, (cell, name) in enumerate(zip(cells, ROW_FIELDS, strict=True)):
        paragraph = cell.paragraphs[0]
        if number == 0:
            paragraph.add_run("{#rijen}")
        put_field(paragraph, f"rij_{name}")
        if number == len(cells) - 1:
            paragraph.add_run("{/rijen}")


JINJA = Syntax("jinja", _mustache("{{ ", " }}"), _jinja_rows)
MERGEFIELD = Syntax("mergefield", _merge_field, _plain_rows)
DOCXTEMPLATER = Syntax("docxtemplater", _mustache("{", "}"), _section_rows)


def build_template(syntax: Syntax) -> bytes:
    """Return the letter as a .docx with the tags of `syntax`."""
    document = docx.Document()
    _slim_down(document)
    document.core_properties.title = "Taakstelling"
    document.styles["Normal"].font.name = "Verdana"
    document.styles["Normal"].font.size = Pt(9)
    _build_margins(document, syntax)
    for text in _HEAD:
        _add(document.add_paragraph(), text, syntax)
    reference = document.add_table(rows=0, cols=2)
    for label, value in _REFERENCE:
        cells = _add_row(reference).cells
        cells[0].text = label
        _add(cells[1].paragraphs[0], value, syntax)
    _add_texts(document, _BEFORE, syntax)
    table = document.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, _COLUMNS, strict=True):
        cell.text = name
    syntax.put_rows(table, syntax.put_field)
    _add_texts(document, _AFTER, syntax)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _slim_down(document: Document) -> None:
    """Leave out what python-docx's blank document has and a slim template has not.

    That is 800 kB of table styles, styles for an old Word, a thumbnail: without them every way is
    faster, and what is compared is the letter.
    """
    styles = document.styles.element
    for style in list(styles):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in {
            "TableNormal",
            "TableGrid",
        }:
            styles.remove(style)
    for part in (document.part, document.part.package):
        for rel_id, rel in list(part.rels.items()):
            if rel.reltype.rpartition("/")[2] in {"stylesWithEffects", "customXml", "thumbnail"}:
                del part.rels[rel_id]


def _build_margins(document: Document, syntax: Syntax) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    logo = section.first_page_header.paragraphs[0].add_run()
    logo.add_picture(io.BytesIO(draw_logo()), width=Cm(1.6))
    _add(section.header.paragraphs[0], "[afzender]\nBrief van [datum], kenmerk [kenmerk]", syntax)
    _add(section.first_page_footer.paragraphs[0], "[afzender], [retouradres]", syntax)
    _add(section.footer.paragraphs[0], "Aan de gemeente [gemeente]", syntax)


def _add_texts(document: Document, texts: tuple[str, ...], syntax: Syntax) -> None:
    for text in texts:
        style = "Heading 2" if text in _HEADINGS else None
        _add(document.add_paragraph(style=style), text, syntax)


def _add(paragraph: Paragraph, text: str, syntax: Syntax) -> None:
    """Put `text` into `paragraph`, with a tag for each [field] in it."""
    for number, piece in enumerate(_FIELD.split(text)):
        if number % 2:
            syntax.put_field(paragraph, piece)
        elif piece:
            paragraph.add_run(piece)


def draw_logo(side: int = 96) -> bytes:
    """Return a PNG of `side` pixels square: a disc, since the real logo is not ours to use."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    half = side / 2
    rows = [
        bytes(
            30 if (x - half) ** 2 + (y - half) ** 2 < half * half * 0.9 else 255
            for x in range(side)
        )
        for y in range(side)
    ]
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    image = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", image) + chunk(b"IEND", b"")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".") if value >= 10_000 else str(value)


def make_records(count: int = 342) -> Iterator[Record]:
    """Yield the words of `count` letters; after the last gemeente the first comes again."""
    register = load_register()
    date = max(register.peildata)
    national = register.nationaal[date]
    gemeenten = [g for g in register.gemeenten if date in g.inwoners]
    for index in range(count):
        gemeente = gemeenten[index % len(gemeenten)]
        inwoners = gemeente.inwoners[date]
        rows = [
            _make_row(halfjaar, total, inwoners, national, index) for halfjaar, total in _TOTALS
        ]
        aantal = -(-inwoners * _TOTALS[-1][1] // national)
        yield {
            **SHARED,
            "gemeente": gemeente.naam,
            "code": gemeente.code,
            "provincie": gemeente.provincie,
            "adres": f"Postbus {10 + index * 7 % 20_000}",
            "postcode": f"{1000 + index * 23 % 8999} {'AEHK'[index % 4]}{'BDGLPSV'[index % 7]}",
            "plaats": gemeente.naam.upper(),
            "kenmerk": f"2025-{index:07d}",
            "uw_kenmerk": f"Z/{index * 31 % 99_991:05d}/AZ & RO",
            "aanhef": "Geacht college,",
            "aantal": _number(aantal),
            "inwoners": _number(inwoners),
            "inwoners_nederland": _number(national),
            "saldo_soort": "achterstand" if index % 3 else "voorsprong",
            "saldo": str(index % 11),
            "opgave": _number(max(0, aantal + (1 if index % 3 else -1) * (index % 11))),
            "regisseur": f"de heer of mevrouw Regisseur {index % 12}",
            "regisseur_kort": f"Regisseur {index % 12}",
            "regisseur_telefoon": f"06-{index * 7919 % 100_000_000:08d}",
            "regisseur_email": f"regisseur{index % 12}@voorbeeld.nl",
            "rijen": rows,
        }


def _make_row(halfjaar: str, total: int, inwoners: int, national: int, index: int) -> Record:
    taak = -(-inwoners * total // national)
    gedaan = max(0, taak - (index * 5 + total) % 9 + 4)
    return {
        "halfjaar": halfjaar,
        "landelijk": _number(total),
        "taakstelling": _number(taak),
        "gerealiseerd": _number(gedaan),
        "saldo": f"{gedaan - taak:+d}",
    }


SHARED: Record = {
    "afzender": "Directoraat-generaal Voorbeeld, directie Huisvesting",
    "retouradres": "Postbus 00000, 2500 XX  Den Haag",
    "datum": "1 april 2025",
    "halfjaar_nu": "de tweede helft van 2025",
    "halfjaar_vorig": "de eerste helft van 2025",
    "peildatum": "1 januari 2024",
    "landelijk_totaal": "13.000",
    "bekendgemaakt": "28 maart 2025",
    "meldtermijn": "1 juli 2025",
    "meldadres": "taakstelling@voorbeeld.nl",
    "peilmoment": "1 januari 2026",
    "bijdrage": "€ 30.000",
    "aanvraagtermijn": "1 september 2025",
    "startdatum": "1 juli 2025",
    "contact": "A. Voorbeeld",
    "contact_functie": "beleidsmedewerker",
    "contact_telefoon": "070-0000000",
    "contact_email": "a.voorbeeld@voorbeeld.nl",
    "ambt": "De minister van Voorbeeld",
    "namens": "namens deze,",
    "ondertekenaar": "B. van den Berg-Ōta",
    "functie": "directeur Huisvesting",
}
"""The words that are the same in every letter of the run."""


def prefix_rows(record: Record) -> Record:
    """Return `record` with the fields of its rows named rij_…, for peers without dots in names."""
    rows = record["rijen"]
    assert isinstance(rows, list)  # noqa: S101 - made above
    return {
        **record,
        "rijen": [{f"rij_{name}": value for name, value in row.items()} for row in rows],
    }
