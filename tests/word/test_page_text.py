"""The pages of the templates as text: what each form of line becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.pages import parts
from lrtdocs.word.house.pages.text import read_page
from lrtdocs.word.package.ooxml import W, w

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Compose = Callable[..., list[etree._Element]]


@pytest.fixture
def compose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compose:
    """Return a function that gives the elements of a page, and of the files that it takes in."""
    monkeypatch.setattr(parts, "_FOLDER", tmp_path)

    def made(page: str, words: dict[str, str] | None = None, **others: str) -> list[etree._Element]:
        for name, text in {"page": page, **others}.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        return list(etree.fromstring(f'<x xmlns:w="{W}">{read_page("page", **words or {})}</x>'))

    return made


def text_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("t")))


def style_of(element: etree._Element) -> str | None:
    return element.find(f".//{w('pStyle')}").get(w("val"))


def test_a_line_is_a_paragraph_in_a_style_and_indented_lines_belong_to_it(compose: Compose) -> None:
    (paragraph,) = compose("# why\n\nBody Text: een\n  en twee\n")
    assert (style_of(paragraph), text_of(paragraph)) == ("BodyText", "een en twee")


def test_a_control_paragraph_has_the_style_of_tags(compose: Compose) -> None:
    (paragraph,) = compose("{%p if a %}\n")
    assert (style_of(paragraph), text_of(paragraph)) == ("LRTSjabloontag", "{%p if a %}")


def test_what_is_marked_is_a_run_and_what_stands_between_too(compose: Compose) -> None:
    (paragraph,) = compose("Date: op <Strong>1~mei</Strong> <r>\\ten</r><PAGE/>\n")
    runs = [text_of(run) for run in paragraph.iter(w("r")) if run.find(w("t")) is not None]
    assert runs == ["op ", "1\u00a0mei", " ", "en", "1"]
    assert [mark.get(w("val")) for mark in paragraph.iter(w("rStyle"))] == ["Strong"]
    assert len(list(paragraph.iter(w("fldChar")))) == 3


def test_paragraphs_stand_in_a_frame_until_it_ends(compose: Compose) -> None:
    framed, free = compose("@TITLE\nBody Text: a\n@\nBody Text: b\n")
    assert framed.find(f".//{w('framePr')}").get(w("x")) == str(style.twips(style.TITLE.x))
    assert free.find(f".//{w('framePr')}") is None


def test_a_heading_with_nothing_below_it_does_not_stay_with_the_next(compose: Compose) -> None:
    (paragraph,) = compose("heading 2!: Opening\n")
    assert paragraph.find(f".//{w('keepNext')}").get(w("val")) == "0"


def test_a_table_has_a_header_row_control_rows_and_rows(compose: Compose) -> None:
    lines = "table NUMBER_COLUMNS: Lijst\n||= A: x || A: y\n{%tr if z %}\n|| A: 1 || A: 2 | 3\n"
    made, after = compose(f"{lines}Body Text: b\n")
    rows = [[text_of(cell) for cell in row.iter(w("tc"))] for row in made.iter(w("tr"))]
    assert rows == [["x", "y"], ["{%tr if z %}"], ["1", "2 | 3"]]
    assert next(row.find(f".//{w('tblHeader')}") is not None for row in made.iter(w("tr")))
    assert text_of(after) == "b"


def test_a_file_takes_in_another_with_its_own_words_for_it(compose: Compose) -> None:
    page = "> item | punt: subpunt | kop: heading 3\n> ${meer}\nDate: ${soort}\n"
    item = "${kop}: {{ ${punt}.titel }} ${soort}\n"
    first, last = compose(page, {"soort": "agenda", "meer": ""}, item=item)
    assert (style_of(first), text_of(first)) == ("Heading3", "{{ subpunt.titel }} agenda")
    assert text_of(last) == "agenda"
