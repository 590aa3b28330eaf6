"""Votes: what is printed of them, and when they do not give the outcome."""

from __future__ import annotations

from typing import Any

import pytest

from lrtdocs.model.remarks import find_remarks
from lrtdocs.model.vergadering import Stemming, Vergadering


def told(**stemming: Any) -> list[str]:
    data = {
        "overleg": "x",
        "datum": "2025-06-18",
        "agendapunten": [{"titel": "a", "stemming": stemming}],
    }
    return [each.fault.key for each in find_remarks(Vergadering.model_validate(data))]


@pytest.mark.parametrize(
    ("stemming", "printed"),
    [
        ({"voor": 12, "tegen": "3 (PvdA, GL)", "onthouding": "1", "uitslag": "Aangenomen"},
         "Voor: 12 · Tegen: 3 (PvdA, GL) · Onthouding: 1. Aangenomen."),
        ({"voor": ["CDA (5)", "VVD (4)"], "tegen": "De Vries, Jansen"},
         "Voor: CDA (5), VVD (4) · Tegen: De Vries, Jansen."),
        ({"voor": 5, "tegen": 0}, "Voor: 5 · Tegen: 0."),
        ("met algemene stemmen aangenomen.", "Met algemene stemmen aangenomen."),
        ("de stemmen staken", "De stemmen staken."),
    ],
)  # fmt: skip
def test_votes_are_printed_as_they_were_typed(stemming: object, printed: str) -> None:
    assert str(Stemming.model_validate(stemming)) == printed


@pytest.mark.parametrize(
    ("voor", "tegen", "uitslag", "told_of"),
    [
        ("12", "3 (PvdA, GL)", "aangenomen", False),
        ("3", "12", "aangenomen", True),
        ("12 stemmen", "3 leden (PvdA, GL)", "verworpen", True),
        ("CDA en VVD", "PvdA", "aangenomen", False),
        (["CDA (5)", "VVD (4 stemmen)"], ["PvdA", "GL", "SP"], "verworpen", True),
        ("6", "6", "aangenomen", True),
        ("6", "6", "de stemmen staken", False),
        ("8", "5", "verworpen, twee derde was nodig", False),
    ],
)
def test_an_outcome_that_the_votes_do_not_give_is_told(
    voor: object, tegen: object, uitslag: str, *, told_of: bool
) -> None:
    assert ("LRT280" in told(voor=voor, tegen=tegen, uitslag=uitslag)) is told_of


@pytest.mark.parametrize(
    ("sides", "told_of"),
    [
        ({"voor": ["GL", "D66"], "tegen": "2 (gl, SP)"}, True),
        ({"voor": "CDA en VVD", "onthouding": ["vvd"]}, True),
        ({"voor": "GL (2)", "tegen": "GL (1)"}, False),
        ({"voor": ["Jansen", "Jansen"]}, True),
        ({"voor": "12", "tegen": "12"}, False),
    ],
)
def test_who_votes_twice_is_told(sides: dict[str, Any], *, told_of: bool) -> None:
    assert ("LRT281" in told(**sides)) is told_of
