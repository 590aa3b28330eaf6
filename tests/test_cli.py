"""The command line as a user meets it: what is printed where, and how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from command_running import Run, make_run
from docx import Document

from lrtdocs import __version__, cli
from lrtdocs.cli.group import SECTIONS
from lrtdocs.errors import ExitCode

EXAMPLES = Path(__file__).parent.parent / "examples"
MEETING = "2025-03-19-lrt.yaml"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1742342400")
    return make_run(capsys)


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    for name in (MEETING, "huisstijl.yaml"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
    return tmp_path / MEETING


def commands() -> list[click.Command]:
    return [cli.lrtdocs, *cli.lrtdocs.commands.values()]


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_every_command_and_option_has_a_dutch_sentence_of_help(command: click.Command) -> None:
    assert command.help
    assert command.get_short_help_str(200).endswith(".")
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert option.help.endswith("."), option.name


def test_help_shows_every_command_once_by_who_needs_it(run: Run) -> None:
    shown = [name for names in SECTIONS.values() for name in names]
    assert len(shown) == len(set(shown))
    assert set(cli.lrtdocs.commands) <= set(shown)
    assert run("--help").out.index("Vergadering:\n  nieuw ") < run("--help").out.index("Brieven:")


@pytest.mark.parametrize("name", ["", *cli.lrtdocs.commands])
def test_help_is_dutch_throughout(run: Run, name: str) -> None:
    result = run(*filter(None, [name]), "--help")
    assert result.code == ExitCode.DONE
    for english in ("Usage", "Options", "Commands", "Show ", "Try ", "Print ", "required", "<="):
        assert english not in result.out
    assert result.out.startswith(f"Gebruik: {' '.join(filter(None, ['lrtdocs', name]))} [OPTIES]")


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out == f"lrtdocs {__version__}\n"


def test_a_shell_can_complete_commands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_LRTDOCS_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "lrtdocs vers")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert run().out == "plain,verslag\n"


def test_what_is_not_a_word_document_is_no_template(run: Run, meeting: Path) -> None:
    result = run("vul", meeting.name, "huisstijl.yaml")
    assert result.code == ExitCode.TEMPLATE
    assert "Dit bestand is geen Word-document (.docx)." in result.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["agnda"], "De opdracht 'agnda' bestaat niet. Bedoelde u 'agenda'?"),
        (["agenda", "--pfd", "x.yaml"], "De optie '--pfd' bestaat niet."),
        (["agenda"], "Er ontbreekt 'BESTAND…'."),
        (["schema", "meeting"], "'meeting' is geen van deze: 'vergadering', 'mailing'"),
        (
            ["brieven", "m.yaml", "-o", "u", "--proef", "0"],
            "van 1 tot en met 1000, of 'gewijzigd', niet '0'.",
        ),
        (
            ["brieven", "m.yaml", "-o", "u", "--proef", "a"],
            "van 1 tot en met 1000, of 'gewijzigd', niet 'a'.",
        ),
        (["brieven", "m.yaml", "-o", "u", "--werkers", "65"], "van 1 tot en met 64, niet '65'."),
        (["brieven", "m.yaml", "-o", "huisstijl.yaml"], "Map 'huisstijl.yaml' is een bestand"),
    ],
)
def test_a_wrong_call_is_told_in_dutch_and_ends_with_2(
    run: Run, meeting: Path, arguments: list[str], expected: str
) -> None:
    assert meeting.with_name("huisstijl.yaml").is_file()
    result = run(*arguments)
    assert (result.code, result.out) == (ExitCode.USAGE, "")
    assert expected in result.err
    assert "Uitleg krijgt u met:" in result.err


def test_the_catalogue_is_compiled_from_its_source() -> None:
    from babel.messages.mofile import read_mo
    from babel.messages.pofile import read_po

    folder = Path(cli.__file__).parent.parent / "locale/nl/LC_MESSAGES"
    with (folder / "lrtdocs.po").open("rb") as file:
        source = {str([*message.id]): [*message.string] for message in read_po(file) if message.id}
    with (folder / "lrtdocs.mo").open("rb") as file:
        compiled = {
            str([*message.id]): [*message.string] for message in read_mo(file) if message.id
        }
    assert compiled == source


@pytest.mark.parametrize("kind", ["agenda", "verslag"])
def test_a_document_is_made_beside_its_input_and_its_path_printed(
    run: Run, meeting: Path, kind: str
) -> None:
    result = run(kind, meeting.name)
    target = meeting.with_name(f"2025-03-19-lrt-{kind}.docx")
    assert result.code == ExitCode.DONE, result.err
    assert result.out == f"{target.name}\n"
    assert Document(str(target)).core_properties.title


def test_agenda_and_minutes_do_not_overwrite_each_other(run: Run, meeting: Path) -> None:
    run("agenda", meeting.name)
    run("verslag", meeting.name)
    assert len(list(meeting.parent.glob("*.docx"))) == 2


def test_a_result_goes_where_the_user_says(run: Run, meeting: Path) -> None:
    assert run("agenda", meeting.name, "-o", "stukken/").out == (
        f"{Path('stukken/2025-03-19-lrt-agenda.docx')}\n"
    )
    assert run("agenda", meeting.name, "-o", "mijn.docx").out == "mijn.docx\n"


def test_a_file_with_errors_makes_nothing_and_does_not_stop_the_others(
    run: Run, meeting: Path
) -> None:
    meeting.with_name("fout.yaml").write_text("overleg: X\n", encoding="utf-8")
    result = run("agenda", "fout.yaml", meeting.name)
    assert result.code == ExitCode.PROBLEMS
    assert result.out == "2025-03-19-lrt-agenda.docx\n"
    assert "fout.yaml:1:1: fout LRT202: Het sleutelwoord 'datum' ontbreekt." in result.err
    assert not meeting.with_name("fout-agenda.docx").exists()


def test_problems_and_results_come_as_json_lines_when_asked(run: Run, meeting: Path) -> None:
    meeting.with_name("fout.yaml").write_text("overleg: X\n", encoding="utf-8")
    result = run("agenda", "fout.yaml", meeting.name, "--json")
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert result.err == ""
    assert {"soort": "resultaat", "bestand": "2025-03-19-lrt-agenda.docx"} in lines
    assert {line.get("code") for line in lines} >= {"LRT202"}


def test_what_cannot_be_done_comes_as_json_too(run: Run) -> None:
    run("nieuw", "agenda", "-o", "er-al.yaml")
    result = run("nieuw", "agenda", "-o", "er-al.yaml", "--json")
    told = json.loads(result.out)
    assert (told["soort"], told["code"], told["bestand"]) == ("fout", "LRT001", "er-al.yaml")


def test_a_missing_file_is_told_with_the_nearest_name(run: Run, meeting: Path) -> None:
    result = run("agenda", "2025-03-19-ltr.yaml")
    assert result.code == ExitCode.PROBLEMS
    assert "2025-03-19-lrt.yaml" in result.err


LONG = "a" * 300


@pytest.mark.parametrize(
    "command",
    [
        ["controleer", f"{LONG}.yaml"],
        ["controleer", f"{LONG}.docx"],
        ["agenda", MEETING, "-o", f"{LONG}.docx"],
        ["agenda", MEETING, "-o", f"{LONG}/"],
        ["agenda", MEETING, "--sjabloon", LONG],
        ["vul", f"{LONG}.docx", MEETING, "-o", "x.docx"],
        ["pdf", f"{LONG}.docx"],
        ["brieven", "brief.yaml", "-o", LONG],
        ["nieuw", "agenda", "-o", f"{LONG}.yaml"],
        ["sjabloon", "controleer", LONG],
        ["sjabloon", "kopieer", "agenda", "-o", f"{LONG}.docx"],
        ["gemeenten", "--vergelijk", f"{LONG}.csv"],
    ],
    ids=lambda command: " ".join(word.replace(LONG, "…") for word in command),
)
def test_a_name_too_long_is_told_whatever_it_names(
    run: Run, meeting: Path, command: list[str]
) -> None:
    for name in ("brief.yaml", "ontvangers-brief.csv"):
        shutil.copy(EXAMPLES / name, name)
    before = sorted(Path.cwd().iterdir())
    result = run(*command)
    assert result.code != ExitCode.DONE
    assert "doe dit:" in result.err
    assert sorted(Path.cwd().iterdir()) == before


@pytest.mark.parametrize(
    "field", ["sjabloon: …", "ontvangers: ….xlsx", "vorige: ….yaml", "logo: …"]
)
def test_a_name_too_long_is_told_where_it_stands(run: Run, meeting: Path, field: str) -> None:
    shutil.copy(EXAMPLES / "ontvangers-brief.csv", "ontvangers-brief.csv")
    mailing = (EXAMPLES / "brief.yaml").read_text("utf-8")
    key, line = field.split(":", maxsplit=1)[0], field.replace("…", LONG)
    name = {"vorige": MEETING, "logo": "huisstijl.yaml"}.get(key, "brief.yaml")
    text = mailing if name == "brief.yaml" else Path(name).read_text("utf-8")
    kept = [each for each in text.splitlines() if not each.startswith(f"{key}:")]
    Path(name).write_text("\n".join([*kept, line]), "utf-8")
    result = run("controleer", name if key != "logo" else MEETING)
    assert f"{name}:{len(kept) + 1}:" in result.err


def test_a_house_style_that_trusts_its_templates_says_so(run: Run, meeting: Path) -> None:
    assert "LRT268" not in run("controleer", MEETING).err
    with Path("huisstijl.yaml").open("a", encoding="utf-8") as file:
        file.write("vertrouwd: ja\n")
    for command in ("controleer", "agenda"):
        result = run(command, MEETING)
        assert result.code == ExitCode.DONE
        assert "tip LRT268" in result.err


def test_two_results_with_one_name_are_refused(run: Run, meeting: Path) -> None:
    other = meeting.parent / "kopie"
    other.mkdir()
    shutil.copy(meeting, other / MEETING)
    result = run("agenda", meeting.name, other / MEETING, "-o", "uit/")
    assert result.code == ExitCode.PROBLEMS
    assert "net als dat van" in result.err
    assert len(list(Path("uit").glob("*.docx"))) == 1


def test_a_document_that_somebody_edited_stays_as_it_is(run: Run, meeting: Path) -> None:
    run("agenda", meeting.name)
    target = meeting.with_name("2025-03-19-lrt-agenda.docx")
    _save_as_word_does(target)
    edited = target.read_bytes()
    result = run("agenda", meeting.name)
    assert result.code == ExitCode.PROBLEMS
    assert "is bewerkt nadat lrtdocs het maakte" in result.err
    assert target.read_bytes() == edited
    assert run("agenda", meeting.name, "--overschrijf").code == ExitCode.DONE
    assert target.read_bytes() != edited


def _save_as_word_does(path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["docProps/app.xml"] = re.sub(
        rb"(?<=<Application>)[^<]*", b"Microsoft Office Word", members["docProps/app.xml"]
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)


def test_an_own_template_beside_the_input_goes_first(run: Run, meeting: Path) -> None:
    own = meeting.parent / "sjablonen"
    own.mkdir()
    document = Document()
    document.add_paragraph("Eigen sjabloon van {{ overleg }}")
    document.save(str(own / "agenda.docx"))
    run("agenda", meeting.name)
    made = Document(str(meeting.with_name("2025-03-19-lrt-agenda.docx")))
    assert made.paragraphs[0].text == "Eigen sjabloon van Landelijke Regietafel"


def test_a_misspelt_word_in_a_header_ends_with_3_and_names_the_nearest(
    run: Run, meeting: Path
) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ overlegg }}"
    document.save("mijn.docx")
    result = run("agenda", meeting.name, "--sjabloon", "mijn.docx")
    assert result.code == ExitCode.TEMPLATE
    assert "mijn.docx, koptekst, alinea 1" in result.err
    assert "overlegg" in result.err
    assert "bedoelde u 'overleg'?" in result.err
    assert not list(Path().glob("*agenda*"))


def test_an_unknown_template_is_told_with_those_there_are(run: Run, meeting: Path) -> None:
    result = run("agenda", meeting.name, "--sjabloon", "agend")
    assert result.code == ExitCode.TEMPLATE
    assert "bedoelde u 'agenda'?" in result.err


def test_any_template_is_filled_with_any_data(run: Run) -> None:
    document = Document()
    document.add_paragraph("Beste {{ naam }}, u bent {{ leeftijd }}.")
    document.save("kaart.docx")
    Path("jan.yaml").write_text("naam: 'B&W <ministerie> \"Jan\" ½ 😀'\nleeftijd: 042\n", "utf-8")
    Path("piet.json").write_text('{"naam": "Piet", "leeftijd": 7}', "utf-8")
    assert run("vul", "kaart.docx", "jan.yaml", "-o", "jan.docx").code == ExitCode.DONE
    assert run("vul", "kaart.docx", "piet.json", "-o", "piet.docx").code == ExitCode.DONE
    assert Document("jan.docx").paragraphs[0].text == (
        'Beste B&W <ministerie> "Jan" ½ 😀, u bent 042.'
    )
    assert Document("piet.docx").paragraphs[0].text == "Beste Piet, u bent 7."


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("fout.json", '{"naam": "x",}', "LRT150"),
        ("dubbel.json", '{"naam": "x", "naam": "y"}', "LRT151"),
        ("bedorven.json", '{"naam": "SÃºdwest"}', "LRT142"),
        ("lijst.json", "[1, 2]", "LRT152"),
        ("lijst.yaml", "- een\n- twee\n", "LRT152"),
    ],
)
def test_data_that_cannot_be_words_is_refused(run: Run, name: str, text: str, code: str) -> None:
    Document().save("leeg.docx")
    Path(name).write_text(text, encoding="utf-8")
    result = run("vul", "leeg.docx", name)
    assert result.code == ExitCode.PROBLEMS
    assert code in result.err


def test_checking_tells_all_and_makes_nothing(run: Run, meeting: Path) -> None:
    before = sorted(Path().iterdir())
    meeting.write_text("overleg: X\noverleg: Y\ndatum: 2025-02-30\n", encoding="utf-8")
    result = run("controleer", meeting.name, "huisstijl.yaml")
    assert result.code == ExitCode.PROBLEMS
    assert result.out == ""
    assert len([line for line in result.err.splitlines() if ": fout LRT" in line]) == 3
    assert sorted(Path().iterdir()) == before


def test_a_clean_file_is_told_to_be_clean(run: Run, meeting: Path) -> None:
    result = run("controleer", meeting.name, "huisstijl.yaml", EXAMPLES / "2025-03-19-lrt.yaml")
    assert (result.code, result.out) == (ExitCode.DONE, "")
    assert result.err == "Geen problemen gevonden.\n"


def test_a_template_with_problems_ends_a_check_with_3(run: Run) -> None:
    document = Document()
    document.add_paragraph("{% if x %}")
    document.save("kapot.docx")
    result = run("controleer", "kapot.docx")
    assert result.code == ExitCode.TEMPLATE
    assert "kapot.docx, hoofdtekst, alinea 1" in result.err


@pytest.mark.parametrize("kind", ["vergadering", "huisstijl"])
def test_the_shipped_schema_is_what_the_command_gives(run: Run, kind: str) -> None:
    shown = run("schema", kind).out
    assert json.loads(shown)["$schema"]
    assert shown == (EXAMPLES / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert run("schema", kind, "-o", "s.json").out == "s.json\n"
    assert Path("s.json").read_text(encoding="utf-8") == shown


def test_a_new_file_is_clean_makes_an_agenda_and_is_never_overwritten(run: Run) -> None:
    result = run("nieuw", "agenda", "-o", "nieuw.yaml")
    assert result.out.split() == ["nieuw.yaml", "vergadering.schema.json"]
    text = Path("nieuw.yaml").read_text(encoding="utf-8")
    assert "datum: 2025-03-19\n" in text
    assert run("controleer", "nieuw.yaml").code == ExitCode.DONE
    assert run("agenda", "nieuw.yaml").code == ExitCode.DONE
    again = run("nieuw", "agenda", "-o", "nieuw.yaml")
    assert again.code == ExitCode.PROBLEMS
    assert "bestaat al" in again.err


def test_a_new_meeting_is_on_the_day_in_its_name(run: Run) -> None:
    run("nieuw", "agenda", "-o", "2025-06-18-lrt.yaml")
    text = Path("2025-06-18-lrt.yaml").read_text(encoding="utf-8")
    assert "datum: 2025-06-18\n" in text
    assert "# volgende_vergadering: 2025-09-17\n" in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nieuw", "verslag"], "LRT007"),
        (["nieuw", "agenda", "-o", "agenda.docx"], "LRT002"),
        (["agenda", "m.yaml", "-o", "agenda.txt"], "LRT002"),
    ],
)
def test_a_name_or_kind_that_cannot_be_meant_is_refused(
    run: Run, arguments: list[str], code: str
) -> None:
    Path("m.yaml").write_text("overleg: x\ndatum: 2025-03-19\nagendapunten: [a]\n", "utf-8")
    result = run(*arguments)
    assert result.code == ExitCode.USAGE
    assert code in result.err
    assert not list(Path().glob("agenda.*"))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("m.yaml", b"PK\x03\x04rest", "LRT001"),
        ("m.yaml", b"%PDF-1.7", "LRT001"),
        ("m.docx", b"overleg: x\nonzin:\n", "LRT201"),
    ],
)
def test_a_file_is_judged_by_what_is_in_it(run: Run, name: str, data: bytes, code: str) -> None:
    Path(name).write_bytes(data)
    result = run("controleer", name)
    assert result.code == ExitCode.PROBLEMS
    assert code in result.err


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 kapot"])
def test_a_pdf_that_cannot_be_read_is_told(run: Run, data: bytes) -> None:
    Path("x.pdf").write_bytes(data)
    result = run("controleer", "x.pdf")
    assert result.code == ExitCode.PROBLEMS
    assert "LRT440" in result.err


def test_a_new_mailing_is_clean_and_makes_letters_at_once(run: Run) -> None:
    result = run("nieuw", "mailing", "-o", "nieuw.yaml")
    assert result.out.split() == ["nieuw.yaml", "mailing.schema.json", "adressen.xlsx"]
    checked = run("controleer", "nieuw.yaml")
    assert checked.code == ExitCode.DONE
    assert "verzonnen" in checked.err
    made = run("brieven", "nieuw.yaml", "-o", "uit", "--alleen", "Urk")
    assert made.code == ExitCode.DONE
    assert made.out.split() == [str(Path("uit") / "GM0184-Urk.docx")]


def test_a_new_house_style_takes_the_place_of_the_example(run: Run) -> None:
    run("nieuw", "agenda", "-o", "nieuw.yaml")
    assert "LRT246" in run("controleer", "nieuw.yaml").err
    result = run("nieuw", "huisstijl")
    assert result.out.split() == ["huisstijl.yaml", "huisstijl.schema.json"]
    assert "LRT246" not in run("controleer", "nieuw.yaml").err


def test_what_a_new_mailing_needs_and_is_there_already_stays(run: Run) -> None:
    Path("adressen.xlsx").write_bytes(b"mijn eigen lijst")
    result = run("nieuw", "mailing", "-o", "nieuw.yaml")
    assert "adressen.xlsx" not in result.out
    assert Path("adressen.xlsx").read_bytes() == b"mijn eigen lijst"


def test_all_dates_of_a_new_file_move_with_the_meeting(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1766700000")
    run("nieuw", "agenda")
    text = Path("2025-12-25-vergadering.yaml").read_text(encoding="utf-8")
    assert "datum: 2025-12-25\n" in text
    assert "# dagtekening_verslag: 2026-01-01\n" in text


def test_without_libreoffice_the_word_document_is_made_and_the_install_line_told(
    run: Run, meeting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LRTDOCS_SOFFICE", str(meeting.parent / "is-er-niet"))
    result = run("agenda", meeting.name, "--pdf")
    assert result.code == ExitCode.OFFICE
    assert result.out == "2025-03-19-lrt-agenda.docx\n"
    assert "doe dit:" in result.err


def test_progress_of_several_files_is_plain_lines_off_a_terminal(run: Run, meeting: Path) -> None:
    shutil.copy(meeting, "tweede.yaml")
    result = run("agenda", meeting.name, "tweede.yaml")
    assert "[1/2] 2025-03-19-lrt.yaml invullen" in result.err
    assert "[2/2] tweede.yaml invullen" in result.err


def test_two_runs_give_the_same_bytes(run: Run, meeting: Path) -> None:
    run("verslag", meeting.name, "-o", "een.docx")
    run("verslag", meeting.name, "-o", "twee.docx")
    assert Path("een.docx").read_bytes() == Path("twee.docx").read_bytes()


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from lrtdocs import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=True,
    )
    for heavy in ("pydantic", "jinja2", "lxml", "docx", "babel", "yaml", "pikepdf", "rich"):
        assert f"'{heavy}'" not in done.stderr
