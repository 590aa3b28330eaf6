"""The templates of agenda and minutes, composed from the numbers of the house style.

Page 1 stands in the body in the order in which it is read: rubricering, word mark, sender, what the
column says about the document, type word, name of the body, the block between rules, the items. The
header and the foot hold only what repeats or decorates, since a screen reader skips them.

`python -m lrtdocs.word.build FOLDER` writes the templates into FOLDER.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.word import housestyle as style
from lrtdocs.word.ooxml import CONTENT_TYPES
from lrtdocs.word.package import write_package
from lrtdocs.word.pages import parts
from lrtdocs.word.pages.items import agenda_items, verslag_closing, verslag_items
from lrtdocs.word.pages.opening import column, reference, rows, sender, title_line
from lrtdocs.word.pages.placeholder import draw_placeholder, logo_run
from lrtdocs.word.pages.styles import styles_part
from lrtdocs.word.pages.wordml import each, field, paragraph, run, when

if TYPE_CHECKING:
    from lrtdocs.word.housestyle import Frame


def build_templates() -> dict[str, bytes]:
    """Return the templates of the house style by file name; the same bytes every time."""
    return {
        "agenda.docx": _template("agenda", style.AGENDA_BLOCK, agenda_items(), timed=True),
        "verslag.docx": _template(
            "verslag", style.VERSLAG_BLOCK, verslag_items() + verslag_closing(), timed=False
        ),
    }


def _template(type_word: str, block: style.Block, content: str, *, timed: bool) -> bytes:
    body = _marks() + column() + title_line(type_word) + rows() + content
    stories = {
        parts.DOCUMENT: parts.story("document", f"<w:body>{body}{parts.section()}</w:body>"),
        f"word/{parts.FIRST_HEADER}": parts.story("hdr", _first_header()),
        f"word/{parts.NEXT_HEADER}": parts.story("hdr", _next_header()),
        f"word/{parts.FIRST_FOOTER}": parts.story("ftr", _footer()),
        f"word/{parts.NEXT_FOOTER}": parts.story("ftr", _footer()),
    }
    members = {
        CONTENT_TYPES: parts.content_types(),
        "_rels/.rels": parts.package_relations(),
        **stories,
        "word/_rels/document.xml.rels": parts.document_relations(),
        f"word/_rels/{parts.FIRST_HEADER}.rels": parts.logo_relations(),
        "word/styles.xml": styles_part(stories.values(), block, timed=timed),
        "word/numbering.xml": parts.numbering(),
        "word/settings.xml": parts.settings(),
        "word/fontTable.xml": parts.font_table(),
        "docProps/core.xml": parts.core_properties(_properties(type_word)),
    }
    encoded = {name: text.encode() for name, text in members.items()}
    return write_package(encoded | {f"word/{parts.LOGO_FILE}": draw_placeholder()})


def _properties(type_word: str) -> dict[str, str]:
    return {
        "dc:title": f"{type_word.capitalize()} {{{{ overleg }}}}, {{{{ datum | datum }}}}",
        "dc:subject": "{{ omschrijving }}",
        "dc:creator": "{{ afzender.directoraat_generaal }}",
        "dc:identifier": "{{ onze_referentie }}",
        "dc:language": "nl-NL",
        "cp:category": "{{ rubricering }}",
    }


def _marks() -> str:
    """Return what is read before all else: how secret this is, and the word mark of the sender."""
    words = paragraph("{{ regel }}", "LRT Woordmerk", frame=style.WORD_MARK_FRAME)
    return _rubricering(style.RUBRICERING) + each(
        "regel in woordmerk", words, style.WORD_MARK_FRAME
    )


def _first_header() -> str:
    """Return the header of page 1: the logo, and the room that the top of the page takes."""
    return paragraph(logo_run(parts.LOGO_ID), "LRT Kopruimte")


def _next_header() -> str:
    """Return the header of pages 2 and on; its frames need the ordinary paragraph at the end."""
    frame = style.NEXT_COLUMN
    return (
        _rubricering(style.NEXT_RUBRICERING)
        + sender(frame)
        + reference(frame)
        + paragraph("", "header")
    )


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
