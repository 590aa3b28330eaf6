"""A text back to the way it is typed: what says the same stays, and what is new reads as meant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtdocs.model.tekst import parse_tekst
from lrtdocs.run.meetings.returning.written import Line, Sort, lines_of, write_tekst
from lrtdocs.word.reading.blocks import Run

TEXT = """\
Een alinea over
twee regels met **vet** en *cursief*.

- een
- twee, zie [de site](https://www.voorbeeld.nl/a)
  1. deel een
  2. deel twee

  vervolg
- drie

### Een kop

> Wat iemand zei.
>
> En nog wat.

| Naam | Aantal |
|---|---:|
| Utrecht | 12 |
| Breda | 3 |

![Een kaart van Nederland](kaart.png "Figuur 1")

[The committee]{taal=en} kwam 2*5 keer.

a. eerste
b. tweede"""


def lines(text: str) -> list[Line]:
    return list(lines_of(parse_tekst(text).blocks))


def bullet(text: str, depth: int = 1) -> Line:
    return Line(Sort.BULLET, (Run(text),), depth)


def test_a_text_that_says_the_same_stays_as_it_was_typed() -> None:
    assert write_tekst(lines(TEXT), TEXT) == TEXT


def test_without_the_old_text_it_reads_the_same() -> None:
    wanted = [line for line in lines(TEXT) if line.sort is not Sort.PICTURE]
    written = write_tekst(wanted)
    assert written is not None
    assert lines(written) == wanted


def test_only_the_lines_of_what_changed_are_others() -> None:
    new = lines(TEXT)
    new[1] = bullet("eentje")
    assert write_tekst(new, TEXT) == TEXT.replace("- een\n", "- eentje\n")


def test_a_paragraph_on_several_lines_stays_on_lines_of_that_length() -> None:
    old = "Dit is een alinea die over twee regels\nloopt, zoals die zijn getypt."
    (line,) = lines(old)
    new = replace(line, parts=(Run(f"{line.text} En er komt nog een zin bij."),))
    written = write_tekst([new], old)
    assert written is not None
    assert max(map(len, written.split("\n"))) <= 38


def test_a_row_of_a_table_is_put_in_with_its_columns_as_they_were() -> None:
    new = lines(TEXT)
    at = next(i for i, line in enumerate(new) if line.sort is Sort.TABLE)
    row = ((Run("Ede"),), (Run("7|8"),))
    new[at] = replace(new[at], rows=(*new[at].rows, row))
    written = write_tekst(new, TEXT)
    assert written is not None
    assert "|---|---:|\n| Utrecht | 12 |\n| Breda | 3 |\n| Ede | 7\\|8 |\n" in written


@pytest.mark.parametrize(
    "text", ["- geen punt", "1. geen nummer", "# geen kop", "2*5*3 en *", "> a", "a. b", "[x](y)",
             "<b>", "a_b_c", "\\", "**", "| x |", "www.voorbeeld.nl", "1)", "+ 3", "=== x"]
)  # fmt: skip
def test_a_sign_that_somebody_typed_stays_that_sign(text: str) -> None:
    written = write_tekst([Line(Sort.PLAIN, (Run(text),))])
    assert written is None or "".join(line.text for line in lines(written)) == text


def test_what_cannot_be_typed_is_nothing_and_not_something_else() -> None:
    assert write_tekst([Line(Sort.PLAIN, (Run("een voetnoot\ufffc"),))]) is None
    assert write_tekst([Line(Sort.PLAIN, (Run("half"), Run("vet", bold=True)))]) is None


WORDS = st.text(alphabet="abc -*_[]().1#>|\\`é\u2019", min_size=1, max_size=20).map(str.strip)
PARTS = st.builds(Run, WORDS, st.booleans(), st.booleans())
ANY = st.builds(
    lambda sort, parts, depth: Line(sort, tuple(parts), depth if sort is Sort.BULLET else 0),
    st.sampled_from([Sort.PLAIN, Sort.BULLET, Sort.HEADING, Sort.QUOTE]),
    st.lists(PARTS, min_size=1, max_size=3),
    st.just(1),
)


@given(st.lists(ANY, min_size=1, max_size=4))
def test_whatever_is_written_reads_as_what_was_meant(wanted: list[Line]) -> None:
    written = write_tekst(wanted)
    if written is not None:
        shown = ["".join(line.text.split()) for line in lines(written)]
        assert shown == ["".join(line.text.split()) for line in wanted]
