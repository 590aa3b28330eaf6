"""The pages of the examples as a browser shows them: axe-core finds nothing wrong with any of them.

Of each mailing the two letters are looked at that differ most from the others.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import browser
import pytest
from docx_making import body_of
from meeting_papers import paper_docx, read_meeting

from lrtdocs.api.documents import render_one
from lrtdocs.api.letters import render_many
from lrtdocs.api.publishing import PublishOptions, publish
from lrtdocs.word.web.page import make_page

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser
EXAMPLES = Path(__file__).parent.parent / "examples"
MEETINGS = sorted([EXAMPLES / "2025-03-19-lrt.yaml", *(EXAMPLES / "vergaderingen").glob("*.yaml")])
MAILINGS = sorted([
    EXAMPLES / "brief.yaml",
    EXAMPLES / "taakstelling-2025-II.yaml",
    *(EXAMPLES / "verzendingen").glob("*/*.yaml"),
])  # fmt: skip


@pytest.fixture(scope="module")
def tab() -> Iterator[Any]:
    with browser.opened() as page:
        yield page


@pytest.mark.parametrize("path", MEETINGS, ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", ["agenda", "verslag"])
def test_nothing_is_wrong_with_the_page_of_a_meeting(
    path: Path, kind: str, tab: Any, tmp_path: Path
) -> None:
    page = tmp_path / f"{kind}.html"
    page.write_bytes(make_page(render_one(path, kind)).data)

    assert browser.judge(tab, page) == []


@pytest.mark.parametrize("path", MAILINGS, ids=lambda path: path.stem)
def test_nothing_is_wrong_with_the_page_of_a_letter(path: Path, tab: Any, tmp_path: Path) -> None:
    work = tmp_path / "work"
    shutil.copytree(EXAMPLES, work)
    made = render_many(work / path.relative_to(EXAMPLES), tmp_path / "uit", html=True, proof=2)
    pages = sorted((tmp_path / "uit").glob("*.html"))

    assert (made.failed, len(pages)) == (0, 2)
    assert [wrong for page in pages for wrong in browser.judge(tab, page)] == []


def test_nothing_is_wrong_with_the_pages_of_a_publication_copy(tab: Any, tmp_path: Path) -> None:
    work = tmp_path / "work"
    shutil.copytree(EXAMPLES, work)
    options = PublishOptions(output=f"{tmp_path / 'uit'}/", html=True)
    made = publish([work / "2025-03-19-lrt.yaml"], options)
    pages = sorted((tmp_path / "uit").glob("*.html"))

    assert (made.exit_code, len(pages)) == (0, 2)
    assert [wrong for page in pages for wrong in browser.judge(tab, page)] == []
    tab.goto(pages[1].as_uri())
    name = "[5.1.2e], weggelaten, artikel 5.1, tweede lid, onder e"
    assert tab.get_by_role("link", name=name, exact=True).count() > 15


def test_nothing_is_wrong_with_notes_quotes_and_tables_that_are_wider_than_the_screen(
    tab: Any, tmp_path: Path
) -> None:
    columns = " | ".join(f"Kolom nummer {number}" for number in range(6))
    text = (
        "Tekst[^1] en [The committee]{taal=en}.", "", f"| {columns} |", f"|{'---|' * 6}",
        f"| {columns} |", "", "> Citaat", "", "7. zeven", "   a. diep", "   b. dieper", "",
        "[^1]: De noot met een [link](https://www.voorbeeld.nl).",
    )  # fmt: skip
    body = "".join(f"      {line}\n" for line in text)
    head = "overleg: LRT\ndatum: 2025-06-18\nagendapunten:\n  - titel: Opening\n    verslag: |\n"
    model, problems = read_meeting(head + body)
    assert model is not None, problems
    page = tmp_path / "verslag.html"
    page.write_bytes(make_page(paper_docx(model, "verslag")).data)

    assert browser.judge(tab, page) == []


def test_a_mark_that_leads_to_its_meaning_has_a_name_and_room(tab: Any, tmp_path: Path) -> None:
    mark = (
        '<w:hyperlink w:anchor="grond" w:tooltip="weggelaten, artikel 5.1, tweede lid, onder e">'
        "<w:r><w:t>[5.1.2e]</w:t></w:r></w:hyperlink>"
    )
    docx = body_of(
        f"<w:p>{mark}<w:r><w:t> (AenM, voorzitter) en </w:t></w:r>{mark}</w:p>"
        '<w:p><w:bookmarkStart w:id="1" w:name="grond"/><w:r><w:t>De grond</w:t></w:r></w:p>'
    )
    page = tmp_path / "mark.html"
    page.write_bytes(make_page(docx, "mark.docx").data)

    assert browser.judge(tab, page) == []
    tab.goto(page.as_uri())
    name = "[5.1.2e], weggelaten, artikel 5.1, tweede lid, onder e"
    assert tab.get_by_role("link", name=name, exact=True).count() == 2


def test_what_is_wrong_with_a_page_is_found(tab: Any, tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text(
        "<!DOCTYPE html><html><head><title>x</title></head><body><main><h1>x</h1>"
        '<p style="color:#aaa;background:#fff">vaag</p><img src="data:,">'
        '<p style="width:500px">breed</p></main></body></html>',
        encoding="utf-8",
    )
    found = " ".join(browser.judge(tab, page))

    assert all(
        name in found for name in ("html-has-lang", "color-contrast", "image-alt", "px wide")
    )
