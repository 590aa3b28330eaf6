"""Ten kinds of meetings, typed whole: each is right as PDF, and says all it was given."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page
import pytest
import verapdf
import yaml
from pdf_converting import convert_kept

from lrtdocs import api
from lrtdocs.pdf import check_pdf, look

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "examples" / "vergaderingen"
MEETINGS = sorted(FOLDER.glob("*.yaml"), key=lambda path: path.name)
MINUTES = [path for path in MEETINGS if "verslag:" in path.read_text(encoding="utf-8")]
PAPERS = [(path, "agenda") for path in MEETINGS] + [(path, "verslag") for path in MINUTES]
IDS = [f"{path.stem}-{kind}" for path, kind in PAPERS]
TOLD = {"werkgroep-uitwisseling.yaml": ["LRT202"]}
"""What is told of them on purpose: an action of which nobody knows yet who does it."""
OTHERWISE = re.compile(
    "datum|dagtekening.*|sinds|gereed|tijd|vast|aangehouden|status|nazending|vorige|bericht"
)
"""The keys whose values are printed in another form, or not as text."""


def words_of(value: Any) -> Iterator[str]:
    """Yield the words of what was typed, or of a text, without marks and addresses."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from () if OTHERWISE.fullmatch(key) else words_of(below)
    elif isinstance(value, list):
        for below in value:
            yield from words_of(below)
    else:
        text = re.sub(r"\]\([^ )]*|\{taal=en\}|https?:|\[\^\w+\]|geen", " ", value)
        yield from (word.lower() for word in re.findall(r"\w{3,}", text))


def all_text(paper: bytes) -> str:
    """Return all that is written in a document, with the descriptions of its pictures."""
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.endswith("xml")]
    pieces = re.findall(r'<w:p[ >]|<w:br/>|<w:t(?: [^>]*)?>([^<]*)|descr="([^"]*)"', "".join(parts))
    return html.unescape("".join("".join(piece) or " " for piece in pieces))


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    """The agenda of every meeting, and the minutes of those that have them."""
    return {
        name: api.render_one(path, kind) for name, (path, kind) in zip(IDS, PAPERS, strict=True)
    }


@pytest.fixture(scope="module")
def pdfs(papers: dict[str, bytes]) -> dict[str, bytes]:
    return dict(zip(papers, convert_kept(list(papers.values())), strict=True))


def test_there_are_ten_kinds() -> None:
    assert len(MEETINGS) == 10


@pytest.mark.parametrize("path", MEETINGS, ids=lambda path: path.stem)
def test_nothing_is_wrong_with_a_meeting(path: Path) -> None:
    assert [problem.code for problem in api.check(path)] == TOLD.get(path.name, [])


@pytest.mark.parametrize("path", MEETINGS, ids=lambda path: path.stem)
def test_every_word_of_the_file_stands_in_its_papers(papers: dict[str, bytes], path: Path) -> None:
    made = "".join(
        all_text(each) for name, each in papers.items() if name.startswith(f"{path.stem}-")
    )
    typed = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)

    assert sorted(set(words_of(typed)) - set(words_of(made))) == []


@pytest.mark.office
@pytest.mark.parametrize("name", IDS)
def test_nothing_is_told_of_a_paper(pdfs: dict[str, bytes], name: str) -> None:
    assert [*check_pdf(pdfs[name], name), *look(pdfs[name], name).problems] == []


@pytest.mark.verapdf
@pytest.mark.office
@pytest.mark.parametrize("name", IDS)
def test_a_paper_is_accessible(pdfs: dict[str, bytes], tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(pdfs[name])

    assert [verapdf.failed_rules(path, flavour) for flavour in ("ua1", "2a")] == [[], []]
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        assert page.validate_pdf(path, profile=profile).failures == []
