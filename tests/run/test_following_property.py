"""Whatever a meeting is, and however it is typed: the file of the next one loses nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrtdocs import api
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.load.model import load_model
from lrtdocs.run.load.series import CLOSED, list_actions
from lrtdocs.source.yaml.writing import Style, write_entry, write_flow

if TYPE_CHECKING:
    from pathlib import Path

YES = st.just("ja")
TEXT = st.sampled_from(["Kort.", "De leden: akkoord.", "Een\n\n- a\n- b", "'t Loo # 4 # x"])
STATUS = st.sampled_from(["open", "loopt", "afgerond", "vervallen", "aangehouden", "klaar"])
WHO = st.sampled_from(["COA", ["COA", "VNG"], "Mw. 't Hooft"])
PRESENT = ["Mw. Faber (AenM, voorzitter)", "Dhr. Jansen (BZK)", "Piet (ambtelijke vervanging)"]
ABSENT = [
    "Kim (BZK) (zonder bericht)",
    {"naam": "Bo", "organisatie": "BZK", "vervangen_door": "Dhr. Jansen (BZK)"},
    "Ria (vervangen door Els)",
]
ACTION = st.fixed_dictionaries(
    {"wat": st.sampled_from(["Brief sturen, met bijlage", "Nota: maken", "Bellen"]), "wie": WHO},
    optional={
        "status": STATUS,
        "gereed": st.just("vóór de zomer"),
        "toelichting": st.just("Ja: x"),
    },
)
ANNEX = st.just("Stuk") | st.just({"titel": "Nota, kort", "nazending": "2025-03-18"})
DECISION = st.sampled_from(["Het gaat door", {"tekst": "Ja: zo is het", "stemming": "aangenomen"}])


def _items(below: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    return st.just("Los punt") | st.fixed_dictionaries(
        {"titel": st.sampled_from(["Opening", "Verslag vorige keer", "Plan: A", "'t Loo"])},
        optional={
            "vast": YES,
            "aangehouden": YES,
            "toelichting": TEXT,
            "verslag": TEXT,
            "bijlagen": st.lists(ANNEX, min_size=1, max_size=2),
            "besluiten": st.lists(DECISION, min_size=1, max_size=2),
            "actiepunten": st.lists(ACTION, min_size=1, max_size=2),
            **below,
        },
    )


def _people(names: list[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique_by=str)
    return some | some.map(lambda people: {"Leden": people}) | st.just(names[0])


MEETINGS = st.fixed_dictionaries(
    {
        "overleg": st.just("LRT: x"),
        "datum": st.sampled_from(["2025-03-19", "19 maart 2025", "19-03-2025"]),
        "agendapunten": st.lists(
            _items({"subpunten": st.lists(_items({}), min_size=1, max_size=2)}),
            min_size=1,
            max_size=4,
        ),
    },
    optional={
        "dagtekening": st.just("2025-03-12"),
        "onze_referentie": st.just("X-1"),
        "aanwezig": _people(PRESENT),
        "afwezig": _people(ABSENT),
        "genodigden": _people(PRESENT),
        "laatste_actie": st.just("A7"),
        "vastgesteld": st.just("2025-04-02"),
        "actielijst": st.lists(ACTION, min_size=1, max_size=3),
        "volgende_vergadering": st.just({"datum": "18 juni 2025", "tijd": "13:00"}),
    },
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """Return a meeting as somebody typed it: between brackets or below each other, with a #."""
    style = Style(draw(st.sampled_from([0, 2])), draw(st.sampled_from([2, 4])))
    rows: list[str] = []
    for key, value in draw(MEETINGS).items():
        rows += [f"# over {key}"]
        flow = isinstance(value, list | dict) and draw(st.booleans())
        rows += [f"{key}: {write_flow(value)}"] if flow else write_entry(key, value, 0, style)
    return draw(st.sampled_from(["\n", "\r\n"])).join(rows)


def read(path: Path) -> Vergadering:
    file = load_model(path, Vergadering, [])
    assert file is not None
    return file.model


def open_actions(meeting: Vergadering) -> dict[str, str]:
    entries = list_actions(meeting)
    return {entry.number: entry.text for entry in entries if entry.said.status not in CLOSED}


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(files())
def test_the_next_file_is_whole_and_every_comment_is_in_it(
    tmp_path_factory: Any, text: str
) -> None:
    path = tmp_path_factory.mktemp("reeks") / "2025-03-19-x.yaml"
    path.write_bytes(text.encode())
    (target,) = api.follow(path, dt.date(2025, 6, 18)).written
    assert open_actions(read(target)) == open_actions(read(path))
    rows = iter(target.read_text("utf-8").split("\n"))
    comments = [row for row in text.splitlines() if row.startswith("#")]
    assert all(any(row == comment for row in rows) for comment in comments)
