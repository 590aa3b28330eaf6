"""The commands brief and brieven as a user meets them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_running import Run, make_run
from mailing_making import make_mailing

from lrtdocs.cli.letters import LetterSteps
from lrtdocs.cli.report import Report
from lrtdocs.errors import ExitCode

EXAMPLES = Path(__file__).parent.parent / "examples"
MAIN = [sys.executable, "-c", "from lrtdocs.cli import main; main()"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return make_run(capsys)


def test_paths_go_to_stdout_and_the_last_line_counts(run: Run, tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    result = run("brieven", path, "-o", tmp_path / "uit")
    assert result.code == ExitCode.DONE
    assert result.out.splitlines() == [
        str(tmp_path / "uit" / f"000{i}-Naam {i}.docx") for i in range(1, 6)
    ]
    assert result.err.splitlines()[-1] == "5 brieven: 5 gemaakt, 0 ongewijzigd, 0 mislukt."


def test_as_json_every_line_is_data_and_the_last_counts(run: Run, tmp_path: Path) -> None:
    path = make_mailing(tmp_path)
    result = run("brieven", path, "-o", tmp_path / "uit", "--json")
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert [line["soort"] for line in lines] == ["resultaat"] * 5 + ["samenvatting"]
    assert (lines[-1]["totaal"], lines[-1]["gemaakt"], lines[-1]["mislukt"]) == (5, 5, 0)
    assert result.err == ""


def test_a_proof_tells_why_each_letter_was_chosen(run: Run, tmp_path: Path) -> None:
    result = run("brieven", make_mailing(tmp_path), "-o", tmp_path / "uit", "--proef", 2)
    assert len(result.out.splitlines()) == 2
    assert [line for line in result.err.splitlines() if line.startswith("proef: ")]


def test_the_sum_of_all_taakstellingen_stands_against_the_national_number(
    run: Run, tmp_path: Path
) -> None:
    mailing = EXAMPLES / "taakstelling-2025-II.yaml"
    result = run("brieven", mailing, "-o", tmp_path, "--alleen", "GM0518,Bergen (NH.)")
    assert "2 brieven: 2 gemaakt" in result.err
    assert "som 13.164, landelijk 13.000 (+164 door afronding naar boven)" in result.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--alleen", ""], "Achter --alleen staat geen ontvanger."),
        (["--alleen", "x", "--proef", "2"], "--alleen en --proef gaan niet samen."),
        (["--alleen", "Nam 3"], "bedoelde u 'Naam 3'?"),
        (["--alleen", "4-9"], "doe dit: Schrijf achter --alleen 4-5."),
        (["--dask", "tcp://127.0.0.1:9"], "antwoordt geen Dask-cluster"),
    ],
)
def test_a_wrong_choice_makes_nothing_and_tells_what_to_do(
    run: Run, tmp_path: Path, options: list[str], told: str
) -> None:
    result = run("brieven", make_mailing(tmp_path), "-o", tmp_path / "uit", *options)
    assert (result.code, result.out) == (ExitCode.USAGE, "")
    assert told in result.err
    assert "doe dit: " in result.err
    assert not list(tmp_path.glob("uit/*.docx"))


def test_one_letter_stands_beside_its_input(run: Run, tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=1)
    result = run("brief", path)
    assert (result.code, result.out.strip()) == (ExitCode.DONE, str(tmp_path / "0001-Naam 1.docx"))


def test_one_letter_of_many_is_chosen_and_goes_where_it_is_told(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "een.docx"
    result = run("brief", make_mailing(tmp_path), "--alleen", "3", "-o", target)
    assert (result.code, result.out.strip()) == (ExitCode.DONE, str(target))


def test_one_letter_of_many_without_a_choice_is_a_question(run: Run, tmp_path: Path) -> None:
    result = run("brief", make_mailing(tmp_path))
    assert result.code == ExitCode.USAGE
    assert "Hier horen 5 ontvangers bij" in result.err
    assert 'bijvoorbeeld: --alleen "Naam 1";' in result.err


def test_one_letter_whose_data_break_the_template_is_told(run: Run, tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=1, text="{{ naam / 2 }}")
    result = run("brief", path)
    assert (result.code, result.out) == (ExitCode.TEMPLATE, "")
    assert "hoofdtekst, alinea 1" in result.err


def test_a_mailing_with_errors_makes_nothing(run: Run, tmp_path: Path) -> None:
    path = make_mailing(tmp_path, extra="plaats: Urk\n")
    result = run("brieven", path, "-o", tmp_path / "uit")
    assert (result.code, result.out) == (ExitCode.PROBLEMS, "")
    assert "m.yaml:6:1" in result.err
    assert not (tmp_path / "uit").exists()


def test_a_reader_that_stops_reading_stops_no_letter(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, number=1000)
    process = subprocess.Popen(
        [*MAIN, "brieven", str(path), "-o", str(tmp_path / "uit")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() == 0
    assert "1000 brieven: 1000 gemaakt" in told
    assert len(list((tmp_path / "uit").iterdir())) == 1001


def test_a_terminal_sees_a_bar_with_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    with LetterSteps(Report(as_json=False)) as steps:
        steps("brieven maken", 0, 100)
        steps("brieven maken", 50, 100)
        left = steps._left(50, 100)
    assert "per seconde, nog" in left
    assert "brieven maken" in capsys.readouterr().err


def test_without_a_terminal_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lrtdocs.cli.letters.SECONDS_A_LINE", 0.0)
    with LetterSteps(Report(as_json=False)) as steps:
        steps("brieven maken", 0, 100)
        steps("brieven maken", 50, 100)
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1].startswith("[50/100] brieven maken, ")


def test_a_proof_of_what_changed_and_a_go_ahead_as_a_user_gives_them(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_mailing(tmp_path, 4, text="Aan {{ naam }} {{ rubricering }}").parent)
    house = "afzenders: {a: {team: T}}\nakkoord: {namen: 1}\n"
    Path("huisstijl.yaml").write_text(house, encoding="utf-8")

    assert "--proef 3" in run("brieven", "m.yaml", "-o", "uit", "--proef", "gewijzigd").err
    assert run("brieven", "m.yaml", "-o", "uit", "--proef", "3").code == 0
    assert (
        "geen brief veranderd" in run("brieven", "m.yaml", "-o", "uit", "--proef", "gewijzigd").err
    )
    refused = run("brieven", "m.yaml", "-o", "uit", "--proef", "gewijzigt")
    assert (refused.code, "of 'gewijzigd'" in refused.err) == (2, True)

    given = run("akkoord", "m.yaml", "--naam", "A. Jansen", "--functie", "hoofd")
    assert (given.code, given.out) == (0, "m-akkoord.yaml\n")
    assert "Akkoord van A. Jansen (hoofd) op " in given.err
    assert run("brieven", "m.yaml", "-o", "uit").code == 0
    assert run("verzonden", "uit").code == 0
    assert run("akkoord", "m.yaml").code == 2
    assert run("controleer", "m.yaml", "m-akkoord.yaml", "huisstijl.yaml").code == 0
