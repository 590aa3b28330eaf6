"""Letters as one document: what is merged, and what is refused because it would leak."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from lrtdocs.word.merge import merge_documents

TEMPLATES = Path(__file__).parents[2] / "templates"


def _styled(name):
    return f'<w:p><w:r><w:rPr><w:rStyle w:val="{name}"/></w:rPr><w:t>x</w:t></w:r></w:p>'


REPEATED = _styled("LRTDagtekening") + _styled("LRTKenmerk")
"""What the header of later pages repeats of page 1."""


def _letter(*, body="<w:p><w:r><w:t>Tekst</w:t></w:r></w:p>", first=REPEATED):
    """Return a letter made of the template with another body, below what is `first`."""
    source = (TEMPLATES / "brief.docx").read_bytes()
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(source)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                text = data.decode()
                start = text.index("<w:body>") + len("<w:body>")
                text = text[:start] + first + body + text[text.rindex("<w:sectPr>") :]
                data = text.encode()
            new.writestr(name, data)
    return target.getvalue()


def _main(docx):
    with zipfile.ZipFile(BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()


def test_each_letter_becomes_a_section_that_starts_at_page_1():
    main = _main(merge_documents([_letter(), _letter(), _letter()])[0])

    assert main.count("<w:sectPr>") == 3 + 1  # of the rest
    assert main.count('<w:pgNumType w:start="1"/>') == 3


def test_the_beginning_of_each_letter_is_marked():
    docx, spans = merge_documents([_letter(), _letter()])

    assert spans == tuple((f"lrtbrief000{n}", f"lrteinde000{n}") for n in range(3))
    names = [name for span in spans for name in span]
    assert all(f'w:name="{name}"' in _main(docx) for name in names)


def test_the_number_of_pages_becomes_the_page_of_the_letters_own_end():
    with zipfile.ZipFile(BytesIO(merge_documents([_letter(), _letter()])[0])) as package:
        footers = "".join(
            package.read(name).decode() for name in package.namelist() if "footer" in name
        )

    assert "NUMPAGES" not in footers
    assert "PAGEREF lrteinde0000" in footers
    assert "PAGEREF lrteinde0001" in footers


def test_equal_input_gives_equal_bytes():
    letters = [_letter(), _letter()]

    assert merge_documents(letters) == merge_documents(letters)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', "voetnoten"),
        ('<w:p><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r></w:p>', "TOC"),
        ('<w:p><w:fldSimple w:instr=" SEQ Tabel "/></w:p>', "SEQ"),
        ('<w:p><w:hyperlink w:anchor="verder"/></w:p>', "koppeling binnen"),
        ("<w:tbl/>", "eindigt niet op een alinea"),
        (
            '<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/></w:sectPr></w:pPr></w:p><w:p/>',
            "sectie-einde",
        ),
    ],
)
def test_what_could_reach_another_letter_is_refused_with_its_reason(body, reason):
    assert reason in merge_documents([_letter(), _letter(body=body)]).text


def test_letters_of_two_templates_are_refused():
    other = (TEMPLATES / "agenda.docx").read_bytes()

    assert "verschillen" in merge_documents([_letter(), other]).text


def test_a_file_that_is_no_letter_is_refused():
    assert "niet te lezen" in merge_documents([_letter(), b"geen zip"]).text


def test_a_letter_that_ends_in_a_table_ends_in_its_last_cell():
    body = (
        "<w:p><w:r><w:t>Tekst</w:t></w:r></w:p><w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
        "<w:tr><w:tc><w:p><w:r><w:t>Laatste cel</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    )
    main = _main(merge_documents([_letter(body=body), _letter(body=body)])[0])

    for number in range(2):
        before, _, _ = main.partition(f'w:name="lrteinde{number:04}"')
        assert "</w:tc>" not in before[before.rindex("Laatste cel") :]


def test_what_a_header_repeats_must_stand_in_the_letter_itself():
    """Else it would be that of the letter before."""
    refused = merge_documents([_letter(), _letter(first=_styled("LRTDagtekening"))])

    assert refused.key == "deel.apart_veld"
    assert refused.fields == {"field": 'STYLEREF "LRT Kenmerk"'}
