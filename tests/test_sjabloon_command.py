"""`lrtdocs sjabloon …`, as a user meets it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import docx
import pytest

import lrtdocs
from lrtdocs import cli
from lrtdocs.cli import templates
from lrtdocs.errors import ExitCode
from lrtdocs.kinds import KINDS
from lrtdocs.run.templates.example import Sample

COMMANDS = templates.sjabloon.commands


@dataclass
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Run]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1742342400")

    def call(*arguments: object) -> Result:
        with pytest.raises(SystemExit) as stop:
            cli.main(["sjabloon", *map(str, arguments)])
        printed = capsys.readouterr()
        return Result(int(stop.value.code or 0), printed.out, printed.err)

    return call


def texts(path: str) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def write(path: str, *paragraphs: str) -> None:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    Path(path).parent.mkdir(exist_ok=True)
    document.save(path)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_every_command_and_option_has_a_dutch_sentence_and_an_example(
    command: click.Command,
) -> None:
    assert f"Voorbeeld:\n      lrtdocs sjabloon {command.name}" in (command.help or "")
    for option in command.params:
        if isinstance(option, click.Option):
            assert (option.help or "").endswith("."), option.name


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_dutch_throughout(run: Run, name: str) -> None:
    result = run(*filter(None, [name]), "--help")
    assert result.code == ExitCode.DONE
    for english in ("Usage", "Options", "Commands", "Show ", "Try ", "Print ", "required"):
        assert english not in result.out


def test_the_choices_of_the_command_are_those_of_the_program() -> None:
    by_name = {option.name: option for option in COMMANDS["voorbeeld"].params}
    assert by_name["sample"].type.choices == tuple(Sample)  # type: ignore[attr-defined]
    assert by_name["kind"].type.choices == tuple(KINDS)  # type: ignore[attr-defined]


# --- lijst


def test_the_list_tells_which_template_is_in_force_and_why(run: Run) -> None:
    run("kopieer", "agenda")
    result = run("lijst")
    assert result.code == ExitCode.DONE
    lines = result.out.splitlines()
    assert lines[0] == f"agenda        {Path('sjablonen/agenda.docx')}"
    assert "eigen kopie, nog gelijk" in lines[1]
    assert all(len(line) <= 80 for line in lines if not line.rstrip().endswith(".docx"))


def test_the_list_goes_out_from_a_file_or_a_folder(run: Run) -> None:
    run("kopieer", "agenda", "-o", "team/sjablonen")
    assert "team" not in run("lijst").out
    assert "team" in run("lijst", "team").out
    Path("team/v.yaml").write_text("overleg: x", encoding="utf-8")
    assert "team" in run("lijst", "team/v.yaml").out
    assert run("lijst", "nergens").code == ExitCode.PROBLEMS


def test_the_list_comes_as_json_lines(run: Run) -> None:
    rows = [json.loads(line) for line in run("lijst", "--json").out.splitlines()]
    assert [row["naam"] for row in rows] == list(KINDS)
    assert {row["staat"] for row in rows} == {"meegeleverd"}


# --- kopieer


def test_a_copy_is_written_and_told_to_be_in_force(run: Run, tmp_path: Path) -> None:
    result = run("kopieer", "verslag")
    assert result.code == ExitCode.DONE
    assert result.out == f"{Path('sjablonen/verslag.docx')}\n"
    assert f"geldt vanaf nu voor alle bestanden in {tmp_path}" in result.err


def test_a_copy_that_is_there_stays(run: Run) -> None:
    run("kopieer", "verslag")
    result = run("kopieer", "verslag")
    assert result.code == ExitCode.PROBLEMS
    assert "--overschrijf" in result.err
    assert run("kopieer", "verslag", "--overschrijf").code == ExitCode.DONE


def test_a_template_that_is_not_there_cannot_be_copied(run: Run) -> None:
    result = run("kopieer", "agendaa")
    assert result.code == ExitCode.TEMPLATE
    assert "bedoelde u 'agenda'?" in result.err


# --- velden


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_of_a_template_are_told_with_tags_and_places(run: Run, kind: str) -> None:
    result = run("velden", kind)
    assert result.code == ExitCode.DONE
    assert f"soort {kind} (zo heet het bestand)" in result.err
    assert "\ndagtekening  (datum, altijd ingevuld)\n" in result.out
    assert "    {{ dagtekening | datum }}\n    In het sjabloon: hoofdtekst, alinea" in result.out
    assert all(len(line) <= 80 or "{" in line for line in result.out.splitlines())


def test_the_kind_follows_from_the_origin_or_is_told(run: Run) -> None:
    run("kopieer", "brief", "-o", "uitnodiging.docx")
    assert "soort brief (het is een kopie van brief)" in run("velden", "uitnodiging.docx").err
    told = run("velden", "uitnodiging.docx", "--soort", "verslag")
    assert "soort verslag (dat is gevraagd)" in told.err
    assert "agendapunten" in told.out


def test_a_template_that_tells_no_kind_asks_for_it(run: Run) -> None:
    write("x.docx", "{{ naam }}")
    result = run("velden", "x.docx")
    assert result.code == ExitCode.USAGE
    assert "--soort" in result.err
    assert run("velden", "x.docx", "--soort", "notitie").code == ExitCode.USAGE


def test_the_words_of_a_template_with_faults_are_told_as_well(run: Run) -> None:
    write("agenda.docx", "{% if tijd %}", "{{ overleg }}")
    result = run("velden", "agenda.docx")
    assert result.code == ExitCode.DONE
    assert "In het sjabloon: hoofdtekst, alinea 2." in result.out


def test_the_words_for_a_file_that_is_no_document_come_with_what_is_wrong(run: Run) -> None:
    Path("agenda.docx").write_bytes(b"geen zip")
    result = run("velden", "agenda.docx")
    assert result.code == ExitCode.TEMPLATE
    assert "LRT501" in result.err
    assert "overleg" in result.out
    assert "niet gebruikt" not in result.out
    Path("x.docx").write_bytes(b"geen zip")
    assert run("velden", "x.docx").code == ExitCode.TEMPLATE


def test_the_words_come_as_a_document(run: Run) -> None:
    result = run("velden", "agenda", "-o", "velden.docx")
    assert result.out == "velden.docx\n"
    assert texts("velden.docx").startswith("Woorden voor agenda")
    assert run("velden", "agenda", "-o", "map").out == f"{Path('map/velden-agenda.docx')}\n"


def test_the_words_come_as_json_lines(run: Run) -> None:
    rows = [json.loads(line) for line in run("velden", "agenda", "--json").out.splitlines()]
    word = next(row for row in rows if row.get("naam") == "punt.titel")
    assert (word["in"], word["tags"]) == ("agendapunten", ["{{ punt.titel }}"])
    assert rows[0]["soort"] == "opmerking"


# --- voorbeeld


@pytest.mark.parametrize("amount", Sample)
@pytest.mark.parametrize("kind", KINDS)
def test_an_example_is_made_without_a_file_of_ones_own(run: Run, kind: str, amount: str) -> None:
    result = run("voorbeeld", kind, "--gegevens", amount)
    suffix = "" if amount == "gewoon" else f"-{amount}"
    assert result.code == ExitCode.DONE
    assert result.out == f"{kind}-voorbeeld{suffix}.docx\n"
    assert "{" not in texts(result.out.strip())


def test_an_example_has_rows_and_a_number_or_date_where_a_template_asks_one(run: Run) -> None:
    write(
        "brief-eigen.docx",
        "{{ dag_van | datum }}; {% if som > 1000 %}veel{% endif %}; {{ uur | tijd }}; {{ wie }}",
        "{{ aantal_rijen }}:{% for r in rijen %} {{ r.wat }} {{ r.geld | bedrag }}{% endfor %}",
    )
    result = run("voorbeeld", "brief-eigen.docx")
    assert result.code == ExitCode.DONE
    text = texts("brief-eigen-voorbeeld.docx")
    assert "19 maart 2025; veel; 10.00 uur; [wie]" in text
    assert "2: [wat] €\xa01.234,00 [wat] €\xa01.234,00" in text


def test_an_example_of_an_own_letter_fills_its_own_columns_with_their_names(run: Run) -> None:
    write(
        "brief-eigen.docx",
        "{{ wethouder }} {{ velden.kleur }} {{ ontvanger.wijk }} {{ ontvanger.naam }}",
        "{% for dag in dagen %}{{ dag.uur }} {% endfor %}",
    )
    result = run("voorbeeld", "brief-eigen.docx")
    assert result.code == ExitCode.DONE
    assert "LRT721" in result.err
    text = texts("brief-eigen-voorbeeld.docx")
    assert text.startswith("[wethouder] [kleur] [wijk] ")
    assert text.endswith("[uur] [uur] ")


def test_an_example_of_a_template_with_faults_tells_them(run: Run) -> None:
    write("agenda.docx", "{{ overlegg }} {% if x %}")
    result = run("voorbeeld", "agenda.docx")
    assert result.code == ExitCode.TEMPLATE
    assert not Path("agenda-voorbeeld.docx").exists()


def test_an_example_that_was_edited_stays(run: Run) -> None:
    run("voorbeeld", "agenda")
    write("agenda-voorbeeld.docx", "bewerkt")
    assert run("voorbeeld", "agenda").code == ExitCode.PROBLEMS
    assert run("voorbeeld", "agenda", "--overschrijf").code == ExitCode.DONE


@pytest.mark.office
def test_an_example_comes_as_pdf(run: Run) -> None:
    result = run("voorbeeld", "agenda", "--gegevens", "weinig", "-o", "uit.pdf")
    assert result.out == "uit.docx\nuit.pdf\n"


def test_the_example_of_the_own_copy_is_that_of_the_template_in_force(run: Run) -> None:
    write("sjablonen/agenda.docx", "Eigen agenda van {{ overleg }}")
    assert run("voorbeeld", "agenda").code == ExitCode.DONE
    assert texts("agenda-voorbeeld.docx") == "Eigen agenda van Landelijke Regietafel"


# --- controleer


def comments(path: str) -> list[str]:
    return [comment.text for comment in docx.Document(path).comments]


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_template_has_no_problems(run: Run, kind: str) -> None:
    result = run("controleer", kind)
    assert result.code == ExitCode.DONE
    assert result.out == ""
    assert "Geen problemen gevonden." in result.err


def test_all_problems_of_a_template_are_told_with_exit_code_three(run: Run) -> None:
    write("agenda.docx", "{{ overlegg }} {{ datum }}", "{% for punt in agendapunten %}")
    result = run("controleer", "agenda.docx")
    assert result.code == ExitCode.TEMPLATE
    assert "LRT309" in result.err
    assert "LRT303" in result.err
    assert "soort agenda (zo heet het bestand)" in result.err


def test_which_kind_was_taken_is_told_before_the_problems(run: Run) -> None:
    write("sjablonen/agenda.docx", "{{ overleg }")
    lines = run("controleer", "agenda").err.splitlines()
    assert lines[0] == "sjablonen/agenda.docx: soort agenda (zo heet het bestand)."
    assert "LRT" in lines[1]


def test_warnings_alone_are_no_reason_to_stop(run: Run) -> None:
    write("agenda.docx", "{{ overleg }} {{ datum }} {{ plaats }}")
    result = run("controleer", "agenda.docx")
    assert result.code == ExitCode.DONE
    assert "waarschuwing" in result.err


def test_the_same_check_is_made_by_the_general_command(run: Run, tmp_path: Path) -> None:
    write("agenda.docx", "{{ overlegg }}")
    told = {line for line in run("controleer", "agenda.docx").err.splitlines() if "LRT" in line}
    general = lrtdocs.check(tmp_path / "agenda.docx")
    assert {str(problem).splitlines()[0] for problem in general} == told


def test_a_marked_copy_has_a_comment_at_every_problem(run: Run) -> None:
    write("agenda.docx", "{{ overlegg }} {{ datum }}", "{%p for punt in agendapunten %}")
    before = Path("agenda.docx").read_bytes()
    result = run("controleer", "agenda.docx", "--markeer", "uit.docx")
    assert result.code == ExitCode.TEMPLATE
    assert result.out == "uit.docx\n"
    assert any("LRT309" in text for text in comments("uit.docx"))
    assert texts("uit.docx") == texts("agenda.docx")
    assert Path("agenda.docx").read_bytes() == before


def test_a_mended_copy_loses_its_comments_when_it_is_marked_again(run: Run) -> None:
    run("kopieer", "agenda", "-o", "agenda.docx")
    write_more("agenda.docx", "{{ overlegg }}")
    run("controleer", "agenda.docx", "--markeer", "agenda.docx")
    assert len(comments("agenda.docx")) == 1
    document = docx.Document("agenda.docx")
    document.paragraphs[-1].clear()
    document.paragraphs[-1].add_run("{{ overleg }}")
    document.save("agenda.docx")
    result = run("controleer", "agenda.docx", "--markeer", "agenda.docx")
    assert result.code == ExitCode.DONE
    assert comments("agenda.docx") == []


def write_more(path: str, text: str) -> None:
    document = docx.Document(path)
    document.add_paragraph(text, style="Body Text" if "Body Text" in document.styles else None)
    document.save(path)


def test_a_template_without_problems_gives_a_clean_copy(run: Run) -> None:
    result = run("controleer", "agenda", "--markeer", "uit.docx")
    assert result.code == ExitCode.DONE
    assert result.out == "uit.docx\n"
    assert "Geen problemen gevonden." in result.err
    assert comments("uit.docx") == []


def test_a_marked_copy_can_be_opened_whatever_it_is_called(run: Run) -> None:
    assert run("controleer", "agenda", "--markeer", "na.kijken").out == "na.kijken.docx\n"


def test_a_template_is_found_by_its_path_without_the_ending(run: Run) -> None:
    run("kopieer", "agenda")
    assert run("controleer", "sjablonen/agenda").err == run("controleer", "agenda").err


def test_a_marked_copy_that_was_edited_stays(run: Run) -> None:
    assert run("controleer", "agenda", "--markeer", "uit.docx").code == ExitCode.DONE
    assert run("controleer", "agenda", "--markeer", "uit.docx").code == ExitCode.DONE
    write("uit.docx", "bewerkt")
    assert run("controleer", "agenda", "--markeer", "uit.docx").code == ExitCode.PROBLEMS
    assert texts("uit.docx") == "bewerkt"
    again = run("controleer", "agenda", "--markeer", "uit.docx", "--overschrijf")
    assert again.code == ExitCode.DONE


def test_a_template_of_no_known_kind_is_checked_without_its_words(run: Run) -> None:
    write("x.docx", "{{ naam }}")
    result = run("controleer", "x.docx", "--markeer", "uit.docx")
    assert result.code == ExitCode.DONE
    assert "LRT722" in result.err
    assert not any("LRT722" in text for text in comments("uit.docx"))
    assert run("controleer", "x.docx", "--soort", "agenda").code == ExitCode.TEMPLATE


def test_a_template_whose_words_alone_tell_its_kind_may_have_words_of_its_own(run: Run) -> None:
    write("x.docx", "{{ overleg }} {{ datum }} {{ zaal }}")
    result = run("controleer", "x.docx")
    assert result.code == ExitCode.DONE
    assert "waarschuwing LRT309" in result.err
    assert "Is dit geen sjabloon voor een agenda" in result.err


def test_a_template_may_say_more_where_the_house_style_trusts_it(run: Run) -> None:
    write("agenda.docx", "{% set a = overleg %}{{ a }} {{ datum }}{% for p in agendapunten %}"
          "{{ p.titel }}{% endfor %}")  # fmt: skip
    assert run("controleer", "agenda.docx").code == ExitCode.TEMPLATE
    assert run("controleer", "agenda.docx", "--vertrouwd").code == ExitCode.DONE
    own = "afzenders:\n  ons: {team: Ons team}\nvertrouwd: ja\n"
    Path("huisstijl.yaml").write_text(own, encoding="utf-8")
    assert run("controleer", "agenda.docx").code == ExitCode.DONE


def test_a_file_that_is_no_document_is_told_and_not_marked(run: Run) -> None:
    Path("agenda.docx").write_bytes(b"geen zip")
    result = run("controleer", "agenda.docx", "--markeer", "uit.docx")
    assert result.code == ExitCode.TEMPLATE
    assert "LRT501" in result.err
    assert not Path("uit.docx").exists()


def test_a_template_for_ones_own_data_is_checked_without_words_and_errors_come_first(
    run: Run,
) -> None:
    document = docx.Document()
    document.add_paragraph("Aan «Naam» en {{ ouder.naam }}, {{ kind }}")
    document.add_paragraph("{% if x %}")
    document.save("brief-ouders.docx")
    result = run("controleer", "brief-ouders.docx", "--soort", "eigen")
    codes = re.findall(r"(fout|waarschuwing|tip) (LRT[0-9]+)", result.err)
    assert result.code == ExitCode.TEMPLATE
    assert [level for level, _ in codes].index("fout") == 0
    assert {("fout", "LRT303"), ("waarschuwing", "LRT333")} <= set(codes)
    assert not {"LRT309", "LRT340", "LRT346", "LRT722"} & {code for _, code in codes}
