"""Whatever is marked, in whatever sort of text: it is gone, and what is not marked is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from lrtdocs.errors import Place
from lrtdocs.model.openbaar.blok import Openbaar, OpenbaarTabel
from lrtdocs.model.openbaar.gronden import GRONDEN, MARK
from lrtdocs.model.openbaar.marks import parse_marks
from lrtdocs.model.tekst import parse_tekst
from lrtdocs.run.publishing.leaving import Leaving

if TYPE_CHECKING:
    from lrtdocs.model.vergadering import Loc


class Piece(NamedTuple):
    """A word of a text: left out by a mark, by the list of words, or not."""

    how: str
    form: str
    grond: str


FORMS = ("{}", "**{}**", "*{}*", "[{}](https://x.nl/a)", "[{}]{{taal=en}}", "{}, en **meer**")
SHAPES = ("{}", "- {}", "1. {}", "> {}", "### {}", "| a | b |\n|---|---|\n| {} | c |")
pieces = st.builds(
    Piece,
    st.sampled_from(["mark", "word", "stays", "stays"]),
    st.sampled_from(FORMS),
    st.sampled_from(list(GRONDEN)),
)
paragraphs = st.lists(
    st.tuples(st.sampled_from(SHAPES), st.lists(pieces, min_size=1, max_size=5)),
    min_size=1,
    max_size=6,
)


def leaving_of(words: dict[str, str]) -> Leaving:
    def at(_loc: Loc, line: int, column: int) -> Place:
        return Place("x.yaml", line, column)

    leaving = Leaving(OpenbaarTabel(), Openbaar(weglaten=words), at, lambda _: "tekst")
    leaving.learn([], {})
    return leaving


@settings(max_examples=150, deadline=None)
@given(paragraphs)
def test_what_is_left_out_is_gone_and_the_rest_is_there(
    asked: list[tuple[str, list[Piece]]],
) -> None:
    gone, there, words, blocks = [], [], {}, []
    for number, (shape, row) in enumerate(asked):
        said = []
        for index, piece in enumerate(row):
            token = f"Zq{number}x{index}y"
            (there if piece.how == "stays" else gone).append(token)
            text = piece.form.format(token)
            if piece.how == "mark":
                text = f"[{text}]{{weglaten={piece.grond}}}"
            elif piece.how == "word":
                words[token.lower()] = piece.grond
            said.append(text)
        blocks.append(shape.format(" en ".join(said)))
    tekst = parse_tekst("\n\n".join(blocks))
    leaving = leaving_of(words)
    left = leaving.tekst(tekst, ("verslag",))

    everything = f"{left!r} {left.source}"
    assert not [token for token in gone if token in everything]
    assert not [token for token in there if token not in str(left)]
    assert all(token in str(tekst) for token in (*gone, *there))
    told = [text for one in leaving.omissions for text in one.texts]
    assert not [token for token in gone if not any(token in text for text in told)]
    assert len(MARK.findall(str(left))) == len([one for one in leaving.omissions
                                                if "koppeling" not in one.what])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=8))
def test_of_a_line_the_same(asked: list[Piece]) -> None:
    gone, there, words, said = [], [], {}, []
    for index, piece in enumerate(asked):
        token = f"Zq{index}y"
        (there if piece.how == "stays" else gone).append(token)
        said.append(f"[{token}]{{weglaten={piece.grond}}}" if piece.how == "mark" else token)
        words |= {token: piece.grond} if piece.how == "word" else {}
    line = leaving_of(words).line(parse_marks(" ".join(said)), ("titel",))

    assert not [token for token in gone if token in line]
    assert not [token for token in there if token not in line]
    assert len(MARK.findall(line)) == len(gone)
