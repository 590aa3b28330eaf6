"""`lrtdocs sjabloon omzetten`: a Word mail merge with its list, as a user meets it."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx_making import change
from merge_making import merge_of, xml_of

from lrtdocs import api
from lrtdocs.errors import ExitCode
from lrtdocs.run.templates.merging import Columns
from lrtdocs.source.lists.columns import WORDS
from lrtdocs.source.sheet import open_table

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = (
    *("Gemeente", "Straat", "Huisnummer", "Datum aanvraag", "2024", "Afzender", "In"),
    "Zaaknummer voor de afhandeling van het besluit",
)
LIST = f"{';'.join(HEADINGS)}\nUrk;Singel;1;1-2-2025;12;ik;ja;Z1\nDen Haag;Spui;70;;13;jij;nee;Z2\n"
WHOLE = (
    "Gemeente;Postbus;Postcode;Plaats;In;Datum aanvraag\n"
    "Urk;Postbus 77;8320 AB;Urk;ja;1-2-2025\n"
    "Den Haag;Postbus 12600;2500 DJ;Den Haag;nee;\n"
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lijst.csv").write_text(LIST, encoding="utf-8")


def convert(tmp_path: Path, data: bytes, **more: object) -> api.TemplateOutcome:
    source = tmp_path / "brief.docx"
    source.write_bytes(data)
    return api.convert_merge(source, **more)  # type: ignore[arg-type]


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


@pytest.mark.parametrize(
    ("name", "word", "told"),
    [
        ("Gemeente", "naam", ""),
        ("Naam", "naam", ""),
        ("Straat", "adres", ""),
        ("Huisnummer", "", "LRT365.in_adres"),
        ("Datum_aanvraag", "datum_aanvraag", ""),
        ("datum aanvraag", "datum_aanvraag", ""),
        ("M_2024", "kolom_2024", ""),
        ("Afzender", "ontvanger.afzender", ""),
        ("In", 'ontvanger["in"]', ""),
        (
            "Zaaknummer_voor_de_afhandeling_van_het_b",
            "zaaknummer_voor_de_afhandeling_van_het_besluit",
            "",
        ),
        ("Postcode", "postcode", "LRT365.niet_in_lijst"),
        ("Datum", "datum", "LRT365.niet_in_lijst"),
        ("???", "", "LRT365.naamloos"),
        ("$aanvraag.Naam", "aanvraag.naam", ""),
        ("${naam}", "naam", ""),
        ("@before-row#foreach($d in $rijen)", "", "LRT365.opdracht"),
        ("TableStart:Orders", "", "LRT365.opdracht"),
    ],
)
def test_a_column_of_word_is_found_in_the_list(
    tmp_path: Path, name: str, word: str, told: str
) -> None:
    named = Columns(open_table(tmp_path / "lijst.csv", WORDS))(name)
    assert (named.word, named.key) == (word, told)


def test_without_a_list_the_words_are_those_of_the_names() -> None:
    columns = Columns()
    assert columns("Gemeentenaam").word == "naam"
    assert columns("M_2024").word == "kolom_2024"
    assert columns("Aantal plaatsen").word == "aantal_plaatsen"
    assert columns("Aantal plaatsen").key == ""


def test_the_template_stands_beside_the_merge_which_stays(tmp_path: Path) -> None:
    data = merge_of("Beste {MERGEFIELD Gemeente},")
    outcome = convert(tmp_path, data, listed=tmp_path / "lijst.csv")
    assert (outcome.exit_code, outcome.problems) == (ExitCode.DONE, [])
    assert outcome.written == [tmp_path / "brief-omgezet.docx"]
    assert paragraphs(outcome.written[0])[-1] == "Beste {{ naam }},"
    assert (tmp_path / "brief.docx").read_bytes() == data


def test_it_is_never_written_over_the_merge(tmp_path: Path) -> None:
    data = merge_of("Beste {MERGEFIELD Gemeente},")
    outcome = convert(tmp_path, data, output=str(tmp_path / "brief.docx"), overwrite=True)
    assert [problem.key for problem in outcome.problems] == ["LRT002.zelfde"]
    assert (tmp_path / "brief.docx").read_bytes() == data


def test_a_document_without_merge_fields_is_told_and_makes_nothing(tmp_path: Path) -> None:
    outcome = convert(tmp_path, merge_of("Beste lezer, het is {DATE}."))
    assert [problem.key for problem in outcome.problems] == ["LRT367"]
    assert not (tmp_path / "brief-omgezet.docx").exists()


def test_what_cannot_be_converted_is_told_at_its_place_and_in_the_margin(tmp_path: Path) -> None:
    merge = 'Beste {MERGEFIELD Gemeente},¶{SKIPIF {MERGEFIELD In} = "nee"}Wij schrijven u.'
    outcome = convert(tmp_path, merge_of(merge), listed=tmp_path / "lijst.csv")
    (problem,) = outcome.problems
    assert problem.key == "LRT365.overslaan"
    assert problem.found == '{ SKIPIF { MERGEFIELD In } = "nee" }'
    number = len(paragraphs(outcome.written[0]))
    assert (problem.place.part, problem.place.paragraph) == ("hoofdtekst", number)
    with zipfile.ZipFile(outcome.written[0]) as package:
        assert b"LRT365" in package.read("word/comments.xml")
        assert b"SKIPIF" in package.read("word/document.xml")


def test_a_field_that_is_left_keeps_letters_from_being_made(tmp_path: Path) -> None:
    merge = 'U {IF {MERGEFIELD In} = "a*b" "wel" "niet"} dus.'
    outcome = convert(tmp_path, merge_of(merge), listed=tmp_path / "lijst.csv")
    assert [problem.key for problem in outcome.problems] == ["LRT365.jokers"]
    mailing = tmp_path / "m.yaml"
    mailing.write_text("sjabloon: brief-omgezet.docx\nontvangers: lijst.csv\n", encoding="utf-8")
    told = [problem.code for problem in api.check(mailing) if problem.severity == "fout"]
    assert "LRT333" in told


def test_a_converted_merge_makes_letters(tmp_path: Path) -> None:
    merge = (
        'Aan {MERGEFIELD Gemeente}¶{IF {MERGEFIELD In} = "ja" "U doet mee." "U doet niet mee."}'
        '¶{MERGEFIELD Datum_aanvraag \\@ "d MMMM yyyy" \\b "Gevraagd op "}'
    )
    (tmp_path / "lijst.csv").write_text(WHOLE, encoding="utf-8")
    outcome = convert(tmp_path, merge_of(merge), listed=tmp_path / "lijst.csv")
    assert outcome.problems == []
    mailing = tmp_path / "m.yaml"
    mailing.write_text(
        "sjabloon: brief-omgezet.docx\nontvangers: lijst.csv\ndagtekening: 2025-03-01\n"
        "bestandsnaam: '{naam}'\n",
        encoding="utf-8",
    )
    made = api.make_letters(mailing, api.LettersOptions(tmp_path / "uit"))
    assert made.failed == 0
    assert made.made == 2
    assert paragraphs(tmp_path / "uit/Urk.docx")[-3:] == [
        "Aan Urk",
        "U doet mee.",
        "Gevraagd op 1 februari 2025",
    ]
    assert paragraphs(tmp_path / "uit/Den Haag.docx")[-2:] == ["Aan Den Haag", "U doet niet mee."]


SETTINGS = (
    '<w:mailMerge><w:mainDocumentType w:val="{kind}"/><w:connectString w:val="C:\\Jan\\a.xlsx"/>'
    "<w:query w:val=\"SELECT * FROM `Blad1$` WHERE `In` = 'ja' ORDER BY `Naam`\"/></w:mailMerge>"
)


def test_the_link_with_the_list_goes_and_its_filter_is_told(tmp_path: Path) -> None:
    data = change(
        merge_of("Beste {MERGEFIELD Gemeente},"),
        "word/settings.xml",
        "</w:settings>",
        SETTINGS.format(kind="mailingLabels") + "</w:settings>",
    )
    outcome = convert(tmp_path, data)
    keys = {problem.key for problem in outcome.problems}
    assert keys == {"LRT366.mailingLabels", "LRT366.filter", "LRT366.volgorde"}
    with zipfile.ZipFile(outcome.written[0]) as package:
        everything = b"".join(map(package.read, package.namelist()))
    assert b"mailMerge" not in everything
    assert b"a.xlsx" not in everything


def test_the_check_tells_what_becomes_of_each_field(tmp_path: Path) -> None:
    merge = 'Dag {MERGEFIELD Naam}, {IF {MERGEFIELD m} = "ja" "heer" "mevrouw"}.{NEXT}'
    (tmp_path / "brief.docx").write_bytes(merge_of(merge))
    outcome = api.check_template("brief.docx")
    told = [(p.key, p.found, p.remedy) for p in outcome.problems if p.code == "LRT333"]
    assert [key for key, _, _ in told] == ["LRT333.tag", "LRT333.tag", "LRT333.zonder"]
    assert "{{ naam }}" in told[0][2]
    assert '{% if m == "ja" %}heer{% else %}mevrouw{% endif %}' in told[1][2]
    assert told[1][1] == 'IF { MERGEFIELD m } = "ja" "heer" "mevrouw"'
    assert "LRT360" not in {problem.code for problem in outcome.problems}


def test_looks_stay(tmp_path: Path) -> None:
    bold = xml_of('{IF {MERGEFIELD m} = "ja" "heer" "mevrouw"} {MERGEFIELD Naam}', "<w:b/>")
    outcome = convert(
        tmp_path,
        merge_of(
            "Dag", base=change(merge_of(""), "word/document.xml", "<w:sectPr", bold + "<w:sectPr")
        ),
    )
    document = docx.Document(str(outcome.written[0]))
    (line,) = [p for p in document.paragraphs if "heer" in p.text]
    assert {run.bold for run in line.runs if run.text.strip()} == {True}
