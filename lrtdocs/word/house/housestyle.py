"""The house style in numbers: every position, size and distance that the templates are made with.

Positions are millimetres from the top left corner of A4, type is in points. Where a number was
measured, the comment names its section in `huisstijl.md` and what was measured; "choice" marks what
the house style leaves open. A change of the page is a change of one line here, then `build.py`: the
parts and pages in `parts/` have them by name.

An agenda and minutes carry no retouradres: it belongs in the window of an envelope (section 3, row
3), none of the measured agendas and minutes have it, and meeting papers do not go by post.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

Mm = Decimal
Pt = Decimal

_MM_PER_INCH = Decimal("25.4")
MM_PER_PT = _MM_PER_INCH / 72
_BASELINE = Decimal("0.8")
"""The share of an exact line above the baseline: 2.56 of 3.175 mm, 3.41 of 4.233 mm (section 1)."""


def twips(mm: Mm) -> int:
    """Return `mm` in twentieths of a point, the unit of positions and indents in Word."""
    return _round(mm * 1440 / _MM_PER_INCH)


def emu(mm: Mm) -> int:
    """Return `mm` in English Metric Units, the unit of drawings."""
    return _round(mm * 36000)


def _round(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Letter:
    """A size of type on an exact line, both in points."""

    size: Pt
    leading: Pt

    @property
    def half_points(self) -> int:
        """The size in the unit of `w:sz`."""
        return _round(self.size * 2)

    @property
    def line(self) -> int:
        """The leading in twips, for `w:spacing`."""
        return _round(self.leading * 20)

    @property
    def rise(self) -> Mm:
        """The distance from the top of the line to its baseline."""
        return self.leading * _BASELINE * MM_PER_PT

    @property
    def height(self) -> Mm:
        """The height of one line."""
        return self.leading * MM_PER_PT


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on the page for paragraphs: left edge, top and width."""

    x: Mm
    top: Mm
    width: Mm


# Paper and columns (section 1)
PAGE_WIDTH = Mm(210)
PAGE_HEIGHT = Mm(297)
TEXT_LEFT = Mm("28.0")  # 1: left edge of text, 27.86-28.01
TEXT_WIDTH = Mm("132.5")  # 1: to 160.5, where the rules end
TEXT_BOTTOM = Mm("20.0")  # 1: bottom margin 20-22.5, DocGen 20.0
VALUE_LEFT = Mm("67.8")  # 5: value column 67.8-68.1, third grid column 67.7
VALUE_INDENT = VALUE_LEFT - TEXT_LEFT
COLUMN_LEFT = Mm("164.8")  # 1: reference column
COLUMN_WIDTH = Mm("35.0")  # 1: reference column, DocGen 1984 twips
EDGE = Mm("5.0")  # 8.3: distance of header and footer from the paper's edge

# Type (section 2)
BODY = Letter(Pt(9), Pt(12))  # Standaard
SMALL = Letter(Pt("6.5"), Pt(9))  # afzendgegevens, referentiegegevens, rubricering
LABEL = Letter(Pt("6.5"), Pt(12))  # Gegevenskop
TYPE_WORD = Letter(Pt(32), Pt(38))  # 32 pt [K]; the leading is a choice, it keeps "g" whole
WORD_MARK = Letter(Pt("11.5"), Pt(13))  # 1: 11.5/13
CAPTION = Letter(Pt(8), Pt(12))  # choice: below a picture, between the text and the column
NOTE = Letter(Pt(8), Pt(10))  # choice: at the foot of a page, the size of a caption
ANCHOR = Letter(Pt(1), Pt(1))  # engine.md, frames: one ordinary paragraph behind the frames
FONT = "Verdana"  # 10: named, not shipped
FONT_SUBSTITUTE = "DejaVu Sans"  # 10: advance widths within 1 %
TYPE_WORD_SCALE = 87  # per cent: Verdana as narrow as RO Sans, or it runs into the name at 67.7
WORD_MARK_SCALE = 87  # per cent: as narrow as RO Serif, so that a line of the real one fits
LINK_COLOUR = "01689B"  # 7: Donkerblauw, 6.0:1 on white; all other text is black
TAG_COLOUR = "767676"  # choice: control paragraphs, gone in the filled document

# Spacing (points); between two paragraphs the larger of "after" and "before" counts, not the sum
HALF_LINE = Pt("4.5")  # 2: AfzendgegevensW1, ReferentiegegevenskopW1, 90 twips
SENDER_GAP = Pt("13.5")  # 2: ReferentiegegevenskopW2, 270 twips
TELEPHONE_TAB = Mm("3.0")  # 2: "T<tab>06 ..."
BLANK_LINE = Pt(12)  # 2: paragraphs are separated by a blank line
LIST_GAP = Pt(6)  # choice: half a blank line between items and below a heading, whatever follows
ITEM_GAP = Pt(24)  # 5: two blank lines above an item; S4 has 12.4 mm from rule to first base
SUBITEM_GAP = Pt(18)  # choice: between the gap of an item and that of a paragraph
GROUP_GAP = Pt(6)  # choice: half a line above Aanwezig, Afwezig, Kopie aan, Bijlage(n)
SIGNATURE_GAP = Pt(36)  # 2: Ondertekening has four blank lines; three above a line to sign on
ITEM_HANG = Mm("8.0")  # 2: "1." hangs 6.3-8; "12a " is 7.8 wide, a wider one would jump to a tab
RUN_ON_INDENT = VALUE_INDENT + 4  # choice: a second line in the block does not read as a next
QUOTE_INDENT = Mm("10.0")  # choice: a quote stands in at both sides, clear of a list
LIST_HANG = Mm("5.0")  # choice: dash and text of a list, each level one step further

# What is printed at the top right of the pages of an annex (a choice: above all that is there)
STAMP_TOP = Mm("9.0")
STAMP_RIGHT = Mm("10.0")
STAMP_HEIGHT = Mm("15.0")  # so far from the edge of the paper it is over

# Logo and word mark (section 1)
LOGO = Frame(Mm("98.5"), Mm(0), Mm("13.0"))
LOGO_HEIGHT = Mm("37.125")
WORD_MARK_FRAME = Frame(Mm("114.3"), Mm("24.3"), Mm("85.5"))  # glyphs from y 24.7

# Reference column and what stands level with it (sections 4 and 5)
COLUMN_BASE = Mm("57.19")  # 5: page 1 of agenda and minutes
NEXT_COLUMN_BASE = Mm("56.05")  # 4: pages 2 and on
COLUMN = Frame(COLUMN_LEFT, COLUMN_BASE - SMALL.rise, COLUMN_WIDTH)
NEXT_COLUMN = Frame(COLUMN_LEFT, NEXT_COLUMN_BASE - SMALL.rise, COLUMN_WIDTH)
RUBRICERING_WIDTH = Mm("74.3")  # 3, row 13
RUBRICERING = Frame(TEXT_LEFT, COLUMN.top, RUBRICERING_WIDTH)  # 4: slot base 57.2
NEXT_RUBRICERING = Frame(TEXT_LEFT, NEXT_COLUMN.top, RUBRICERING_WIDTH)

# Foot of every page (sections 1 and 3)
FOOT_BASE = Mm("285.86")  # 1: page number 285.4 (S2), 285.8-286.5 (S4), 286.55 (S5)
PAGE_NUMBER = Frame(COLUMN_LEFT, FOOT_BASE - SMALL.rise, COLUMN_WIDTH)
FOOT_RUBRICERING = Frame(TEXT_LEFT, FOOT_BASE - SMALL.rise, RUBRICERING_WIDTH)

# Title line and body (sections 4 and 5)
TITLE_BASE = Mm("99.7")  # 5: type word and name of the body stand on one line
TITLE = Frame(TEXT_LEFT, TITLE_BASE - TYPE_WORD.rise, Mm("39.0"))  # ends short of the name
NOTE_TITLE = Frame(TEXT_LEFT, TITLE.top, TEXT_WIDTH)  # choice: "nazending" is wider than TITLE
BODY_TOP = TITLE_BASE - BODY.rise - ANCHOR.height  # page 1: where the ordinary text begins
HEADER_SPACER = Letter(Pt(1), (BODY_TOP - EDGE) / MM_PER_PT)
"""8.3: the one line in the header of page 1 that pushes the body down to its place."""
NEXT_BODY_BASE = Mm("73.70")  # 4: agenda and minutes, pages 2 and on
NEXT_BODY_TOP = NEXT_BODY_BASE - BODY.rise

RULE_EIGHTHS = 6  # 5: 0.75 pt = 0.25 mm, in eighths of a point
RULE_WIDTH = Mm(RULE_EIGHTHS) / 8 * MM_PER_PT


@dataclass(frozen=True, slots=True)
class Block:
    """The block under the title: where its upper rule and its first line stand on page 1."""

    rule: Mm
    first_base: Mm

    @property
    def gap_above(self) -> Pt:
        """The space between the title line and the upper rule, in points."""
        below = TITLE_BASE - BODY.rise + BODY.height
        return (self.rule - RULE_WIDTH / 2 - below) / MM_PER_PT

    @property
    def padding(self) -> Pt:
        """The space between a rule and the text inside, in points."""
        return (self.first_base - self.rule - RULE_WIDTH / 2 - BODY.rise) / MM_PER_PT

    @property
    def sizes(self) -> dict[str, Pt | int]:
        """What the styles of the block are made with."""
        return {"BLOCK_GAP": self.gap_above, "BLOCK_PADDING": round(self.padding)}


AGENDA_BLOCK = Block(rule=Mm("108.2"), first_base=Mm("116.8"))  # 5: 108.1-108.3, base 116.8
VERSLAG_BLOCK = Block(rule=Mm("104.75"), first_base=Mm("112.5"))  # 5: 104.6-104.9, base 112.5
HAIRLINE_EIGHTHS = 2  # 5: DocGen 0.25 pt, between the rows of a table

# Letter, page 1 (section 3)
RETURN_BASE = Mm("47.30")  # row 3 has 46.52, of which 0.6 mm stands above the window of DIN 5008
RETURN_ADDRESS = Frame(TEXT_LEFT, RETURN_BASE - SMALL.rise, TEXT_WIDTH)
LETTER_RUBRICERING_BASE = Mm("52.0")  # row 4: 52-53.4, between retouradres and addressee
LETTER_RUBRICERING = Frame(TEXT_LEFT, LETTER_RUBRICERING_BASE - SMALL.rise, RUBRICERING_WIDTH)
ADDRESSEE_BASE = Mm("57.76")  # row 5: 4 lines used, slots for 6; room for 11 above the date
ADDRESSEE_LINES = 6  # row 5, and what the post reads
ADDRESSEE = Frame(TEXT_LEFT, ADDRESSEE_BASE - BODY.rise, Mm("77.0"))  # to 105: the window
KIX = Letter(Pt(10), Pt(12))  # the font of the post is made for 8 and 10 points
KIX_GAP = Pt(12)  # the post asks for a blank line above the bar code
LETTER_COLUMN_BASE = Mm("56.90")  # row 11
LETTER_COLUMN = Frame(COLUMN_LEFT, LETTER_COLUMN_BASE - SMALL.rise, COLUMN_WIDTH)
DATE_BASE = Mm("104.18")  # row 7: Datum; Betreft is the next line, 108.41
DATE_TAB = Mm("19.70")  # 2: Huisstijl-Datumenbetreft, 1117 twips
SALUTATION_GAP = Pt(36)  # row 9: three blank lines under Betreft, however long it is: base 125.3
LETTER_BODY_TOP = DATE_BASE - BODY.rise - ANCHOR.height
LETTER_SPACER = Letter(Pt(1), (LETTER_BODY_TOP - EDGE) / MM_PER_PT)
"""The one line in the header of page 1 of a letter."""

# Letter, pages 2 and on (section 4)
LETTER_NEXT_BASE = Mm("45.87")  # S2; with a rubricering above it, the text begins as in minutes
LETTER_NEXT_TOP = LETTER_NEXT_BASE - BODY.rise
LETTER_NEXT_SPACER = Letter(Pt(1), (NEXT_BODY_TOP - EDGE) / MM_PER_PT)
"""The line in the header of pages 2 and on that keeps the text clear of a rubricering."""

# Letter, end (sections 2 and 6)
HAND_GAP = Pt(48)  # 2: Huisstijl-Ondertekening, 960 twips: four blank lines

# Tables of the taakstelling (column widths are a choice; they add up to the text width)
NUMBER_COLUMNS = (Mm("102.5"), Mm("30.0"))
REGISTER_COLUMNS = (Mm("43.25"), Mm("20.0"), Mm("49.25"), Mm("20.0"))
REGISTER_GAP = Mm("6.0")  # choice: white between the two halves of a table of all gemeenten
LIST_PADDING = Pt(1)  # choice: a table of all gemeenten has a line of 6.5/9 a row

# Tables at the end of agenda and minutes (widths are a choice; they add up to the text width)
ACTION_COLUMNS = (Mm("15.0"), Mm("48.5"), Mm("42.5"), Mm("26.5"))
"""The third holds "Rijksvoorlichtingsdienst" on a line; the others "0303/17" and "afgerond"."""
LATE_COLUMNS = (Mm("15.0"), Mm("75.0"), Mm("42.5"))
DECISION_COLUMNS = (Mm("15.0"), Mm("15.0"), Mm("102.5"))
BUNDLE_COLUMNS = (Mm("15.0"), Mm("71.0"), Mm("26.5"), Mm("20.0"))
DECIDED_COLUMNS = (Mm("15.0"), Mm("22.5"), Mm("15.0"), Mm("80.0"))
CELL_GAP = Mm("2.0")  # white at the right of a cell; none at the left, as in DocGen (section 8)
CELL_PADDING = Pt(3)  # above and below the text of a cell
TABLE_GAP = Pt(5)  # choice: with the point of its paragraph, as far as a list from a heading
