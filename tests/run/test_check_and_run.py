"""What `controleer` knows of a mailing or a meeting, the run asks too, and the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docx_making import new_document
from mailing_making import ERROR, WARNING, letters, mailing, told, told_twice, write_template

from lrtdocs.api.checking import check
from lrtdocs.api.documents import make_documents

if TYPE_CHECKING:
    from pathlib import Path

LITERALS = {
    "Beste {naam},": ("LRT330", ERROR),
    "Beste {Naam},": ("LRT330", ERROR),
    "Beste { { naam } },": ("LRT330", ERROR),
    "Beste ${naam},": ("LRT330", ERROR),
    "Beste «naam»,": ("LRT333", ERROR),
    "Beste « Naam »,": ("LRT333", ERROR),
    "Beste [[naam]],": ("LRT333", ERROR),
    "Beste <<naam>>,": ("LRT333", ERROR),
    "Beste [naam],": ("LRT334", WARNING),
    "Hij zei: «zo gaat het».": ("LRT333", WARNING),
}


@pytest.mark.parametrize("text", LITERALS)
def test_what_would_be_printed_as_it_stands_is_told_by_check_and_run(tmp_path: Path, text: str):
    path = mailing(tmp_path, [], [[]], "Aan {{ naam }}", text)
    assert told_twice(tmp_path, path) == {(*LITERALS[text], "")}


@pytest.mark.parametrize("text", ["Zie [sic] en {1, 2}", "a < b en c > d", "[bijlage 1]", "{a, b}"])
def test_brackets_that_are_text_are_not_told(tmp_path: Path, text: str):
    path = mailing(tmp_path, [], [[]], "Aan {{ naam }}", text)
    assert told_twice(tmp_path, path) == set()


def test_the_remedy_for_a_placeholder_gives_the_letter(tmp_path: Path):
    path = mailing(tmp_path, [], [[]], "Beste {naam},")
    (problem,) = check(path)
    tag, text = problem.remedy.removeprefix("Schrijf ").split(". Is het gewone tekst? Typ dan ")
    for written, said in ((tag, "Naam 0"), (text.removesuffix("."), "{naam}")):
        write_template(tmp_path, f"Beste {written}, van {{{{ plaats }}}}")
        assert told_twice(tmp_path, path) == set()
        assert letters(tmp_path) == [f"Beste {said}, van Ede"]


def test_a_template_without_any_word_of_the_recipient_is_told(tmp_path: Path):
    path = mailing(tmp_path, [], [[]], "Beste lezer,")
    assert told_twice(tmp_path, path) == {("LRT719", WARNING, "")}


def test_an_empty_cell_that_is_printed_is_told_once_a_column_with_its_cells(tmp_path: Path):
    text = "Aan {{ naam }} {{ bedrag | bedrag }} {% if op %}op {{ op | datum }}{% endif %}"
    rows: list[list[object]] = [[None, None], [5, None], [None, "2025-03-01"]]
    path = mailing(tmp_path, ["bedrag", "op"], rows, text)
    assert told_twice(tmp_path, path) == {("LRT716", WARNING, "E2")}
    (problem,) = check(path)
    assert problem.found == "E2 en E4"
    write_template(
        tmp_path, "Aan {{ naam }}{% if bedrag %} {{ bedrag | bedrag }}{% endif %}"
    )  # as the remedy says
    assert told_twice(tmp_path, path) == set()


def test_an_empty_cell_in_a_block_that_its_letter_does_not_show_is_not_told(tmp_path: Path):
    text = "{{ naam }} {% if soort == 'a' %}{{ a }}{% else %}{{ b }}{% endif %}"
    path = mailing(tmp_path, ["soort", "a", "b"], [["a", 1, None], ["b", None, 2]], text)
    assert told_twice(tmp_path, path) == set()


def test_a_heading_that_is_a_word_of_the_template_is_not_taken_for_another(tmp_path: Path):
    path = mailing(tmp_path, ["kenmerk"], [["a"], ["b"]], "Aan {{ naam }}, kenmerk {{ kenmerk }}")
    assert told_twice(tmp_path, path) == set()
    write_template(tmp_path, "Aan {{ naam }}, kenmerk {{ uw_referentie }}")
    assert ("LRT603", WARNING, "E1") in told_twice(tmp_path, path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ naam }}: {{ akkoord }}", set()),
        ("{{ naam }}{% if akkoord == 'n.v.t.' %}: niet van toepassing{% endif %}", set()),
        ("{{ naam }}{% if akkoord %}: akkoord{% endif %}", {("LRT665", WARNING, "E4")}),
    ],
)
def test_what_is_no_answer_is_told_only_where_a_condition_asks_for_one(
    tmp_path: Path, text: str, told: set[tuple[str, str, str]]
):
    path = mailing(tmp_path, ["akkoord"], [["ja"], ["nee"], ["n.v.t."]], text)
    assert told_twice(tmp_path, path) == told


@pytest.mark.parametrize(("tag", "told"), [("einde", set()), ("einde | datum", {"LRT667"})])
def test_a_word_among_dates_is_told_where_it_is_more_than_printed(
    tmp_path: Path, tag: str, told: set[str]
):
    cells = [["1-3-2025"], ["2-3-2025"], ["3-3-2025"], ["n.n.b."]]
    path = mailing(tmp_path, ["einde"], cells, "Aan {{ naam }}: {{ " + tag + " }}")
    assert {problem.code for problem in check(path)} & {"LRT667"} == told


def test_a_block_is_not_told_for_what_a_block_in_it_asks_again(tmp_path: Path):
    texts = ["{{ naam }}", "{%p if bijlagen %}", "Bijlagen", "{%p if bijlagen | length > 6 %}",
             "zie het einde van deze brief", "{%p endif %}", "{%p endif %}"]  # fmt: skip
    assert told_twice(tmp_path, mailing(tmp_path, [], [[], []], *texts)) == set()


def test_a_body_in_a_block_that_no_letter_shows_is_told(tmp_path: Path):
    texts = ["{{ naam }}", "{%p if tekst_tot_slot %}", "Ik verleen u {{ bedrag }}.",
             "{{ tekst_tot_slot | tekst }}", "{%p endif %}"]  # fmt: skip
    path = mailing(tmp_path, ["bedrag"], [[5]], *texts)
    assert told_twice(tmp_path, path) == {("LRT717", WARNING, "")}
    write_template(tmp_path, texts[0], texts[2])
    assert told_twice(tmp_path, path) == set()
    assert letters(tmp_path) == ["Naam 0|Ik verleen u 5."]


HONEST = {
    "what is asked is shown": "{% if op %}Op {{ op }} belde u.{% endif %}",
    "another branch shows": "{% if akkoord %}wel{% else %}niet{% endif %}",
    "what letters may have": "{% if kopie_aan %}Kopie aan: {{ kopie_aan | opsomming }}{% endif %}",
    "in a loop over nothing": "{% for b in bijlagen %}{% if b.nummer %}nr.{% endif %}{% endfor %}",
}


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST)
def test_a_block_that_may_fall_away_is_not_told(tmp_path: Path, text: str):
    path = mailing(tmp_path, ["op", "akkoord"], [[None, "nee"]], "{{ naam }}", text)
    assert told_twice(tmp_path, path) == set()


def test_a_text_that_never_occurs_in_its_column_is_told(tmp_path: Path):
    text = "{{ naam }} {% if status == 'Toegekend' %}ja{% else %}nee{% endif %}"
    path = mailing(tmp_path, ["status"], [["toegekend"], ["afgewezen"]], text)
    assert told_twice(tmp_path, path) == {("LRT718", WARNING, "")}
    assert "'toegekend', 'afgewezen'" in check(path)[0].found
    write_template(tmp_path, text.replace("Toeg", "toeg"))
    assert told_twice(tmp_path, path) == set()
    assert letters(tmp_path) == ["Naam 0 ja", "Naam 1 nee"]


def test_yes_and_no_are_compared_as_such(tmp_path: Path):
    text = "{{ naam }} {% if akkoord == 'Ja' %}wel{% endif %}"
    path = mailing(tmp_path, ["akkoord"], [["ja"], ["NEE"], [True]], text)
    assert told_twice(tmp_path, path) == set()


def test_every_letter_is_filled_by_the_check_which_names_the_cell(tmp_path: Path):
    path = mailing(
        tmp_path, ["op"], [["2025-03-01"], ["31 juni 2025"]], "{{ naam }} {{ op|datum }}"
    )
    assert told_twice(tmp_path, path) == {("LRT311", ERROR, "E3")}


def test_a_tag_that_is_only_a_number_is_told_and_its_remedy_works(tmp_path: Path):
    path = mailing(tmp_path, ["2024"], [[7]], "{{ naam }} {{ 2024 }}")
    assert told_twice(tmp_path, path) == {("LRT356", WARNING, "")}
    write_template(tmp_path, "{{ naam }} {{ kolom_2024 }}")
    assert told_twice(tmp_path, path) == set()
    assert letters(tmp_path) == ["Naam 0 7"]


def test_the_template_in_force_for_a_meeting_is_checked_with_it(tmp_path: Path):
    path = tmp_path / "v.yaml"
    path.write_text(
        "overleg: Proef\ndatum: 2025-06-18\ndagtekening: 2025-06-11\n"
        "agendapunten: [{titel: Opening}]\n",
        encoding="utf-8",
    )
    (tmp_path / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    (tmp_path / "sjablonen").mkdir()
    document = new_document()
    document.add_paragraph("{overleg}")
    document.save(str(tmp_path / "sjablonen" / "agenda.docx"))
    assert told(check(path)) == {("LRT330", ERROR, "")}
    assert told(make_documents([path], "agenda").problems) == {("LRT330", ERROR, "")}


MEETING = (
    "overleg: Proef\ndatum: 2025-06-18\ndagtekening: 2025-06-11\nagendapunten:\n  - titel: A\n"
)


def meeting(folder: Path, more: str, house: str = "") -> Path:
    path = folder / "v.yaml"
    path.write_text(MEETING + more, encoding="utf-8")
    (folder / "huisstijl.yaml").write_text(
        f"afzenders: {{a: {{team: T}}}}\n{house}", encoding="utf-8"
    )
    return path


def found_at(path: Path) -> set[tuple[str, str, int | None]]:
    """Return what the check tells of a meeting, and where; the run must tell the same."""
    checked, ran = check(path), make_documents([path], "agenda").problems
    assert told(checked) == told(ran)
    return {(one.key, one.place.file.rpartition("/")[2], one.place.line) for one in checked}


FILES = ["memo.pdf", "bijlagen/memo.pdf", "bijlagen/1 memo.pdf", "C:\\stukken\\a.pdf",
         "https://memo.pdf", "\\\\server\\map\\a.docx", "stukken/nota", "../b.xlsx"]  # fmt: skip
NO_ADDRESS = ["#bijlage1", "Rijks overheid", "ftp:", "https://", "mailto:"]


@pytest.mark.parametrize("link", FILES)
def test_a_link_to_a_file_is_told_where_it_was_typed(tmp_path: Path, link: str):
    path = meeting(tmp_path, f"    bijlagen: [{{titel: m, link: '{link}'}}]\n")
    assert found_at(path) == {("LRT262.bestand", "v.yaml", 6)}


@pytest.mark.parametrize("link", NO_ADDRESS)
def test_what_is_no_address_is_told_where_it_was_typed(tmp_path: Path, link: str):
    path = meeting(tmp_path, f"    bijlagen: [{{titel: m, link: '{link}'}}]\n")
    assert found_at(path) == {("LRT262.adres", "v.yaml", 6)}


def test_the_remedy_for_a_space_in_an_address_works(tmp_path: Path):
    path = meeting(tmp_path, "    bijlagen: [{titel: m, link: 'x.nl/a b.pdf'}]\n")
    assert found_at(path) == {("LRT262.spatie", "v.yaml", 6)}
    (problem,) = check(path)
    assert problem.remedy == "Schrijf https://x.nl/a%20b.pdf."
    meeting(tmp_path, "    bijlagen: [{titel: m, link: 'https://x.nl/a%20b.pdf'}]\n")
    assert found_at(path) == set()


ADDRESSES = ["www.x.nl", "x.nl/a.pdf", "a@b.nl", "https://x.nl:81/?b=c", "tel:0701234567"]


@pytest.mark.parametrize("link", [*ADDRESSES, "http://intranet/stuk.docx", "x.gov.uk"])
def test_an_address_stays_one(tmp_path: Path, link: str):
    path = meeting(tmp_path, f"    bijlagen: [{{titel: m, link: '{link}'}}]\n")
    assert found_at(path) == set()


@pytest.mark.parametrize(
    ("house", "key"),
    [("logo: weg.png\n", "LRT263.bestand"), ("logo: v.yaml\n", "LRT263.beeld")],
)
def test_a_logo_that_cannot_be_used_is_told_in_the_house_style(
    tmp_path: Path, house: str, key: str
):
    path = meeting(tmp_path, "", house)
    assert found_at(path) == {(key, "huisstijl.yaml", 2)}
    assert {one.key for one in check(tmp_path / "huisstijl.yaml")} == {key}


def test_a_website_that_is_none_is_told_in_the_house_style(tmp_path: Path):
    path = meeting(tmp_path, "")
    (tmp_path / "huisstijl.yaml").write_text("afzenders:\n  a: {website: Rijks overheid}\n")
    assert found_at(path) == {("LRT262.adres", "huisstijl.yaml", 2)}


@pytest.mark.parametrize("text", ["{{ naam }}", "{naam}", "«naam»", "[[naam]]", "{ { naam } }"])
def test_a_placeholder_in_a_text_of_a_meeting_is_told(tmp_path: Path, text: str):
    path = meeting(tmp_path, f"    toelichting: |\n      Een regel.\n      Beste {text},\n")
    assert found_at(path) == {("LRT264", "v.yaml", 8)}


@pytest.mark.parametrize(
    ("text", "severity"),
    [("{{ naam }}", ERROR), ("{Naam}", ERROR), ("[[wie]]", ERROR), ("«naam»", ERROR),
     ("{% if naam %}", ERROR), ("{wie}", ERROR), ("{vul hier in}", WARNING), ("«bedrag»", WARNING)],
)  # fmt: skip
def test_a_placeholder_in_velden_or_text_of_a_mailing_is_told(
    tmp_path: Path, text: str, severity: str
):
    path = mailing(tmp_path, [], [[]], "{{ naam }} {{ a }}")
    path.write_text(path.read_text() + f'velden: {{a: "Beste {text}"}}\n', encoding="utf-8")
    assert told_twice(tmp_path, path) == {("LRT714", severity, "")}


def test_what_a_column_with_a_year_means_can_be_said(tmp_path: Path):
    path = mailing(tmp_path, ["2024"], [["7"]], "{{ naam }} {{ kolom_2024 | getal }}")
    path.write_text(path.read_text() + "kolommen: {2024: getal}\n", encoding="utf-8")
    assert told_twice(tmp_path, path) == set()
