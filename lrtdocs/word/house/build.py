"""The templates of the house style, composed from its numbers: agenda, minutes and letters.

Page 1 stands in the body in the order in which it is read: rubricering, word mark, sender, what the
column says about the document, then the type word and the items, or the addressee and the text. The
header and the foot hold only what repeats or decorates, since a screen reader skips them.

`python -m lrtdocs.word.house.build FOLDER` writes the templates into FOLDER.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.pages import parts
from lrtdocs.word.house.pages.parts import AGENDA, BUNDLE, LETTER, MEETING, styles_part
from lrtdocs.word.house.pages.text import read_page
from lrtdocs.word.house.pages.wordml import paragraph
from lrtdocs.word.package.archive import write_package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.word.house.housestyle import Mm

STAMP_SIZE = (float(style.PAGE_WIDTH - style.TEXT_LEFT), float(style.STAMP_HEIGHT))
"""Width and height, in millimetres, of the top right corner of a page that a stamp stands in."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What sets one kind of document apart from the others.

    `styles` are the files with its styles, `next_top` is where its text begins on pages 2 and on.
    Meetings have a `block` under the title, and numbered items. `mark` is the part that prints how
    secret it is, which stands in the frame `rubricering` on page 1. An `english` page has labels
    in both languages.
    """

    properties: dict[str, str]
    styles: Sequence[str]
    rubricering: str
    next_header: str
    next_top: Mm
    block: style.Block | None = None
    footer: str = "footer"
    mark: str = "rubricering"
    english: bool = False


def build_templates() -> dict[str, bytes]:
    """Return the templates of the house style by file name; the same bytes every time."""
    pages = {
        "agenda": _meeting("Agenda", AGENDA, style.AGENDA_BLOCK),
        "nazending": _meeting("Nagezonden stukken", MEETING, style.AGENDA_BLOCK),
        "verslag": _minutes(),
        "brief": replace(_letter(), english=True),
        "taakstelling": _letter(),
    }
    return {f"{name}.docx": _template(name, page) for name, page in pages.items()}


def build_bundle() -> dict[str, bytes]:
    """Return the templates of the sheets of a bundle, by name: what users have no copy of.

    The "stempels" have a page each, and on it nothing else.
    """
    title, top = "Bijlagen {{ overleg }}, {{ datum | datum }}", style.NEXT_BODY_TOP
    properties, header = _properties(title, "{{ omschrijving }}"), "meeting-next-header"
    sheet = _Page(
        properties, BUNDLE, "RUBRICERING", header, top, style.AGENDA_BLOCK, "bundle-footer"
    )
    pages = {"lijst": "bundle-list", "schutblad": "bundle-cover"}
    sheets = {name: _template(page, sheet) for name, page in pages.items()}
    body = read_page("bundle-stamps") + parts.section(style.STAMP_TOP, style.STAMP_RIGHT)
    empty = paragraph("", "header")
    stories = parts.stories(body, empty, empty, empty)
    styles = styles_part(stories.values(), BUNDLE, style.AGENDA_BLOCK.sizes)
    stamps = parts.package_members(stories, styles, {"dc:title": "Stempels"}, items=False)
    return {**sheets, "stempels": write_package(stamps)}


def build_list() -> bytes:
    """Return the template of a list over several meetings, which users have no copy of."""
    properties = _properties("{{ onderwerp }} {{ overleg }}", "{{ periode }}")
    header, top = "meeting-next-header", style.NEXT_BODY_TOP
    page = _Page(properties, MEETING, "RUBRICERING", header, top, style.VERSLAG_BLOCK)
    return _template("list", page)


def _meeting(word: str, styles: Sequence[str], block: style.Block) -> _Page:
    title = f"{word} {{{{ overleg }}}}, {{{{ datum | datum }}}}"
    properties = _properties(title, "{{ omschrijving }}")
    top = style.NEXT_BODY_TOP
    return _Page(properties, styles, "RUBRICERING", "meeting-next-header", top, block)


def _minutes() -> _Page:
    """Return minutes, which show that they are a concept until they are adopted."""
    word = "{% if concept %}Conceptverslag{% else %}Verslag{% endif %}"
    page = _meeting(word, MEETING, style.VERSLAG_BLOCK)
    status = "{% if concept %}Concept{% else %}Vastgesteld{% endif %}"
    properties = {**page.properties, "cp:contentStatus": status}
    return replace(page, properties=properties, mark="concept-rubricering")


def _letter() -> _Page:
    """Return a letter, which shows that it is a concept while it needs a go-ahead.

    On pages 2 and on its text begins lower if a rubricering stands there.
    """
    concept = "{% if concept %}Concept: {% endif %}"
    subject = "{% if betreft %}{{ betreft }}{% elif taal == 'en' %}Letter{% else %}Brief{% endif %}"
    addressee = "{% if ontvanger.naam %}, {{ ontvanger.naam }}{% endif %}"
    properties = _properties(concept + subject + addressee, "{{ betreft }}")
    properties["cp:contentStatus"] = "{% if concept %}Concept{% endif %}"
    page = _Page(
        properties, LETTER, "LETTER_RUBRICERING", "letter-next-header", style.LETTER_NEXT_TOP
    )
    return replace(page, mark="concept-rubricering")


def _template(name: str, page: _Page) -> bytes:
    marks = read_page("marks", rubricering=page.rubricering, merk=page.mark)
    body = marks + read_page(name, english=page.english) + parts.section(page.next_top)
    next_header = read_page(page.next_header, english=page.english, merk=page.mark)
    footer = read_page(page.footer, english=page.english, merk=page.mark)
    stories = parts.stories(body, _first_header(), next_header, footer)
    sizes = {} if page.block is None else page.block.sizes
    styles = styles_part(stories.values(), page.styles, sizes)
    members = parts.package_members(stories, styles, page.properties, items=page.block is not None)
    members[f"word/_rels/{parts.FIRST_HEADER}.rels"] = parts.read_part("header.rels").encode()
    return write_package(members | {f"word/{parts.LOGO_FILE}": parts.read_placeholder()})


def _properties(title: str, subject: str) -> dict[str, str]:
    return {
        "dc:title": title,
        "dc:subject": subject,
        "dc:creator": "{{ afzender.organisatie }}",
        "dc:identifier": "{{ onze_referentie }}",
        "dc:language": "nl-NL",
        "cp:category": "{{ rubricering }}",
    }


def _first_header() -> str:
    """Return the header of page 1: the logo, and the room that the top of the page takes.

    The logo is centred and not at 98.5 mm, so that a picture narrower than it hangs in the middle.
    """
    return paragraph(parts.read_piece("logo.xml"), "LRT Kopruimte")


if __name__ == "__main__":
    for name, data in build_templates().items():
        (Path(sys.argv[1]) / name).write_bytes(data)
