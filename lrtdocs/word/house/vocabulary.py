"""The words of a kind of document as a Word document, to keep beside the template.

In the house style, from the same styles and pieces as the templates. The tags in it are text to be
copied: this document is never filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.housestyle import Mm
from lrtdocs.word.house.pages import parts
from lrtdocs.word.house.pages.parts import VOCABULARY, styles_part
from lrtdocs.word.house.pages.wordml import field, paragraph, row, run, table
from lrtdocs.word.package.archive import write_package

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_COLUMNS = (Mm("54.0"), Mm("44.0"), Mm("62.0"))
_TOP = Mm("25.0")
_HEADINGS = ("Woord", "Wat het is", "Om te plakken")


@dataclass(frozen=True, slots=True)
class Entry:
    """One word as it is told to people: `facts` is its kind and whether it is always there.

    `tags` are lines to paste, each a paragraph; `used` says where the template uses the word, or
    "". What an entry `contains` stands in it: the parts of a block, or of each item of a list.
    """

    name: str
    facts: str
    meaning: str
    example: str = ""
    tags: tuple[str, ...] = ()
    used: str = ""
    contains: tuple[Entry, ...] = ()


def build_vocabulary(title: str, opening: Sequence[str], entries: Sequence[Entry]) -> bytes:
    """Return a .docx called `title`: the paragraphs of `opening`, then tables of `entries`."""
    body = "".join((
        paragraph(title, "heading 1"),
        *(paragraph(text, "Body Text") for text in opening),
        _section("Losse woorden", [one for one in entries if not one.contains], 2),
        *(_group(one, 2, one.name) for one in entries if one.contains),
    ))  # fmt: skip
    header = paragraph("", "header")
    stories = parts.stories(body + _page(), header, header, _footer())
    properties = {"dc:title": title, "dc:language": "nl-NL"}
    styles = styles_part(stories.values(), VOCABULARY, {})
    return write_package(parts.package_members(stories, styles, properties, items=False))


def _group(entry: Entry, level: int, name: str) -> str:
    """Return a list or block: what it is, what is in it, and what is in that."""
    facts = f"{entry.meaning} Soort: {entry.facts}."
    opening = [paragraph(facts, "Body Text")]
    opening += [paragraph(entry.used, "Body Text")] if entry.used else []
    opening += [paragraph(tag, "LRT Cel") for tag in entry.tags]
    plain = [one for one in entry.contains if not one.contains]
    below = (_group(one, 3, f"{name}, {one.name}") for one in entry.contains if one.contains)
    return _section(name, plain, level, opening) + "".join(below)


def _section(name: str, entries: Sequence[Entry], level: int, opening: Iterable[str] = ()) -> str:
    """Return a heading with a table of `entries`, each a row that stays on one page."""
    rows = [
        row([paragraph(text, "LRT Celkop") for text in _HEADINGS], _COLUMNS, header=True),
        *(row(_cells(entry), _COLUMNS) for entry in entries),
    ]
    shown = table(_COLUMNS, rows, f"Woorden: {name}") if entries else ""
    end = paragraph("", "LRT Anker") if entries else ""
    return paragraph(name, f"heading {level}") + "".join(opening) + shown + end


def _cells(entry: Entry) -> list[str]:
    example = [f"Voorbeeld: {entry.example}"] if entry.example else []
    used = [entry.used] if entry.used else []
    return [
        paragraph(run(entry.name, "Strong"), "LRT Cel") + paragraph(entry.facts, "LRT Cel"),
        "".join(paragraph(text, "LRT Cel") for text in (entry.meaning, *example, *used)),
        "".join(paragraph(tag, "LRT Cel") for tag in entry.tags) or paragraph("", "LRT Cel"),
    ]


def _footer() -> str:
    number = run("Pagina ") + field("PAGE") + run(" van ") + field("NUMPAGES")
    shown = paragraph(number, "LRT Paginanummer", frame=style.PAGE_NUMBER)
    return shown + paragraph("", "footer")


def _page() -> str:
    """Return the page: as wide as the columns, without the room that a letter keeps free."""
    right = style.PAGE_WIDTH - style.TEXT_LEFT - sum(_COLUMNS)
    return parts.section(_TOP, right=right)
