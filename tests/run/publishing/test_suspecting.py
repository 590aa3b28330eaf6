"""What may have been missed in a publication copy of a meeting, told where it was typed."""

from __future__ import annotations

import re
from time import process_time
from typing import TYPE_CHECKING

import pytest

from lrtdocs.findings import MAX_TOLD
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.publishing.redact import redact_meeting
from lrtdocs.run.publishing.suspecting import Suspicions, find_suspicions

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.errors import Problem

_HEAD = """\
overleg: LRT
datum: 2026-06-18
aanwezig:
  - Minister Ter Wal (AenM)
  - Mw. De Vries (VNG)
  - Dhr. Süverkrübbe (IPO)
"""
_TEXT = """\
agendapunten:
  - titel: Opening
    verslag: |
      {}
"""


@pytest.fixture
def suspect(tmp_path: Path):
    def told(text: str, name: str = "overleg") -> Suspicions:
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        loaded, _ = load_vergadering(path, None)
        assert loaded is not None
        left = redact_meeting(loaded).loaded.model
        return find_suspicions(loaded, left, loaded.house.afzender)

    return told


def _at(problem: Problem) -> tuple[str, int | None, int | None, str]:
    return problem.code, problem.place.line, problem.place.column, problem.found


_KINDS = [
    ("LRT820", "De Vries"),
    ("LRT820", "Suverkrubbe"),
    ("LRT821", "J. Jansen"),
    ("LRT822", "j.jansen@voorbeeld.nl"),
    ("LRT823", "010-4171234"),
    ("LRT824", "111222333"),
    ("LRT825", "NL91 ABNA 0417 1643 00"),
    ("LRT826", "12, 1234 AB"),
    ("LRT827", "GHZ-81-K"),
]


@pytest.mark.parametrize(("code", "words"), _KINDS)
def test_each_kind_is_told_at_its_line_and_column(suspect, code: str, words: str):
    told = suspect(_HEAD + _TEXT.format(f"Dit hoort bij {words} zelf.")).problems
    assert [_at(one) for one in told] == [(code, 10, 21, words)]


@pytest.mark.parametrize(("code", "words"), _KINDS)
def test_each_of_the_remedies_followed_to_the_letter_makes_it_silent(suspect, code, words: str):
    text = _HEAD + _TEXT.format(f"Dit hoort bij {words} zelf.")
    remedy = suspect(text).problems[0].remedy
    mark, leave, allow = (
        re.search(pattern, remedy)[0]
        for pattern in (r"\[[^\]]*\]\{weglaten=[^}]*\}", r"openbaar: \{weglaten.*?\}\}",
                        r"openbaar: \{toelaten.*?\}")
    )  # fmt: skip
    assert not suspect(text.replace(words, mark)).problems
    assert not suspect(f"{text}{leave}\n").problems
    assert not suspect(f"{text}{allow}\n").problems


_FIELDS = [
    ("genodigden: {Groep De Vries: [Mw. Kok]}", ""),
    ("bijlagen: [{titel: Brief, bestand: brief De Vries.pdf, publiek: ja}]", ""),
    ("omschrijving: Gesprek met De Vries", ""),
    ("plaats: bij De Vries thuis", ""),
    ("bijlagen: [Brief van De Vries]", ""),
    ("bijlagen: [{titel: Brief, link: 'https://x.nl/brief-van-De%20Vries.pdf'}]", ""),
    ("actielijst: [{nummer: A1, wat: De Vries bellen, wie: VNG}]", ""),
    ("", "toelichting: Inleiding door De Vries"),
    ("", "besluiten: [De Vries trekt het voorstel in.]"),
    ("", "besluiten: [{tekst: Dat doet De Vries., nummer: B1}]"),
    ("", "actiepunten: [{wat: De Vries bellen, wie: VNG}]"),
    ("", "actiepunten: [{wat: Bellen, wie: VNG, toelichting: Zie de mail van De Vries}]"),
    ("", "actiepunten: [{wat: Bellen, wie: VNG, gereed: na De Vries}]"),
    ("", "stemming: {voor: 3, uitslag: De Vries onthoudt zich}"),
    ("", "verslag: 'Zie ^[noot van De Vries] hier.'"),
    ("", "verslag: |\n      | Wie | Wat |\n      |---|---|\n      | De Vries | x |"),
    ("", "subpunten: [{titel: Vraag van De Vries}]"),
]


@pytest.mark.parametrize(("top", "item"), _FIELDS)
def test_a_name_of_who_is_left_out_is_told_in_every_field_with_words(suspect, top: str, item: str):
    text = f"{_HEAD}{top}\nagendapunten:\n  - titel: Opening\n    {item}\n"
    assert "LRT820" in [one.code for one in suspect(text).problems]


def test_who_is_shown_may_be_named_anywhere(suspect):
    text = _TEXT.format("De heer Ter Wal spreekt met minister Ter Wal.")
    assert not suspect(_HEAD + text).problems


def test_what_is_left_out_in_another_way_is_silent(suspect):
    item = (
        "agendapunten:\n  - titel: De Vries\n    vertrouwelijk: ja\n    verslag: Bel 010-4171234\n"
    )
    assert not suspect(_HEAD + item).problems
    annex = "    bijlagen: [{titel: Brief van De Vries, publiek: 5.1.2i}]\n"
    assert not suspect(f"{_HEAD}agendapunten:\n  - titel: Een\n{annex}").problems


def test_of_the_contact_person_who_is_shown_the_number_may_stand_elsewhere(suspect):
    contact = "contactpersoon: {{naam: J. Kok, telefoon: 010-4171234, publiek: {}}}\n"
    text = _TEXT.format("Bel J. Kok op 010-4171234.")
    assert not suspect(_HEAD + contact.format("ja") + text).problems


def test_who_is_named_in_the_name_of_the_file_is_told_until_that_is_left_out(suspect):
    text = _HEAD + _TEXT.format("Niets.")
    told = suspect(text, "2026-06-18-gesprek-de-vries").problems
    assert [(one.key, one.found) for one in told] == [("LRT820.bestand", "de vries")]
    allow, leave = (
        'openbaar: {toelaten: ["de vries"]}',
        'openbaar: {weglaten: {"de vries": 5.1.2e}}',
    )
    assert allow in told[0].remedy
    assert leave in told[0].remedy
    assert not suspect(f"{text}{allow}\n", "2026-06-18-gesprek-de-vries").problems
    assert not suspect(f"{text}{leave}\n", "2026-06-18-gesprek-de-vries").problems


def test_a_name_that_is_marked_in_one_place_is_told_in_another(suspect):
    text = _TEXT.format("Eerst [Wim Kok]{weglaten=5.1.2e}, en dan weer Kok zelf.")
    assert [_at(one)[0::3] for one in suspect(_HEAD + text).problems] == [("LRT820", "Kok")]


def test_a_name_over_two_lines_is_told_where_it_begins(suspect):
    text = _TEXT.format("Dit is gezegd door De\n      Vries zelf.")
    assert [_at(one) for one in suspect(_HEAD + text).problems] == [("LRT820", 10, 26, "De Vries")]


def test_many_of_a_kind_are_cut_short_and_none_that_is_different_falls_away(suspect):
    lines = [*("Dit zegt De Vries." for _ in range(60)), "Dit zegt Suverkrubbe."]
    problems = suspect(_HEAD + _TEXT.format("\n      ".join(lines))).problems
    assert len(problems) == MAX_TOLD + 1
    assert {"De Vries", "Suverkrubbe"} <= {one.found for one in problems}
    assert "40" in problems[-1].message


def test_the_last_sentence_says_what_was_looked_at_and_never_that_it_is_ready(suspect):
    looked = suspect(_HEAD + _TEXT.format("Dit zegt De Vries.")).looked
    assert "1 keer iets gevonden" in looked
    assert "weggelaten (2)" in looked
    assert not re.search(r"klaar|veilig|gereed|compleet", looked, re.IGNORECASE)


def test_a_large_meeting_takes_no_longer_than_its_length(suspect):
    line = "De VNG vraagt De Vries om 13.000 plekken vóór 1 april 2026, zegt de heer Jansen."
    item = "  - titel: Punt\n    verslag: |\n" + f"      {line}\n\n" * 20

    def measure(items: int) -> float:
        suspect(f"{_HEAD}agendapunten:\n{item * items}")  # what is asked once is loaded
        begin = process_time()
        suspect(f"{_HEAD}agendapunten:\n{item * items}")
        return process_time() - begin

    assert measure(100) < 10 * 2 * measure(10)
