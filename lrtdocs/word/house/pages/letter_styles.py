"""The styles of letters: those of all documents, and what only a letter has.

A letter has no type word; its Kop 1 is the line Betreft, and the heads in its text are italic
(`huisstijl.md`, sections 2 and 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.housestyle import BODY, SMALL
from lrtdocs.word.house.pages.styles import (
    BOLD,
    CONTEXTUAL,
    ITALIC,
    KEEP,
    NONE,
    TAG_ROW_STYLE,
    Style,
    column_styles,
    indented,
    list_styles,
    sized,
    spaced,
    tab_at,
    table_styles,
    word_styles,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_RIGHT = '<w:jc w:val="right"/>'


def letter_styles() -> Iterable[Style]:
    """Yield the styles of a letter; the later ones take the place of those they are called after.

    `LRT Sjabloontag rij`, for the control paragraphs of a block between rules, is not among them.
    """
    groups = (word_styles(), column_styles(), list_styles(), table_styles(), _opening_styles(),
              _closing_styles(), _number_styles())  # fmt: skip
    for group in groups:
        yield from (one for one in group if one.name != TAG_ROW_STYLE)


def _opening_styles() -> Iterable[Style]:
    """Yield who it is for, Datum, Betreft, the salutation and the text."""
    yield Style("LRT Kopruimte", spaced(style.LETTER_SPACER), based_on="header")
    yield Style("LRT Kopruimte vervolg", spaced(style.LETTER_NEXT_SPACER), based_on="header")
    yield Style("LRT Retouradres", spaced(SMALL), sized(SMALL))
    yield Style("LRT Toezendgegevens", spaced(BODY))
    facts = f"{tab_at(style.DATE_TAB)}{spaced(BODY)}{indented(style.DATE_TAB, style.DATE_TAB)}"
    yield Style("Date", KEEP + facts)
    outline = '<w:outlineLvl w:val="{}"/>'.format
    yield Style("heading 1", KEEP + facts + outline(0), following="Salutation")
    yield Style(
        "Salutation",
        f"<w:keepNext/>{spaced(BODY, style.SALUTATION_GAP, style.BLANK_LINE)}",
        following="Body Text",
    )
    yield Style("Body Text", spaced(BODY, style.BLANK_LINE, style.BLANK_LINE))
    head = KEEP + spaced(BODY, above=style.BLANK_LINE)
    yield Style("heading 2", head + outline(1), ITALIC, following="LRT Kopalinea")
    below = spaced(BODY, NONE, style.BLANK_LINE)
    yield Style("LRT Kopalinea", below, based_on="Body Text", following="Body Text")
    table = KEEP + spaced(BODY, style.BLANK_LINE, style.HALF_LINE)
    yield Style("LRT Tabelkop", table + outline(1), based_on="heading 2")


def _closing_styles() -> Iterable[Style]:
    """Yield the end of a letter, which stays together on one page, and the head of an annex."""
    yield Style("LRT Slotalinea", "<w:keepNext/>", based_on="Body Text", following="Closing")
    office = KEEP + spaced(BODY, above=style.BLANK_LINE)
    yield Style("Closing", office, following="LRT Ambt")
    yield Style("LRT Ambt", office + CONTEXTUAL, following="Signature")
    yield Style("Signature", f"<w:keepLines/>{spaced(BODY, above=style.HAND_GAP)}")
    annex = f"{KEEP}<w:pageBreakBefore/>{spaced(BODY, below=style.BLANK_LINE)}"
    yield Style("LRT Bijlagekop", f'{annex}<w:outlineLvl w:val="1"/>', BOLD, following="Body Text")


def _number_styles() -> Iterable[Style]:
    """Yield the cells with numbers, which end at the right, and those of a long list."""
    yield Style("LRT Cel getal", _RIGHT, based_on="LRT Cel")
    yield Style("LRT Cel nadruk", "<w:keepNext/>", BOLD, based_on="LRT Cel")
    yield Style("LRT Celkop getal", _RIGHT, based_on="LRT Celkop")
    yield Style("LRT Lijstcel", spaced(SMALL, style.LIST_PADDING, NONE), sized(SMALL))
    yield Style("LRT Lijstcel getal", _RIGHT, based_on="LRT Lijstcel")
    right = indented(style.REGISTER_GAP, NONE)
    yield Style("LRT Lijstcel rechts", right, based_on="LRT Lijstcel")
    yield Style("LRT Celkop rechts", right, based_on="LRT Celkop")
