"""Edits of a YAML file as text: what is asked is there, and nothing else has changed."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtdocs.errors import ProblemsFoundError
from lrtdocs.source.yaml.edit import (
    CommentOut,
    Edit,
    EditError,
    Insert,
    Move,
    Put,
    Remove,
    data_of,
    edit_text,
    node_at,
)
from lrtdocs.source.yaml.text import parse_yaml
from lrtdocs.source.yaml.writing import write_flow, write_line

MEETING = """\
# Landelijke Regietafel

overleg: "Landelijke Regietafel: 'het' overleg"   # naam, en "meer"
datum: 2025-03-19  # woensdag

# wie er zijn
aanwezig:
  # leden
  - Mw. Faber (AenM, voorzitter)   # zit voor
  - "Dhr. O'Neill (VNG)"

  # gasten
  - Mw. Smit (COA)
kopie_aan: [A, "B, C", D] # lijst
contactpersoon: {naam: J. Jansen, email: j@x.nl}
agendapunten:
  - titel: Opening   # kort
    verslag: |  # wat is gezegd
      De voorzitter opent.

      - een
      - twee

  # over punt 2
  - titel: Mededelingen
    actiepunten:
      - {wat: Brief sturen, wie: COA}   # actie

  - titel: Sluiting
# einde
"""


def edited(text: str, *edits: Edit) -> str:
    return edit_text(text, edits, "v.yaml")


def changed(text: str, *edits: Edit) -> list[str]:
    """Return the lines taken out (-) and put in (+)."""
    rows = difflib.ndiff(text.split("\n"), edited(text, *edits).split("\n"))
    return [row for row in rows if row[0] in "+-"]


def test_a_value_is_replaced_and_the_comment_behind_it_stays() -> None:
    assert changed(MEETING, Put(("datum",), "2025-06-18")) == [
        "- datum: 2025-03-19  # woensdag",
        "+ datum: 2025-06-18  # woensdag",
    ]


def test_a_new_key_comes_behind_the_key_that_is_asked() -> None:
    text = edited(MEETING, Put(("plaats",), "Den Haag: zaal 1", ("tijd", "datum"), "nagaan"))
    assert 'datum: 2025-03-19  # woensdag\nplaats: "Den Haag: zaal 1"  # nagaan\n\n#' in text


def test_a_new_key_without_a_place_comes_behind_all_others() -> None:
    assert edited(MEETING, Put(("vastgesteld",), "2025-06-18")).endswith(
        "  - titel: Sluiting\nvastgesteld: 2025-06-18\n# einde\n"
    )


def test_of_a_text_only_the_rows_that_differ_change() -> None:
    new = "De voorzitter opent.\n\n- een\n- drie\n- twee"
    assert changed(MEETING, Put(("agendapunten", 0, "verslag"), new)) == ["+       - drie"]


def test_a_text_of_one_line_becomes_one_of_more_lines_and_back() -> None:
    loc = ("agendapunten", 1, "titel")
    more = edited(MEETING, Put(loc, "Een\nTwee"))
    assert "  - titel: |\n      Een\n      Twee\n    actiepunten:" in more
    assert "verslag: |  # wat is gezegd\n      Kort.\n\n  # over" in edited(
        MEETING, Put(("agendapunten", 0, "verslag"), "Kort.")
    )


def test_a_folded_text_becomes_one_that_keeps_its_lines() -> None:
    text = "a: >-  # c\n    een\n    twee\nb: x\n"
    assert edited(text, Put(("a",), "een\ntwee")) == "a: |-  # c\n    een\n    twee\nb: x\n"


def test_an_item_comes_before_another_with_the_blank_lines_of_its_list() -> None:
    text = edited(MEETING, Insert(("agendapunten", 1), {"titel": "Verslag", "bijlagen": ["1, 2"]}))
    assert (
        "      - twee\n\n  - titel: Verslag\n    bijlagen:\n      - 1, 2\n\n  # over punt 2\n"
        in text
    )


def test_an_item_goes_with_the_comment_behind_it_and_the_comment_above_stays() -> None:
    assert changed(MEETING, Remove(("aanwezig", 0))) == [
        "-   - Mw. Faber (AenM, voorzitter)   # zit voor"
    ]
    assert changed(MEETING, Remove(("aanwezig", 2))) == ["-   - Mw. Smit (COA)"]


def test_an_item_moves_with_the_comment_above_it() -> None:
    text = edited(MEETING, Move(("agendapunten", 1), 3))
    assert "- titel: Sluiting\n\n  # over punt 2\n  - titel: Mededelingen\n" in text
    assert text.count("# over punt 2") == 1


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (Insert(("kopie_aan", 0), "Nieuw"), 'kopie_aan: [Nieuw, A, "B, C", D] # lijst'),
        (Insert(("kopie_aan", 3), "x, y"), 'kopie_aan: [A, "B, C", D, "x, y"] # lijst'),
        (Remove(("kopie_aan", 0)), 'kopie_aan: ["B, C", D] # lijst'),
        (Remove(("kopie_aan", 2)), 'kopie_aan: [A, "B, C"] # lijst'),
        (Put(("kopie_aan", 1), "B"), "kopie_aan: [A, B, D] # lijst"),
        (Move(("kopie_aan", 2), 0), 'kopie_aan: [D, A, "B, C"] # lijst'),
        (Put(("kopie_aan",), []), "kopie_aan: [] # lijst"),
        (Put(("contactpersoon", "telefoon"), "070 1", ("naam",)),
         "contactpersoon: {naam: J. Jansen, telefoon: 070 1, email: j@x.nl}"),
        (Remove(("contactpersoon", "email")), "contactpersoon: {naam: J. Jansen}"),
        (Put(("agendapunten", 1, "actiepunten", 0, "status"), "loopt"),
         "      - {wat: Brief sturen, wie: COA, status: loopt}   # actie"),
    ],
)  # fmt: skip
def test_between_brackets_only_the_part_changes(edit: Edit, line: str) -> None:
    added = [row[2:] for row in changed(MEETING, edit) if row[0] == "+"]
    assert added == [line]


def test_all_edits_are_addressed_in_the_text_as_it_was() -> None:
    text = edited(
        "a:\n  - een\n  - twee\n  - drie\n",
        Remove(("a", 0)),
        Insert(("a", 1), "half"),
        Remove(("a", 1)),
        Put(("a", 2), "vier"),
        Insert(("a", 3), "vijf"),
    )
    assert text == "a:\n  - half\n  - vier\n  - vijf\n"


def test_the_first_key_of_an_item_goes_and_the_dash_stays() -> None:
    text = "a:\n  - x: 1 # een\n    y: 2\n    z: 3\n"
    assert edited(text, Remove(("a", 0, "x"))) == "a:\n  - y: 2\n    z: 3\n"
    commented = "a:\n  - x: 1\n    # over y\n    y: 2\n"
    assert edited(commented, Remove(("a", 0, "x"))) == "a:\n  -\n    # over y\n    y: 2\n"


def test_no_blank_line_comes_under_the_key_when_the_first_items_go() -> None:
    text = "a:\n  - x: 1\n\n  - x: 2\n\n  - x: 3\n\nb: y\n"
    left = "a:\n  - x: 3\n\nb: y\n"
    assert edited(text, Remove(("a", 0)), Remove(("a", 1))) == left
    assert edited(text, Remove(("a", 0)), Remove(("a", 1)), Insert(("a", 1), {"x": "4"})) == (
        "a:\n\n  - x: 4\n\n  - x: 3\n\nb: y\n"
    )


def test_what_is_emptied_is_written_as_empty_and_what_was_empty_is_filled() -> None:
    assert edited("a:\n  - een # c\nb: x\n", Remove(("a", 0))) == "a: []\nb: x\n"
    assert edited("a:  # wie\nb: x\n", Insert(("a", 0), "een")) == "a:  # wie\n  - een\nb: x\n"
    assert edited("a:\nb: x\n", Put(("a", "naam"), "J")) == "a:\n  naam: J\nb: x\n"
    assert edited("a: []\n", Insert(("a", 0), "een")) == "a: [een]\n"


def test_a_key_becomes_a_comment() -> None:
    text = "a: 1 # c\nb: |\n  een\n\n  twee\nc: 3\n"
    assert edited(text, CommentOut(("b",))) == "a: 1 # c\n# b: |\n#   een\n\n#   twee\nc: 3\n"


@pytest.mark.parametrize("eol", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", None])
def test_line_ends_and_the_mark_at_the_start_stay(eol: str, mark: str, end: str | None) -> None:
    ending = eol if end is None else ""
    text = mark + eol.join(["a:", "  - een # c", "b: x"]) + ending
    new = edited(text, Insert(("a", 1), "twee\ndrie\n"), Put(("c",), "y"), Put(("b",), None))
    rows = ["a:", "  - een # c", "  - |", "    twee", "    drie", "b:", "c: y"]
    assert new == mark + eol.join(rows) + ending


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2025-06-18", "2025-06-18"),
        ("Mw. Faber (AenM, voorzitter)", "Mw. Faber (AenM, voorzitter)"),
        ("Kamer # 4", '"Kamer # 4"'),
        ("'t Loo", '"\'t Loo"'),
        ("Opening: welkom", '"Opening: welkom"'),
        ('zeg "ja": nu', "'zeg \"ja\": nu'"),
        ("null", '"null"'),
        ("~", '"~"'),
        ("", '""'),
        (" vooraan", '" vooraan"'),
        ("- streep", '"- streep"'),
        ("@COA", '"@COA"'),
        ("[concept]", '"[concept]"'),
        ("Wat kost dit?", "Wat kost dit?"),
        ("https://x.nl/a#b", "https://x.nl/a#b"),
        ("10:00-11:30", "10:00-11:30"),
    ],
)
def test_a_text_is_written_as_a_secretary_would(text: str, written: str) -> None:
    assert write_line(text) == written


def test_a_file_with_errors_is_not_edited() -> None:
    with pytest.raises(ProblemsFoundError) as told:
        edited("a: b: c\n", Put(("a",), "x"))
    assert told.value.problems[0].place.line == 1


def test_an_edit_that_cannot_be_read_back_is_refused_at_its_place() -> None:
    with pytest.raises(EditError) as told:
        edited("a: 1\nb: 2\n", Put(("a",), "3"), Put(("b",), "x\ty"))
    assert [(p.code, p.place.line) for p in told.value.problems] == [("LRT020", 2)]


def test_an_address_at_which_nothing_stands_is_an_error_of_the_caller() -> None:
    for edit in (Remove(("b",)), Put(("a", 0), "x"), Insert(("a", 0), "x"), Remove(("a", "b"))):
        with pytest.raises(LookupError):
            edited("a: 1\n", edit)


# --- any document, any edits

WORDS = st.sampled_from(
    ["een", "2025-03-19", "a, b", "x: y", "'s middags", 'zeg "ja"', "# 4", "é ☃", "[a]", "- b", "",
     "null", "a # b", "lang " * 30]
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(["een", "", "- twee", "**vet**", "  diep", "x: y z", "# kop"]),
                 min_size=2, max_size=5).map("\n".join).filter(str.strip)  # fmt: skip
KEYS = ["titel", "datum", "verslag", "wie", "bijlagen", "punten"]
VALUES = st.recursive(
    WORDS | TEXTS | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)
    ),
    max_leaves=8,
)
COMMENTS = st.sampled_from(["# c", "# let op: 'dit'", '# "x", y', "#"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Return the text of a file, written by hand: with comments, blank lines and odd layout."""
    data = draw(st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=4))
    text = "overleg: LRT  # blijft\n"
    for key, value in data.items():
        flow = draw(st.booleans()) and f"{key}: {write_flow(value)}  # {key}\n"
        text += flow or edit_text("a: b\n", [Put(("a",), None), Put((key,), value)])[3:]
    rows = text.split("\n")[:-1]
    out = []
    for row in rows:
        if draw(st.integers(0, 4)) == 0:
            indent = len(row) - len(row.lstrip(" "))
            out += draw(st.sampled_from([[""], [" " * indent + draw(COMMENTS)]]))
        out.append(row)
    if draw(st.booleans()):
        out.append(draw(COMMENTS))
    eol = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    end = draw(st.sampled_from([eol, "", eol * 2]))
    return draw(st.sampled_from(["", "\ufeff"])) + eol.join(out) + end


def _locs(data: object, loc: tuple[int | str, ...] = ()) -> list[tuple[int | str, ...]]:
    """Return the address of every part."""
    parts: list[tuple[int | str, object]] = []
    if isinstance(data, dict):
        parts = list(data.items())
    elif isinstance(data, list):
        parts = list(enumerate(data))
    return [each for step, part in parts for each in [(*loc, step), *_locs(part, (*loc, step))]]


@st.composite
def edits_of(draw: st.DrawFn, data: object) -> list[Edit]:
    """Return edits of which none stands in what another takes out."""
    chosen = draw(st.lists(st.sampled_from(_locs(data)[1:]), min_size=1, max_size=4, unique=True))
    alone = [
        loc for loc in chosen
        if not any(loc != other and loc[: len(other)] == other for other in chosen)
    ]  # fmt: skip
    made: list[Edit] = []
    for loc in alone:
        kinds: list[Edit] = [Put(loc, draw(VALUES)), Remove(loc)]
        if isinstance(loc[-1], int):
            kinds += [Insert(loc, draw(VALUES)), Insert((*loc[:-1], loc[-1] + 1), draw(VALUES))]
        made.append(draw(st.sampled_from(kinds)))
    return made


@settings(deadline=None)
@given(st.data())
def test_any_edit_of_any_file_says_what_is_asked_and_keeps_every_comment_line(
    drawn: st.DataObject,
) -> None:
    text = drawn.draw(documents())
    node, problems = parse_yaml(text, "v.yaml")
    if node is None or any(problem.severity == "fout" for problem in problems):
        return
    edits = drawn.draw(edits_of(data_of(node)))
    try:
        made = edit_text(text, edits)  # reads it back itself, and refuses what is not as asked
    except EditError:
        assert len(edits) > 1  # both the first of a list in a list, which nobody has
        assert any(isinstance(step, int) for edit in edits for step in edit.loc[1:-1])
        return
    untouched = _untouched_rows(text, edits)
    rows = iter(_rows(made))
    assert all(any(row == each for row in rows) for each in untouched)


def _rows(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _untouched_rows(text: str, edits: list[Edit]) -> list[str]:
    """Return the rows with words of the keys at the top in which nothing is edited."""
    node, _ = parse_yaml(text, "")
    touched = {edit.loc[0] for edit in edits}
    rows, keep, starts = _rows(text), [], {}
    assert node is not None
    for key, _ in node.entries:  # type: ignore[union-attr]
        starts[(key.place.line or 1) - 1] = key.text not in touched
    current = False
    for number, row in enumerate(rows):
        current = starts.get(number, current)
        if row.strip() and (current or row.startswith("#")):
            keep.append(row)
    return keep


def test_a_comment_in_what_is_replaced_does_not_become_text() -> None:
    text = "wie:\n  - VNG\n  # belt zelf\n  - COA\nwat: x\n"
    made = edit_text(text, [Put(("wie",), "een\ntwee")])
    assert made == 'wie: "een\\ntwee"\n  # belt zelf\nwat: x\n'


def test_a_part_is_found_by_its_address() -> None:
    node, _ = parse_yaml(MEETING, "v.yaml")
    assert data_of(node_at(node, ("agendapunten", 1, "actiepunten", 0, "wie"))) == "COA"
    assert node_at(node, ("agendapunten", 9, "titel")) is None


@pytest.mark.parametrize(
    "text", ["{% include 'x' %}", "{%", "{}", "[]", "[%", "{{7*7}}", "[,", "{?"]
)
def test_a_text_that_begins_as_a_list_or_mapping_is_written_in_quotes(text: str) -> None:
    for flow in (False, True):
        written = write_line(text, flow=flow)

        assert parse_yaml(f"x: {written}\n", "")[0].entries[0][1].text == text  # type: ignore[union-attr]
