"""A bundle as its reader gets it: what is in it, where, and what it says of what is not."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

import docx
import pikepdf
import pymupdf
import pytest
import verapdf
from docx.oxml import parse_xml
from PIL import Image
from structure import read_blocks

from lrtdocs import api
from lrtdocs.pdf import check_pdf, look
from lrtdocs.pdf.bundle.annexes import picture_to_pdf
from lrtdocs.word.package.ooxml import W

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.api import Outcome

pytestmark = pytest.mark.office
HEAD = "overleg: Landelijke Regietafel\ndatum: 2025-06-18\ndagtekening: 2025-06-11\n"


def meeting(folder: Path, text: str) -> Path:
    (folder / "huisstijl.yaml").write_text(
        "woordmerk: [Ministerie]\nafzenders: {een: {team: Een}}\n", encoding="utf-8"
    )
    path = folder / "lrt.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def annex(path: Path, *pages: str, size: tuple[int, int] = (595, 842), turned: int = 0) -> None:
    """Write a PDF without tags, a text on each page; with two of them a link from one to two."""
    with pymupdf.open() as pdf:
        for text in pages:
            page = pdf.new_page(width=size[0], height=size[1])
            page.insert_text((60, 80), text)
            page.set_rotation(turned)
        if len(pages) > 1:
            box, to = pymupdf.Rect(60, 70, 200, 90), pymupdf.Point(0, 0)
            pdf[0].insert_link({"kind": pymupdf.LINK_GOTO, "page": 1, "from": box, "to": to})
            pdf.set_toc([[1, "Inleiding", 1], [1, "Slot", 2]])
        pdf.save(path)


def pages_of(path: Path) -> list[str]:
    with pymupdf.open(path) as pdf:
        return [" ".join(page.get_text().split()) for page in pdf]


def bookmarks_of(path: Path) -> list[tuple[int, str, int]]:
    with pymupdf.open(path) as pdf:
        return [(level, title, page) for level, title, page, *_ in pdf.get_toc()]


def keys(outcome: Outcome) -> list[str]:
    return [each.key for each in outcome.problems if each.code != "LRT402"]


def test_agenda_and_annexes_stand_in_one_file_with_bookmarks(tmp_path: Path) -> None:
    annex(tmp_path / "nota.pdf", "Nota een", "Nota twee")
    annex(tmp_path / "kaart.pdf", "Kaart", size=(1191, 842))
    path = meeting(tmp_path, """bijlagen: [{titel: Brief, nummer: 3, bestand: nota.pdf}]
agendapunten:
  - titel: Opening
  - titel: Opvang
    bijlagen: [{titel: Nota, nummer: "2.1", bestand: nota.pdf}]
    subpunten: [{titel: Kaart bekijken, bijlagen: [{titel: Kaart, bestand: kaart.pdf}]}]
""")  # fmt: skip
    outcome = api.bundle_papers(path)
    bundle = tmp_path / "lrt-bundel.pdf"
    assert (outcome.written, keys(outcome)) == ([bundle], ["LRT451"])
    assert bookmarks_of(bundle) == [
        (1, "Agenda", 1),
        (1, "Lijst van bijlagen", 2),
        (1, "1. Opening", 1),
        (1, "2. Opvang", 1),
        (2, "Bijlage 2.1: Nota", 3),
        (3, "Inleiding", 4),
        (3, "Slot", 5),
        (1, "2a Kaart bekijken", 1),
        (2, "Kaart", 6),
        (1, "Bijlagen bij de vergadering", 8),
        (2, "Bijlage 3: Brief", 8),
        (3, "Inleiding", 9),
        (3, "Slot", 10),
    ]
    pages = pages_of(bundle)
    assert "Bijlagenummer 2.1 Stuk Nota Agendapunt 2. Opvang" in pages[2]
    assert pages[3:5] == ["Nota een Bijlage 2.1", "Nota twee Bijlage 2.1"]
    assert pages[6] == "Kaart Kaart"
    assert "2.1 Nota 2 3 – Kaart 2a 6 3 Brief – 8" in pages[1]
    with pymupdf.open(bundle) as pdf:
        assert pdf[6].rect.width == 1191
        assert pdf[3].get_links()[0]["page"] == 4
        assert pdf.metadata["title"] == "Bundel Landelijke Regietafel, 18 juni 2025"


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_number_stands_at_the_top_right_of_a_page_that_is_turned_too(
    tmp_path: Path, turned: int
) -> None:
    annex(tmp_path / "a.pdf", "Tekst", turned=turned)
    path = meeting(
        tmp_path, "agendapunten: [{titel: a, bijlagen: [{titel: b, nummer: 7, bestand: a.pdf}]}]\n"
    )
    api.bundle_papers(path)
    with pymupdf.open(tmp_path / "lrt-bundel.pdf") as pdf:
        page = pdf[3]
        (found,) = page.search_for("Bijlage 7")
        seen = found * page.rotation_matrix
        assert page.rect.width - 40 < seen.x1 < page.rect.width - 20
        assert 20 < seen.y0 < seen.y1 < 45
        assert seen.width > seen.height


def test_what_cannot_be_in_it_has_a_sheet_that_says_so(tmp_path: Path) -> None:
    annex(tmp_path / "goed.pdf", "Goed")
    with pikepdf.open(tmp_path / "goed.pdf") as pdf:
        pdf.save(tmp_path / "slot.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
        pdf.save(tmp_path / "rechten.pdf", encryption=pikepdf.Encryption(owner="a", user=""))
        pdf.Root.Collection = pikepdf.Dictionary()
        pdf.save(tmp_path / "map.pdf")
    (tmp_path / "kapot.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 3000)
    (tmp_path / "cijfers.xlsx").write_bytes(b"PK\x03\x04")
    names = ["slot.pdf", "map.pdf", "kapot.pdf", "cijfers.xlsx", "weg.pdf", "rechten.pdf"]
    lines = "".join(f"      - {{titel: T{n}, bestand: {name}}}\n" for n, name in enumerate(names))
    more = "      - {titel: T6, nazending: ja}\n      - {titel: T7, link: 'https://www.cbs.nl'}\n"
    path = meeting(tmp_path, f"agendapunten:\n  - titel: Opening\n    bijlagen:\n{lines}{more}")
    outcome = api.bundle_papers(path)
    told = [(each.key, each.place.line) for each in outcome.problems if each.place.line]
    assert told == [
        ("LRT229.weg", 11),
        ("LRT450.slot", 7),
        ("LRT450.portfolio", 8),
        ("LRT450.kapot", 9),
        ("LRT450.soort", 10),
    ]
    assert outcome.exit_code == 0
    pages = pages_of(tmp_path / "lrt-bundel.pdf")
    sheets = [page for page in pages[2:] if "Dit stuk zit niet in deze bundel." in page]
    assert [page.split("Stuk ")[1][:2] for page in sheets] == ["T0", "T1", "T2", "T3", "T4"]
    assert "Deze PDF is met een wachtwoord beveiligd." in sheets[0]
    assert pages[-1].startswith("Goed")
    assert "T6 Wordt nagezonden. 1 –" in pages[1]
    assert "T7 Zit niet in deze bundel. https://www.cbs.nl 1 –" in pages[1]


def test_annexes_of_confidential_items_go_in_only_when_asked(tmp_path: Path) -> None:
    annex(tmp_path / "a.pdf", "Geheime inhoud")
    path = meeting(
        tmp_path,
        """agendapunten:
  - {titel: Personen, vertrouwelijk: ja, bijlagen: [{titel: Brief over X, bestand: a.pdf}]}
""",
    )
    assert "LRT450.vertrouwelijk" in keys(api.bundle_papers(path))
    bundle = tmp_path / "lrt-bundel.pdf"
    assert not any("inhoud" in page for page in pages_of(bundle))
    assert "Brief over X" not in pages_of(bundle)[1]
    api.bundle_papers(path, confidential=True)
    assert any("Geheime inhoud" in page for page in pages_of(bundle))
    titles = [title for _, title, _ in bookmarks_of(bundle)]
    assert titles[2:] == ["1. (vertrouwelijk)", "Bijlage (vertrouwelijk)"]


def test_pictures_and_word_documents_become_pages(tmp_path: Path) -> None:
    Image.new("RGBA", (1600, 900), (200, 0, 0, 128)).save(tmp_path / "kaart.PNG")
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (60, 90), "red").save(tmp_path / "foto.jpg", exif=turned)
    memo = docx.Document()
    memo.add_heading("Memo over opvang")
    memo.save(str(tmp_path / "memo.docx"))
    path = meeting(
        tmp_path,
        """agendapunten:
  - titel: a
    bijlagen:
      - {titel: Kaart van Ede, bestand: kaart.PNG}
      - {titel: Foto, bestand: foto.jpg}
      - {titel: Memo, bestand: memo.docx}
""",
    )
    assert keys(api.bundle_papers(path)) == ["LRT451"]
    bundle = tmp_path / "lrt-bundel.pdf"
    with pymupdf.open(bundle) as pdf:
        (wide,), (high,) = pdf[3].get_image_info(), pdf[5].get_image_info()
        assert pdf[3].rect.width > pdf[3].rect.height
        assert [round(edge) for edge in wide["bbox"]] == [42, 43, 799, 468]
        assert high["bbox"][2] - high["bbox"][0] == pytest.approx(90 * 0.75, abs=0.1)
    assert "Memo over opvang" in pages_of(bundle)[7]
    with pikepdf.open(bundle) as pdf:
        whole = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        assert "Kaart van Ede" in [str(each.Alt) for each in whole if "/Alt" in each]


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_a_bundle_of_our_own_papers_is_accessible(tmp_path: Path, flavour: str) -> None:
    path = meeting(
        tmp_path,
        """agendapunten:
  - titel: Opening
    bijlagen: [{titel: Verslag, nummer: 1, bestand: oud-verslag-concept.docx}]
""",
    )
    old = path.with_name("oud.yaml")
    old.write_text(HEAD + "agendapunten: [{titel: Oud punt, verslag: '- een'}]\n", "utf-8")
    api.make_documents([old], "verslag")
    assert keys(api.bundle_papers(path)) == []
    bundle = tmp_path / "lrt-bundel.pdf"
    assert verapdf.failed_rules(bundle, flavour) == []
    assert check_pdf(bundle.read_bytes(), "bundel") == []
    assert look(bundle.read_bytes(), "bundel").problems == []
    assert api.check(bundle) == []
    blocks = [text for _, text in read_blocks(bundle.read_bytes())]
    assert blocks.index("1. Opening") < blocks.index("Stuk Verslag") < blocks.index("1. Oud punt")


def test_the_structure_of_others_is_kept_and_made_where_there_is_none(tmp_path: Path) -> None:
    old = meeting(tmp_path, "agendapunten: [{titel: Oud punt}]\n").rename(tmp_path / "oud.yaml")
    api.make_documents([old], "agenda", api.Options(pdf=True))
    annex(tmp_path / "plat.pdf", "Plat")
    path = meeting(
        tmp_path,
        """agendapunten:
  - {titel: a, bijlagen: [{titel: Oud, bestand: oud-agenda.pdf}, {titel: Plat, bestand: plat.pdf}]}
""",
    )
    assert keys(api.bundle_papers(path)) == ["LRT451"]
    data = (tmp_path / "lrt-bundel.pdf").read_bytes()
    assert ("H2", "1. Oud punt") in read_blocks(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert b"pdfuaid" not in pdf.Root.Metadata.read_bytes()
        last = pdf.pages[-1]
        parents = dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())
        (element,) = parents[int(last.obj.StructParents)]
        assert (element.S, element.Pg.objgen) == ("/P", last.obj.objgen)


def test_a_layer_that_is_off_stays_off(tmp_path: Path) -> None:
    with pymupdf.open() as pdf:
        layer = pdf.add_ocg("verborgen", on=False)
        pdf.new_page().insert_text((60, 80), "Niet voor u", oc=layer)
        pdf.save(tmp_path / "a.pdf")
    path = meeting(tmp_path, "agendapunten: [{titel: a, bijlagen: [{titel: b, bestand: a.pdf}]}]\n")
    api.bundle_papers(path)
    with pymupdf.open(tmp_path / "lrt-bundel.pdf") as pdf:
        (found,) = pdf.get_ocgs().values()
        assert (found["name"], found["on"]) == ("verborgen", False)
        dark = [one for one in pdf[3].get_pixmap().samples[: 595 * 3 * 100] if one < 100]
        assert len(dark) < 2000  # the stamp alone


def test_what_was_filled_in_a_form_is_on_the_page(tmp_path: Path) -> None:
    with pymupdf.open() as pdf:
        field = pymupdf.Widget()
        field.field_name, field.field_type = "naam", pymupdf.PDF_WIDGET_TYPE_TEXT
        field.rect, field.field_value = pymupdf.Rect(60, 60, 300, 90), "Ingevuld"
        pdf.new_page().add_widget(field)
        pdf.save(tmp_path / "a.pdf")
    path = meeting(tmp_path, "agendapunten: [{titel: a, bijlagen: [{titel: b, bestand: a.pdf}]}]\n")
    api.bundle_papers(path)
    assert "Ingevuld" in pages_of(tmp_path / "lrt-bundel.pdf")[3]


def test_the_same_papers_give_the_same_bytes_wherever_they_go(tmp_path: Path) -> None:
    annex(tmp_path / "a.pdf", "Een", "Twee")
    path = meeting(tmp_path, "agendapunten: [{titel: a, bijlagen: [{titel: b, bestand: a.pdf}]}]\n")
    api.bundle_papers(path)
    (named,) = api.bundle_papers(path, str(tmp_path / "uit" / "b.pdf")).written
    assert named.read_bytes() == (tmp_path / "lrt-bundel.pdf").read_bytes()
    wrong = api.bundle_papers(path, str(tmp_path / "b.docx"))
    assert (wrong.written, wrong.exit_code) == ([], 2)


def test_an_agenda_that_was_edited_in_word_goes_in_as_it_is(tmp_path: Path) -> None:
    path = meeting(tmp_path, "agendapunten: [Opening]\n")
    api.make_documents([path], "agenda")
    agenda = docx.Document(str(tmp_path / "lrt-agenda.docx"))
    agenda.add_paragraph("Met de hand erbij.")
    agenda.save(str(tmp_path / "lrt-agenda.docx"))
    assert keys(api.bundle_papers(path)) == ["LRT452", "LRT453"]
    assert "Met de hand erbij." in pages_of(tmp_path / "lrt-bundel.pdf")[0]


def test_what_is_not_the_same_in_a_bundle_is_told(tmp_path: Path) -> None:
    annex(tmp_path / "a.pdf", "Een")
    data = (tmp_path / "a.pdf").read_bytes()
    before, _, _ = data.rpartition(b"startxref")
    (tmp_path / "b.pdf").write_bytes(before + b"startxref\n7\n%%EOF\n")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array())
        pdf.attachments["cijfers.xlsx"] = b"PK"
        pdf.save(tmp_path / "c.pdf")
    path = meeting(
        tmp_path,
        "agendapunten: [{titel: a, bijlagen: [{titel: b, bestand: b.pdf},\n"
        "  {titel: c, bestand: c.pdf}]}]\n",
    )
    told = [(each.key, each.place.line) for each in api.bundle_papers(path).problems]
    assert ("LRT454.hersteld", 4) in told
    assert ("LRT454.handtekening", 5) in told
    assert ("LRT454.bestanden", 5) in told


def test_a_word_document_that_cannot_be_used_is_told_with_what_to_do(tmp_path: Path) -> None:
    changed = docx.Document()
    changed.add_paragraph("Tekst")._p.append(
        parse_xml(f'<w:ins xmlns:w="{W}" w:id="1" w:author="J"><w:r><w:t>erbij</w:t></w:r></w:ins>')
    )
    changed.save(str(tmp_path / "a.docx"))
    (tmp_path / "b.docx").write_bytes(b"PK" + b"x" * 2000)
    path = meeting(
        tmp_path,
        "agendapunten: [{titel: a, bijlagen: [{titel: A, bestand: a.docx},\n"
        "  {titel: B, bestand: b.docx}]}]\n",
    )
    found = [each for each in api.bundle_papers(path).problems if each.code == "LRT450"]
    assert [(each.key, each.place.line) for each in found] == [
        ("LRT450.lezen", 4),
        ("LRT450.lezen", 5),
    ]
    assert "Alle wijzigingen accepteren" in found[0].remedy
    assert found[0].message in pages_of(tmp_path / "lrt-bundel.pdf")[2]


def test_a_file_that_is_empty_and_the_bundle_itself_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "leeg.docx").write_bytes(b"")
    path = meeting(
        tmp_path,
        "agendapunten: [{titel: a, bijlagen: [{titel: A, bestand: leeg.docx},\n"
        "  {titel: B, bestand: ./lrt-bundel.pdf}]}]\n",
    )
    api.bundle_papers(path)
    first = pages_of(tmp_path / "lrt-bundel.pdf")

    outcome = api.bundle_papers(path)

    assert [key for key in keys(outcome) if key.startswith("LRT450")] == [
        "LRT450.zelf",
        "LRT450.leeg",
    ]
    assert pages_of(tmp_path / "lrt-bundel.pdf") == first
    assert "Dit is de bundel zelf." in first[-1]


def test_a_scan_of_a_map_goes_in_without_a_warning_of_a_library() -> None:
    scan = io.BytesIO()
    Image.new("1", (12000, 9000)).save(scan, "PNG")

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = picture_to_pdf(scan.getvalue(), "Kaart")

    assert len(pikepdf.open(io.BytesIO(made)).pages) == 1


def test_a_bookmark_leads_to_the_page_of_its_item(tmp_path: Path) -> None:
    text = "".join(
        f"  - titel: Punt {n}\n    toelichting: |\n      {'Tekst van dit punt. ' * 60}\n"
        f"    subpunten: [Onderdeel, Onderdeel]\n"
        for n in range(1, 13)
    )
    path = meeting(tmp_path, f"agendapunten:\n{text}")
    api.bundle_papers(path)
    bundle = tmp_path / "lrt-bundel.pdf"
    pages, items = pages_of(bundle), bookmarks_of(bundle)[2:]
    assert len(items) == 36
    assert len({page for _, _, page in items}) > 4
    for _, title, page in items:
        assert title in pages[page - 1]
    assert [page for _, _, page in items] == sorted(page for _, _, page in items)
