"""The picture of a signature, in the room that is else left to sign."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from mailing_making import run
from PIL import Image

from lrtdocs import api
from lrtdocs.api.checking import check

BRIEF = """\
sjabloon: brief
ontvangers: lijst.csv
dagtekening: 2025-03-14
betreft: Bezoek
tekst: Wij zijn er op 3 mei.
ondertekening: {ambt: De minister, naam: J. Jansen, handtekening: paraaf.png}
"""


@pytest.fixture
def mailing(tmp_path: Path) -> Path:
    (tmp_path / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    rows = "naam;adres;postcode;plaats\nA;Straat 1;1234 AB;Ede\nB;Straat 2;1234 AB;Ede\n"
    (tmp_path / "lijst.csv").write_text(rows, encoding="utf-8")
    draw(tmp_path / "paraaf.png")
    path = tmp_path / "m.yaml"
    path.write_text(BRIEF, encoding="utf-8")
    return path


def draw(path: Path, size: tuple[int, int] = (900, 400), ink: str = "black") -> None:
    picture = Image.new("RGB", size, "white")
    picture.paste(ink, (100, 100, 300, 200))
    picture.save(path, dpi=(300, 300))


def first(folder: Path) -> bytes:
    return min((folder / "uit").glob("*.docx")).read_bytes()


def test_the_picture_stands_above_the_name_and_fits_the_four_blank_lines(mailing: Path) -> None:
    assert run(mailing, mailing.parent / "uit").exit_code == 0

    document = Document(BytesIO(first(mailing.parent)))
    *_, office, hand, name = document.paragraphs
    assert (office.text, name.text) == ("De minister,", "J. Jansen")
    assert [p.style.name for p in (hand, name)] == ["LRT Handtekening", "LRT Ondertekenaar"]
    (shape,) = (one for one in document.inline_shapes)
    assert shape.height.pt == pytest.approx(45, abs=0.1)
    assert shape.width / shape.height == pytest.approx(900 / 400, rel=0.01)
    assert shape._inline.docPr.get("descr") == "Handtekening van J. Jansen"


def test_a_small_picture_is_not_made_larger(mailing: Path) -> None:
    draw(mailing.parent / "paraaf.png", (300, 90))
    run(mailing, mailing.parent / "uit")

    (shape,) = Document(BytesIO(first(mailing.parent))).inline_shapes
    assert (shape.width.inches, shape.height.inches) == (
        pytest.approx(1.0, abs=0.01), pytest.approx(0.3, abs=0.01),
    )  # fmt: skip


def test_without_being_asked_there_is_room_to_sign_and_no_picture(mailing: Path) -> None:
    mailing.write_text(BRIEF.replace(", handtekening: paraaf.png", ""), encoding="utf-8")
    run(mailing, mailing.parent / "uit")

    docx = first(mailing.parent)
    document = Document(BytesIO(docx))
    assert list(document.inline_shapes) == []
    assert document.paragraphs[-1].style.name == "Signature"
    with ZipFile(BytesIO(docx)) as archive:
        assert not [one for one in archive.namelist() if one.startswith("word/media/lrt-")]


def test_another_picture_makes_the_letters_again_and_says_why(mailing: Path) -> None:
    run(mailing, mailing.parent / "uit")
    assert run(mailing, mailing.parent / "uit").same == 2

    draw(mailing.parent / "paraaf.png", ink="blue")

    outcome = run(mailing, mailing.parent / "uit")
    assert outcome.made == 2
    assert outcome.reasons == {"handtekening anders": 2}


def test_what_nobody_reads_makes_no_version_of_what_went_out(mailing: Path) -> None:
    """The picture of a signature, and the bar code of the post."""
    folder = mailing.parent
    run(mailing, folder / "uit")
    api.mark_sent(folder / "uit")
    draw(folder / "paraaf.png", ink="blue")
    with (folder / "huisstijl.yaml").open("a", encoding="utf-8") as file:
        file.write("kix: {lettertype: KIX Barcode}\n")

    outcome = run(mailing, folder / "uit")

    assert (outcome.made, outcome.same) == (0, 2)


def test_a_picture_of_one_language_makes_versions_in_that_language_only(mailing: Path) -> None:
    folder = mailing.parent
    for name in ("kaart.png", "map.png"):
        draw(folder / name)
    text = BRIEF.replace("tekst: Wij", "tekst: |\n  ![een kaart](kaart.png)\n\n  Wij")
    english = "vertaling:\n  betreft: Visit\n  tekst: |\n    ![a map](map.png)\n\n    Hello.\n"
    mailing.write_text(text + english, encoding="utf-8")
    rows = "naam;adres;postcode;plaats;taal\nA;Straat 1;1234 AB;Ede;nl\nB;Straat 2;1234 AB;Ede;en\n"
    (folder / "lijst.csv").write_text(rows, encoding="utf-8")
    assert run(mailing, folder / "uit").exit_code == 0
    api.mark_sent(folder / "uit")

    draw(folder / "map.png", ink="blue")
    assert run(mailing, folder / "uit").made == 1
    assert (folder / "uit" / "0002-B-v2.docx").exists()
    draw(folder / "kaart.png", ink="blue")
    run(mailing, folder / "uit")
    assert (folder / "uit" / "0001-A-v2.docx").exists()


@pytest.mark.parametrize(
    ("name", "key"), [("weg.png", "LRT298.bestand"), ("lijst.csv", "LRT298.beeld")]
)
def test_a_picture_that_cannot_be_shown_is_told_at_its_line(
    mailing: Path, name: str, key: str
) -> None:
    mailing.write_text(BRIEF.replace("paraaf.png", name), encoding="utf-8")

    (problem,) = check(mailing)

    assert (problem.key, problem.place.line) == (key, 6)


def test_a_letter_in_english_says_whose_signature_it_is_in_english(mailing: Path) -> None:
    mailing.write_text(BRIEF + "taal: en\n", encoding="utf-8")
    run(mailing, mailing.parent / "uit")

    (shape,) = Document(BytesIO(first(mailing.parent))).inline_shapes
    assert shape._inline.docPr.get("descr") == "Signature of J. Jansen"
