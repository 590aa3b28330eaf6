"""What a meeting says against the file of the one before: told, and the advice followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtdocs.run.load.meeting import load_vergadering

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.errors import Problem

BEFORE = """\
overleg: LRT
datum: 2024-12-18
laatste_actie: A6
laatste_besluit: B2
agendapunten:
  - titel: Opening
    besluiten:
      - De regeling voor de opvang gaat op 1 maart door.
      - Het verslag van de vorige vergadering is ongewijzigd vastgesteld.
    actiepunten:
      - {wat: Brief sturen aan alle gemeenten, wie: VNG}
      - {wat: Verslag rondsturen, wie: COA, status: afgerond}
      - {wat: Zaal zoeken, wie: DGM, status: vervallen}
"""
HEAD = """\
overleg: LRT
datum: 2025-03-19
vorige: vorige.yaml
laatste_actie: A9
laatste_besluit: B4
"""
OPEN = "actielijst:\n  - {nummer: A7, wat: Brief aan gemeenten sturen, wie: VNG}\n"
ITEMS = "agendapunten:\n  - titel: Opening\n"


def told(folder: Path, text: str, *, before: str = BEFORE) -> list[Problem]:
    (folder / "vorige.yaml").write_text(before, encoding="utf-8")
    (folder / "huisstijl.yaml").write_text("afzenders: {een: {}}\n", encoding="utf-8")
    path = folder / "m.yaml"
    path.write_text(text, encoding="utf-8")
    loaded, problems = load_vergadering(path, "agenda")
    assert loaded is not None, list(map(str, problems))
    return problems


def test_a_meeting_that_goes_on_well_is_not_remarked_on(tmp_path: Path) -> None:
    more = "    besluiten: [Het verslag van de vorige vergadering is ongewijzigd vastgesteld.]\n"
    assert told(tmp_path, HEAD + OPEN + ITEMS + more) == []


@pytest.mark.parametrize(
    ("key", "says", "line", "text", "old", "new"),
    [
        ("LRT285", "A7 (Brief sturen aan alle gemeenten)", 3, HEAD + ITEMS, ITEMS, OPEN + ITEMS),
        ("LRT286.acties", "'Nota over wonen', en in vorige.yaml 'Brief", 7,
         HEAD + "actielijst:\n  - {nummer: A7, wat: Nota over wonen, wie: COA}\n" + ITEMS,
         "nummer: A7, ", ""),
        ("LRT286.besluiten", "'Er komt een nieuwe zaal.', en in vorige.yaml 'De regeling", 10,
         HEAD + OPEN + ITEMS + "    besluiten: [{tekst: Er komt een nieuwe zaal., nummer: B3}]\n",
         ", nummer: B3", ""),
        ("LRT286.telt-acties", "vanaf A8, maar vorige.yaml telde al tot A9", 9,
         HEAD.replace("laatste_actie: A9\n", "") + OPEN + ITEMS
         + "    actiepunten: [{wat: Nota maken, wie: COA}]\n",
         "agendapunten", "laatste_actie: A9\nagendapunten"),
        ("LRT286.telt-besluiten", "vanaf B1, maar vorige.yaml telde al tot B4", 9,
         HEAD.replace("laatste_besluit: B4\n", "") + OPEN + ITEMS + "    besluiten: [Akkoord.]\n",
         "agendapunten", "laatste_besluit: B4\nagendapunten"),
        ("LRT287", "A8 is hier 'loopt', en was in vorige.yaml al 'afgerond'", 8,
         HEAD + OPEN + "  - {nummer: A8, wat: Verslag rondsturen, wie: COA, status: loopt}\n"
         + ITEMS, "status: loopt", "status: afgerond"),
        ("LRT288", "ook in vorige.yaml, als B3", 10,
         HEAD + OPEN + ITEMS
         + "    besluiten: [De regeling voor de opvang gaat op 1 maart door.]\n",
         "    besluiten: [De regeling voor de opvang gaat op 1 maart door.]\n", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_after_the_previous_meeting_is_told_and_the_advice_mends_it(
    tmp_path: Path, key: str, says: str, line: int, text: str, old: str, new: str
) -> None:
    (problem,) = told(tmp_path, text)
    assert (problem.key, problem.place.line) == (key, line)
    assert says in problem.message
    assert key not in [each.key for each in told(tmp_path, text.replace(old, new, 1))]


def test_a_previous_meeting_that_is_later_is_told_and_not_compared(tmp_path: Path) -> None:
    later = BEFORE.replace("2024-12-18", "2025-06-18")
    assert [each.key for each in told(tmp_path, HEAD + ITEMS, before=later)] == ["LRT255.vorige"]


def test_many_open_actions_are_told_by_their_numbers(tmp_path: Path) -> None:
    many = BEFORE + "".join(f"      - {{wat: Stap {n}, wie: COA}}\n" for n in range(10))
    (problem,) = told(tmp_path, HEAD.replace("A9", "A19") + ITEMS, before=many)
    assert problem.message.endswith(
        "hier niet: A7, A10, A11, A12, A13, A14, A15, A16, A17, A18 en A19."
    )
