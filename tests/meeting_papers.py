"""A meeting from its text to what its papers say, without a file."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import date
from functools import cache

from lrtdocs.documents.meetings import meeting_words
from lrtdocs.errors import Problem, has_errors
from lrtdocs.kinds import KINDS
from lrtdocs.model.afzender import Afzender, Huisstijl
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.shipped import templates_folder
from lrtdocs.source.build.build import build_model, model_warnings
from lrtdocs.source.yaml.text import parse_yaml
from lrtdocs.word.compile.template import Template, compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.package.pictures import Picture

SENDER = Afzender(directie="Directie")
_PICTURE = Picture(b"\x89PNG\r\n\x1a\n", "image/png", 36_000, 36_000)
HOUSE = Huisstijl(afzenders={"a": SENDER})


def read_meeting(text: str, kind: str = "verslag") -> tuple[Vergadering | None, list[Problem]]:
    """Return the meeting that `text` says, None if it has errors, and all its problems."""
    node, problems = parse_yaml(text, "v.yaml")
    model = None
    if node is not None:
        model, wrong = build_model(node, Vergadering)
        problems += wrong
        if model is not None:
            problems += model_warnings(model, node, kind)
    return (None if has_errors(problems) else model), problems


@cache
def _template(kind: str) -> Template:
    return compile_template((templates_folder() / f"{kind}.docx").read_bytes(), kind)


def paper_docx(model: Vergadering, kind: str) -> bytes:
    """Return the paper of `kind`."""
    words = meeting_words(KINDS[kind], model, HOUSE, SENDER, date(2025, 6, 20))
    return render(_template(kind), words, find_picture=lambda _: _PICTURE)


def paper_text(model: Vergadering, kind: str) -> str:
    """Return the text of the paper of `kind`, a space after each paragraph, cell and line break."""
    with zipfile.ZipFile(io.BytesIO(paper_docx(model, kind))) as package:
        names = [name for name in package.namelist() if re.match(r"word/\w+\.xml", name)]
        xml = " ".join(package.read(name).decode() for name in names)
    text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:br/>|<w:tab/>", " ", xml)))
    return " ".join(text.split())


def papers_text(model: Vergadering) -> str:
    """Return what agenda and minutes say."""
    return f"{paper_text(model, 'agenda')} {paper_text(model, 'verslag')}"
