from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_making import problems_of

from lrtdocs.errors import FileProblemError, Severity
from lrtdocs.source.sheet import normalize_heading, open_table

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {"naam": "naam", "plaats": "plaats", "code": "code"}


def save(folder: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "a.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def read(path: Path) -> list[dict[str, str]]:
    return [{key: cell.text for key, cell in row.cells.items()} for row in open_table(path, WORDS)]


def told(path: Path) -> list[tuple[str, int | None, int | None]]:
    table = open_table(path, WORDS)
    return [(p.code, p.place.line, p.place.column) for p in problems_of(table)]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separator_line_ends_and_encoding_are_found_out(
    tmp_path: Path, separator: str, end: str, encoding: str
):
    lines = [["naam", "plaats"], ["Súdwest-Fryslân", '"Sneek ""x"""'], ["", ""], ["Ede", "0123"]]
    text = end.join(separator.join(line) for line in lines) + end
    path = save(tmp_path, text, encoding)
    assert read(path) == [
        {"naam": "Súdwest-Fryslân", "plaats": 'Sneek "x"'},
        {"naam": "Ede", "plaats": "0123"},
    ]


def test_an_old_encoding_is_told_at_its_first_line(tmp_path: Path):
    table = open_table(save(tmp_path, "naam;plaats\r\nEde;x\r\nSúd;y\r\n", "cp1252"), WORDS)
    (problem,) = problems_of(table)
    assert (problem.code, problem.place.line, problem.place.column) == ("LRT617", 3, 2)
    assert problem.severity is Severity.WARNING


def test_an_old_encoding_is_found_at_the_very_end_and_far_into_a_file(tmp_path: Path):
    assert read(save(tmp_path, b"naam\nEd\xe9")) == [{"naam": "Edé"}]
    far = b"naam\n" + b"x\n" * 70_000 + b"Ed\xe9\n"
    assert told(save(tmp_path, far)) == [("LRT617", 70_002, 3)]


def test_one_odd_byte_in_utf8_is_refused_at_its_line_and_column(tmp_path: Path):
    with pytest.raises(FileProblemError, match=r"a\.csv:3:4: ") as caught:
        open_table(save(tmp_path, "naam;plaats\nFryslân;x\nCaf".encode() + b"\xe9;y\n"))
    assert caught.value.problems[0].key == "LRT141.byte"


@pytest.mark.parametrize(
    ("text", "told", "kept"),
    [
        ("SÃºdwest-FryslÃ¢n", "LRT142.tekst", "Súdwest-Fryslân"),
        ("â€™s-Hertogenbosch", "LRT142.tekst", "’s-Hertogenbosch"),
        ("SÃƒÂºdwest", "LRT142.tekst", "Súdwest"),
        ("S├║dwest", "LRT142.tekst", "Súdwest"),
        ("Frysl√¢n", "LRT142.tekst", "Fryslân"),
        ("BelgiÃ\x83Â«", "LRT142.tekst", "België"),
        ("Frysl\ufffdn", "LRT142.weg", "Frysl\ufffdn"),
        ("Frysl?n", "LRT142.vraagteken", "Frysl?n"),
        ('"S&uacute;dwest"', "LRT142.tekst", "Súdwest"),
        ('"Caf&#233; A &amp; B"', "LRT142.tekst", "Café A & B"),
    ],
)
def test_text_that_was_spoiled_before_is_told_with_the_right_text(
    tmp_path: Path, text: str, told: str, kept: str
):
    table = open_table(save(tmp_path, f"naam;plaats\n{text};x\n"), WORDS)
    (problem,) = problems_of(table)
    assert (problem.key, problem.place.line) == (told, 2)
    assert [row.text("naam") for row in table] == [kept]
    assert problem.expected in {"", kept}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Súdwest-Fryslân",
            "Noardeast-Fryslân",
            "’s-Hertogenbosch",
            "Ÿ",
            "Œuvre",
            "Þór",
            "Ångström",
        ),
        *(
            "SÃO PAULO",
            "„Ä”",
            "CAFÉ’s",
            "Ä–Ö",
            "m²",
            "20 °C",
            "Â",
            "Å·",
            "Øresund",
            "Şahin",
            "Łódź",
        ),
        *(
            "https://x.nl/a?b=c",
            "wonen&regiozorg",
            "Wie? Wat?",
            "ja/nee?",
            "wat?!",
            "e-mail?onderwerp=x",
            "-?-",
            "(?)",
        ),
    ],
)
def test_honest_text_is_not_taken_for_spoiled(tmp_path: Path, text: str):
    assert told(save(tmp_path, f"naam;plaats\n{text};x\n")) == []


def test_a_letter_cut_by_the_edge_of_a_piece_is_still_utf8(tmp_path: Path):
    text = "naam\n" + "x" * (65_536 - 6) + "é\n"
    assert [code for code, *_ in told(save(tmp_path, text))] == ["LRT612"]


@pytest.mark.parametrize("data", [b"naam\nEd\x81", b"naam\n\x00", b"\xff\xfea", b"naam\nx\xe9\x07"])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes):
    with pytest.raises(FileProblemError, match="geen tekst"):
        open_table(save(tmp_path, data))


def test_a_cell_has_its_line_and_column(tmp_path: Path):
    path = save(tmp_path, 'naam;plaats;code\n"een\ntwee;drie";b;c\nx;"y";z\n')
    first, second = open_table(path, WORDS)
    assert first.cells["naam"].text == "een\ntwee;drie"
    places = [(cell.line, cell.column) for row in (first, second) for cell in row.cells.values()]
    assert places == [(2, 1), (3, 12), (3, 14), (4, 1), (4, 3), (4, 7)]
    assert str(second.cells["plaats"].place) == f"{path}:4:3"


def test_a_line_with_too_many_or_too_few_cells_is_told_and_left_out(tmp_path: Path):
    path = save(tmp_path, "naam;plaats;code\na;b;c;d\na;b\na;b;c;;\nx;y;z\n")
    assert read(path) == [
        {"naam": "a", "plaats": "b", "code": "c"},
        {"naam": "x", "plaats": "y", "code": "z"},
    ]
    assert told(path) == [("LRT615", 2, 1), ("LRT615", 3, 1)]


def test_a_quote_that_is_never_closed_costs_one_line(tmp_path: Path):
    path = save(tmp_path, 'naam;plaats\n"Ede;x\nAssen;y\nTiel;z\n')
    assert told(path) == [("LRT616", 2, 1)]
    assert [row["naam"] for row in read(path)] == ["Ede", "Assen", "Tiel"]


def test_text_behind_a_closing_quote_is_told(tmp_path: Path):
    assert told(save(tmp_path, 'naam;plaats\n"Ede" ja;x\n'))[0][0] == "LRT616"


def test_a_quote_in_the_middle_is_only_a_quote(tmp_path: Path):
    path = save(tmp_path, 'naam;plaats\n5" buis;"x"\n')
    assert read(path) == [{"naam": '5" buis', "plaats": "x"}]
    assert told(path) == []


@pytest.mark.parametrize(
    "text", ["sep=,\nnaam,plaats\nEde;x,y\n", '"sep=,"\nnaam,plaats\nEde;x,y\n']
)
def test_the_line_with_which_excel_names_the_separator_counts(tmp_path: Path, text: str):
    assert read(save(tmp_path, text)) == [{"naam": "Ede;x", "plaats": "y"}]


def test_one_column_needs_no_separator(tmp_path: Path):
    assert read(save(tmp_path, "naam\nEde\nAssen\n")) == [{"naam": "Ede"}, {"naam": "Assen"}]


def test_text_that_was_guarded_against_excel_is_read_as_it_was(tmp_path: Path):
    text = "naam;plaats\n=\"0123\";'=1+1\n's-Gravenhage;'t Zand\n"
    assert read(save(tmp_path, text)) == [
        {"naam": "0123", "plaats": "=1+1"},
        {"naam": "'s-Gravenhage", "plaats": "'t Zand"},
    ]


@pytest.mark.parametrize("error", ["#N/B", "#VERW!", "#N/A", "########"])
def test_an_error_of_excel_is_refused(tmp_path: Path, error: str):
    assert told(save(tmp_path, f"naam;plaats\nEde;{error}\n")) == [("LRT606", 2, 5)]


def test_notes_above_and_below_are_told_or_kept_apart(tmp_path: Path):
    path = save(tmp_path, "Adressen\n\nnaam;plaats;code\nEde;x;y\n* stand van maart\n")
    assert read(path) == [{"naam": "Ede", "plaats": "x", "code": "y"}]
    assert told(path) == [("LRT611", 5, 1)]
    assert [note.text for note in open_table(path, WORDS).notes] == ["Adressen"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str):
    path = tmp_path_factory.mktemp("x") / "a.csv"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        list(open_table(path, WORDS))
    except FileProblemError as error:
        refused = str(error)
    else:
        refused = "x"
    assert refused


def test_a_double_heading_is_told_with_the_column_of_the_other(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("code;naam;plaats;Naam\nGM0106;Assen;Assen;x\n", encoding="utf-8")
    (problem,) = problems_of(open_table(path, {"naam": "naam"}))
    assert (problem.code, problem.place.line) == ("LRT602", 1)
    assert "de andere staat in de 2e kolom" in problem.message


COLUMNS = ("organisatie", "t.a.v.", "adres", "postcode", "plaats")
KNOWN = {normalize_heading(word): normalize_heading(word) for word in COLUMNS}
ALFA, BETA = "Alfa BV;;Straat 1;1234 AB;Sneek", "Beta BV;X;Laan 2;1234 AC;Ede"
HEAD = ";".join(COLUMNS)


@pytest.mark.parametrize(
    ("lines", "expected", "read"),
    [
        # the headings were sorted in among the rows
        ([ALFA, HEAD, BETA], [("LRT611.boven", 1, "fout")], ["Beta BV"]),
        # two tables, one under the other: the headings of the second are more, fewer, the same
        (
            ["organisatie;adres;postcode;plaats;", "Alfa BV;Straat 1;1234 AB;Sneek;", HEAD, BETA],
            [("LRT611.boven", 2, "fout")],
            ["Beta BV"],
        ),
        (
            [HEAD, ALFA, "", "organisatie;adres;postcode;plaats;", "Beta BV;Laan 2;1234 AC;Ede;"],
            [("LRT602.opnieuw", 4, "fout")],
            ["Alfa BV"],
        ),
        ([HEAD, ALFA, HEAD, BETA], [], ["Alfa BV", "Beta BV"]),
        (
            ["organisatie", "Alfa BV", "postcode", "Beta"],
            [("LRT602.opnieuw", 3, "fout")],
            ["Alfa BV"],
        ),
        (["Alfa", "Beta", "organisatie", "C"], [("LRT611.boven", 1, "fout")], ["C"]),
        # half a row is as little lost
        (["Alfa BV;;;;Sneek", HEAD, BETA], [("LRT611.boven", 1, "waarschuwing")], ["Beta BV"]),
        # titles, labels and headings over headings are no recipients
        (
            ["Adressen 2025;;;;", "Peildatum;1 mei;;;", "Door:;J. Jansen;;;", HEAD, BETA],
            [],
            ["Beta BV"],
        ),
        (["Kenmerk;123;;;", HEAD, BETA], [("LRT611.boven", 1, "waarschuwing")], ["Beta BV"]),
        (["Organisatie;;Adres;;", HEAD, BETA], [], ["Beta BV"]),
        (
            ["Adressen", "organisatie", "Beta BV"],
            [("LRT611.boven", 1, "waarschuwing")],
            ["Beta BV"],
        ),
    ],
)
def test_a_row_above_the_headings_is_never_lost(
    tmp_path: Path, lines: list[str], expected: list[tuple[str, int, str]], read: list[str]
):
    path = save(tmp_path, "\n".join(lines) + "\n")
    table = open_table(path, KNOWN)
    assert [(p.key, p.place.line, p.severity) for p in problems_of(table)] == expected
    assert [row.text("organisatie") for row in table] == read


@pytest.mark.parametrize("row", ["Jansen;directie;instelling", "x;ja;nee", "ja;ja;nee", ";ja;nee"])
def test_words_of_headings_in_a_row_make_it_no_headings(tmp_path: Path, row: str):
    path = save(tmp_path, f"naam;ja;nee\n{row}\n")
    words = {"naam": "naam", "directie": "afdeling", "instelling": "organisatie", "ja": "x"}
    assert len(list(open_table(path, words))) == 1


def test_the_remedy_for_rows_above_the_headings_leads_to_all_of_them(tmp_path: Path):
    (problem,) = problems_of(open_table(save(tmp_path, f"{ALFA}\n{ALFA}\n{HEAD}\n{BETA}\n"), KNOWN))
    assert problem.message.startswith("De rijen 1 en 2 staan boven de koppen")
    assert "zet ze dan onder de koppen" in problem.remedy
    table = open_table(save(tmp_path, f"{HEAD}\n{ALFA}\n{ALFA}\n{BETA}\n"), KNOWN)
    assert (len(list(table)), problems_of(table)) == (3, [])


def test_a_quote_that_closes_a_row_later_swallows_no_recipient(tmp_path: Path):
    rows = ['Ede;Straat 1;1234 AB;Ede;"let op', 'Urk;Postbus 77;8320 AB;Urk;"']
    path = save(tmp_path, "\n".join(["naam;adres;postcode;plaats;opm", *rows]))
    assert ("LRT616", 2, 26) in told(path)

    honest = save(tmp_path, 'naam;plaats;opm\nEde;Ede;"twee\nregels; met; puntkomma"\n')
    assert "LRT616" not in {code for code, *_ in told(honest)}
