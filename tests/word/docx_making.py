"""Small Word documents for tests, and the text that comes out of them."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE

from lrtdocs.errors import Problem, TemplateProblemsError
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.story.lint import check_package

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document

WORDS: dict[str, object] = {
    "naam": "Jan",
    "leeg": None,
    "getal": 13000,
    "datum": "2025-03-14",
    "leden": ["Jan", "Piet", "Klaas"],
    "punten": [
        {"titel": "Opening", "leden": ["a", "b"], "tijd": "10:00"},
        {"titel": "Sluiting", "leden": ["c"], "tijd": None},
    ],
    "niets": [],
}


@cache
def _empty() -> bytes:
    """Return python-docx's empty document without most of its table styles.

    They are nine tenths of it; every test would read them, and none looks for them.
    """
    document = docx.Document()
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in {"Normal Table", "Table Grid"}:
            style.delete()
    rels = document.part.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/stylesWithEffects")]:
        del rels[key]
    return save(document)


def new_document() -> Document:
    """Return an empty document with the styles that Word has for paragraphs and characters."""
    return docx.Document(io.BytesIO(_empty()))


def docx_of(*paragraphs: str, table: Sequence[Sequence[str]] = (), header: str = "") -> bytes:
    """Return a document with `paragraphs`, then a table, under a header."""
    document = new_document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, texts in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return save(document)


def body_of(xml: str, base: bytes = b"") -> bytes:
    """Return a document (or `base`) with the paragraphs and tables `xml` behind its own."""
    return change(base or docx_of(), "word/document.xml", "<w:sectPr", xml + "<w:sectPr")


def paragraph_of(*pieces: str) -> str:
    """Return a w:p with a run for each text in `pieces`; XML among them stays as it is."""
    runs = [p if p.startswith("<") else f"<w:r><w:t>{p}</w:t></w:r>" for p in pieces]
    return f"<w:p>{''.join(runs)}</w:p>"


def save(document: Document) -> bytes:
    """Return the bytes of `document`."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def fill(template: bytes, words: Mapping[str, object] = WORDS, **options: object) -> Document:
    """Fill `template`; the outcome has passed the full check and opens in python-docx."""
    trusted = bool(options.pop("trusted", False))
    data = render(compile_template(template, "x.docx", trusted=trusted), words, **options)  # type: ignore[arg-type]
    assert check_package(read_package(data, "uit.docx")) == []
    return docx.Document(io.BytesIO(data))


def texts(document: Document) -> list[str]:
    """Return the paragraphs of the body."""
    return [paragraph.text for paragraph in document.paragraphs]


def filled(*paragraphs: str, words: Mapping[str, object] = WORDS) -> list[str]:
    """Return the paragraphs of a document made of `paragraphs`."""
    return texts(fill(docx_of(*paragraphs), words))


def cells(document: Document) -> list[list[str]]:
    """Return the text of the first table, by row; empty when there is no table."""
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def problems_of(template: bytes, words: Mapping[str, object] = WORDS) -> list[Problem]:
    """Return the problems of compiling and filling `template`; empty when all went well."""
    try:
        render(compile_template(template, "x.docx"), words)
    except TemplateProblemsError as error:
        return error.problems
    return []


def members_of(data: bytes) -> dict[str, bytes]:
    """Return the members of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repack(data: bytes, **changes: bytes | None) -> bytes:
    """Return the package `data` with members replaced, added, or (None) left out."""
    members: dict[str, bytes | None] = {**members_of(data), **changes}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if content is not None:
                archive.writestr(name, content)
    return stream.getvalue()


def change(data: bytes, member: str, old: str, new: str) -> bytes:
    """Return the package `data` with `old` replaced by `new` in one member."""
    content = members_of(data)[member].decode()
    assert old in content
    return repack(data, **{member: content.replace(old, new).encode()})


def with_part(data: bytes, member: str, content: bytes, content_type: str, kind: str) -> bytes:
    """Return the package `data` with a part to which the text refers as its `kind`."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    override = f'<Override PartName="/{member}" ContentType="{content_type}"/></Types>'
    row = f'<Relationship Id="rIdMore" Type="{office}/{kind}" Target="/{member}"/></Relationships>'
    data = change(repack(data, **{member: content}), "[Content_Types].xml", "</Types>", override)
    return change(data, "word/_rels/document.xml.rels", "</Relationships>", row)
