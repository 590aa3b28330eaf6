"""Finding tags in the text of a paragraph."""

from __future__ import annotations

import io
from itertools import pairwise

import docx
import pytest
from docx_making import WORDS, docx_of, fill, new_document, save, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtdocs.errors import Place
from lrtdocs.word.tags.tags import find_tags, normalize

HERE = Place("x.docx")


def bodies(text: str) -> list[str]:
    tags, problems = find_tags(text, HERE)
    assert problems == []
    return [tag.body for tag in tags]


def test_a_closing_brace_in_a_string_does_not_end_a_tag() -> None:
    assert bodies("a {{ 'x}}y' }} b {% if '%}' %}") == ["'x}}y'", "if '%}'"]


def test_a_mapping_in_a_tag_keeps_its_braces() -> None:
    assert bodies("{{ {'a': {'b': 1}}['a'] }}") == ["{'a': {'b': 1}}['a']"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("“naam”", '"naam"'),
        ("„naam”", '"naam"'),
        ("‘naam’", "'naam'"),
        ("a\u00a0b", "a b"),
        ("a\u00adb", "ab"),
        ("a – b", "a - b"),
        ("“foto’s – 1”", '"foto’s – 1"'),
        ('"a“b"', '"a“b"'),
    ],
)
def test_autocorrect_is_undone_outside_strings_only(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


def test_a_tag_without_an_end_is_told_with_its_beginning() -> None:
    _, problems = find_tags("Beste {{ naam, hallo", HERE)
    assert [problem.code for problem in problems] == ["LRT301"]
    assert "{{ naam" in problems[0].message


def test_levels_need_a_space_behind_them() -> None:
    tags, _ = find_tags("{%p if a %}{{ p }}{{p x }}{{r.b}}{%tr endfor %}", HERE)
    assert [tag.level for tag in tags] == ["p", "", "p", "", "tr"]


SENTENCE = (
    "Beste {{ naam }}, {% if leeg %}nee{% else %}{{ getal | getal }}{% endif %} {# weg #}einde"
)


@given(st.sets(st.integers(1, len(SENTENCE) - 1), max_size=12), st.data())
@settings(max_examples=25, deadline=None)
def test_any_cut_over_runs_with_any_formatting_gives_the_same_text(
    cuts: set[int], data: st.DataObject
) -> None:
    document = docx.Document(io.BytesIO(docx_of()))
    paragraph = document.add_paragraph()
    edges = [0, *sorted(cuts), len(SENTENCE)]
    for start, stop in pairwise(edges):
        run = paragraph.add_run(SENTENCE[start:stop])
        run.bold = data.draw(st.sampled_from([None, True, False]))
        run.italic = data.draw(st.sampled_from([None, True]))
    assert texts(fill(save(document), WORDS)) == ["Beste Jan, 13.000 einde"]


def test_a_tag_takes_the_formatting_of_the_run_it_starts_in() -> None:
    document = new_document()
    paragraph = document.add_paragraph()
    paragraph.add_run("{{ na").bold = True
    paragraph.add_run("am }} hallo")
    runs = fill(save(document)).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("Jan", True), (" hallo", None)]
