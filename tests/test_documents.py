from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lrtdocs.documents.fields import known_words
from lrtdocs.documents.meetings import meeting_words
from lrtdocs.kinds import KINDS, Source, kinds_of
from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.tekst import Tekst
from lrtdocs.model.vergadering import Vergadering

TODAY = date(2025, 3, 1)


def words_of(kind: str = "agenda", **fields: object) -> dict[str, Any]:
    data = {"overleg": "LRT", "datum": "2025-03-19", "agendapunten": ["Opening"], **fields}
    huisstijl = Huisstijl.model_validate({"afzenders": {"a": {"team": "T"}}, "woordmerk": ["M"]})
    vergadering = Vergadering.model_validate(data)
    return meeting_words(KINDS[kind], vergadering, huisstijl, Afzender(team="T"), TODAY)


@pytest.mark.parametrize("kind", [kind.name for kind in kinds_of(Source.MEETING)])
def test_words_are_the_known_words_and_no_others(kind: str) -> None:
    assert sorted(words_of(kind)) == sorted(known_words(kind))


def test_words_hold_no_models() -> None:
    words = words_of(aanwezig=["Mw. Faber (AenM)"], agendapunten=[{"titel": "X", "verslag": "*a*"}])
    assert words["aanwezig"][0]["tekst"] == "Mw. Faber (AenM)"
    assert words["aanwezig"][0]["naam"] == "Faber"
    assert isinstance(words["agendapunten"][0]["verslag"], Tekst)
    assert words["afzender"]["team"] == "T"


def test_items_are_numbered_and_items_below_them_get_letters() -> None:
    punten = words_of(agendapunten=["A", {"titel": "B", "subpunten": ["C", "D"]}])["agendapunten"]
    assert [punt["nummer"] for punt in punten] == ["1", "2"]
    assert [punt["nummer"] for punt in punten[1]["subpunten"]] == ["2a", "2b"]


def test_actions_and_decisions_are_collected_with_the_number_of_their_item() -> None:
    sub = {"titel": "C", "actiepunten": [{"wat": "doen", "wie": "ik"}], "besluiten": ["ja"]}
    words = words_of(
        agendapunten=[
            {"titel": "A", "actiepunten": [{"wat": "eerst", "wie": "u", "nummer": "A7"}]},
            {"titel": "B", "subpunten": [sub]},
        ]
    )
    assert [(a["nummer"], a["wat"], a["agendapunt"]) for a in words["actiepunten"]] == [
        ("A7", "eerst", "1"),
        ("A8", "doen", "2a"),
    ]
    assert [(str(b), b.parts["nummer"], b.parts["agendapunt"]) for b in words["besluiten"]] == [
        ("ja", "B1", "2a")
    ]


def test_a_document_without_a_date_is_dated_today() -> None:
    assert words_of()["dagtekening"] == TODAY
    assert words_of(dagtekening="2025-03-14")["dagtekening"] == date(2025, 3, 14)


def test_minutes_may_have_a_date_of_their_own() -> None:
    dates = {"dagtekening": "2025-03-14", "dagtekening_verslag": "2025-03-26"}
    assert words_of("agenda", **dates)["dagtekening"] == date(2025, 3, 14)
    assert words_of("verslag", **dates)["dagtekening"] == date(2025, 3, 26)
    assert words_of("verslag", dagtekening="2025-03-14")["dagtekening"] == date(2025, 3, 14)
