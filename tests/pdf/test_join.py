"""One file to print: whole, smaller than its letters, and never two recipients on a sheet."""

import random
from datetime import UTC, datetime
from functools import cache
from itertools import accumulate

import pikepdf
import pytest
import verapdf
from pdf_converting import convert_each, convert_kept
from pdf_documents import build_letter
from pdf_letters import NAMES, convert, make_letters, pdfs_of
from structure import read_tagged_text

from lrtdocs.pdf import join_pdfs
from lrtdocs.pdf.bulk.sheets import check_sheets, find_shared_sheet
from lrtdocs.pdf.structure.metadata import claims_of
from lrtdocs.word.merge import merge_documents

MOMENT = datetime(2025, 3, 25, tzinfo=UTC)


def tiny(path, count, text="brief"):
    """Write a PDF of so many pages without tags, a line on each, and return its path."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        for number in range(count):
            pdf.add_blank_page()
            page = pdf.pages[-1].obj
            line = f"{text} {number}".encode().hex().encode()
            page["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page["/Contents"] = pdf.make_stream(b"BT /F1 9 Tf <%s> Tj ET" % line)
        pdf.save(path)
    return path


def join(paths, target, two_sided=None):
    pdfs = [(path.stem, path) for path in paths]
    return join_pdfs(pdfs, target, "Uitnodiging", MOMENT, two_sided=two_sided)


batch = cache(make_letters)


@cache
def letters():
    """Return letters of 1, 2 and 3 pages, as a run makes them."""
    return pdfs_of(convert(batch(), merge=merge_documents)[0])


@pytest.fixture
def written(tmp_path):
    """Return the paths of letters of 1, 2 and 3 pages."""
    paths = [tmp_path / f"{name}.pdf" for name in NAMES]
    for path, pdf in zip(paths, letters(), strict=True):
        path.write_bytes(pdf)
    return paths


def starts(pdf):
    """Return the page on which each letter begins, from 0."""
    number = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        return [number[item.destination[0].objgen] for item in outline.root]


@pytest.mark.office
def test_a_joined_file_has_the_pages_bookmarks_and_text_of_all(tmp_path, written):
    target = tmp_path / "alles.pdf"

    assert join(written, target) is None

    with pikepdf.open(target) as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) == 6
        assert [item.title for item in outline.root] == [path.stem for path in written]
    text = read_tagged_text(target.read_bytes())
    assert sorted(map(text.index, NAMES)) == list(map(text.index, NAMES))


@pytest.mark.office
def test_printed_on_two_sides_each_letter_begins_on_a_front(tmp_path, written):
    target = tmp_path / "alles.pdf"

    assert join(written, target, two_sided=True) is None

    with pikepdf.open(target) as pdf:
        assert starts(pdf) == [0, 2, 4]
        assert len(pdf.pages) == 8
        empty = [number for number, page in enumerate(pdf.pages) if "/StructParents" not in page]
        assert empty == [1, 7]
        assert pdf.pages[1].Contents.read_bytes().split() == [b"/Artifact", b"BMC", b"EMC"]
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"


@pytest.mark.office
@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_a_joined_file_holds_to_the_standards_of_its_letters(tmp_path, written, flavour):
    target = tmp_path / "alles.pdf"
    join(written, target, two_sided=True)

    assert verapdf.failed_rules(target, flavour) == []


@pytest.mark.office
def test_a_joined_file_says_what_it_is_and_claims_no_more_than_its_letters(tmp_path, written):
    target = tmp_path / "alles.pdf"
    join(written, target)
    with pikepdf.open(target) as pdf:
        assert pdf.docinfo.Title == "Uitnodiging"
        assert claims_of(pdf) == {"PDF/UA-1", "PDF/A-2A"}
        assert pdf.Root.Lang == "nl-NL"
        assert len(pdf.Root.OutputIntents) == 1

    join([*written, tiny(tmp_path / "los.pdf", 1)], target)

    with pikepdf.open(target) as pdf:
        assert claims_of(pdf) == set()


@pytest.mark.office
def test_fonts_and_pictures_of_many_letters_stand_in_the_file_once(tmp_path, written):
    target = tmp_path / "alles.pdf"
    join(written * 20, target)

    with pikepdf.open(target) as pdf:
        files = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)
                 and "/Length1" in each]  # fmt: skip
        assert len(files) == len(pdf.pages[0].Resources.Font)
    assert target.stat().st_size < 20 * sum(path.stat().st_size for path in written) / 4


@pytest.mark.office
def test_a_letter_that_was_finished_another_way_keeps_its_own_fonts(tmp_path):
    pdf = convert_kept([build_letter("Ω en 漢", pages=1)])[0]
    path, target = tmp_path / "een.pdf", tmp_path / "alles.pdf"
    path.write_bytes(pdf)

    assert join([path, path], target, two_sided=True) is None

    assert "Ω en" in read_tagged_text(target.read_bytes())


@pytest.mark.office
def test_a_single_document_has_the_bytes_that_it_has_in_a_run():
    assert pdfs_of(convert_each([docx for _, docx in batch()])) == letters()


def test_names_of_cells_stay_apart_and_headers_go_along(tmp_path):
    path, target = tmp_path / "tabel.pdf", tmp_path / "alles.pdf"
    with pikepdf.open(tiny(path, 1), allow_overwriting_input=True) as pdf:
        make = pdf.make_indirect
        head = make(pikepdf.Dictionary(S=pikepdf.Name.TH, ID=pikepdf.String("kop")))
        names = pikepdf.Dictionary(O=pikepdf.Name.Table, Headers=[pikepdf.String("kop")])
        cell = make(pikepdf.Dictionary(S=pikepdf.Name.TD, A=names))
        top = make(pikepdf.Dictionary(S=pikepdf.Name.Document, K=[head, cell]))
        head.P = cell.P = top
        tree = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=top)
        pdf.Root.StructTreeRoot = make(tree)
        pdf.save(path)

    assert join([path] * 3, target) is None

    with pikepdf.open(target) as pdf:
        parts = list(pdf.Root.StructTreeRoot.K.K)
        heads = [str(part.K[0].ID) for part in parts]
        assert heads == [str(part.K[1].A.Headers[0]) for part in parts]
        assert sorted(set(heads)) == [
            str(name) for name in pdf.Root.StructTreeRoot.IDTree.Names[::2]
        ]


# --- the proof


def test_a_page_that_shows_only_a_picture_is_no_empty_page(tmp_path):
    first, other, target = tiny(tmp_path / "a.pdf", 1), tmp_path / "b.pdf", tmp_path / "c.pdf"
    with pikepdf.open(tiny(other, 2)) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"0 0 100 100 re f")
        pdf.pages[1].Contents = pdf.make_stream(b"")
        pdf.save(tmp_path / "d.pdf")

    assert join([first, tmp_path / "d.pdf", first], target, two_sided=True) is None

    with pikepdf.open(target) as pdf:
        assert starts(pdf) == [0, 2, 4]


def test_any_mix_of_pages_on_two_sides_begins_each_letter_on_a_front():
    chance = random.Random(9)
    for _ in range(10_000):
        counts = [chance.randint(1, 7) for _ in range(chance.randint(1, 30))]
        plain = [number for number, count in enumerate(counts) for _ in range(count)]
        ends = list(accumulate(counts))
        shared = next((n for n in ends[:-1] if n % 2), None)
        assert find_shared_sheet(plain) == (shared and (shared + 1) // 2)
        padded = []
        for number, count in enumerate(counts):
            padded += [number] * count + [None] * (count % 2)
        assert find_shared_sheet(padded) is None


def test_some_hundred_files_of_any_mix_of_pages_are_proved(tmp_path):
    chance = random.Random(3)
    made = {count: tiny(tmp_path / f"{count}.pdf", count, f"van {count}") for count in range(1, 6)}
    target = tmp_path / "alles.pdf"
    for _ in range(100):
        counts = [chance.randint(1, 5) for _ in range(chance.randint(1, 6))]
        assert join([made[count] for count in counts], target, two_sided=True) is None
        with pikepdf.open(target) as pdf:
            assert starts(pdf) == [0, *accumulate(n + n % 2 for n in counts[:-1])]
            assert len(pdf.pages) == sum(n + n % 2 for n in counts)


@pytest.mark.parametrize(
    ("made_of", "read_as", "told"),
    [
        ("ab", "ab", "deel.print_vel"),
        ("cb", "bc", "deel.print_tekst"),
        ("ca", "cab", "deel.print_mist"),
        ("cab", "ca", "deel.print_tekst"),
        ("ccb", "cb", "deel.print_tekst"),
        ("ca", "ca", None),
    ],
)
def test_a_file_that_is_not_its_letters_is_found_out(tmp_path, made_of, read_as, told):
    pages = {"a": 1, "b": 2, "c": 2}
    paths = {name: tiny(tmp_path / f"{name}.pdf", pages[name], name) for name in pages}
    target = tmp_path / "alles.pdf"
    join([paths[name] for name in made_of], target, two_sided=False)

    fault = check_sheets(target, [paths[name] for name in read_as], two_sided=True)

    assert (fault and fault.key) == told


@pytest.mark.office
def test_a_page_that_stands_elsewhere_in_the_structure_is_found_out(tmp_path, written):
    target = tmp_path / "alles.pdf"
    join(written, target)
    with pikepdf.open(target, allow_overwriting_input=True) as pdf:
        parts = pdf.Root.StructTreeRoot.K.K
        parts[0], parts[1] = parts[1], parts[0]
        pdf.save(target)

    assert check_sheets(target, written, two_sided=False).key == "deel.print_plaats"


def test_a_letter_that_is_no_pdf_is_told(tmp_path):
    bad = tmp_path / "stuk.pdf"
    bad.write_bytes(b"%PDF-1.7 en verder niets")

    fault = join([bad], tmp_path / "alles.pdf")

    assert (fault.key, "PdfError" in fault.fields["reason"]) == ("deel.print_stuk", True)
