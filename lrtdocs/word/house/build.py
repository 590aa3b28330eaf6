"""The templates of the house style, composed from its numbers: agenda, minutes and letters.

Page 1 stands in the body in the order in which it is read: rubricering, word mark, sender, what the
column says about the document, then the type word and the items, or the addressee and the text. The
header and the foot hold only what repeats or decorates, since a screen reader skips them.

`python -m lrtdocs.word.house.build FOLDER` writes the templates into FOLDER.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.pages import parts
from lrtdocs.word.house.pages.items import agenda_items, verslag_closing, verslag_items
from lrtdocs.word.house.pages.letter import brief_text, letter
from lrtdocs.word.house.pages.opening import column, reference, rows, sender, title_line
from lrtdocs.word.house.pages.styles import AGENDA, LETTER, MEETING, styles_part
from lrtdocs.word.house.pages.taakstelling import annex, taakstelling_text
from lrtdocs.word.house.pages.wordml import each, field, paragraph, run, tag, when
from lrtdocs.word.package.archive import write_package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.word.house.housestyle import Frame, Mm


@dataclass(frozen=True, slots=True)
class _Page:
    """What sets one kind of document apart: its text and styles, and where pages begin.

    `styles` are the files with its styles. `next_header` stands below the frames of pages 2 and on.
    Meetings have a `block` under the title, and numbered items.
    """

    content: str
    styles: Sequence[str]
    properties: dict[str, str]
    rubricering: Frame
    next_top: Mm
    next_header: str
    block: style.Block | None = None


def build_templates() -> dict[str, bytes]:
    """Return the templates of the house style by file name; the same bytes every time."""
    pages = {
        "agenda.docx": _meeting("agenda", style.AGENDA_BLOCK, AGENDA, agenda_items()),
        "verslag.docx": _meeting(
            "verslag", style.VERSLAG_BLOCK, MEETING, verslag_items() + verslag_closing()
        ),
        "brief.docx": _letter(letter(brief_text(), "Met vriendelijke groet,")),
        "taakstelling.docx": _letter(letter(taakstelling_text(), "Hoogachtend,", annex())),
    }
    return {name: _template(page) for name, page in pages.items()}


def _meeting(type_word: str, block: style.Block, styles: Sequence[str], items: str) -> _Page:
    title = f"{type_word.capitalize()} {{{{ overleg }}}}, {{{{ datum | datum }}}}"
    opening = column(style.COLUMN, reference(style.COLUMN)) + title_line(type_word) + rows()
    return _Page(
        content=opening + items,
        styles=styles,
        properties=_properties(title, "{{ omschrijving }}"),
        rubricering=style.RUBRICERING,
        next_top=style.NEXT_BODY_TOP,
        next_header=paragraph("", "header"),
        block=block,
    )


def _letter(content: str) -> _Page:
    """Return a letter; on pages 2 and on its text begins lower if a rubricering stands there."""
    lower = paragraph("", "LRT Kopruimte vervolg")
    subject = "{% if betreft %}{{ betreft }}{% else %}Brief{% endif %}"
    addressee = "{% if ontvanger.naam %}, {{ ontvanger.naam }}{% endif %}"
    return _Page(
        content=content,
        styles=LETTER,
        properties=_properties(subject + addressee, "{{ betreft }}"),
        rubricering=style.LETTER_RUBRICERING,
        next_top=style.LETTER_NEXT_TOP,
        next_header=tag("if rubricering")
        + lower
        + tag("else")
        + paragraph("", "header")
        + tag("endif"),
    )


def _template(page: _Page) -> bytes:
    body = _marks(page.rubricering) + page.content + parts.section(page.next_top)
    stories = {
        parts.DOCUMENT: parts.story("document", f"<w:body>{body}</w:body>"),
        f"word/{parts.FIRST_HEADER}": parts.story("hdr", _first_header()),
        f"word/{parts.NEXT_HEADER}": parts.story("hdr", _next_header() + page.next_header),
        f"word/{parts.FIRST_FOOTER}": parts.story("ftr", _footer()),
        f"word/{parts.NEXT_FOOTER}": parts.story("ftr", _footer()),
    }
    sizes = {} if page.block is None else page.block.sizes
    styles = styles_part(stories.values(), page.styles, sizes)
    members = parts.package_members(stories, styles, page.properties, items=page.block is not None)
    members[f"word/_rels/{parts.FIRST_HEADER}.rels"] = parts.read_part("header.rels").encode()
    return write_package(members | {f"word/{parts.LOGO_FILE}": parts.read_placeholder()})


def _properties(title: str, subject: str) -> dict[str, str]:
    return {
        "dc:title": title,
        "dc:subject": subject,
        "dc:creator": "{{ afzender.directoraat_generaal }}",
        "dc:identifier": "{{ onze_referentie }}",
        "dc:language": "nl-NL",
        "cp:category": "{{ rubricering }}",
    }


def _marks(rubricering: Frame) -> str:
    """Return what is read before all else: how secret this is, and the word mark of the sender."""
    words = paragraph("{{ regel }}", "LRT Woordmerk", frame=style.WORD_MARK_FRAME)
    return _rubricering(rubricering) + each("regel in woordmerk", words, style.WORD_MARK_FRAME)


def _first_header() -> str:
    """Return the header of page 1: the logo, and the room that the top of the page takes.

    The logo is centred and not at 98.5 mm, so that a picture narrower than it hangs in the middle.
    """
    return paragraph(parts.read_piece("logo.xml"), "LRT Kopruimte")


def _next_header() -> str:
    """Return the frames of pages 2 and on; they need an ordinary paragraph behind them."""
    frame = style.NEXT_COLUMN
    return _rubricering(style.NEXT_RUBRICERING) + sender(frame) + reference(frame)


def _footer() -> str:
    number = run("Pagina ") + field("PAGE") + run(" van ") + field("NUMPAGES")
    return (
        _rubricering(style.FOOT_RUBRICERING)
        + paragraph(number, "LRT Paginanummer", frame=style.PAGE_NUMBER)
        + paragraph("", "footer")
    )


def _rubricering(frame: Frame) -> str:
    return when(
        "rubricering", paragraph("{{ rubricering }}", "LRT Rubricering", frame=frame), frame
    )


if __name__ == "__main__":
    for name, data in build_templates().items():
        (Path(sys.argv[1]) / name).write_bytes(data)
