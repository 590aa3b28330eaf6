from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mailing_making import make_mailing, write_list

from lrtdocs.api.checking import check
from lrtdocs.errors import Severity, UsageError
from lrtdocs.run.letters.selection import Named
from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from pathlib import Path

ROW = "Naam;Straat 1;1234 AB;Plaats;10\n"
HEAD = "code;gemeente;postbus;postcode;plaats\n"
ASSEN = "GM0106;Assen;Postbus 1;9401 AB;Assen\n"


def told(path: Path) -> list[tuple[str, int | None, Severity]]:
    return [
        (problem.code, problem.place.line, problem.severity)
        for problem in check(path)
        if problem.code in {"LRT628", "LRT703", "LRT704"}
    ]


@pytest.mark.parametrize(
    "pattern", ['bestandsnaam: "{naam}"\n', 'onze_referentie: "{naam}"\nbestandsnaam: "{naam}"\n']
)
def test_equal_rows_that_would_be_one_file_are_told_as_rows_and_refused(
    tmp_path: Path, pattern: str
):
    path = make_mailing(tmp_path, extra=pattern)
    write_list(tmp_path, [ROW, ROW, ROW])
    assert told(path) == [("LRT628", 3, Severity.ERROR), ("LRT628", 4, Severity.ERROR)]


def test_equal_rows_with_a_file_each_are_only_warned_of(tmp_path: Path):
    path = make_mailing(tmp_path)
    write_list(tmp_path, [ROW, ROW])
    assert told(path) == [("LRT628", 3, Severity.WARNING)]


def test_other_rows_with_the_same_file_are_told_beside_equal_ones(tmp_path: Path):
    path = make_mailing(tmp_path, extra='bestandsnaam: "{naam}"\n')
    write_list(tmp_path, [ROW, ROW.replace("Straat 1", "Straat 2"), ROW])
    assert told(path) == [("LRT703", 3, Severity.ERROR), ("LRT628", 4, Severity.ERROR)]


def test_a_gemeente_twice_in_a_taakstelling_is_told_of_its_rows_alone(tmp_path: Path):
    path = make_mailing(tmp_path)
    text = 'sjabloon: taakstelling\nontvangers: lijst.csv\nonze_referentie: "{code}"\n'
    text += "taakstelling: {halfjaar: 2025-II, totaal: 1}\n"
    path.write_text(text, encoding="utf-8")
    rows = HEAD + ASSEN + ASSEN.replace("Postbus 1", "Postbus 2") + ASSEN
    (tmp_path / "lijst.csv").write_text(rows, encoding="utf-8")
    assert told(path) == [("LRT628", 3, Severity.ERROR), ("LRT628", 4, Severity.ERROR)]


def test_two_rows_of_a_gemeente_are_told_with_how_to_have_two_letters(tmp_path: Path):
    path = make_mailing(tmp_path)
    rows = HEAD + ASSEN + ASSEN.replace("Postbus 1", "Postbus 2")
    (tmp_path / "lijst.csv").write_text(rows, encoding="utf-8")
    assert told(path) == [("LRT703", 3, Severity.ERROR)]
    (problem,) = [one for one in check(path) if one.code == "LRT703"]
    assert "GM0106 staat twee keer in de lijst" in problem.message
    _, _, line = problem.remedy.partition("YAML-bestand: ")
    path.write_text(path.read_text(encoding="utf-8") + line.rstrip(".") + "\n", encoding="utf-8")
    assert told(path) == [("LRT628", 3, Severity.WARNING)]


def test_a_letter_asked_for_by_a_name_of_the_past_is_told_what_it_is_now():
    named = Named(["Uden"], load_register())
    with pytest.raises(UsageError, match=r"dat is nu Maashorst \(GM1991\)"):
        named.choose()
