"""What was changed in Word to how a paper looks is told, and stays in that document."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX
from docx.shared import Cm, Pt, RGBColor
from office_saving import save_again
from paper_editing import Editor

from lrtdocs import api

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.text.paragraph import Paragraph

    from lrtdocs.api import Outcome

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = (
    "2025-03-19-lrt.yaml",
    "vergaderingen/overleg-berichtenverkeer.yaml",
    "vergaderingen/technisch-overleg.yaml",
)
PAPERS = [(file, kind) for file in FILES for kind in ("agenda", "verslag")]


class Folder:
    """The examples on somebody's disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "stukken"
        shutil.copytree(EXAMPLES, self.folder)

    def make(self, file: str, kind: str) -> Path:
        (made,) = api.make_documents([self.folder / file], kind).written
        return made

    def told(self, file: str, paper: Path) -> list[tuple[str, str, int | None]]:
        """Return of what is told in which words, the passage and the paragraph."""
        outcome = self.back(file, paper)
        rows = [one for one in outcome.problems if one.code != "LRT065"]
        assert {one.code for one in rows} <= {"LRT066"}, rows
        return [(one.fields["what"], one.found, one.place.paragraph) for one in rows]

    def back(self, file: str, paper: Path) -> Outcome:
        return api.bring_back(paper, self.folder / file)

    def edited(self, edit: Callable[[Editor], None], file: str = FILES[0]) -> list[tuple[str, str]]:
        """Return what is told of the minutes of `file` after `edit`, without the paragraph."""
        paper = self.make(file, "verslag")
        editor = Editor(paper.read_bytes())
        edit(editor)
        paper.write_bytes(editor.save())
        told = [row[:2] for row in self.told(file, paper)]
        paper.unlink()
        return told


@pytest.fixture
def desk(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize(("file", "kind"), PAPERS)
def test_of_a_paper_that_nobody_edited_nothing_is_told(desk: Folder, file: str, kind: str) -> None:
    assert desk.told(file, desk.make(file, kind)) == []


@pytest.mark.office
def test_what_libreoffice_writes_by_itself_is_nothing(desk: Folder) -> None:
    papers = [desk.make(*one) for one in PAPERS]
    for paper, data in zip(papers, save_again(*(p.read_bytes() for p in papers)), strict=True):
        paper.write_bytes(data)
    told = [desk.told(file, paper) for (file, _), paper in zip(PAPERS, papers, strict=True)]
    assert told == [[]] * len(PAPERS)


def _underline(run) -> None:  # type: ignore[no-untyped-def]
    run.font.underline = True


def _colour(run) -> None:  # type: ignore[no-untyped-def]
    run.font.color.rgb = RGBColor(0xC0, 0, 0)


def _highlight(run) -> None:  # type: ignore[no-untyped-def]
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _strike(run) -> None:  # type: ignore[no-untyped-def]
    run.font.strike = True


def _font(run) -> None:  # type: ignore[no-untyped-def]
    run.font.name = "Comic Sans MS"


def _size(run) -> None:  # type: ignore[no-untyped-def]
    run.font.size = Pt(16)


def _superscript(run) -> None:  # type: ignore[no-untyped-def]
    run.font.superscript = True


RUNS = {
    "onderstreept": _underline,
    "kleur": _colour,
    "markering": _highlight,
    "doorgehaald": _strike,
    "ander lettertype": _font,
    "andere lettergrootte": _size,
    "superscript of subscript": _superscript,
}


@pytest.mark.parametrize("what", RUNS)
def test_what_is_done_to_words_is_told_once_with_those_words(desk: Folder, what: str) -> None:
    def edit(editor: Editor) -> None:
        paragraph = first_text(editor)
        (run, *_) = paragraph.runs
        words = run.text
        run.text = words[:10]
        RUNS[what](run)
        paragraph._p.insert(paragraph._p.index(run._r) + 1, plain_run(run, words[10:]))

    ((told, passage),) = desk.edited(edit)
    assert (told, len(passage)) == (what, len(passage.strip()))
    assert passage
    assert len(passage) <= 10


PARAGRAPHS: dict[str, Callable[[Paragraph], object]] = {
    "andere uitlijning": lambda p: setattr(p, "alignment", WD_ALIGN_PARAGRAPH.CENTER),
    "inspringen": lambda p: setattr(p.paragraph_format, "left_indent", Cm(2)),
    "nieuwe bladzijde": lambda p: setattr(p.paragraph_format, "page_break_before", True),
}


@pytest.mark.parametrize("what", PARAGRAPHS)
def test_what_is_done_to_a_paragraph_is_told_with_its_text(desk: Folder, what: str) -> None:
    texts = []

    def edit(editor: Editor) -> None:
        paragraph = first_text(editor)
        texts.append(paragraph.text)
        PARAGRAPHS[what](paragraph)

    ((told, passage),) = desk.edited(edit)
    assert (told, passage[:40]) == (what, texts[0][:40])


def test_ctrl_enter_is_told_in_a_paragraph_and_in_one_of_its_own(desk: Folder) -> None:
    def before(editor: Editor) -> None:
        paragraph = first_text(editor)
        paragraph.insert_paragraph_before().add_run().add_break(WD_BREAK.PAGE)

    told = desk.edited(lambda e: first_text(e).add_run().add_break(WD_BREAK.PAGE))
    assert [what for what, _ in told] == ["nieuwe bladzijde"]
    assert desk.edited(before) == told


def test_other_margins_are_told_once(desk: Folder) -> None:
    def edit(editor: Editor) -> None:
        for section in editor.document.sections:
            section.left_margin = Cm(4)

    assert desk.edited(edit) == [("andere marges of een ander formaat", "")]


def logo_of(editor: Editor):  # type: ignore[no-untyped-def]
    (section, *_) = editor.document.sections
    return section.first_page_header._element.find(".//{*}drawing")


def test_a_logo_that_was_dragged_or_pulled_is_told(desk: Folder) -> None:
    def drag(editor: Editor) -> None:
        offset = logo_of(editor).find(".//{*}positionV/{*}posOffset")
        offset.text = str(int(offset.text) + 500_000)

    def pull(editor: Editor) -> None:
        logo_of(editor).find(".//{*}extent").set("cx", "900000")

    assert desk.edited(drag) == [("plaatje verplaatst", "")]
    assert desk.edited(pull) == [("plaatje groter of kleiner gemaakt", "")]


def test_another_logo_or_none_is_told(desk: Folder) -> None:
    def replace(editor: Editor) -> None:
        (section, *_) = editor.document.sections
        row, _ = section.first_page_header.part.get_or_add_image(
            str(EXAMPLES / "vergaderingen" / "keten.png")
        )
        blip = logo_of(editor).find(".//{*}blip")
        (name,) = [one for one in blip.attrib if one.endswith("}embed")]
        blip.set(name, row)

    def take_out(editor: Editor) -> None:
        drawing = logo_of(editor)
        drawing.getparent().remove(drawing)

    assert desk.edited(replace) == [("plaatje vervangen", "")]
    assert desk.edited(take_out) == [("plaatje weggehaald", "")]


def test_a_picture_of_the_text_that_was_pulled_is_told(desk: Folder) -> None:
    def pull(editor: Editor) -> None:
        editor.document.inline_shapes[0].width = Cm(5)

    assert desk.edited(pull, FILES[1]) == [("plaatje groter of kleiner gemaakt", "")]


def test_the_last_line_counts_it_and_the_file_stays(desk: Folder) -> None:
    def edit(editor: Editor) -> None:
        _underline(first_text(editor).runs[0])

    paper = desk.make(FILES[0], "verslag")
    editor = Editor(paper.read_bytes())
    edit(editor)
    paper.write_bytes(editor.save())
    outcome = desk.back(FILES[0], paper)
    (one,) = [one for one in outcome.problems if one.code == "LRT066"]
    assert "blijft alleen in dit document" in one.message
    assert one.place.file == str(paper)
    assert outcome.remarks == ["Er is niets veranderd dat in 2025-03-19-lrt.yaml hoort."]


def first_text(editor: Editor) -> Paragraph:
    """Return the first long paragraph that stands below a heading."""
    return next(
        one
        for one in editor.paragraphs()
        if len(one.text) > 60 and one.style.name == "LRT Kopalinea sub" and one.runs
    )


def plain_run(run, words: str):  # type: ignore[no-untyped-def]
    """Return a run with `words` and no format of its own."""
    element = copy.deepcopy(run._r)
    for properties in element.findall("{*}rPr"):
        element.remove(properties)
    element.find("{*}t").text = words
    element.find("{*}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element
