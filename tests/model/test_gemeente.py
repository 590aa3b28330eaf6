from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtdocs.model.gemeente import (
    Gemeente,
    Register,
    Soort,
    alphabetical_key,
    compare_registers,
    fold_name,
    merge_registers,
)
from lrtdocs.source.lists.register import load_register

OLD, NEW = dt.date(2024, 1, 1), dt.date(2025, 1, 1)


def gemeente(code: str, naam: str, inwoners: int, *, date: dt.date = OLD, **changes: str):
    facts = {"naam_cbs": naam, "provincie": "Utrecht"} | changes
    return Gemeente(code, naam, facts["naam_cbs"], facts["provincie"], {date: inwoners})


def register(*gemeenten: Gemeente, date: dt.date = OLD) -> Register:
    total = sum(gemeente.inwoners.get(date, 0) for gemeente in gemeenten)
    return Register(tuple(gemeenten), {date: total})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("'s-Gravenhage", "GM0518"),
        ("’s Gravenhage", "GM0518"),
        ("Den Haag", "GM0518"),
        ("DEN BOSCH", "GM0796"),
        ("sudwest fryslan", "GM1900"),
        ("Gemeente Súdwest-Fryslân", "GM1900"),
        ("Bergen (NH)", "GM0373"),
        ("Bergen NH.", "GM0373"),
        ("Bergen (L.)", "GM0893"),
        ("Hengelo", "GM0164"),
        ("Hengelo (O.)", "GM0164"),
        ("Nuenen, Gerwen en Nederwetten", "GM0820"),
        ("Nuenen c.a.", "GM0820"),
        ("Bergen op Zoom", "GM0748"),
    ],
)
def test_a_gemeente_is_found_by_the_names_that_people_write(text, code):
    found = load_register().find_name(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["Bergen", "Nergenshuizen", "", "gemeente", "Ber gen op"])
def test_a_name_that_is_nobodys_or_more_than_ones_finds_nothing(text):
    assert load_register().find_name(text) is None


def test_a_name_that_two_gemeenten_share_finds_neither():
    both = register(gemeente("GM0001", "Bergen", 1), gemeente("GM0002", "Bergen", 2))
    assert both.find_name("Bergen") is None


def test_every_gemeente_is_found_by_its_code_and_by_both_its_names():
    known = load_register()
    for one in known.gemeenten:
        assert known.find(one.code.lower()) is one
        assert known.find_name(one.naam) is known.find_name(one.naam_cbs) is one


@given(st.text())
def test_points_and_spaces_around_a_name_do_not_count(text):
    assert fold_name(f" {text}. ") == fold_name(text)


def test_a_register_can_be_sent_to_another_process():
    known = load_register()
    sent = pickle.loads(pickle.dumps(known))
    assert sent == known
    assert sent.find("GM0518") == known.find("GM0518")


def test_a_register_is_compared_with_itself_without_a_difference():
    assert compare_registers(load_register(), load_register()) == []


def test_what_a_newer_list_changes_is_told_by_kind():
    old = register(
        gemeente("GM0001", "Aa", 10),
        gemeente("GM0002", "Bee", 20),
        gemeente("GM0003", "Cee", 30),
        gemeente("GM0004", "Dee", 40),
    )
    new = register(
        gemeente("GM0002", "Beek", 20),
        gemeente("GM0003", "Cee", 31),
        gemeente("GM0004", "Dee", 40, provincie="Zeeland"),
        gemeente("GM0005", "Eem", 50),
    )
    told = [(v.soort, v.code, v.oud, v.nieuw) for v in compare_registers(old, new)]
    assert told == [
        (Soort.ERBIJ, "GM0005", "", "50 (1-1-2024)"),
        (Soort.WEG, "GM0001", "10 (1-1-2024)", ""),
        (Soort.NAAM, "GM0002", "Bee", "Beek"),
        (Soort.PROVINCIE, "GM0004", "Utrecht", "Zeeland"),
        (Soort.INWONERS, "GM0003", "30 (1-1-2024)", "31 (1-1-2024)"),
    ]


def test_the_inhabitants_of_a_new_date_are_compared_with_the_last_one_known():
    old = register(gemeente("GM0001", "Aa", 10_000))
    new = register(gemeente("GM0001", "Aa", 10_100, date=NEW), date=NEW)
    told = [(v.oud, v.nieuw) for v in compare_registers(old, new)]
    assert told == [("10.000 (1-1-2024)", "10.100 (1-1-2025)")]


def test_the_name_by_which_a_gemeente_is_addressed_is_no_change_of_name():
    old = register(gemeente("GM0164", "Hengelo", 10, naam_cbs="Hengelo (O.)"))
    assert compare_registers(old, register(gemeente("GM0164", "Hengelo (O.)", 10))) == []


def test_a_newer_list_is_added_and_old_dates_still_add_up():
    old = register(gemeente("GM0001", "Aa", 10), gemeente("GM0002", "Bee", 20))
    new = register(
        gemeente("GM0002", "Bee", 21, date=NEW, provincie=""),
        gemeente("GM0003", "Cee", 11, date=NEW),
        date=NEW,
    )
    merged = merge_registers(old, new)
    assert merged.peildata == (OLD, NEW)
    assert [g.code for g in merged.on(OLD)] == ["GM0001", "GM0002"]
    assert [g.code for g in merged.at(NEW).gemeenten] == ["GM0002", "GM0003"]
    assert old.at(OLD) is old
    assert [g.code for g in merged.on(NEW)] == ["GM0002", "GM0003"]
    assert sum(g.inwoners[OLD] for g in merged.on(OLD)) == merged.nationaal[OLD]
    assert sum(g.inwoners[NEW] for g in merged.on(NEW)) == merged.nationaal[NEW]
    assert merged.find("GM0002") == Gemeente("GM0002", "Bee", "Bee", "Utrecht", {OLD: 20, NEW: 21})


def test_a_new_name_of_the_cbs_replaces_the_old_one():
    old = register(gemeente("GM0164", "Hengelo", 10, naam_cbs="Hengelo (O.)"))
    same = merge_registers(old, register(gemeente("GM0164", "Hengelo (O.)", 10)))
    other = merge_registers(old, register(gemeente("GM0164", "Twentestad", 10)))
    assert same.gemeenten[0].naam == "Hengelo"
    assert other.gemeenten[0].naam == other.gemeenten[0].naam_cbs == "Twentestad"


def test_names_are_sorted_as_in_a_dutch_index():
    names = ["Gouda", "'s-Gravenhage", "De Bilt", "Delft", "Zwolle", "Súdwest-Fryslân", "Sluis",
             "Bergen op Zoom", "Bergen (NH.)", "Bergeijk", "\u2019s-Hertogenbosch"]  # fmt: skip

    assert sorted(names, key=alphabetical_key) == [
        "Bergeijk",
        "Bergen (NH.)",
        "Bergen op Zoom",
        "De Bilt",
        "Delft",
        "Gouda",
        "'s-Gravenhage",
        "\u2019s-Hertogenbosch",
        "Sluis",
        "Súdwest-Fryslân",
        "Zwolle",
    ]


def test_all_that_is_gone_is_something_of_today_and_no_gemeente_still():
    now = load_register()
    assert len(now.opgeheven) == 84
    for gone in now.opgeheven:
        assert now.find(gone.code) is None
        assert now.find_opgeheven(gone.code) is now.find_opgeheven(gone.naam) is gone
        assert now.name_now(gone).count("GM") == len(gone.nu)


def test_a_gemeente_that_a_register_still_has_is_not_gone():
    uden = gemeente("GM0856", "Uden", 10)
    now = load_register()
    old = Register((*now.gemeenten, uden), now.nationaal, now.opgeheven)
    assert old.find_opgeheven("Uden") is None
    assert old.at(max(now.peildata)).find_opgeheven("GM0999") is None
