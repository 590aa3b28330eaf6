"""Paragraphs, runs, frames and tables as WordprocessingML text, for composing templates.

Plain functions from text to text: what `build.py` writes down is what stands in the file, element
by element in the order of the schema, whatever version of whatever library is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from lrtdocs.word.house.housestyle import Frame, Mm, twips
from lrtdocs.word.house.pages.parts import TAG_STYLE, style_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FIELD_MARKS = ("begin", "separate", "end")


def run(text: str, style: str | None = None) -> str:
    """Return `text` as one run; a tab character becomes a tab, `style` is a character style."""
    properties = f'<w:rPr><w:rStyle w:val="{style_id(style)}"/></w:rPr>' if style else ""
    pieces = "<w:tab/>".join(_text(piece) for piece in text.split("\t"))
    return f"<w:r>{properties}{pieces}</w:r>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def field(code: str, result: str = "1") -> str:
    """Return the field with `code` as Word writes it, showing `result` until it is updated."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in _FIELD_MARKS
    )
    instruction = f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return begin + instruction + separate + run(result) + end


def paragraph(content: str, style: str, *, frame: Frame | None = None, last: bool = False) -> str:
    """Return a paragraph of runs, or of plain text when `content` is no markup.

    Consecutive paragraphs with the same `frame` stand in one frame, placed on the page. A heading
    that is the `last` of its item has nothing below it to stay with.
    """
    runs = content if content.startswith("<") or not content else run(content)
    loose = '<w:keepNext w:val="0"/>' if last else ""
    framing = _frame(frame) if frame else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{loose}{framing}</w:pPr>{runs}</w:p>'


def _frame(frame: Frame) -> str:
    """Return `w:framePr`: placed by the page, and `around`, which keeps the body out of it."""
    return (
        f'<w:framePr w:w="{twips(frame.width)}" w:wrap="around" w:vAnchor="page"'
        f' w:hAnchor="page" w:x="{twips(frame.x)}" w:y="{twips(frame.top)}" w:anchorLock="1"/>'
    )


def table(widths: Sequence[Mm], rows: Iterable[str], caption: str) -> str:
    """Return a table of fixed `widths`; `caption` is its alternative text."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style_id("LRT Tabel")}"/>'
        f'<w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        f' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(caption)}/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells: Sequence[str], widths: Sequence[Mm], *, header: bool = False) -> str:
    """Return a row that stays on one page; a `header` row is repeated on the next page."""
    columns = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{columns}</w:tr>"


def tag_row(code: str, widths: Sequence[Mm]) -> str:
    """Return the control row `{%tr code %}`, which vanishes when the template is filled."""
    width, control = sum(map(twips, widths)), paragraph(run(f"{{%tr {code} %}}"), TAG_STYLE)
    return (
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f'<w:gridSpan w:val="{len(widths)}"/></w:tcPr>{control}</w:tc></w:tr>'
    )
