from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtdocs.errors import FileProblemError, Problem, has_errors
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.load.meeting import Meeting, load_vergadering
from lrtdocs.run.load.model import load_model

if TYPE_CHECKING:
    from pathlib import Path

ONE_SENDER = "afzenders: {een: {team: Een}}\n"
TWO_SENDERS = "afzenders:\n  een: {team: Een}\n  twee: {team: Twee}\n"


def load(
    folder: Path, extra: str = "", huisstijl: str = ONE_SENDER
) -> tuple[Meeting | None, list[str]]:
    path = folder / "m.yaml"
    text = f"overleg: LRT\ndatum: 2025-03-19\n{extra}agendapunten: [Opening]\n"
    path.write_text(text, encoding="utf-8")
    if huisstijl:
        (folder / "huisstijl.yaml").write_text(huisstijl, encoding="utf-8")
    loaded, problems = load_vergadering(path, "agenda")
    assert (loaded is None) == has_errors(problems)
    return loaded, [str(problem).replace(str(folder), "") for problem in problems]


def test_a_single_sender_need_not_be_named(tmp_path: Path) -> None:
    loaded, _ = load(tmp_path)
    assert loaded is not None
    assert loaded.house.afzender.team == "Een"


def test_one_of_several_senders_is_chosen_by_name(tmp_path: Path) -> None:
    loaded, _ = load(tmp_path, "afzender: twee\n", TWO_SENDERS)
    assert loaded is not None
    assert loaded.house.afzender.team == "Twee"


def test_several_senders_and_no_choice_is_a_problem(tmp_path: Path) -> None:
    _, (problem,) = load(tmp_path, huisstijl=TWO_SENDERS)
    assert problem.startswith("/m.yaml:1:1: fout LRT220: Er zijn meer afzenders; kies er een.")


def test_an_unknown_sender_is_told_with_the_nearest(tmp_path: Path) -> None:
    _, (problem,) = load(tmp_path, "afzender: twe\n", TWO_SENDERS)
    assert problem.startswith(
        "/m.yaml:3:11: fout LRT220: 'twe' is geen afzender; bedoelde u 'twee'?"
    )


def test_the_sender_of_the_example_is_not_printed_in_silence(tmp_path: Path) -> None:
    _, (problem,) = load(tmp_path, huisstijl="")
    assert problem.startswith("/m.yaml: waarschuwing LRT246")
    assert "lrtdocs nieuw huisstijl" in problem

    _, problems = load(tmp_path, "afzender: dgm\n", huisstijl="")
    assert ["LRT246" in problems[0], "LRT220" in problems[1]] == [True, True]
    assert "examples" not in "".join(problems)


def test_the_house_style_of_a_folder_above_goes_for_the_meeting(tmp_path: Path) -> None:
    (tmp_path / "huisstijl.yaml").write_text("afzenders: {een: {team: Boven}}\n", encoding="utf-8")
    (tmp_path / "2025").mkdir()
    loaded, _ = load(tmp_path / "2025", huisstijl="")
    assert loaded is not None
    assert loaded.house.afzender.team == "Boven"


def test_problems_of_the_house_style_are_told_too(tmp_path: Path) -> None:
    _, problems = load(tmp_path, huisstijl="afzenders: {een: {teem: Een}}\n")
    assert any(problem.startswith("/huisstijl.yaml:1:19: fout LRT201") for problem in problems)


def test_the_next_meeting_may_be_named_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "volgende.yaml").write_text(
        "overleg: LRT\ndatum: 2025-06-18\ntijd: 10:00\nplaats: Ede\nagendapunten: [Opening]\n",
        encoding="utf-8",
    )
    loaded, problems = load(tmp_path, "volgende_vergadering: volgende.yaml\n")
    assert loaded is not None
    told = str(loaded.model.volgende_vergadering)
    assert (told, problems) == ("18 juni 2025, 10.00 uur, Ede", [])


def test_the_file_of_the_next_meeting_may_not_be_of_one_before(tmp_path: Path) -> None:
    (tmp_path / "volgende.yaml").write_text(
        "overleg: LRT\ndatum: 2025-01-18\nagendapunten: [Opening]\n", encoding="utf-8"
    )
    _, (problem,) = load(tmp_path, "volgende_vergadering: volgende.yaml\n")
    assert problem.startswith("/m.yaml:3:23: waarschuwing LRT255")


@pytest.mark.parametrize("text", ["", "overleg: LRT\n"])
def test_a_next_meeting_that_cannot_be_read_is_a_warning(tmp_path: Path, text: str) -> None:
    if text:
        (tmp_path / "volgende.yaml").write_text(text, encoding="utf-8")
    loaded, (problem,) = load(tmp_path, "volgende_vergadering: volgende.yaml\n")
    assert loaded is not None
    assert loaded.model.volgende_vergadering is None
    assert problem.startswith("/m.yaml:3:23: waarschuwing LRT227")


@pytest.mark.parametrize(
    ("model_class", "text", "found"),
    [
        (Mailing, "overleg: LRT\ndatum: 2025-03-19\nplaats: Ede\n", "een vergadering"),
        (Mailing, "afzenders: {a: {team: T}}\n", "een huisstijl"),
        (Vergadering, "sjabloon: brief\nontvangers: a.csv\nwat: dit\n", "een mailing"),
    ],
)
def test_a_file_of_another_kind_is_told_as_that_alone(
    tmp_path: Path, model_class: type[Mailing | Vergadering], text: str, found: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    model = load_model(path, model_class, problems)
    (problem,) = problems
    assert (model, problem.code, problem.found) == (None, "LRT215", found)
    assert problem.message.startswith(f"Dit is {found}, geen ")


def test_a_mailing_without_its_own_keys_is_still_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("datum: 2025-03-19\ntekst: Hallo\n", encoding="utf-8")
    problems: list[Problem] = []
    load_model(path, Mailing, problems)
    assert "LRT215" not in {problem.code for problem in problems}


def test_a_table_where_yaml_belongs_is_told_as_a_table(tmp_path: Path) -> None:
    path = tmp_path / "verdeling.csv"
    path.write_text("code;taakstelling\nGM0014;177\n", encoding="utf-8")
    with pytest.raises(FileProblemError, match="Dit is een tabel"):
        load_model(path, Mailing, [])


def test_a_file_of_the_previous_meeting_that_is_not_there_is_told(tmp_path: Path) -> None:
    loaded, (problem,) = load(tmp_path, "vorige: vorige.yaml\n")
    assert loaded is not None
    assert "m.yaml:3:9: waarschuwing LRT227" in problem
    assert load(tmp_path, "vorige: 2024-12-18\n")[1] == []


def test_a_broken_file_of_the_previous_meeting_is_told_and_stops_nothing(tmp_path: Path) -> None:
    for data in (b"", b"overleg: [\n", b"PK\x03\x04\x00"):
        (tmp_path / "vorige.yaml").write_bytes(data)
        loaded, (problem,) = load(tmp_path, "vorige: vorige.yaml\n")
        assert loaded is not None
        assert "m.yaml:3:9: waarschuwing LRT227" in problem
        assert "lrtdocs controleer vorige.yaml" in problem
    (tmp_path / "vorige.yaml").write_text("sjabloon: brief\nontvangers: a.csv\n")
    _, (problem,) = load(tmp_path, "vorige: vorige.yaml\n")
    assert "Dit is geen bestand van een vergadering." in problem
    _, (problem,) = load(tmp_path, "vorige: m.yaml\n")
    assert "dit bestand zelf" in problem


def test_the_file_of_an_annex_that_is_not_there_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "stukken").mkdir()
    (tmp_path / "stukken" / "dashboard.pdf").touch()
    _, (problem,) = load(tmp_path, "bijlagen: [{titel: cijfers, bestand: stukken/dashbord.pdf}]\n")
    assert problem.startswith("/m.yaml:3:38: waarschuwing LRT229")
    assert "Bedoelde u 'dashboard.pdf'?" in problem

    _, (problem,) = load(tmp_path, "bijlagen: [{titel: cijfers, bestand: stukken}]\n")
    assert "'stukken' is een map" in problem


def test_the_file_of_an_annex_may_be_written_as_windows_does(tmp_path: Path) -> None:
    (tmp_path / "stukken").mkdir()
    (tmp_path / "stukken" / "nota 1.pdf").touch()
    loaded, problems = load(
        tmp_path, "bijlagen:\n  - titel: nota\n    bestand: stukken\\nota 1.pdf\n"
    )
    assert loaded is not None
    assert (problems, loaded.model.bijlagen[0].bestand) == ([], "stukken/nota 1.pdf")


def test_an_annex_that_is_to_come_needs_no_file_yet(tmp_path: Path) -> None:
    _, problems = load(tmp_path, "bijlagen: [{titel: nota, bestand: nota.pdf, nazending: ja}]\n")
    assert problems == []
    came = "bijlagen: [{titel: nota, bestand: nota.pdf, nazending: 2025-03-17}]\n"
    assert "LRT229" in load(tmp_path, came)[1][0]


def test_the_file_of_an_annex_of_letters_is_looked_for_too(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("naam;adres\nJan;Plein 1\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        "sjabloon: brief\nontvangers: l.csv\nbetreft: x\ntekst: x\n"
        "bijlagen: [{titel: nota, bestand: nota.pdf}]\n",
        encoding="utf-8",
    )
    found = [each for each in load_mailing(tmp_path / "m.yaml")[1] if each.code == "LRT229"]
    assert [(each.place.line, each.place.column) for each in found] == [(5, 35)]
