"""Each word of the document is in its PDF, at its place: what is not is told."""

from io import BytesIO

import pikepdf
import pytest
from pdf_converting import convert_each
from pdf_documents import build_letter
from pdf_trees import build_pdf

from lrtdocs.pdf import ConversionError
from lrtdocs.pdf.structure.compare import compare
from lrtdocs.pdf.structure.text import PageTexts
from lrtdocs.pdf.structure.tree import Tree
from lrtdocs.word.facts import DocumentFacts

CELLS = ("Den Haag\n", "5\n", "Delft\n", "15\n")


def _compared(shown, body, beside=()):
    tops = [("P", line) for line in shown]
    with pikepdf.open(BytesIO(build_pdf(("Document", tops)))) as pdf:
        texts, tree = PageTexts(pdf), Tree(pdf)
        found = compare(pdf, tree, texts, DocumentFacts(body=body, beside=beside))
        return found.missing, found.displaced, texts.lines(tree).split("\n")


@pytest.mark.parametrize(
    ("shown", "body", "missing", "displaced"),
    [
        (["een", "twee"], ("een\n", "twee\n"), (), ""),
        (["een"], ("een\n", "twee\n"), ("twee",), ""),
        (["twee", "een"], ("een\n", "twee\n"), (), "twee"),
        (["1. Een  stuk tekst"], ("een\u00adstuk", "tekst\n"), (), ""),
        (["½ Ω ﬁ"], ("½ \u2126 fi\n",), (), ""),
        (["ja", "ja"], ("ja\n", "ja\n", "ja\n"), ("ja",), ""),
        (["Den Haag", "Delft", "15"], CELLS, (), "Delft"),
        (["Den Haag", "5", "Delft"], CELLS, ("15",), ""),
        (["STRAẞE ʼN Ϊ́"], ("Straße ŉ ΐ\n",), (), ""),
        (["e brief van D"], ("De brief van\n",), (), ""),
        (["noot"], (), (), ""),
    ],
)
def test_what_is_missing_or_displaced_is_known(shown, body, missing, displaced):
    assert _compared(shown, body)[:2] == (missing, displaced)


@pytest.mark.parametrize(
    ("top", "facts", "key"),
    [
        (("P", [("Figure", "Object 1")]), DocumentFacts(), "LRT429.object"),
        (("P", [("Figure", "Object 1 en 2")]), DocumentFacts(), ""),
        (("P", [("Span", "a")]), DocumentFacts(formulas=("a+b",)), "LRT429.object"),
        (("P", [("Formula", "a+b")]), DocumentFacts(formulas=("a+b",)), ""),
        (("P", "Zie Error: Reference source not found"), DocumentFacts(), "LRT429.verwijzing"),
    ],
)
def test_what_stands_in_the_place_of_something_else_is_known(top, facts, key):
    with pikepdf.open(BytesIO(build_pdf(("Document", [top])))) as pdf:
        broken = compare(pdf, Tree(pdf), PageTexts(pdf), facts).broken

    assert (broken.key if broken else "") == key


def test_words_in_a_picture_or_above_others_come_between_no_words():
    ruby = [("Ruby", [("RT", "boven"), ("RB", "grond")]), ("Span", " en")]
    with pikepdf.open(
        BytesIO(build_pdf(("Document", [("P", [("Span", "a"), ("Figure", "b")]), ("P", ruby)])))
    ) as pdf:
        assert PageTexts(pdf).lines(Tree(pdf)).split() == ["a", "b", "bovengrond", "en"]


def test_capitals_of_a_style_are_no_characters_of_another_document():
    with pikepdf.open(BytesIO(build_pdf(("Document", [("P", "CONCEPT")])))) as pdf:
        facts = DocumentFacts(body=("Concept\n",))
        assert compare(pdf, Tree(pdf), PageTexts(pdf), facts).foreign is None


def test_text_beside_the_body_may_stand_anywhere():
    assert _compared(["noot", "een"], ("een\n",), ("noot\n",))[:2] == ((), "")
    assert _compared(["een"], ("een\n",), ("noot\n",))[:2] == (("noot",), "")


def test_letters_of_a_second_font_come_back_at_their_place():
    missing, displaced, lines = _compared(["t20 []𝒜", "b"], ("t20 [𝒜]\n", "b\n"))

    assert (missing, displaced, lines[:2]) == ((), "", ["t20 [𝒜]", "b"])


def test_a_pdf_in_which_text_is_lost_is_refused_with_its_first_words():
    lost, kept = convert_each(
        [build_letter(f"Het {sign} gezin") for sign in ("👨\u200d👩\u200d👧", "☺")]
    )

    assert isinstance(lost, ConversionError)
    assert (lost.problems[0].code, lost.problems[0].found) == (
        "LRT429",
        "Het 👨\u200d👩\u200d👧 gezin",
    )
    assert not isinstance(kept, ConversionError)
