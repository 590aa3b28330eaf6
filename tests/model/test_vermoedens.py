from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path
from time import process_time
from typing import NamedTuple

import pytest

from lrtdocs.model.openbaar.vermoedens import Soort, Vermoeden, Zoeker

_SETS = sorted((Path(__file__).parent / "data").glob("vermoedens*.txt"))
_MARKED = re.compile(r"‹(\w+):([^›]*)›")
_KINDS = {
    "naam": {Soort.NAAM, Soort.WEGGELATEN},
    "mail": {Soort.MAIL},
    "tel": {Soort.TELEFOON},
    "bsn": {Soort.BSN},
    "iban": {Soort.IBAN},
    "adres": {Soort.ADRES},
    "kenteken": {Soort.KENTEKEN},
}


class _Line(NamedTuple):
    text: str
    spans: list[tuple[str, int, int]]


def _read(line: str) -> _Line:
    text, spans, done = "", [], 0
    for match in _MARKED.finditer(line):
        text += line[done : match.start()]
        spans.append((match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        done = match.end()
    return _Line(text + line[done:], spans)


def _names(lines: list[str], key: str) -> list[str]:
    told = [line.removeprefix(f"# {key}: ") for line in lines if line.startswith(f"# {key}: ")]
    return [name.strip() for line in told for name in line.split("|")]


def _covers(found: Vermoeden, kind: str, begin: int, end: int, text: str) -> bool:
    left = text[begin : max(begin, found.start)] + text[min(end, found.end) : end]
    overlap = found.start < end and begin < found.end
    return found.soort in _KINDS[kind] and overlap and not any(map(str.isalnum, left))


def measure(path: Path) -> tuple[int, list[str], int, list[str]]:
    rows = path.read_text("utf-8").splitlines()
    zoeker = Zoeker(_names(rows, "Weggelaten"), _names(rows, "Getoond"))
    true, told = 0, 0
    missed: list[str] = []
    false: list[str] = []
    for row in rows:
        if not row or row.startswith("#"):
            continue
        line = _read(row)
        found = zoeker.find(line.text)
        true, told = true + len(line.spans), told + len(found)
        missed += [
            f"{kind} {line.text[begin:end]!r} in {line.text!r}"
            for kind, begin, end in line.spans
            if not any(_covers(one, kind, begin, end, line.text) for one in found)
        ]
        false += [
            f"{one.regel} {line.text[one.start : one.end]!r} in {line.text!r}"
            for one in found
            if not any(
                one.start < end and begin < one.end and one.soort in _KINDS[kind]
                for kind, begin, end in line.spans
            )
        ]
    return true, missed, told, false


@pytest.mark.parametrize("path", _SETS, ids=lambda path: path.stem)
def test_of_a_made_set_nearly_all_is_found_and_hardly_anything_else(
    path: Path, capsys: pytest.CaptureFixture[str]
):
    true, missed, told, false = measure(path)
    figures = (
        f"{path.stem}: of {true} to find {1 - len(missed) / true:.1%} found",
        f"{path.stem}: of {told} told {len(false) / told:.1%} false",
    )
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join([*figures, *missed, *false]) + "\n")
    assert true > 50
    assert len(missed) <= 0.05 * true
    assert len(false) <= 0.10 * told


def test_the_made_sets_hold_over_five_hundred_lines_and_every_kind():
    lines = [row for path in _SETS for row in path.read_text("utf-8").splitlines()]
    lines = [row for row in lines if row and not row.startswith("#")]
    assert len(lines) > 500
    assert {kind for row in lines for kind, _, _ in _read(row).spans} == _KINDS.keys()


def _told(text: str, **who: list[str]) -> list[str]:
    return [text[one.start : one.end] for one in Zoeker(**who).find(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bel 06-71234567.", "06-71234567"),  # a form that is not given out
        ("De gemeente (14 070).", "14 070"),
        ("Cliënt 44873074 is gehoord.", "44873074"),
        ("Factuur 44873074 is betaald.", ""),
        ("Hij woont op 1234ab 12.", "1234ab 12"),
        ("In 2024 en 12 andere jaren.", ""),
    ],
)
def test_numbers_that_are_told_by_their_form_or_by_the_words_around(text: str, found: str):
    assert _told(text) == [found] * bool(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("volgens bakker niet", "bakker"),
        ("de bakker niet", ""),
        ("Bakker licht toe", "Bakker"),
        ("Groen licht toe dat", "Groen"),
        ("Groen licht is er niet", ""),
        ("Dat zegt Jasnen.", "Jasnen"),
        ("Dat zegt Hansen.", ""),
        ("van der linde zegt", "van der linde"),
        ("onder de linde zit", ""),
    ],
)
def test_a_name_that_is_a_word_too_asks_for_more(text: str, found: str):
    names = ["Bakker", "Groen", "Jansen", "Van der Linde"]
    assert _told(text, weggelaten=names) == [found] * bool(found)


def test_who_may_be_named_is_not_told_but_who_is_left_out_is():
    text = "De heer Ter Wal en mevrouw Faber spreken met de heer Kok."
    assert _told(text, weggelaten=["Faber"], getoond=["minister J. ter Wal"]) == ["Faber", "Kok"]


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("Bel 010-1234567.", "010 1234567"),
        ("Bel 010-4171234.", "+31 10 417 12 34"),
        ("Dit zegt de heer Jansen.", "J. Jansen"),
        ("Dit zegt J. Jansen.", "J. Jansen"),
        ("Mail LRT@voorbeeld.nl.", "lrt@voorbeeld.nl"),
        ("Woont Kade 5, 1234 AB.", "5 1234ab"),
        ("Dit zegt mevrouw Faber.", "Faber"),
    ],
)
def test_what_somebody_has_seen_and_allows_is_silent(text: str, allowed: str):
    assert _told(text, weggelaten=["Mw. Faber"])
    assert not _told(text, weggelaten=["Mw. Faber"], toegelaten=[allowed])


def test_what_is_allowed_lets_nothing_else_stand():
    assert _told("Bel 010-4171234 of 010-4171235.", toegelaten=["010-4171234"]) == ["010-4171235"]
    assert _told("J. Jansen en P. de Wit", toegelaten=["J. Jansen"]) == ["P. de Wit"]


def test_somebody_with_other_initials_is_somebody_else():
    assert _told("P. Jansen", toegelaten=["J. Jansen"])
    assert _told("P. ter Wal", getoond=["J. ter Wal"])
    assert _told("Mw. Jansen", weggelaten=["P. Jansen"], toegelaten=["J. Jansen"])
    assert _told("Dhr. Jan Jansen", getoond=["Jan de Vries", "Kees Jansen"])


def test_accents_that_are_signs_of_their_own_are_read_and_do_not_move_the_place():
    text = unicodedata.normalize("NFD", "Eén vraag: Süverkrübbe belt 010-4171234.")
    assert _told(text, weggelaten=["Süverkrübbe"]) == [
        *(unicodedata.normalize("NFD", "Süverkrübbe"), "010-4171234"),
    ]


def test_a_name_goes_on_over_the_end_of_a_line_but_not_of_a_paragraph():
    assert _told("Dit zegt mevrouw\nVan der\nLinde.") == ["Van der\nLinde"]
    assert not _told("Dit zegt mevrouw\n\nVan der Linde.")


def test_an_organisation_or_office_among_the_people_is_no_name():
    text = "Het secretariaat van de VNG mailt de voorzitter."
    assert not _told(text, weggelaten=["Secretariaat VNG", "De voorzitter", "Bureau"])


def test_each_suspicion_says_its_rule():
    text = "Mw. Faber, dr. Kok, A. Smit, 14 070 bellen, BSN 111222333"
    found = Zoeker(["Faber"]).find(text)
    assert [one.regel.partition(".")[0] for one in found] == [
        *("weggelaten", "naam", "naam", "bsn"),
    ]


_PATTERNS = (
    *("a", "1 ", "0612", "A.", "Aa-", "A ", "van ", "Jan van ", "a@", "06-", "\n", " ", "A. "),
    *(
        "(0",
        "heer ",
        "a.b",
        "NL91 ",
        "mr. ",
        "naam: ",
        "o'",
        "Aa ",
        "d-",
        "1234AB ",
        "v.d. ",
        "Fab",
    ),
    *("De Vries ", "De VNG vraagt om 13.000 plekken op 1 april 2025. "),
)


@pytest.mark.parametrize("pattern", _PATTERNS)
def test_a_text_twice_as_long_takes_about_twice_as_long(pattern: str):
    zoeker = Zoeker(["De Vries", "Süverkrübbe"])

    def measure_time(size: int) -> float:
        begin = process_time()
        zoeker.find(pattern * (size // len(pattern)))
        return process_time() - begin

    short = max(min(measure_time(20_000) for _ in range(3)), 0.005)
    assert min(measure_time(160_000) for _ in range(2)) < 8 * short * 4
