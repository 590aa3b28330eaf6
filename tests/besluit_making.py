"""The template of the example `besluit`, made of the shipped letter: a decision, and its rows.

python tests/besluit_making.py examples/verzendingen/besluit/sjablonen/besluit.docx
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Mm

BODY, HEAD, LAST = "Body Text", "LRT Tussenkop", "LRT Slotalinea"
BEFORE = [
    (BODY, "Op 1 september 2026 hebt u een bijdrage gevraagd voor de locaties in uw gemeente."),
    (BODY, "{%p if zienswijze %}"),
    (BODY, "U hebt uw zienswijze gegeven. Die heb ik meegewogen bij dit besluit."),
    (BODY, "{%p endif %}"),
    (HEAD, "Besluit"),
    (BODY, "{%p if rijen %}"),
    (BODY, ("Ik ken u een bijdrage toe van {{ totaal_bedrag }}, voor "
            "{{ 'deze locatie' if aantal_rijen == 1 else 'deze locaties' }}:")),
]  # fmt: skip
BETWEEN = [
    (BODY, "{%p else %}"),
    (BODY, "Ik ken u geen bijdrage toe, omdat er in 2026 geen locatie in uw gemeente was."),
    (BODY, "{%p endif %}"),
    (BODY, "{%p if aantal_rijen > 10 %}"),
    (BODY, "Omdat u meer dan tien locaties hebt, betaal ik de bijdrage in vier delen."),
    (BODY, "{%p elif rijen %}"),
    (BODY, "Ik betaal de bijdrage in één keer, vóór 1 februari 2027."),
    (BODY, "{%p endif %}"),
    (HEAD, "Bezwaar"),
    (LAST, ("Bent u het niet eens met dit besluit? Dan kunt u binnen zes weken na de dag waarop "
            "het is verzonden bezwaar maken. Zet in uw bezwaarschrift uw naam en adres, de datum, "
            "het kenmerk van dit besluit ({{ onze_referentie }}) en waarom u het er niet mee eens "
            "bent, en onderteken het. Stuur het naar het adres dat bovenaan deze brief staat, ter "
            "attentie van de afdeling Bezwaar.")),
]  # fmt: skip
ROWS = [
    (("LRT Celkop", "Locatie"), ("LRT Celkop getal", "Plaatsen"), ("LRT Celkop getal", "Bijdrage")),
    (("LRT Cel", "{%tr for rij in rijen %}"), ("LRT Cel getal", ""), ("LRT Cel getal", "")),
    (("LRT Cel", "{{ rij.locatie }}"), ("LRT Cel getal", "{{ rij.plaatsen }}"),
     ("LRT Cel getal", "{{ rij.bedrag | bedrag }}")),
    (("LRT Cel", "{%tr endfor %}"), ("LRT Cel getal", ""), ("LRT Cel getal", "")),
    (("LRT Cel", "Totaal"), ("LRT Cel getal", "{{ totaal_plaatsen }}"),
     ("LRT Cel getal", "{{ totaal_bedrag }}")),
]  # fmt: skip
WIDTHS = (Mm(66), Mm(25), Mm(40))


def build(letter: Path, target: Path) -> None:
    """Write the template `target`, made of the shipped `letter`."""
    document = Document(str(letter))
    paragraphs = list(document.paragraphs)
    texts = [one.text.strip() for one in paragraphs]
    start, end = texts.index("{%p if tekst_tot_slot %}"), texts.index("{%p if slotalinea %}") + 2
    place, old = paragraphs[start], paragraphs[start : end + 1]
    for style, text in BEFORE:
        above = place.insert_paragraph_before(text, style)
    above.paragraph_format.keep_with_next = True
    table = document.add_table(0, 3)
    place._p.addprevious(table._tbl)
    fill(table)
    for style, text in BETWEEN:
        place.insert_paragraph_before(text, style)
    for one in old:
        one._p.getparent().remove(one._p)
    document.core_properties.modified = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    target.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(target))


def fill(table: object) -> None:
    """Give `table` its rows, in the styles of the house; the first returns on each page."""
    table.style = "LRT Tabel"
    table.autofit = False
    for number, cells in enumerate(ROWS):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, width, (style, text) in zip(row.cells, WIDTHS, cells, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.style = style
            paragraph.add_run(text).bold = True if number == len(ROWS) - 1 else None


if __name__ == "__main__":
    build(Path("templates/brief.docx"), Path(sys.argv[1]))
