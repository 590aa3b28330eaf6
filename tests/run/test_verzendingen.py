"""The mailings in examples/verzendingen: each made as who finds it there would make it."""

from __future__ import annotations

import shutil
from io import BytesIO
from typing import TYPE_CHECKING

import besluit_making
import pytest
from docx import Document
from docx.text.paragraph import Paragraph
from mailing_making import run

from lrtdocs.api.checking import check
from lrtdocs.api.templates import list_words
from lrtdocs.model.namen import PROVINCIES
from lrtdocs.shipped import examples_folder, templates_folder
from lrtdocs.word.facts import read_facts

if TYPE_CHECKING:
    from pathlib import Path

VERZENDINGEN = examples_folder() / "verzendingen"


def make(name: str, target: Path) -> dict[str, bytes]:
    """Return the letters of the example `name` by their names, made in `target`."""
    path = VERZENDINGEN / name / f"{name}.yaml"
    assert check(path) == []
    outcome = run(path, target)
    assert (outcome.exit_code, outcome.problems) == (0, [])
    return {each.stem: each.read_bytes() for each in sorted(target.glob("*.docx"))}


def lines(docx: bytes) -> list[str]:
    """Return the paragraphs of the page of a letter."""
    return [one.text.replace("\u00a0", " ") for one in Document(BytesIO(docx)).paragraphs]


# --- provincies


@pytest.fixture(scope="module")
def provincies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    made = make("provincies", tmp_path_factory.mktemp("provincies"))
    return {name: lines(docx) for name, docx in made.items()}


def test_each_province_gets_its_own_letter(provincies: dict[str, list[str]]) -> None:
    assert {name[:4] for name in provincies} == {*PROVINCIES}
    for name, said in provincies.items():
        naam = PROVINCIES[name[:4]]
        assert f"Gedeputeerde staten van {naam}" in "\n".join(said)
        assert "Geacht college," in said
        assert any(f"In 2027 komt in {naam} de provinciale" in text for text in said)


# --- personen


@pytest.fixture(scope="module")
def personen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    made = make("personen", tmp_path_factory.mktemp("personen"))
    return {name: lines(docx) for name, docx in made.items()}


@pytest.mark.parametrize(
    ("letter", "who", "aanhef", "within"),
    [
        ("001-Vries", "De heer J.P. de Vries", "Geachte heer De Vries,", "de heer De Vries"),
        ("002-Berg", "Mevrouw A. van den Berg", "Geachte mevrouw Van den Berg,",
         "mevrouw Van den Berg"),
        ("003-Dam", "R. van Dam", "Geachte R. van Dam,", "R. van Dam"),
        ("004-Smit", "K. Smit", "Geachte K. Smit,", "K. Smit"),
        ("005-Bakker", "De heer drs. Th. Bakker", "Geachte heer Bakker,", "de heer Bakker"),
        ("007-Mulder", "Ir. IJ. Mulder MBA", "Geachte IJ. Mulder,", "IJ. Mulder"),
        ("008-Jansen", "Mevrouw S. Jansen-van den Berg MSc",
         "Geachte mevrouw Jansen-van den Berg,", "mevrouw Jansen-van den Berg"),
        ("009-Berg", "Mevrouw L. de Vries-van den Berg",
         "Geachte mevrouw De Vries-van den Berg,", "mevrouw De Vries-van den Berg"),
        ("010-Meijer", "De heer H. Bos", "Geachte heer Bos,", "de heer Bos"),
        ("012-Boer", "N. de Boer-van Dijk", "Geachte N. de Boer-van Dijk,", "N. de Boer-van Dijk"),
        ("013-Peters", "De heer J.P. Peters", "Geachte heer Peters,", "de heer Peters"),
        ("015-Broeck", "Mevrouw F. Van Den Broeck", "Geachte mevrouw Van Den Broeck,",
         "mevrouw Van Den Broeck"),
        ("016-Voorbeeldenburg", "De hoogwelgeboren heer|Jonkheer mr. W. van Voorbeeldenburg",
         "Hoogwelgeboren heer,", "jonkheer van Voorbeeldenburg"),
        ("019-Oudevoorbeeld", "De hooggeboren vrouwe|D. gravin van Oudevoorbeeld",
         "Hooggeboren vrouwe,", "gravin van Oudevoorbeeld"),
        ("020-Wit", "De hoogwelgeboren vrouwe|M. barones van Oudevoorbeeld",
         "Hoogwelgeboren vrouwe,", "barones van Oudevoorbeeld"),
        ("022-Laan", "Stichting Voorbeeldopvang|t.a.v. mevrouw dr. P. van der Laan",
         "Geachte mevrouw Van der Laan,", "mevrouw Van der Laan"),
        ("023-Kok", "Vereniging Voorbeeldbuurt|t.a.v. O. Kok", "Geachte O. Kok,", "O. Kok"),
    ],
)  # fmt: skip
def test_a_person_is_written_to_as_the_parts_say(
    personen: dict[str, list[str]], letter: str, who: str, aanhef: str, within: str
) -> None:
    said, above = personen[letter], who.split("|")
    first = said.index(above[0])
    assert said[first : first + len(above)] == above
    assert aanhef in said
    assert any(text.endswith(f"alleen voor {within}.") for text in said)


def test_everybody_gets_a_letter_and_nobody_of_unknown_sex_is_called_heer_or_mevrouw(
    personen: dict[str, list[str]],
) -> None:
    assert len(personen) == 25
    for letter in ("003-Dam", "004-Smit", "007-Mulder", "012-Boer", "023-Kok"):
        whole = " ".join(personen[letter]).casefold()
        assert not {"heer", "mevrouw", "meneer"} & {*whole.replace(",", " ").split()}


def test_an_address_abroad_ends_with_its_country(personen: dict[str, list[str]]) -> None:
    assert "BELGIË" in personen["024-Peeters"]
    assert "DUITSLAND" in personen["025-Schmidt"]
    assert "48143  MÜNSTER" in personen["025-Schmidt"]


# --- engels: a letter in English, and one in Dutch among them


@pytest.fixture(scope="module")
def engels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return make("engels", tmp_path_factory.mktemp("engels"))


def test_the_english_letters_go_abroad_and_one_dutch_letter_stays_here(
    engels: dict[str, bytes],
) -> None:
    languages = [read_facts(docx).language for docx in engels.values()]
    assert languages == ["en-GB", "en-GB", "en-GB", "en-GB", "nl-NL"]


def test_an_english_letter_of_the_example_says_all_in_english(engels: dict[str, bytes]) -> None:
    said = lines(engels["0001-Fedasil"])
    for line in (
        "Attn Ms A. Peeters", "BELGIË", "Date \t14 March 2025", "Dear Ms Peeters,",
        "Subject \tInvitation to a working session on flow-through locations",
        "Yours sincerely,", "On behalf of the Minister for Asylum and Migration,",
        "Your organisation may bring two people.",
    ):  # fmt: skip
        assert any(one.startswith(line) for one in said), line
    assert any("23 April 2025, from 10:00 to 16:30, at" in one for one in said)
    assert any(
        "€25,451.73 per person a year; in 2024 there were 8,500 places" in one for one in said
    )


def test_who_is_not_named_and_who_is_named_in_parts(engels: dict[str, bytes]) -> None:
    office = lines(engels["0002-Bundesamt für Migration und Flüchtlinge"])
    assert {"Dear Sir or Madam,", "Yours faithfully,"} <= {*office}
    person = lines(next(docx for name, docx in engels.items() if "Berg" in name))
    assert {"Ms A. van den Berg", "Dear Ms Van den Berg,", "Yours sincerely,"} <= {*person}


def test_the_dutch_letter_of_the_example_says_all_in_dutch(engels: dict[str, bytes]) -> None:
    said = lines(engels["0005-Vereniging van Voorbeeldgemeenten"])
    assert "t.a.v. mw. F. Voorbeeld" in said
    assert "Betreft \tUitnodiging voor een werksessie over doorstroomlocaties" in said
    assert {"namens deze,", "Met vriendelijke groet,"} <= {*said}
    assert any("€ 25.451,73 per persoon per jaar uit; in 2024 waren er 8500" in one for one in said)


# --- subsidie: amounts in the sentences, to 40 gemeenten

SUBSIDIE = VERZENDINGEN / "subsidie" / "subsidie.yaml"


def shown(path: Path) -> str:
    """Return the text of a letter, its paragraphs with a bar between them."""
    body = Document(str(path)).element.body
    texts = ("".join(text.text or "" for text in p.iter("{*}t")) for p in body.iter("{*}p"))
    return "|".join(filter(None, texts))


@pytest.fixture(scope="module")
def subsidie(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the text of each letter of the subsidy, by its file."""
    target = tmp_path_factory.mktemp("subsidie")
    outcome = run(SUBSIDIE, target)
    assert (outcome.made, outcome.failed) == (40, 0)
    return {path.stem: shown(path) for path in target.glob("*.docx")}


def test_the_subsidy_has_nothing_to_tell_but_that_it_is_an_example():
    assert [problem.code for problem in check(SUBSIDIE)] == ["LRT634"]


def test_each_letter_of_the_subsidy_says_its_own_amounts(subsidie: dict[str, str]):
    text = subsidie["GM0072-Harlingen"]
    assert "Op 23 september 2026 vroeg u subsidie aan voor honderdtien plekken in een" in text
    assert "U krijgt ten hoogste €\u00a0137.992,12." in text
    assert "|Voorschot (62,5%)|binnen zes weken|€\u00a086.245,07|" in text
    assert "onder vermelding van DSL-26-1064/10." in text
    assert "binnen zes weken na 16 november 2026 bezwaar" in text
    assert not any("{" in each or "}" in each for each in subsidie.values())


def test_a_cell_of_the_subsidy_goes_before_the_mailing(subsidie: dict[str, str]):
    changed = subsidie["GM1842-Midden-Delfland"]
    assert "Subsidie voor doorstroomlocaties: herziene beschikking" in changed
    assert "|herziene beschikking|formulier verantwoording|specificatie van de plekken|" in changed
    assert "Subsidie voor doorstroomlocaties, dossier DSL-26-1064" in subsidie["GM0072-Harlingen"]


def test_an_optional_paragraph_of_the_subsidy_is_only_there_for_who_has_one(
    subsidie: dict[str, str],
):
    with_remark = [text for text in subsidie.values() if "|U vroeg om uitstel" in text]
    assert len(with_remark) == 2


def test_the_words_of_the_subsidy_are_listed_with_examples():
    words = {entry.name: entry for entry in list_words(str(SUBSIDIE)).words}
    assert words["bedrag"].tags[0] == "{bedrag:bedrag}"
    assert words["percentage"].facts.startswith("percentage")
    assert words["opmerking"].facts == "tekst, leeg bij 37 van de 40"


def test_a_changed_amount_of_the_subsidy_makes_one_letter_again(tmp_path: Path):
    folder = tmp_path / "subsidie"
    shutil.copytree(SUBSIDIE.parent, folder)
    shutil.copy(examples_folder() / "huisstijl.yaml", tmp_path)
    run(folder / SUBSIDIE.name, tmp_path / "uit")
    table = folder / "aanvragers.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("137.992,12", "137.992,13"))
    outcome = run(folder / SUBSIDIE.name, tmp_path / "uit")
    assert (outcome.made, outcome.same) == (1, 39)


# --- besluit: a template of one's own, with rows

BESLUIT = VERZENDINGEN / "besluit"


@pytest.fixture(scope="module")
def besluit(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the text of each decision, by its file."""
    target = tmp_path_factory.mktemp("besluit")
    outcome = run(BESLUIT / "besluit.yaml", target)
    assert (outcome.made, outcome.failed) == (12, 0)
    return {path.stem[:6]: shown(path).replace("\u00a0", " ") for path in target.glob("*.docx")}


@pytest.mark.parametrize("name", ["besluit", "overzicht"])
def test_of_a_mailing_with_rows_only_those_without_are_told(name: str):
    (problem,) = check(BESLUIT / f"{name}.yaml")
    assert problem.code == "LRT683"
    assert "GM0114 en GM0983" in problem.message


def test_a_decision_without_rows_says_so_and_has_no_table(besluit: dict[str, str]):
    text = besluit["GM0114"]
    assert "|Ik ken u geen bijdrage toe, omdat er in 2026 geen locatie" in text
    assert not any(one in text for one in ("Plaatsen", "Totaal", "Ik betaal", "zienswijze"))


def test_a_decision_of_one_row_speaks_of_one(besluit: dict[str, str]):
    text = besluit["GM0118"]
    assert "een bijdrage toe van € 44.318,38, voor deze locatie:|Locatie|Plaatsen|" in text
    assert "|Kanaalweg 23|35|€ 44.318,38|Totaal|35|€ 44.318,38|Ik betaal" in text


def test_a_decision_has_all_its_rows_and_what_only_holds_for_many(besluit: dict[str, str]):
    text = besluit["GM0014"]
    table = text.partition("|Locatie|")[2].partition("|Omdat u meer dan tien locaties")[0]
    assert table.count("€") == 40 + 1
    assert table.endswith("|Totaal|2481|€ 3.121.779,10")
    assert "Ik betaal de bijdrage in één keer" not in text
    assert "|U hebt uw zienswijze gegeven." in text
    assert "het kenmerk van dit besluit (LRT-2026-B004)" in text


def test_the_template_of_the_decision_is_what_its_script_makes(tmp_path: Path):
    made = tmp_path / "besluit.docx"
    besluit_making.build(templates_folder() / "brief.docx", made)
    kept = own_part(BESLUIT / "sjablonen" / "besluit.docx")
    assert kept == own_part(made)
    assert len(kept) == len(besluit_making.BEFORE) + len(besluit_making.BETWEEN) + 15


def own_part(path: Path) -> list[tuple[str, str]]:
    """Return what the script put into a template: styles and texts, of cells too."""
    document = Document(str(path))
    found = [
        (paragraph.style.name, paragraph.text)
        for each in document.element.body.iter("{*}p")
        for paragraph in [Paragraph(each, document)]
    ]
    texts = [text for _, text in found]
    first = texts.index(besluit_making.BEFORE[0][1])
    return found[first : texts.index(besluit_making.BETWEEN[-1][1]) + 1]


def test_the_words_of_a_mailing_with_rows_are_listed_with_the_columns_of_the_rows():
    words = {entry.name: entry for entry in list_words(str(BESLUIT / "besluit.yaml")).words}
    rijen = words["rijen"]
    assert rijen.facts == "lijst, samen 77 rijen"
    assert [one.name for one in rijen.contains] == ["rij.locatie", "rij.plaatsen", "rij.bedrag"]
    assert rijen.tags == (
        "{%tr for rij in rijen %}", "{{ rij.locatie }}", "{{ rij.plaatsen | getal }}",
        "{{ rij.bedrag | bedrag }}", "{%tr endfor %}",
    )  # fmt: skip
    assert rijen.contains[2].meaning == "Kolom 'bedrag' van de lijst."
    assert rijen.contains[2].example == "€ 68.165,10"
    assert "opgeteld" in words["totaal_bedrag"].meaning
