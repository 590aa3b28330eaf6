"""Twelve meetings of one series, played with the commands alone, each edited by replacing text.

No action and no decision is lost, no number is used for two things, and what the secretary wrote
behind a # is in every file as it was in the first.
"""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from command_running import make_run

from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.load.model import load_model
from lrtdocs.run.load.series import CLOSED, list_actions, list_decisions

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from lrtdocs.errors import Problem

FIRST = """\
# Regietafel; "elke" maand   (niet wissen)
overleg: "Regietafel: opvang"   # naam, met 'dubbele punt'
datum: 2025-01-15 # woensdag
tijd: 10:00-11:30
dagtekening: 2025-01-08

# leden
aanwezig:
  - Mw. Faber (AenM, voorzitter)   # zit voor
  # Uitermark wisselt
  - "Mw. O'Neill (BZK)"
  - Dhr. Okkema (IPO)

volgende_vergadering:   # steeds de derde woensdag

# de punten; laat 'vast' staan
agendapunten:
  - titel: Opening   # kort
    vast: ja

  # hier komt het concept
  - titel: Verslag en actielijst
    vast: ja

  - titel: Mededelingen
    vast: ja
    # rondje langs de leden

  # voor het slot
  - titel: Sluiting
    vast: ja
# einde
"""
OKKEMA = "  - Dhr. Okkema (IPO)\n"
STATUS = ("afgerond", "loopt", "vervallen", "aangehouden")
MONTHS = 12


def hold(text: str, month: int, following: date) -> str:
    """Return the file with what the secretary types in and after the meeting of a `month`."""
    said = (
        f"    verslag: |\n      Er is gesproken over plan {month}.\n\n      - COA: akkoord\n"
        f"    besluiten:\n      - Het plan {month} gaat door op voorwaarden.   # kort houden\n"
        f"    actiepunten:\n      - wat: Plan {month} uitwerken\n        wie: COA\n"
        f"      - {{wat: 'Brief {month} sturen, met bijlage', wie: VNG}}   # snel\n"
    )
    held = "    aangehouden: ja\n" if month % 3 == 0 else ""
    text = replace(
        text, "  # voor het slot\n", f"  - titel: Plan {month}\n{held}{said}\n  # voor het slot\n"
    )
    if month % 2:
        text = replace(
            text,
            "    # rondje langs",
            f"    besluiten: [Ronde {month} is gedaan]\n    # rondje langs",
        )
    text = replace(text, "volgende_vergadering:", f"volgende_vergadering: {following}")
    absent = f"afwezig:\n{OKKEMA[:-1]} (zonder bericht)\n"
    text = replace(text, "\nvolgende_vergadering", f"\n{absent}volgende_vergadering")
    return close_action(replace(text, OKKEMA, ""), month)


def replace(text: str, old: str, new: str) -> str:
    """Return `text` with `old`, which stands in it once, replaced."""
    assert text.count(old) == 1
    return text.replace(old, new)


def close_action(text: str, month: int) -> str:
    """Return the file with another status for one of the actions of before, if there are any."""
    opened = [match.start() for match in re.finditer("status: open", text)]
    at = opened[month % len(opened)] if opened else len(text)
    return text[:at] + text[at:].replace("status: open", f"status: {STATUS[month % 4]}", 1)


def comments(text: str) -> list[str]:
    """Return each comment, with the spaces before it."""
    return re.findall(r"(?m)(?:^|(?<=\S))[ ]*(?<!\S)#.*$", text)


def load(path: Path) -> Vergadering:
    problems: list[Problem] = []
    file = load_model(path, Vergadering, problems)
    assert file is not None, problems
    return file.model


def open_actions(meeting: Vergadering) -> dict[str, tuple[str, str]]:
    """Return what is to be done and how far it is, by number, of what is not done."""
    entries = [entry for entry in list_actions(meeting) if entry.said.status not in CLOSED]
    return {entry.number: (entry.text, entry.said.status) for entry in entries}


ENDS = ("-concept", "")


def seconds_of(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())


def all_text(paper: Path) -> str:
    with zipfile.ZipFile(paper) as package:
        return "".join(
            package.read(name).decode()
            for name in package.namelist()
            if "word/" in name and name.endswith("xml")
        )


def test_twelve_meetings_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run, day = make_run(capsys), date(2025, 1, 15)
    actions: dict[str, str] = {}
    decisions: dict[str, str] = {}
    path = tmp_path / f"{day}-rt.yaml"
    path.write_text(FIRST, "utf-8")
    for month in range(1, MONTHS + 1):
        day += timedelta(days=28)
        path.write_text(hold(path.read_text("utf-8"), month, day), "utf-8")
        assert "fout" not in run("controleer", path).err
        meeting = load(path)
        for entry in list_actions(meeting):
            assert actions.setdefault(entry.number, entry.text) == entry.text
        for decision in list_decisions(meeting):
            assert decisions.setdefault(decision.number, decision.text) == decision.text
        assert run("volgende", path).code == 0
        path = tmp_path / f"{day}-rt.yaml"
        made = load(path)
        assert open_actions(made) == open_actions(meeting)
        assert comments(path.read_text("utf-8")) == comments(FIRST)
        assert [str(one) for one in made.aanwezig].count("Dhr. Okkema (IPO)") == 1
        held = [punt for punt in made.agendapunten if punt.titel == f"Plan {month}"]
        assert [f"plan {month}" in str(punt.toelichting.source) for punt in held] == [True] * (
            month % 3 == 0
        )
    plans = range(1, MONTHS + 1)
    said = [f"Plan {month} uitwerken" for month in plans]
    said += [f"Brief {month} sturen, met bijlage" for month in plans]
    assert sorted(actions.values()) == sorted(said)
    assert len(set(decisions.values())) == len(decisions) == MONTHS + MONTHS // 2


def test_the_lists_and_the_checks_of_a_whole_year_agree(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, paths = make_run(capsys), [tmp_path / "2025-01-15-rt.yaml"]
    paths[0].write_text(FIRST, "utf-8")
    for month in range(1, MONTHS + 1):
        day = date(2025, 1, 15) + timedelta(days=28 * month)
        paths[-1].write_text(hold(paths[-1].read_text("utf-8"), month, day), "utf-8")
        run("volgende", paths[-1])
        paths.append(tmp_path / f"{day}-rt.yaml")
    told = run("controleer", *paths).err
    assert not re.findall(r"fout|LRT22[16]|LRT28\d|LRT293|LRT295", told)
    left = open_actions(load(paths[-1]))
    listed = run("lijst", "actiepunten", *paths[:-1])
    assert listed.code == 0
    assert set(re.findall(r"\bA\d+\b", listed.out)) == set(left)
    decided = run("lijst", "besluiten", *paths).out
    numbers = [f"B{number}" for number in range(1, MONTHS + MONTHS // 2 + 1)]
    assert sorted(re.findall(r"\bB\d+\b", decided)) == sorted(numbers)
    assert run("agenda", paths[-1]).code == run("verslag", paths[0]).code == 0


def test_minutes_are_a_concept_until_the_next_meeting_adopts_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run, day = make_run(capsys), date(2025, 1, 15)
    path = tmp_path / f"{day}-rt.yaml"
    path.write_text(FIRST, "utf-8")
    for month in range(1, MONTHS + 1):
        following = day + timedelta(days=28)
        typed = hold(path.read_text("utf-8"), month, following)
        path.write_text(typed, "utf-8")
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds_of(following)))
        concept, adopted = (path.with_name(f"{day}-rt-verslag{end}.docx") for end in ENDS)
        run("verslag", path)
        before = concept.read_bytes()
        run("volgende", path)

        assert run("vaststellen", path, "--op", following).code == 0

        lines = path.read_text("utf-8").splitlines()
        assert [line for line in lines if line not in typed.splitlines()] == [
            f"vastgesteld: {following}"
        ]
        assert [line for line in typed.splitlines() if line not in lines] == []
        assert concept.read_bytes() == before
        assert ["CONCEPT" in all_text(paper) for paper in (concept, adopted)] == [True, False]
        assert f"plan {month}" in all_text(adopted)
        path, day = tmp_path / f"{following}-rt.yaml", following
