"""The commands that print tables, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_running import Run, make_run

import lrtdocs
from lrtdocs.errors import ExitCode
from lrtdocs.source.lists.register import load_register, register_rows
from lrtdocs.source.sheet import open_table

MAILING = """\
sjabloon: taakstelling
ontvangers: gemeenten
betreft: Taakstelling
ondertekening: J. Jansen
taakstelling:
  halfjaar: 2025-II
  totaal: 13.000
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("t.yaml").write_text(MAILING, encoding="utf-8")
    return make_run(capsys)


def test_the_division_is_printed_a_line_a_gemeente_and_its_sum_to_the_other_stream(run: Run):
    result = run("taakstelling", "t.yaml")
    assert result.code == ExitCode.DONE
    lines = result.out.splitlines()
    assert len(lines) == 343
    assert lines[0].split() == [
        "code",
        "gemeente",
        "provincie",
        "inwoners",
        "quotum",
        "taakstelling",
    ]
    assert lines[1].split() == ["GM0014", "Groningen", "Groningen", "243.768", "176,61", "177"]
    assert len({len(line) for line in lines}) == 1
    assert sum(int(line.split()[-1]) for line in lines[1:]) == 13_164
    assert "samen 13.164, 164 meer dan 13.000" in result.err


def test_the_division_comes_as_json_lines_with_real_numbers(run: Run):
    rows = [json.loads(line) for line in run("taakstelling", "t.yaml", "--json").out.splitlines()]
    assert rows[0]["soort"] == "rij"
    assert (rows[0]["inwoners"], rows[0]["quotum"], rows[0]["taakstelling"]) == (
        243_768,
        176.61,
        177,
    )
    assert [row["soort"] for row in rows].count("rij") == 342
    assert rows[-1]["soort"] == "samenvatting"


@pytest.mark.parametrize("name", ["tabel.xlsx", "tabel.csv"])
def test_the_division_is_written_and_can_be_supplied_as_a_table_again(run: Run, name: str):
    result = run("taakstelling", "t.yaml", "-o", name)
    assert (result.code, result.out) == (ExitCode.DONE, f"{name}\n")
    rows = list(open_table(Path(name)))
    assert len(rows) == 342
    assert rows[0].cells["inwoners"].text.replace(".", "") == "243768"
    Path("t.yaml").write_text(MAILING + f"  tabel: {name}\n", encoding="utf-8")
    again = run("taakstelling", "t.yaml")
    assert (again.code, again.err.count("\n")) == (ExitCode.DONE, 2)


def test_a_written_division_is_the_same_every_time(run: Run):
    run("taakstelling", "t.yaml", "-o", "een.xlsx")
    run("taakstelling", "t.yaml", "-o", "twee.xlsx")
    assert Path("een.xlsx").read_bytes() == Path("twee.xlsx").read_bytes()


def test_a_division_cannot_be_written_as_something_else(run: Run):
    for arguments in (["taakstelling", "t.yaml"], ["gemeenten"]):
        result = run(*arguments, "-o", "tabel.pdf")
        assert (result.code, result.out) == (ExitCode.USAGE, "")
        assert ".xlsx of .csv" in result.err
        assert not Path("tabel.pdf").exists()


def test_a_table_that_cannot_be_written_is_not_printed_instead(run: Run):
    Path("vol").write_text("een bestand", encoding="utf-8")
    result = run("taakstelling", "t.yaml", "-o", "vol/tabel.xlsx")
    assert (result.code, result.out) == (ExitCode.PROBLEMS, "")
    assert "geen map" in result.err


@pytest.mark.parametrize("folder", ["uitmap", "uit.map"])
def test_a_table_may_go_into_a_folder(run: Run, folder: str):
    if "." in folder:
        Path(folder).mkdir()
    for arguments, name in (
        (["taakstelling", "t.yaml"], "t-taakstelling.xlsx"),
        (["gemeenten"], "gemeenten.csv"),
    ):
        result = run(*arguments, "-o", folder)
        assert (result.code, result.out) == (ExitCode.DONE, f"{Path(folder, name)}\n")
        assert Path(folder, name).is_file()


def test_a_mailing_with_errors_is_not_divided(run: Run):
    Path("t.yaml").write_text(MAILING.replace("13.000", "veel"), encoding="utf-8")
    result = run("taakstelling", "t.yaml", "-o", "tabel.xlsx")
    assert (result.code, result.out) == (ExitCode.PROBLEMS, "")
    assert "LRT233" in result.err
    assert not Path("tabel.xlsx").exists()


def test_differences_from_a_supplied_table_are_warnings(run: Run):
    Path("a.csv").write_text("code;taakstelling\nGM0014;170\n", encoding="utf-8")
    Path("t.yaml").write_text(MAILING + "  tabel: a.csv\n", encoding="utf-8")
    result = run("taakstelling", "t.yaml")
    assert result.code == ExitCode.DONE
    assert "waarschuwing LRT648: Groningen: taakstelling is in de tabel 170" in result.err
    assert result.out.splitlines()[1].split()[-1] == "170"


def test_the_register_is_printed(run: Run):
    result = run("gemeenten")
    assert result.code == ExitCode.DONE
    lines = result.out.splitlines()
    assert len(lines) == 343
    assert "GM1900  Súdwest-Fryslân" in result.out
    assert "17.942.942 inwoners" in result.err


def newer(folder: Path) -> Path:
    """Write a list of a year later: one gemeente renamed, all grown by one."""
    known = load_register()
    date = known.peildata[-1]
    lines = ["Regiocode;Naam;Perioden;Bevolking op 1 januari (aantal)"]
    lines.append(f"NL01;Nederland;2025JJ00;{known.nationaal[date] + 342}")
    for g in known.gemeenten:
        name = "Den Haag" if g.code == "GM0518" else g.naam_cbs
        lines.append(f"{g.code};{name};2025JJ00;{g.inwoners[date] + 1}")
    path = folder / "cbs.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_newer_list_is_compared_and_its_register_goes_for_what_stands_beside_it(
    run: Run, tmp_path: Path
):
    result = run("gemeenten", "--vergelijk", newer(tmp_path), "-o", "gemeenten.csv")
    assert (result.code, result.out) == (ExitCode.DONE, "gemeenten.csv\n")
    assert "1 × naam, 342 × inwoners" in result.err
    assert "243.768 (1-1-2024)  243.769 (1-1-2025)" in result.err
    Path("t.yaml").write_text(MAILING.replace("2025-II", "2026-I"), encoding="utf-8")
    division = run("taakstelling", "t.yaml")
    assert division.code == ExitCode.DONE
    assert "Inwoners op 1 januari 2025: 17.943.284 in 342 gemeenten." in division.err
    assert "Den Haag" in division.out


def test_after_a_merger_letters_go_to_the_gemeenten_that_are_left(run: Run, tmp_path: Path):
    text = newer(tmp_path).read_text(encoding="utf-8")
    by_code = {line.split(";")[0]: line for line in text.splitlines()}
    gone, stays = by_code["GM1992"], by_code["GM1991"]
    number, other = (int(line.split(";")[-1]) for line in (gone, stays))
    merged = stays.replace(f";{other}", f";{other + number}")
    text = text.replace(f"\n{gone}", "").replace(stays, merged)
    Path("cbs.csv").write_text(text, encoding="utf-8")
    result = run("gemeenten", "--vergelijk", "cbs.csv", "-o", "gemeenten.csv")
    assert "1 × weg" in result.err
    Path("t.yaml").write_text(MAILING.replace("2025-II", "2026-I"), encoding="utf-8")
    assert "in 341 gemeenten" in run("taakstelling", "t.yaml").err
    assert run("controleer", "t.yaml").code == ExitCode.DONE
    Path("t.yaml").write_text(MAILING, encoding="utf-8")
    assert "in 342 gemeenten" in run("taakstelling", "t.yaml").err
    assert run("controleer", "t.yaml").code == ExitCode.DONE


def test_what_a_newer_list_changes_is_printed_a_line_a_change(run: Run, tmp_path: Path):
    result = run("gemeenten", "--vergelijk", newer(tmp_path))
    assert len(result.out.splitlines()) == 344
    assert result.out.splitlines()[1].split() == [
        "naam",
        "GM0518",
        "'s-Gravenhage",
        "'s-Gravenhage",
        "Den",
        "Haag",
    ]


def test_a_list_without_a_date_needs_one_on_the_command_line(run: Run):
    Path("lijst.csv").write_text("code;inwoners\nNL01;5\nGM0014;5\n", encoding="utf-8")
    assert run("gemeenten", "--vergelijk", "lijst.csv").code == ExitCode.PROBLEMS
    told = run("gemeenten", "--vergelijk", "lijst.csv", "--peildatum", "2025-01-01")
    assert told.code == ExitCode.DONE
    assert "341 × weg" in told.err


def test_a_wrong_date_on_the_command_line_is_wrong_usage(run: Run):
    result = run("gemeenten", "--peildatum", "31-2-2025")
    assert result.code == ExitCode.USAGE
    assert "februari 2025 heeft 28 dagen" in result.err


def test_a_list_that_is_not_there_is_told(run: Run):
    result = run("gemeenten", "--vergelijk", "weg.csv")
    assert result.code == ExitCode.PROBLEMS
    assert "Dit bestand is er niet." in result.err


def test_the_register_is_written_as_a_file_to_keep(run: Run):
    run("gemeenten", "-o", "gemeenten.csv")
    headings, *_ = register_rows(load_register())
    assert [heading.text for heading in open_table(Path("gemeenten.csv")).headings] == headings
    assert load_register(Path("t.yaml")) == load_register()


def test_a_mailing_is_checked_as_a_mailing(run: Run):
    Path("m.yaml").write_text("sjabloon: brief\nontvangers: weg.xlsx\n", encoding="utf-8")
    codes = {problem.code for problem in lrtdocs.check("m.yaml")}
    assert codes == {"LRT202"}


def test_the_schema_of_a_mailing_is_printed(run: Run):
    schema = json.loads(run("schema", "mailing").out)
    assert "taakstelling" in schema["properties"]
