"""Words of the recipient in the texts of a mailing, and what a column says for one recipient."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx_making import new_document
from mailing_making import ERROR, WARNING, run, told

from lrtdocs.api.checking import check
from lrtdocs.api.templates import list_words
from lrtdocs.word.provenance import read_day

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.errors import Problem

MAILING = """\
sjabloon: brief
ontvangers: lijst.csv
dagtekening: 2026-11-29
betreft: Subsidie
ondertekening: {naam: A}
"""
HEAD = "naam;adres;postcode;plaats;bedrag;datum aanvraag;opmerking"
ROWS = (
    "A. Jansen;Straat 1;1234 AB;Ede;1204,5;2026-03-01;eerst\n"
    'B. Smit;Straat 2;1234 AB;Ede;€ 25.451,73;1 april 2026;"R&D <b>*2*</b> {x}\nregel 2"\n'
)


def write(folder: Path, more: str, rows: str = ROWS, head: str = HEAD, own: str = MAILING) -> Path:
    """Write a mailing with `more` in it, and its list; return its file."""
    (folder / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    (folder / "lijst.csv").write_text(f"{head}\n{rows}", encoding="utf-8")
    path = folder / "m.yaml"
    path.write_text(own + more, encoding="utf-8")
    return path


def made(folder: Path, **options: object) -> list[str]:
    """Make the letters; return the text of each, its paragraphs with a bar between them."""
    outcome = run(folder / "m.yaml", folder / "uit", **options)
    assert not [one for one in outcome.problems if str(one.severity) == ERROR]
    files = sorted((folder / "uit").glob("*.docx"))
    return ["|".join(paragraphs(Document(str(each)))) for each in files]


def paragraphs(document) -> list[str]:
    body = document.element.body.iter("{*}p")
    return [text for p in body if (text := "".join(map(shown, p.iter("{*}t", "{*}br"))))]


def shown(element) -> str:
    return "\n" if element.tag.endswith("}br") else element.text or ""


def errors(path: Path) -> list[Problem]:
    return [one for one in check(path) if str(one.severity) == ERROR]


TEXT = """\
tekst: |
  Op {datum_aanvraag:datum} vroeg u **{bedrag:bedrag}** aan, voor "{betreft}"[^1].

  - nummer {volgnummer:04} is \\{van u\\}
  - *{opmerking}*

  | Wie | Wat |
  | --- | --- |
  | {naam:hoofdletters} | {bedrag:getal} |

  ### Kop {plaats}

  [Zie {plaats}](https://www.rijksoverheid.nl) en {onze_referentie}.

  [^1]: Noot {naam}.
onze_referentie: "6-{volgnummer}"
"""


def test_words_are_filled_wherever_text_may_stand(tmp_path: Path):
    write(tmp_path, TEXT)
    first, second = made(tmp_path)
    assert 'Op 1 maart 2026 vroeg u €\u00a01.204,50 aan, voor "Subsidie".' in first
    assert "|nummer 0001 is {van u}|eerst|Wie|Wat|A. JANSEN|1204,5|Kop Ede|Zie Ede en 6-1." in first
    assert "vroeg u €\u00a025.451,73 aan" in second
    assert "|R&D <b>*2*</b> {x}\nregel 2|" in second


def test_a_word_keeps_the_format_of_the_text_around_it(tmp_path: Path):
    write(tmp_path, TEXT)
    made(tmp_path)
    document = Document(str(next(iter(sorted((tmp_path / "uit").glob("*.docx"))))))
    runs = [run for p in document.paragraphs for run in p.runs]
    styles = {run.text: run.style.name for run in runs}
    assert styles["€\u00a01.204,50"] == "Strong"
    assert styles["eerst"] == "Emphasis"


@pytest.mark.parametrize("options", [{"workers": 2}, {"proof": 1}])
def test_letters_are_the_same_in_processes_and_as_a_proof(tmp_path: Path, options: dict[str, int]):
    write(tmp_path, TEXT)
    here = made(tmp_path)
    for each in (tmp_path / "uit").iterdir():
        each.unlink()
    assert set(made(tmp_path, **options)) <= set(here)


def test_lines_of_the_mailing_are_filled(tmp_path: Path):
    more = (
        "bijlagen: ['besluit {onze_referentie}', folder]\nkopie_aan: ['archief {plaats}']\n"
        "aanhef: 'Geachte {naam},'\nonze_referentie: '6-{volgnummer:03}'\ntekst: Dag.\n"
    )
    write(tmp_path, more, own=MAILING.replace("Subsidie", "'Subsidie {bedrag:bedrag} \\{x\\}'"))
    for number, text in enumerate(made(tmp_path), start=1):
        assert f"besluit 6-00{number}|folder" in text
        assert "archief Ede" in text
    assert "|Geachte A. Jansen,|" in made(tmp_path)[0]
    assert "Subsidie €\u00a01.204,50 {x}" in made(tmp_path)[0]


PERSONAL = HEAD + ";betreft;bijlagen;kopie aan;dagtekening;onze referentie"


def test_a_column_says_what_the_mailing_says_for_that_recipient_only(tmp_path: Path):
    rows = (
        "A. Jansen;S 1;1234 AB;Ede;1;2026-03-01;x;;;;;\n"
        "B. Smit;S 2;1234 AB;Ede;1;2026-03-01;x;Eigen zaak;beschikking; ;1 december 2026;Z-9\n"
    ).replace("beschikking; ", '"beschikking; toelichting";"de raad\nhet hof"')
    more = "bijlagen: [folder]\nonze_referentie: 'K-{volgnummer}'\ntekst: 'Over {betreft}.'\n"
    write(tmp_path, more, rows, PERSONAL)
    first, second = made(tmp_path)
    assert "K-1|Bijlage(n)|folder" in first
    assert "29 november 2026" in first
    assert "Over Subsidie." in first
    assert "Z-9|Bijlage(n)|beschikking|toelichting" in second
    assert "1 december 2026" in second
    assert "de raad" in second
    assert "het hof" in second
    assert "Over Eigen zaak." in second


def test_a_pattern_in_a_cell_is_told_at_the_cell(tmp_path: Path):
    row = "A;S 1;1234 AB;Ede;1;2026-03-01;x;Zaak {naam};;;morgen;\n"
    path = write(tmp_path, "tekst: Dag.\n", row, PERSONAL)
    assert [(one.key, one.place.line) for one in errors(path)] == [("LRT723.cel", 2), ("LRT723", 2)]


def test_two_letters_with_one_kenmerk_from_the_list_are_told(tmp_path: Path):
    row = "A;S 1;1234 AB;Ede;1;2026-03-01;x;;;;;Z-9\n"
    path = write(tmp_path, "tekst: Dag.\n", row + row.replace("A;S 1", "B;S 2"), PERSONAL)
    assert [one.key for one in errors(path)] == ["LRT704"]


@pytest.mark.parametrize(
    ("typed", "key", "said"),
    [
        ("{bedarg}", "LRT705.tekst", "bedoelde u 'bedrag'?"),
        ("{bedrag:bedarg}", "LRT230.filter", "bedoelde u 'bedrag'?"),
        ("{{ bedrag | bedrag }}", "LRT714.woord", "Typ {bedrag:bedrag}:"),
        ("{Datum aanvraag}", "LRT714.woord", "Typ {datum_aanvraag}:"),
        ("[[bedrag]]", "LRT714.woord", "Typ {bedrag}:"),
        ("{Datum aanvraag:datum}", "LRT714.woord", "Typ {datum_aanvraag:datum}:"),
        ("{bedrag,bedrag}", "LRT714.woord", "Typ {bedrag:bedrag}:"),
        ("{bedrag;getal}", "LRT714.woord", "Typ {bedrag:getal}:"),
    ],
)
@pytest.mark.parametrize("field", ["tekst", "betreft"])
def test_a_word_that_is_not_known_is_told_where_it_stands(
    tmp_path: Path, typed: str, key: str, said: str, field: str
):
    lines = MAILING.replace("betreft: Subsidie\n", "betreft: B\n" if field == "tekst" else "")
    rest = "" if field == "tekst" else "tekst: Dag.\n"
    path = write(tmp_path, f"{field}: |\n  Er staat\n  hier {typed}.\n{rest}", own=lines)
    found = [one for one in errors(path) if one.key == key]
    assert [(one.place.line, one.place.column) for one in found] == [
        (len(lines.split("\n")) + 2, 8)
    ]
    assert said in f"{found[0].message} {found[0].remedy}"


def test_a_value_that_a_filter_cannot_read_is_told_at_its_cell(tmp_path: Path):
    path = write(tmp_path, "tekst: 'U krijgt {bedrag:bedrag}.'\n", ROWS.replace("1204,5", "veel"))
    (problem,) = errors(path)
    assert (problem.key, problem.place.line, problem.found) == ("LRT723", 2, "veel")


@pytest.mark.parametrize("filter_", ["bedrag", "getal"])
def test_a_percentage_is_no_amount_and_no_number_to_print(tmp_path: Path, filter_: str):
    text = f"tekst: 'U krijgt {{bedrag:{filter_}}}, dus {{bedrag}}.'\n"
    path = write(tmp_path, text, ROWS.replace("1204,5", "100%"))
    (problem,) = errors(path)
    assert (problem.key, problem.place.line, problem.found) == ("LRT723", 2, "100%")
    assert "komt er 100%" in problem.remedy


def test_an_empty_cell_that_a_text_prints_is_told_with_its_cells(tmp_path: Path):
    path = write(tmp_path, "tekst: 'U krijgt {bedrag}.'\n", ROWS.replace("1204,5", ""))
    assert ("LRT716", WARNING, "") in told(check(path))


def test_a_paragraph_of_nothing_but_an_empty_word_is_left_out(tmp_path: Path):
    write(tmp_path, "tekst: |\n  Een.\n\n  {opmerking}\n\n  Twee.\n", ROWS.replace("eerst", ""))
    first, second = made(tmp_path)
    assert "Een.|Twee." in first
    assert "Een.|R&D" in second


def test_a_letter_is_made_again_when_a_printed_word_changes_and_no_other(tmp_path: Path):
    path = write(tmp_path, TEXT)
    assert run(path, tmp_path / "uit").made == 2
    again = run(path, tmp_path / "uit")
    assert (again.made, again.same) == (0, 2)
    write(tmp_path, TEXT, ROWS.replace("1204,5", "1204,6"))
    again = run(path, tmp_path / "uit")
    assert (again.made, again.same) == (1, 1)


def test_the_words_of_a_mailing_are_listed_as_they_can_be_typed(tmp_path: Path):
    path = write(tmp_path, "tekst: 'Nog {onbekend}.'\nonze_referentie: '6-{volgnummer}'\n")
    words = {entry.name: entry for entry in list_words(str(path)).words}
    assert words["bedrag"].facts == "bedrag, altijd ingevuld"
    assert words["bedrag"].example == "1204,5 → €\u00a01.204,50"
    assert words["datum_aanvraag"].tags[0] == "{datum_aanvraag:datum}"
    assert words["onze_referentie"].example == "6-1"
    tags = " ".join(entry.tags[0] for entry in words.values())
    write(tmp_path, f"tekst: |\n  Alles: {tags}.\nonze_referentie: '6-{{volgnummer}}'\n")
    assert errors(path) == []


def test_a_letter_that_cannot_be_made_leaves_no_word_empty(tmp_path: Path):
    more = "tekst: 'U krijgt {bedrag:bedrag}.'\nonze_referentie: '6-{volgnummer}'\n"
    path = write(tmp_path, more, ROWS.replace("1204,5", "veel"))
    words = {entry.name: entry for entry in list_words(str(path)).words}
    for name in ("aanhef", "onze_referentie"):
        assert words[name].facts.endswith("altijd ingevuld")


def test_a_literal_brace_in_a_line_without_words_is_a_brace(tmp_path: Path):
    own = MAILING.replace("Subsidie", "'Zaak \\{x\\}'")
    write(tmp_path, "tekst: Dag.\n", own=own)
    assert "Zaak {x}" in made(tmp_path)[0]


def test_a_word_in_an_address_is_refused(tmp_path: Path):
    path = write(tmp_path, "tekst: 'Zie [hier](https://x.nl/{naam}) of https://x.nl/{naam}.'\n")
    assert [one.key for one in errors(path)] == ["LRT714.adres"]


@pytest.mark.parametrize("name", ["betreft", "onze referentie", "dagtekening"])
def test_an_empty_cell_that_the_mailing_does_not_fill_is_told(tmp_path: Path, name: str):
    own = MAILING.replace("betreft: Subsidie\n", "").replace("dagtekening: 2026-11-29\n", "")
    kept = "" if name == "betreft" else "betreft: B\n"
    kept += "" if name == "dagtekening" else "dagtekening: 2026-11-29\n"
    rows = "A;S 1;1234 AB;Ede;1 mei 2026\nB;S 2;1234 AB;Ede;\n"
    head = f"naam;adres;postcode;plaats;{name}"
    found = check(write(tmp_path, f"tekst: Dag.\n{kept}", rows, head, own))
    assert [(one.key, one.place.line) for one in found] == [("LRT716.mailing", 3)]


def test_a_day_of_one_letter_is_that_of_its_document(tmp_path: Path):
    row = "A;S 1;1234 AB;Ede;1;2026-03-01;x;;;;1-12-2026;\n"
    write(tmp_path, "tekst: Dag.\n", row, PERSONAL)
    made(tmp_path)
    (file,) = (tmp_path / "uit").glob("*.docx")
    assert str(read_day(file)) == "2026-12-01"


def test_a_name_of_a_file_with_a_wrong_value_is_told_at_its_cell(tmp_path: Path):
    more = "tekst: Dag.\nbestandsnaam: '{volgnummer}-{bedrag:getal}'\n"
    path = write(tmp_path, more, ROWS.replace("1204,5", "veel"))
    assert [(one.key, one.place.line) for one in errors(path)] == [("LRT723", 2)]


def test_a_template_that_prints_only_the_text_needs_no_word_of_its_own(tmp_path: Path):
    path = write(tmp_path, "tekst: 'Beste {naam}.'\n", own=MAILING.replace("brief", "eigen.docx"))
    document = new_document()
    document.add_paragraph("{{ tekst | tekst }}")
    document.save(str(tmp_path / "eigen.docx"))
    assert check(path) == []
    assert made(tmp_path) == ["Beste A. Jansen.", "Beste B. Smit."]


def test_a_number_of_the_taakstelling_can_stand_in_a_text(tmp_path: Path):
    own = MAILING.replace("lijst.csv", "gemeenten").replace("sjabloon: brief", "sjabloon: eigen")
    more = (
        "taakstelling: {halfjaar: 2025-II, totaal: 13000}\n"
        "tekst: 'U huisvest {taakstelling.aantal} mensen in {gemeente.naam}.'\n"
    )
    write(tmp_path, more, own=own.replace("eigen", "eigen.docx"))
    document = new_document()
    document.add_paragraph("{{ tekst | tekst }}")
    document.save(str(tmp_path / "eigen.docx"))
    (text,) = made(tmp_path, only=("GM0106",))
    assert re.fullmatch(r"U huisvest \d+ mensen in Assen\.", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("U krijgt {bedrag, en niet meer", ["{bedrag"]),
        ("U krijgt bedrag:bedrag} euro", ["bedrag:bedrag}"]),
        ("Kies {naam} of \\{bedrag of {zie bijlage} of a} of {b", []),
    ],
)
def test_a_word_with_a_brace_at_one_side_is_told(tmp_path: Path, text: str, found: list[str]):
    path = write(tmp_path, f"tekst: |\n  {text}\n")
    halves = [one for one in errors(path) if one.key == "LRT714.half"]
    assert [one.found for one in halves] == found
    assert all((one.place.line, one.place.column) == (7, 12) for one in halves)


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("[bedrag]", 1),
        ("<bedrag>", 1),
        ("{zie bijlage 3, of niet}", 1),
        ("[bedrag](https://a.voorbeeld.nl)", 0),
        ("[de Kamer]{taal=nl}", 0),
        ("[iets anders] en <iets anders>", 0),
        ("\\{bedrag, of niet\\}", 0),
        ("<https://bedrag.voorbeeld.nl>", 0),
    ],
)
def test_what_may_be_meant_as_a_word_is_a_warning(tmp_path: Path, typed: str, count: int):
    path = write(tmp_path, f"tekst: |\n  U krijgt {typed} euro.\n")
    found = [one for one in check(path) if one.code == "LRT714"]
    assert [one.severity for one in found] == [WARNING] * count


@pytest.mark.parametrize("typed", ["{gemeente}", "{Gemeente}", "{gemeente:hoofdletters}"])
def test_a_heading_that_goes_by_another_word_is_told_with_that(tmp_path: Path, typed: str):
    path = write(tmp_path, f"tekst: 'Aan {typed}.'\n", ROWS, HEAD.replace("naam", "Gemeente", 1))
    (problem,) = errors(path)
    assert (problem.key, problem.place.line) == ("LRT705.kop", 6)
    assert "Typ {naam} in plaats van" in problem.remedy


def test_the_day_of_the_letter_may_stand_in_its_subject_and_salutation(tmp_path: Path):
    own = MAILING.replace("betreft: Subsidie", "betreft: Subsidie {dagtekening:datum_kort}")
    text = "aanhef: 'Geachte lezer van {dagtekening},'\ntekst: Dag.\n"
    write(tmp_path, text, own=own)
    for one in made(tmp_path):
        assert "Subsidie 29-11-2026" in one
        assert "lezer van 29 november 2026," in one


def test_a_column_that_is_called_as_the_table_is_told_and_not_printed(tmp_path: Path):
    head = HEAD.replace("opmerking", "tabel")
    path = write(tmp_path, "tekst: 'Zie {tabel} hier.'\n", head=head)
    (problem,) = errors(path)
    assert problem.key == "LRT705.tabel"
    assert "een andere kop" in problem.remedy
