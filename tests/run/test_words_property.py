"""Any text with words, any list: a letter says what plain substitution of the words says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrtdocs.documents.letters import letter_words
from lrtdocs.errors import Place
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.ontvanger import Ontvanger
from lrtdocs.model.tekst import FilledTekst, TekstError, parse_tekst
from lrtdocs.model.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = ("bedrag", "datum_aanvraag", "soort", "x1")
VALUE = st.text(st.sampled_from("abc *_`<&>[](){}|#-1.5€é"), min_size=1, max_size=12).filter(
    str.strip
)
LISTS = st.fixed_dictionaries(dict.fromkeys(COLUMNS, VALUE))
WORD = st.sampled_from(COLUMNS).map(lambda name: f"{{{name}}}")
PLAIN = st.text(st.sampled_from("abcdef ,e"), min_size=1, max_size=12)
ESCAPED = PLAIN.map(lambda text: f"\\{{{text}\\}}")
SENTENCE = st.lists(st.one_of(PLAIN, WORD, ESCAPED), min_size=1, max_size=6)
TEXTS = st.lists(SENTENCE, min_size=1, max_size=4)


def substitute(pieces: list[str], values: Mapping[str, str]) -> str:
    """Return what a sentence says, by the simplest of means."""
    said = re.sub(
        r"\\([{}])|\{(\w+)\}",
        lambda found: found[1] or values[found[2]],
        "".join(pieces),
    )
    return " ".join(said.split())


def letter(tekst: str, values: Mapping[str, str]) -> dict[str, object]:
    mailing = Mailing.model_validate({"sjabloon": "brief", "ontvangers": "a.csv", "tekst": tekst})
    extra = {name: Value(value) for name, value in values.items()}
    ontvanger = Ontvanger(Place("a.csv"), naam="N", extra=extra)
    return letter_words(ontvanger, 1, None, None, mailing) or {}


def without_marks(pieces: list[str]) -> list[str]:
    return ["z", *pieces, "z"]


@given(TEXTS, LISTS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_text_of_a_letter_is_what_plain_substitution_gives(
    texts: list[list[str]], values: Mapping[str, str]
):
    rows = [without_marks(pieces) for pieces in texts]
    words = letter("\n\n".join("".join(row) for row in rows), values)
    made = words.get("tekst") or parse_tekst("\n\n".join("".join(row) for row in rows))
    said = [" ".join(str(block).split()) for block in made.blocks]  # type: ignore[attr-defined]
    assert said == [substitute(row, values) for row in rows]
    if any(re.search(r"(?<!\\)\{", "".join(row)) for row in rows):
        assert isinstance(made, FilledTekst)


@given(SENTENCE, LISTS)
@settings(max_examples=200, deadline=None)
def test_no_brace_reaches_a_letter_unless_it_was_typed_as_one(
    pieces: list[str], values: Mapping[str, str]
):
    plain = {name: re.sub(r"[{}]", "", value) or "v" for name, value in values.items()}
    source = "".join(without_marks(pieces))
    text = str(letter(source, plain).get("tekst") or parse_tekst(source))
    typed = sum(piece.startswith("\\{") for piece in pieces)
    assert (text.count("{"), text.count("}")) == (typed, typed)


@given(st.text(st.sampled_from("{}ab:_ *[]()\\|-#\n"), max_size=40))
@settings(max_examples=300, deadline=None)
def test_each_word_that_is_read_stands_where_it_says(text: str):
    try:
        tekst = parse_tekst(text, words=True)
    except TekstError:
        return
    lines = re.split(r"\r\n|\r|\n", text)
    for word in tekst.woorden:
        assert lines[word.line][word.column :].startswith(word.tekst)
