"""Each problem of a template has its mark at its words, wherever on a page they stand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest
from docx.shared import Cm

from lrtdocs import api
from lrtdocs.shipped import templates_folder
from lrtdocs.web.template_pictures import _marks, draw_problems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lrtdocs.web.desk import Desk

WRONG = {
    "hoofdtekst": "{{ in_de_tekst }}",
    "tabel": "{{ in_een_tabel }}",
    "koptekst": "{{ in_de_kop }}",
    "voettekst": "{{ in_de_voet }}",
    "vervolg": "{{ op_een_vervolgblad }}",
}


def broken(tmp_path: Path) -> api.Offered:
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.left_margin = Cm(3)
    section.first_page_header.paragraphs[0].text = f"Kop: {WRONG['koptekst']}"
    section.first_page_footer.paragraphs[0].text = f"Voet: {WRONG['voettekst']}"
    section.header.paragraphs[0].text = f"Vervolg: {WRONG['vervolg']}"
    document.add_paragraph(f"Gewone tekst met {WRONG['hoofdtekst']} erin.")
    document.add_table(1, 2).cell(0, 1).text = WRONG["tabel"]
    path = tmp_path / "agenda.docx"
    document.save(str(path))
    return api.offer_template(path, "agenda.docx")


@pytest.fixture
def drawn(desk: Desk, tmp_path: Path) -> Iterator[tuple[api.Offered, Desk]]:
    yield broken(tmp_path), desk
    desk.close()


@pytest.mark.office
def test_each_mark_lies_at_the_words_of_its_problem(drawn: tuple[api.Offered, Desk]) -> None:
    offered, desk = drawn
    wrong = {n for n, one in enumerate(offered.problems, 1) if one.found in WRONG.values()}
    assert len(wrong) == len(WRONG)

    picture = draw_problems(desk, offered)

    assert wrong <= picture.placed
    assert picture.extra, "what stands above later pages is on a page of its own"
    for number, page in enumerate(picture.pages):
        for mark in page.marks:
            if mark.number in wrong:
                ((x, y, w, h),) = mark.boxes
                text = _text_at(
                    desk, offered, number, (x, page.height - y - h, x + w, page.height - y)
                )
                assert text == offered.problems[mark.number - 1].found


def _text_at(
    desk: Desk, offered: api.Offered, page: int, box: tuple[float, float, float, float]
) -> str:
    """Return what stands in a box of a page: left, bottom, right and top, in points."""
    document = pypdfium2.PdfDocument(_pdf(desk, offered))
    text = document[page].get_textpage().get_text_bounded(*box)
    document.close()
    return str(text).replace("\u200b", "").strip()


_MADE: dict[bytes, bytes] = {}


def _pdf(desk: Desk, offered: api.Offered) -> bytes:
    linked = api.link_offered(offered, more_pages=True)
    if linked not in _MADE:
        seen: list[bytes] = []
        convert = desk.viewer._convert

        def keep(task: object) -> bytes:
            seen.append(convert(task))  # type: ignore[arg-type]
            return seen[-1]

        desk.viewer._convert = keep  # type: ignore[method-assign,assignment]
        desk.viewer.show_document(linked, offered.file.name)
        desk.viewer._convert = convert  # type: ignore[method-assign]
        _MADE[linked] = seen[0]
    return _MADE[linked]


@pytest.mark.office
def test_one_with_links_to_elsewhere_is_not_opened(desk: Desk) -> None:
    document = docx.Document(str(templates_folder() / "agenda.docx"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    document.part.relate_to("file:///etc/passwd", kind, is_external=True)
    data = io.BytesIO()
    document.save(data)

    with pytest.raises(Exception, match="LRT511"):
        desk.viewer.show_document(data.getvalue(), "agenda.docx")


def test_numbers_stand_free_of_each_other_and_of_the_words(tmp_path: Path) -> None:
    offered = broken(tmp_path)
    problems = list(offered.problems) * 10
    spots = [
        api.ProblemSpot(
            number, 0, (0.05 + 0.1 * (number % 4), 0.3 + 0.02 * (number // 4), 0.08, 0.015)
        )
        for number in range(20)
    ]

    marks = list(_marks(spots, problems, (595, 842), set()))

    places = [(mark.x, mark.y) for mark in marks]
    assert len(places) == 20
    for at, (x, y) in enumerate(places):
        assert 0 <= x <= 595 - 26
        assert 0 <= y <= 842 - 26
        others = places[at + 1 :]
        assert not [one for one in others if abs(one[0] - x) < 26 and abs(one[1] - y) < 26]
