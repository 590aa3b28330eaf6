"""The numbers of the house style: units, and that they fit on the paper together."""

import re
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house import measure
from lrtdocs.word.house.housestyle import Mm, Pt, emu, twips


@pytest.mark.parametrize(
    ("millimetres", "expected"),
    [("28.0", 1587), ("164.8", 9343), ("35.0", 1984), ("132.5", 7512), ("0", 0)],
)
def test_millimetres_become_the_twips_of_the_house_style(millimetres, expected):
    assert twips(Mm(millimetres)) == expected


def test_the_logo_has_the_measures_of_the_house_style_in_emu():
    assert emu(style.LOGO.x) == 3546000
    assert emu(style.LOGO.width) == 468000
    assert emu(style.LOGO_HEIGHT) == 1336500


@pytest.mark.parametrize(
    ("letter", "rise"), [(style.SMALL, "2.54"), (style.BODY, "3.39"), (style.LABEL, "3.39")]
)
def test_a_baseline_stands_four_fifths_down_its_line(letter, rise):
    assert abs(letter.rise - Mm(rise)) < Mm("0.01")


def test_label_and_value_of_a_row_share_a_baseline():
    assert style.LABEL.rise == style.BODY.rise


def test_the_logo_is_centred_on_the_sheet():
    assert style.LOGO.x * 2 + style.LOGO.width == style.PAGE_WIDTH


def test_text_and_reference_column_stand_apart_and_on_the_paper():
    assert style.TEXT_LEFT + style.TEXT_WIDTH < style.COLUMN_LEFT
    assert style.COLUMN_LEFT + style.COLUMN_WIDTH < style.PAGE_WIDTH


@pytest.mark.parametrize(
    "columns",
    [style.ACTION_COLUMNS, style.DECISION_COLUMNS, style.NUMBER_COLUMNS, style.REGISTER_COLUMNS],
)
def test_columns_of_a_table_fill_the_width_of_the_text(columns):
    assert sum(columns) == style.TEXT_WIDTH


@pytest.mark.parametrize("block", [style.AGENDA_BLOCK, style.VERSLAG_BLOCK])
def test_the_block_begins_below_the_type_word(block):
    bottom = style.TITLE.top + style.TYPE_WORD.height

    assert bottom < block.rule < block.first_base
    assert block.gap_above > 0
    assert Pt(0) < block.padding <= Pt(31), "Word allows no more than 31 points"


def test_an_addressee_of_nine_lines_ends_above_the_date():
    assert style.ADDRESSEE.top + 9 * style.BODY.height < style.LETTER_BODY_TOP


def test_the_rubricering_of_a_letter_stands_between_retouradres_and_addressee():
    assert style.LETTER_RUBRICERING.top > style.RETURN_BASE
    assert style.ADDRESSEE.top > style.LETTER_RUBRICERING_BASE


def test_the_text_of_a_letter_begins_above_the_column_of_later_pages_unless_a_rubricering_does():
    assert style.LETTER_NEXT_TOP < style.NEXT_RUBRICERING.top < style.NEXT_BODY_TOP


def test_the_frame_of_the_type_word_ends_before_the_name_of_the_body():
    assert style.TITLE.x + style.TITLE.width < style.VALUE_LEFT


def test_sizes_and_leadings_are_whole_in_the_units_of_word():
    letters = [style.BODY, style.SMALL, style.LABEL, style.TYPE_WORD, style.WORD_MARK]

    assert all(letter.size * 2 == letter.half_points for letter in letters)
    assert all(letter.leading * 20 == Decimal(letter.line) for letter in letters)


def test_every_number_is_used_in_a_part_a_page_or_code():
    house = Path(style.__file__).parent
    files = [*house.rglob("*.py"), *house.rglob("*.xml"), *house.rglob("*.txt")]
    words = Counter(re.findall(r"[A-Z][A-Z_]+", " ".join(file.read_text() for file in files)))

    constants = [name for name in vars(style) if name.isupper() and name[0] != "_"]
    assert [name for name in constants if words[name] < 2] == []


def test_what_must_fit_is_measured_as_the_type_of_the_page_is():
    image_font = pytest.importorskip("PIL.ImageFont")
    asked = ["fc-match", "-f", "%{file}", "DejaVu Sans:style=Book"]
    path = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    if not Path(path).name.startswith("DejaVuSans."):
        pytest.skip("DejaVu Sans is not on this machine")
    type_face = image_font.truetype(path, 1000)
    for text in ("Nuenen, Gerwen en Nederwetten", "Súdwest-Fryslân & 's-Gravenhage", "A-2026/014"):
        drawn = sum(map(type_face.getlength, text)) / 1000 * 9 * 25.4 / 72
        assert float(measure._width_of(text, Pt(9))) == pytest.approx(drawn, rel=0.002)


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("Ministerie van Asiel en Migratie", True),
        ("Ministerie van Binnenlandse Zaken en", True),
        ("Ministerie van Binnenlandse Zaken en Koninkrijksrelaties", False),
    ],
)
def test_a_line_of_the_word_mark_fits_or_not(line, fits):
    assert measure.fits_word_mark(line) is fits


NUENEN = "van de gemeente Nuenen, Gerwen en Nederwetten"


def test_a_name_that_is_wider_than_the_frame_takes_a_line_more():
    college = "Het college van burgemeester en wethouders"

    printed = measure.break_address([college, NUENEN, "Postbus 1", "5670 AA  NUENEN"])
    assert len(printed) == 5
    assert " ".join(printed[1:3]) == NUENEN


def test_every_window_shows_what_all_of_them_show():
    view = measure.view_through(
        [
            (Mm(20), Mm(45), Mm(85), Mm(45)),
            (Mm(15), Mm(50), Mm(80), Mm(30)),
        ]
    )
    assert view == (20, 50, 95, 80)
    assert (view.shows_address, view.shows_return_address, view.count_lines()) == (True, False, 6)
    assert not measure.view_through([(Mm(30), Mm(45), Mm(85), Mm(45))]).shows_address


def test_the_house_style_fits_the_window_of_din_5008():
    view = measure.view_through([(Mm(20), Mm(45), Mm(85), Mm(45))])
    assert (view.shows_address, view.shows_return_address, view.count_lines()) == (True, True, 6)
    assert measure.find_wide(measure.break_address([NUENEN]), view) is None


@pytest.mark.parametrize(("height", "lines"), [(45, 6), (33, 5), (29, 4), (15, 1), (12, 0)])
def test_a_low_window_shows_fewer_lines(height, lines):
    assert measure.view_through([(Mm(20), Mm(45), Mm(85), Mm(height))]).count_lines() == lines


def test_a_line_that_runs_out_of_the_window_is_found_with_its_width():
    narrow = measure.view_through([(Mm(20), Mm(45), Mm(50), Mm(45))])
    line, width, room = measure.find_wide(["Kort", "Het college van burgemeester"], narrow)
    assert (line, room) == ("Het college van burgemeester", 42)
    assert 42 < width < 56


def test_a_kix_takes_the_place_of_two_lines():
    view = measure.view_through([(Mm(20), Mm(45), Mm(85), Mm(33))])
    assert (view.count_lines(), view.count_lines(kix=True)) == (5, 3)
