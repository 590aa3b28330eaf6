"""The styles of the templates: Word's own names where Word has one, `LRT ...` where it has not.

Word shows its own names in Dutch (Kop 2, Lijst opsom.teken) and knows what they mean, for outline,
navigation and tags in the PDF. A template gets only the styles it uses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from lrtdocs.word.house import housestyle as style
from lrtdocs.word.house.housestyle import BODY, LABEL, SMALL, Letter, Mm, Pt, twips
from lrtdocs.word.package.ooxml import XML_HEAD, W

if TYPE_CHECKING:
    from collections.abc import Iterable

NONE = Pt(0)
TAG_STYLE = "LRT Sjabloontag"
TAG_ROW_STYLE = "LRT Sjabloontag rij"
LIST_LEVELS = (1, 2, 3)
ITEMS_NUM, BULLETS_NUM, NUMBERS_NUM = 1, 2, 3
"""The numbering of agenda items, dashes and numbered lists, in `parts.numbering`."""

GROUP_STYLES = {
    "Aanwezig": "LRT Aanwezig",
    "Afwezig": "LRT Afwezig",
    "Kopie aan": "LRT Kopie",
    "Bijlage(n)": "LRT Bijlage",
}
"""The rows of the block that come in groups, by label."""

OUTCOME_HEADS = {"punt": "LRT Tussenkop", "subpunt": "LRT Tussenkop sub"}
"""The heads above the decisions and actions of an item: one level below the item's own heading."""

ENGINE_STYLES = ("Strong", "Emphasis", "Hyperlink", *(
    f"List {kind}{'' if level == 1 else f' {level}'}"
    for kind in ("Bullet", "Number", "Continue")
    for level in LIST_LEVELS
))  # fmt: skip
"""What the engine asks for when it turns a `tekst` into paragraphs."""


def style_id(name: str) -> str:
    """Return the id of the style called `name`: "heading 1" is Heading1."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its properties as WordprocessingML, in the order of the schema."""

    name: str
    paragraph: str = ""
    text: str = ""
    kind: str = "paragraph"
    based_on: str | None = "Normal"
    following: str | None = None
    table: str = ""

    def needs(self) -> Iterable[str]:
        """Yield the names of the styles that this one builds on."""
        return (name for name in (self.based_on, self.following) if name)

    def xml(self) -> str:
        """Return the `w:style` element."""
        default = ' w:default="1"' if self.based_on is None else ""
        own = ' w:customStyle="1"' if self.name.startswith("LRT ") else ""
        shown = "" if self.based_on is None and self.kind != "paragraph" else "<w:qFormat/>"
        return (
            f'<w:style w:type="{self.kind}"{default}{own} w:styleId="{style_id(self.name)}">'
            f"<w:name w:val={quoteattr(self.name)}/>"
            + (f'<w:basedOn w:val="{style_id(self.based_on)}"/>' if self.based_on else "")
            + (f'<w:next w:val="{style_id(self.following)}"/>' if self.following else "")
            + (shown or '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>')
            + (f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "")
            + (f"<w:rPr>{self.text}</w:rPr>" if self.text else "")
            + self.table
            + "</w:style>"
        )


def spaced(letter: Letter, above: Pt = NONE, below: Pt = NONE) -> str:
    """Return the exact line of `letter`, with white `above` and `below` in points."""
    before, after = (int(gap * 20) for gap in (above, below))
    return (
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="{letter.line}"'
        ' w:lineRule="exact"/>'
    )


def indented(left: Mm, hanging: Mm = NONE, right: Mm = NONE) -> str:
    """Return indents in millimetres; `hanging` is how far the first line stands out."""
    end = f' w:right="{twips(right)}"' if right else ""
    hang = f' w:hanging="{twips(hanging)}"' if hanging else ""
    return f'<w:ind w:left="{twips(left)}"{end}{hang}/>'


def tab_at(position: Mm, kind: str = "left") -> str:
    """Return a tab stop, in millimetres from the left edge of the text."""
    return f'<w:tabs><w:tab w:val="{kind}" w:pos="{twips(position)}"/></w:tabs>'


def sized(letter: Letter) -> str:
    """Return the size of `letter` for a run."""
    return f'<w:sz w:val="{letter.half_points}"/><w:szCs w:val="{letter.half_points}"/>'


def _numbered(number: int, level: int = 1) -> str:
    depth = f'<w:ilvl w:val="{level - 1}"/>' if level > 1 else ""
    return f'<w:numPr>{depth}<w:numId w:val="{number}"/></w:numPr>'


def _rule(side: str, padding: int) -> str:
    return (
        f'<w:{side} w:val="single" w:sz="{style.RULE_EIGHTHS}" w:space="{padding}"'
        ' w:color="000000"/>'
    )


BOLD = "<w:b/><w:bCs/>"
ITALIC = "<w:i/><w:iCs/>"
REGULAR = '<w:b w:val="0"/><w:bCs w:val="0"/>'
KEEP = "<w:keepNext/><w:keepLines/>"
CONTEXTUAL = "<w:contextualSpacing/>"
_GREY = f'<w:color w:val="{style.TAG_COLOUR}"/>{sized(SMALL)}'
VALUE = style.VALUE_LEFT - style.TEXT_LEFT


def word_styles() -> Iterable[Style]:
    """Yield what Word itself calls Standaard, Kop, Ondertitel, Platte tekst, Hyperlink."""
    yield Style("Normal", f"<w:widowControl/>{spaced(BODY)}", based_on=None)
    yield Style("Default Paragraph Font", kind="character", based_on=None)
    yield Style("Normal Table", kind="table", based_on=None, table=_NO_MARGINS)
    yield Style("No List", kind="numbering", based_on=None)
    yield Style("header", spaced(style.ANCHOR), sized(style.ANCHOR))
    yield Style("footer", spaced(style.ANCHOR), sized(style.ANCHOR))
    scale = f'<w:w w:val="{style.TYPE_WORD_SCALE}"/>'
    yield Style(
        "heading 1",
        f'{KEEP}{spaced(style.TYPE_WORD)}<w:outlineLvl w:val="0"/>',
        f"{scale}{sized(style.TYPE_WORD)}",
        following="Body Text",
    )
    yield Style("Body Text", spaced(BODY, style.LIST_GAP, style.BLANK_LINE))
    for name, text in (("Strong", BOLD), ("Emphasis", ITALIC)):
        yield Style(name, text=text, kind="character", based_on="Default Paragraph Font")
    link = f'<w:color w:val="{style.LINK_COLOUR}"/><w:u w:val="single"/>'
    yield Style("Hyperlink", text=link, kind="character", based_on="Default Paragraph Font")


_NO_MARGINS = (
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)


def list_styles() -> Iterable[Style]:
    """Yield the dashes, numbers and continuations of three levels."""
    for level in LIST_LEVELS:
        suffix = "" if level == 1 else f" {level}"
        left = style.LIST_HANG * level
        spacing = spaced(BODY, style.LIST_GAP, style.LIST_GAP)
        indent = indented(left, style.LIST_HANG)
        for kind, number in (("Bullet", BULLETS_NUM), ("Number", NUMBERS_NUM)):
            yield Style(f"List {kind}{suffix}", _numbered(number, level) + spacing + indent)
        yield Style(f"List Continue{suffix}", spacing + indented(left))


def column_styles() -> Iterable[Style]:
    """Yield what stands in the reference column, at the foot and beside the logo."""
    small, half = sized(SMALL), spaced(SMALL, above=style.HALF_LINE)
    yield Style("LRT Afzendkop", spaced(SMALL), BOLD + small)
    yield Style("LRT Afzendgegevens", tab_at(style.TELEPHONE_TAB) + spaced(SMALL), small)
    yield Style("LRT Adres", half + CONTEXTUAL, small, based_on="LRT Afzendgegevens")
    yield Style("LRT Referentiekop", half, BOLD + small, following="LRT Referentie")
    gap = spaced(SMALL, above=style.SENDER_GAP)
    yield Style("LRT Referentiekop ruim", gap, based_on="LRT Referentiekop")
    yield Style("LRT Referentie", spaced(SMALL), small)
    yield Style("LRT Rubricering", spaced(SMALL), f"{BOLD}<w:caps/>{small}", based_on="header")
    yield Style("LRT Paginanummer", spaced(SMALL), small, based_on="footer")
    yield Style("LRT Woordmerk", spaced(style.WORD_MARK), sized(style.WORD_MARK))
    yield Style("LRT Anker", spaced(style.ANCHOR), sized(style.ANCHOR))
    yield Style("LRT Kopruimte", spaced(style.HEADER_SPACER), based_on="header")
    yield Style(TAG_STYLE, spaced(SMALL), _GREY)


def _block_styles(block: style.Block) -> Iterable[Style]:
    """Yield the title line and the rows between two rules, at the places of `block`."""
    padding = round(block.padding)
    yield Style(
        "Subtitle",
        f"{KEEP}{spaced(BODY, below=block.gap_above)}{indented(VALUE)}",
        following="LRT Gegeven",
    )
    rules = f"<w:pBdr>{_rule('top', padding)}{_rule('bottom', padding)}</w:pBdr>"
    spacing = spaced(BODY, below=style.GROUP_GAP)
    run_on = VALUE + style.RUN_ON
    row = f"{tab_at(VALUE)}{spacing}{indented(run_on, run_on)}{CONTEXTUAL}"
    yield Style("LRT Gegeven", f"<w:keepLines/>{rules}{row}")
    yield Style(TAG_ROW_STYLE, text=_GREY, based_on="LRT Gegeven")
    for name in GROUP_STYLES.values():
        yield Style(name, based_on="LRT Gegeven")
    hang = indented(VALUE, VALUE)
    closing = spaced(BODY, above=style.ITEM_GAP)
    yield Style("LRT Slotgegeven", f"{KEEP}{tab_at(VALUE)}{closing}{hang}{CONTEXTUAL}")
    signature = spaced(BODY, above=style.SIGNATURE_GAP)
    yield Style("LRT Ondertekening", f"{KEEP}{tab_at(VALUE)}{signature}{hang}")
    alone = '<w:keepNext w:val="0"/>'
    yield Style("LRT Ondertekening slot", alone, based_on="LRT Ondertekening")
    yield Style("LRT Label", text=sized(LABEL), kind="character", based_on="Default Paragraph Font")


def _item_styles(*, timed: bool) -> Iterable[Style]:
    """Yield the agenda items: numbered headings, what belongs to them, decisions and actions.

    Headings that are `timed` keep room at the right for their time, and a tab that sets it there.
    """
    hang = style.ITEM_HANG
    room, clock = (style.TIME_WIDTH, tab_at(style.TEXT_WIDTH, "right")) if timed else (NONE, "")
    for level, gap in ((1, style.ITEM_GAP), (2, style.SUBITEM_GAP)):
        yield Style(
            f"heading {level + 1}",
            f"{KEEP}{_numbered(ITEMS_NUM, level)}{clock}{spaced(BODY, above=gap)}"
            f'{indented(hang, hang, room)}<w:outlineLvl w:val="{level}"/>',
            BOLD,
            following="Body Text",
        )
    yield Style(
        "LRT Slotkop",
        f"{KEEP}{spaced(BODY, above=style.ITEM_GAP, below=style.LIST_GAP)}"
        '<w:outlineLvl w:val="1"/>',
        BOLD,
        following="Body Text",
    )
    detail = spaced(BODY, below=style.LIST_GAP) + CONTEXTUAL
    yield Style("LRT Puntgegeven", KEEP + detail, following="Body Text")
    head = KEEP + spaced(BODY, above=style.BLANK_LINE)
    for level, name in enumerate(OUTCOME_HEADS.values(), start=2):
        outline = f'<w:outlineLvl w:val="{level}"/>'
        yield Style(name, head + outline, BOLD, following="Body Text")
    for name in ("LRT Besluit", "LRT Actie"):
        yield Style(name, spaced(BODY, below=style.LIST_GAP))
    yield Style("LRT Licht", text=REGULAR, kind="character", based_on="Default Paragraph Font")


def table_styles() -> Iterable[Style]:
    """Yield the table at the end of the minutes: rules above and below, hairlines between."""
    room = (style.CELL_PADDING, style.CELL_PADDING)
    yield Style("LRT Cel", spaced(BODY, *room))
    yield Style("LRT Celkop", f"<w:keepNext/>{spaced(LABEL, *room)}", BOLD + sized(LABEL))
    edges = {"top": style.RULE_EIGHTHS, "bottom": style.RULE_EIGHTHS,
             "insideH": style.HAIRLINE_EIGHTHS}  # fmt: skip
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="000000"/>'
        for side, width in edges.items()
    )
    yield Style(
        "LRT Tabel",
        kind="table",
        based_on="Normal Table",
        table=f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="{twips(style.CELL_GAP)}"'
        ' w:type="dxa"/></w:tblCellMar></w:tblPr>',
    )


def meeting_styles(block: style.Block, *, timed: bool) -> Iterable[Style]:
    """Yield the styles for agenda or minutes, with `block` under the title.

    `timed` tells whether the items have a time beside their title.
    """
    for group in (word_styles(), column_styles(), _block_styles(block), _item_styles(timed=timed),
                  list_styles(), table_styles()):  # fmt: skip
        yield from group


_DOC_DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    '<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    '<w:lang w:val="nl-NL" w:eastAsia="nl-NL" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
    ' w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
)


def styles_part(stories: Iterable[str], styles: Iterable[Style]) -> str:
    """Return styles.xml with those of `styles` that `stories` and the engine use, and their needs.

    Of two styles with one name the later counts.
    """
    known = {style_id(one.name): one for one in styles}
    always = ("Normal", "Default Paragraph Font", "Normal Table", "No List", *ENGINE_STYLES)
    wanted = [style_id(name) for name in always]
    wanted += [found for story in stories for found in _USED.findall(story)]
    used: set[str] = set()
    while wanted:
        current = wanted.pop()
        if current not in used:
            used.add(current)
            wanted += map(style_id, known[current].needs())
    body = "".join(one.xml() for key, one in known.items() if key in used)
    defaults = _DOC_DEFAULTS.format(font=style.FONT, size=BODY.half_points)
    return f'{XML_HEAD}<w:styles xmlns:w="{W}">{defaults}{body}</w:styles>'


_USED = re.compile(r'<w:(?:p|r|tbl)Style w:val="([^"]+)"')
