from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtdocs.model.tekst import (
    Alinea,
    Lijst,
    Regeleinde,
    Tekst,
    Tekstdeel,
    TekstError,
    parse_tekst,
)


def faults(source: str) -> list[tuple[int, int]]:
    with pytest.raises(TekstError) as caught:
        parse_tekst(source)
    assert all(each.fault.text and each.fault.remedy for each in caught.value.faults)
    return [(fault.line, fault.column) for fault in caught.value.faults]


def parsed_or_refused(source: str) -> bool:
    try:
        return isinstance(parse_tekst(source), Tekst)
    except TekstError as error:
        return bool(error.faults)


def only(source: str) -> Alinea | Lijst:
    (block,) = parse_tekst(source).blocks
    return block


def test_plain_text_is_one_paragraph():
    assert only("Zorg & Co") == Alinea((Tekstdeel("Zorg & Co"),))


def test_bold_italic_and_links_are_pieces():
    assert only("a **b *c*** [d](https://e.nl)") == Alinea(
        (
            Tekstdeel("a "),
            Tekstdeel("b ", vet=True),
            Tekstdeel("c", vet=True, cursief=True),
            Tekstdeel(" "),
            Tekstdeel("d", link="https://e.nl"),
        )
    )


def test_a_line_break_in_the_source_is_a_space_and_a_hard_one_stays():
    assert only("een\ntwee  \ndrie\\\nvier") == Alinea(
        (Tekstdeel("een twee"), Regeleinde(), Tekstdeel("drie"), Regeleinde(), Tekstdeel("vier"))
    )


def test_lists_nest_to_three_levels():
    outer = only("- a\n  1. b\n     - c")
    assert isinstance(outer, Lijst)
    assert not outer.genummerd
    middle = outer.items[0][1]
    assert isinstance(middle, Lijst)
    assert middle.genummerd
    assert isinstance(middle.items[0][1], Lijst)


def test_the_text_between_two_lists_separates_them():
    kinds = [type(block).__name__ for block in parse_tekst("1. a\n\ntekst\n\n1. b").blocks]
    assert kinds == ["Lijst", "Alinea", "Lijst"]


def test_a_list_that_begins_elsewhere_is_remarked_upon():
    (remark,) = parse_tekst("tekst\n\n3. drie").remarks
    assert (remark.line, remark.column) == (2, 0)
    assert remark.fault.fields == {"start": "3"}


@pytest.mark.parametrize(
    "source",
    [
        "B&W <ministerie> \"Jan\" & 'Piet' ½ 😀",
        "a < b > c",
        "&amp; &euro;",
        "[x]: https://y.nl",
        "C:\\temp",
        "snake_case_woord",
        "5 * 3 * 2",
        "2025\\. Een jaar".replace("\\.", "."),
        "[Redacted]",
    ],
)
def test_text_that_is_no_markup_stays_as_it_is(source: str):
    if source.startswith("2025"):
        assert parse_tekst(source.replace(".", "\\.", 1)).blocks == (Alinea((Tekstdeel(source),)),)
    else:
        assert str(parse_tekst(source)) == source


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a\n\n## Kop", (2, 0)),
        ("- a\n  # Kop", (1, 2)),
        ("Titel\n---", (1, 0)),
        ("Titel\n===", (1, 0)),
        ("a `b`", (0, 2)),
        ("a\nb ![c](d.png)", (1, 2)),
        ("x <b>y", (0, 2)),
        ("<!-- x -->", (0, 0)),
        ("a\n\n    code", (2, 4)),
        ("```\ncode\n```", (0, 0)),
        ("| a |\n|---|\n| 1 |", (0, 0)),
        ("> citaat", (0, 0)),
        ("a\n\n***", (2, 0)),
        ("zie [x](bijlage.pdf)", (0, 4)),
        ("zie [x](javascript:alert)", (0, 4)),
        ("zie <ftp://x.nl>", (0, 4)),
        ('[x](https://y.nl "titel")', (0, 0)),
        ("- a\n  - b\n    - c\n      - d", (3, 6)),
        ("- a\n  1. b\n     - c\n       1. d", (3, 7)),
    ],
)
def test_what_has_no_place_in_the_house_style_is_refused_at_its_place(
    source: str, place: tuple[int, int]
):
    assert faults(source) == [place]


def test_all_faults_are_told_at_once():
    assert faults("# a\n\n`b` en ![c](d)\n\n> e") == [(0, 0), (2, 0), (2, 7), (4, 0)]


@pytest.mark.parametrize(
    "link", ["https://x.nl", "http://x.nl", "mailto:a@b.nl", "tel:+31612345678"]
)
def test_these_links_are_allowed(link: str):
    assert only(f"[x]({link})") == Alinea((Tekstdeel("x", link=link),))


@pytest.mark.parametrize("source", ["", "  \n\n "])
def test_an_empty_text_is_false(source: str):
    assert not parse_tekst(source)


def test_an_empty_item_is_an_empty_paragraph():
    assert only("- a\n-") == Lijst(False, ((Alinea((Tekstdeel("a"),)),), (Alinea(()),)))


def test_as_plain_text_lists_keep_their_marks():
    assert str(parse_tekst("een\n\n- a\n  1. b\n- c")) == "een\n- a\n  1. b\n- c"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | st.text("ab \n-*_[]()`#>|1.<!&\\", max_size=80))
def test_any_text_is_parsed_or_refused(source: str):
    assert parsed_or_refused(source)


@settings(max_examples=300)
@given(st.text(st.characters(categories=["L", "N", "So", "Sc"]), min_size=1))
def test_letters_of_any_script_survive(source: str):
    assert str(parse_tekst(source)) == source


@pytest.mark.parametrize("piece", ["[", "*a ", "![", "- ", "> ", "`a", "<", "[a](b", "**a _b "])
def test_no_text_takes_long(piece: str):
    assert parsed_or_refused((piece * 20_000)[:20_000])


def test_a_text_of_very_many_brackets_is_refused_at_once():
    with pytest.raises(TekstError) as caught:
        parse_tekst("[a " * 5_000)
    assert "1000 haakjes" in str(caught.value)
