from __future__ import annotations

import pytest

from lrtdocs.model.namen import bare_name, find_provincie, judge_aanhef, split_code


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Groningen (gemeente)", "Groningen"),
        ("'s-Gravenhage (gemeente)", "'s-Gravenhage"),
        ("gem. Utrecht", "Utrecht"),
        ("Gem.Utrecht", "Utrecht"),
        ("Stad Groningen", "Groningen"),
        ("Stadskanaal", "Stadskanaal"),
        ("Gemeente  De Bilt", "De Bilt"),
        ("Utrecht, gemeente", "Utrecht"),
        ("Het college van B&W van Utrecht", "Utrecht"),
        ("College van burgemeester en wethouders van de gemeente Ede", "Ede"),
        ("Gemert-Bakel", "Gemert-Bakel"),
        ("Gemeente", "Gemeente"),
        ("Bergen (NH.)", "Bergen (NH.)"),
    ],
)
def test_a_name_is_what_is_left_without_what_says_that_it_is_a_gemeente(text: str, name: str):
    assert bare_name(text) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PV20", "PV20"),
        ("pv 26", "PV26"),
        ("Provincie Utrecht", "PV26"),
        ("Gedeputeerde staten van Noord-Holland", "PV27"),
        ("Het college van gedeputeerde staten van de provincie Overijssel", "PV23"),
        ("GS van Groningen", "PV20"),
        ("Groningen (provincie)", "PV20"),
        ("prov. Friesland", "PV21"),
        ("Utrecht", None),
        ("Provinciale staten", None),
        ("Provincie Holland", None),
    ],
)
def test_a_province_is_known_by_its_code_or_by_what_its_name_says(text: str, code: str | None):
    assert find_provincie(text) == code


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GM0228 Ede", ("GM0228", "Ede")),
        ("Ede (0228)", ("GM0228", "Ede")),
        ("0228 - Ede", ("GM0228", "Ede")),
        ("Ede [gm228]", ("GM0228", "Ede")),
        ("Ede", ("", "Ede")),
        ("12345 Ede", ("", "12345 Ede")),
    ],
)
def test_a_code_may_stand_with_the_name(text: str, found: tuple[str, str]):
    assert split_code(text) == found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Geacht college,", None),
        ("Geachte mevrouw De Vries,", None),
        ("Hooggeachte heer,", None),
        ("Beste collega's,", None),
        ("Dear Sir or Madam,", None),
        ("L.S.", None),
        ("Weledelgestrenge heer,", None),
        ("Excellentie,", None),
        ("de heer", "LRT663.geen"),
        ("mevrouw", "LRT663.geen"),
        ("Dhr. Jansen,", "LRT663.geen"),
        ("Jansen", "LRT663.geen"),
        ("Geacht college", "LRT663.komma"),
    ],
)
def test_a_salutation_begins_and_ends_as_one(text: str, key: str | None):
    assert judge_aanhef(text) == key
