"""What a text looks like and is not: bullets of Word, half marks, lines that would run together.

The Markdown of a `tekst` changes as little as can be of what was typed (`keep_typed`): a star in a
word or between figures is a star, a line at the left ends a list, a year is no number of a list.
What then looks like markup and is not read as such is told, at its line.
"""

from __future__ import annotations

import re
from itertools import pairwise
from types import FunctionType
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.messages import Fault
from lrtdocs.model.openbaar.marks import NAME, VALUE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    _Rule = Callable[[StateBlock, int, int, bool], bool]

GLYPHS = (
    "\u2022\u2023\u25aa\u25ab\u25cf\u25cb\u25e6\u00b7\u2219\u25a0\u25a1\u2756\u27a2\u27a4\u2713\u2714"
    "\u2192\u2794\u25ba\u25b6"
)
"""Bullets, as Word has them."""
_GLUED = r"-(?=[^\W\d_]|[\"'\u201c(])|\d{1,2}[.)](?=[^\W\d_]{2})"
_SURE = re.compile(rf"(?P<sign>[{GLYPHS}\ue000-\uf8ff]|{_GLUED})")
"""Those of Word's own fonts, Symbol and Wingdings, are in the range for private use."""
_STAR = re.compile(r"(?P<sign>\*)(?=\w)[^*]*$")
_UNSURE = re.compile(
    r"(?P<sign>[\u2012-\u2015\u2212]|\d{1,3}[.)](?=\s)|\d{1,2} ?-(?=\s)|\(\w{1,2}\)(?=\s)"
    r"|(?:[a-z]|[ivx]{2,4})[.)](?=\s)|[A-Z]\)(?=\s)|A\.(?=\s.*\nB\.\s)|I\.(?=\s.*\nII\.\s)"
    r"|o(?=\s))"
)
_SIGN = re.compile(
    r"(?P<sign>\[[ xX]?\]|[^\w\s\u20ac$\u00a3!?.,;:)\]'\"]{1,3}|\.{3}"
    r"|[Oqvx\u00a7\u00d8\u00fc])(?=\s)"
)
"""What is a bullet if the row before or after begins with one as well."""
_ITEM = re.compile(rf"[-*](?=\s)|{_SURE.pattern}|{_UNSURE.pattern.replace('P<sign>', ':')}")
_ENDS = (".", ":", ";", "?", "!", ",")
_ROW = re.compile(r"\|.*\|.*\|$")
_LIST_NUMBER = re.compile(r"\s*\d{4,}[.)]")
_LETTERED = re.compile(r"^((?:[ ]*(?:[-*]|\d{1,3}[.)])(?=\s))*\s*)([a-z])\.(?=\s)", re.MULTILINE)


SURE = ("LRT133.tekst", "LRT210.tabel")
"""What cannot be meant so, among what `find_lookalike` tells."""


def find_lookalike(
    lines: Sequence[str], start: int, content: str, width: int
) -> tuple[int, int, Fault] | None:
    """Return line, column and fault of what looks like an item or a row in a paragraph, or None.

    It begins at line `start` of a text as wide as `width`, with `content` as its text; only the
    first is told.
    """
    rows = [row.lstrip() for row in content.split("\n")]
    runs_on = find_run_on(rows, width)
    for index, row in enumerate(rows):
        line = start + index
        key, sign = _look(lines, line, row, is_first=index == 0)
        if not key and index == runs_on:
            barred = " | " in row and " | " in rows[index + 1]
            key = "LRT251.tabel" if barred else "LRT251.regels"
            sign = _delimiters(row) if barred else ""
        if key:
            return line, max(lines[line].find(row), 0), Fault(key, {"sign": sign})
    return None


def _look(lines: Sequence[str], line: int, row: str, *, is_first: bool) -> tuple[str, str]:
    """Return the message of what is odd about `row`, the text of `line`, or "", and its sign."""
    if _ROW.match(row):
        return "LRT210.tabel", _delimiters(row)
    if found := _look_for_sign(lines, line, row, is_first=is_first):
        return found
    begins = lines[line].lstrip().startswith(row)
    before = lines[line - 1].strip() if line else ""
    for key, form in _SPOILED.items():
        if form.search(row):
            return key, ""
    after_list = bool(_ITEM.match(before)) or (before and indent_of(lines[line - 1]) > 0)
    at_left = begins and indent_of(lines[line]) == 0
    if is_first and after_list and at_left and row[:1].islower():
        return "LRT251.vervolg", ""
    return "", ""


def _delimiters(row: str) -> str:
    """Return the line that would make a header row of `row`."""
    return "| --- " * len(split_cells(row)) + "|"


def _look_for_sign(
    lines: Sequence[str], line: int, row: str, *, is_first: bool
) -> tuple[str, str] | None:
    """Return the message of the sign with which `row` begins as if it were an item, or None."""
    if not is_first and _breaks_sentence(lines, line) and _is_surely_broken(lines, line):
        return None
    if sure := _SURE.match(row):
        return "LRT133.tekst", sure["sign"]
    if not is_first and re.match(r"[-*]\s", row):
        broken = _breaks_sentence(lines, line)
        return ("LRT133.misschien", row[0]) if broken else ("LRT133.inspringen", "")
    if not lines[line].lstrip().startswith(row):
        return None
    before, after = (_row_beside(lines, line, by) for by in (-1, 1))
    unsure = _UNSURE.match(f"{row}\n{after}")
    if unsure and (
        unsure["sign"] in ("A.", "I.")
        or any(_ITEM.match(_like(lines, line, by)) for by in (-1, 1))
        or (before.endswith(_ENDS) and not is_first and not _counts_on(before))
    ):
        return "LRT133.misschien", unsure["sign"]
    for pattern in (_SIGN, _STAR):
        sign = pattern.match(row)
        if sign and any(pattern.match(_like(lines, line, by)) for by in (-1, 1)):
            return "LRT133.misschien", sign["sign"]
    return None


def _row_beside(lines: Sequence[str], line: int, by: int) -> str:
    return lines[line + by].strip() if 0 <= line + by < len(lines) else ""


def _like(lines: Sequence[str], line: int, by: int) -> str:
    """Return the row before or after `line`, or "" if `line` hangs under it, as its own wrapping.

    The o of Word stands under an item as well, and is no word.
    """
    row = _row_beside(lines, line, by)
    hangs = row and indent_of(lines[line]) > indent_of(lines[line + by])
    return "" if hangs and not lines[line].lstrip().startswith("o ") else row


# --- a sentence broken before a sign


_SHORTEST = 50
"""No editor breaks a text that goes on before a row has this width."""
_MARK = r"(?:[-*+#=>\u2013\u2014\u2192]|\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)])(?=\s)"
_MARKED = re.compile(_MARK)
_COUNTED = re.compile(rf"\s{_MARK}")


def _breaks_sentence(lines: Sequence[str], line: int) -> bool:
    """Tell whether `line` begins with a sign since that did not fit behind the row before.

    What ends with a stop or a colon is no part of a sentence; two such rows are a list.
    """
    before, row, after = (_row_beside(lines, line, by) for by in (-1, 0, 1))
    if not before or len(before) < _SHORTEST or before[-1] in ".:;?!":
        return False
    sign = row.split(maxsplit=1)[0] if row else ""
    further = indent_of(lines[line + 1]) - indent_of(lines[line]) if after else -1
    alike = after[:1] == row[:1] or (after[:1].isdigit() and row[:1].isdigit())
    alike = alike or (
        row[1:2] == after[1:2] == "." and number_of(row[:1]) + 1 == number_of(after[:1])
    )
    listed = further == 0 and alike and _MARKED.match(after)
    widths = [width_of(each.rstrip()) for each in lines[line - 1 : line + 2]]
    return not (further > 0 or listed) and widths[0] + 1 + len(sign) > max(widths)


def _is_surely_broken(lines: Sequence[str], line: int) -> bool:
    """Tell whether the sentence around the break before `line` shows that it goes on there."""
    before, row = (_row_beside(lines, line, by) for by in (-1, 0))
    return bool(_UNFINISHED.search(before) or _counts_on(before) or _COUNTED.search(row))


def _counts_on(before: str) -> bool:
    """Tell whether `before` has such signs within, and so goes on with them: "(a) x, (b) y"."""
    return bool(_COUNTED.search(before) and not _ITEM.match(before))


def indent_of(line: str) -> int:
    """Return how many spaces `line` begins with."""
    return len(line) - len(line.lstrip())


# --- rows that were typed as rows

_TINY, _NARROW, _WIDE = 25, 56, 120
"""The width of words alone, and that between which people and editors break a text that goes on."""
_LABEL = re.compile(r"[^\W\d_][\w.&/()'-]*(?: [\w.&/()'-]+){0,3}:\s+\S")
_SPEAKER = re.compile(r"[A-Z][\w.'-]*(?: (?:de |van |der |den |\()*[A-Z][\w.')-]*){0,3}:\s")
_KEYED = re.compile(
    r"(?:om |van |vanaf )?\d{1,2}[.:]\d{2}(?![\d.])|\d{1,2}-\d{1,2}\b|[A-Z]{1,3}\d+\b|\u20ac"
    rf"|\d{{1,2}} (?:{dutch.MONTH})\b|(?:{'|'.join(dutch.MONTHS)})\b"
    rf"|(?:{dutch.DAYS})\b|(?:{dutch.SHORT_DAYS}) \d"
    r"|(?:ad|nr\.?|punt|agendapunt|actie|besluit|vraag|stap|fase|dag|week|artikel)\s+\d+\b",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\d{1,2}[.:]\d{2}(?![\d.])|[A-Z]{1,2}\d+\b")
_TITLES = ("Mw.", "Dhr.", "Mevr.")
_COLUMNS = re.compile(r"[^\s.!?:] {3,}\S")
_SENTENCE = re.compile(
    r"(?:De|Het|Een|Er|Dit|Dat|Deze|Die|Zij|Hij|Wij|We|Ze|In|Op|Voor|Met|Bij|Na|Niemand|Ook) "
    r"(?:[a-z]|[A-Z]{2})"
)
"""How a sentence begins, and no name."""
_GOES_ON = (
    r"\b(?:de|het|een|en|of|van|voor|met|op|in|te|aan|bij|dat|die|dit|deze|door|om|tot|uit|over|"
    "naar|is|zijn|was|wordt|worden|als|ook|niet|maar|dan|want|per|ten|ter|der|den|heer|mevrouw|er|"
    "zal|zullen|kan|kunnen|heeft|hebben|onder|tegen|tussen|zonder|binnen|na|nog|geen|alle|hun|zich|"
    r"we|wij|zij|hij|ze|men|waar|wie|wat|artikel|nr|onze|haar)\b"
)
_UNFINISHED = re.compile(rf"(?i:{_GOES_ON})$|[-\u2013/&+=]$|\([^)]*$")
_FOLLOWS = re.compile(rf"{_GOES_ON}|\d+[.)]\s+[a-z]")


def width_of(row: str) -> int:
    """Return how wide `row` is; a single word, as the address of a page, is no measure."""
    return len(row) if " " in row.strip() else min(len(row), _TINY)


def find_run_on(rows: Sequence[str], around: int = 0) -> int | None:
    """Return the first of `rows` typed as a row, though the next comes behind it, or None.

    The text `around` them is so wide. A text that goes on is broken before a word that does not
    fit. Two rows that begin alike, with a time, a number or a name and a colon, are rows; so is
    one that ends too early without a sign.
    """
    bare = [row.replace("*", "").strip() for row in rows]
    width = max(map(width_of, bare), default=0)
    if width < _NARROW and around <= _WIDE:
        width = max(width, around)
    for index, (row, after) in enumerate(pairwise(bare)):
        if not row or not after or rows[index].endswith(("\\", "  ")):
            continue
        if _ITEM.match(after) or _SIGN.match(after):
            continue
        early = width < _NARROW or len(row) > _WIDE
        early = early or len(row) + 1 + len(after.split()[0]) <= 0.8 * min(width, _WIDE)
        marked = early and rows[index][0] == rows[index + 1][0] == "*"
        torn = any(map(_UNFINISHED.search, bare[max(index - 1, 0) : index + 1]))
        alike = marked or (not torn and _are_alike(row, after))
        alike = alike or (early and _begin_alike(bare[0], row, after))
        begun = _SENTENCE.match(after) and row[-1].isalnum() and not _UNFINISHED.search(row)
        if alike or begun or (early and _ends_early(rows, index, row, after)):
            return index
    return None


def _are_alike(row: str, after: str) -> bool:
    """Tell whether two rows, of any width, are of one sort that no text that goes on has twice."""
    first, second = row.split(maxsplit=1)[0], after.split(maxsplit=1)[0]
    again = first == second and len(first) > 2 and first[0].isupper()
    titled = first in _TITLES and second in _TITLES
    if (again or titled) and row[-1] not in ".,;:?!":
        return True
    if _SPEAKER.match(row) and _SPEAKER.match(after):  # and nobody speaks within the row
        return not any(map(_SPEAKER.match, re.split(r"(?<=[.!?\"]) ", row)[1:]))
    return any(sort(row) and sort(after) for sort in (_STRONG.match, _COLUMNS.search))


def _begin_alike(first: str, row: str, after: str) -> bool:
    """Tell whether two rows, in a paragraph that begins with `first`, begin with the same sort."""
    if (_LABEL.match(row) and _LABEL.match(after)) or (
        _SPEAKER.match(first) and _SPEAKER.match(after)
    ):
        return True
    figures = row[0].isdigit() and after[0].isdigit()
    return figures or bool(_KEYED.match(row) and _KEYED.match(after))


def _ends_early(rows: Sequence[str], index: int, row: str, after: str) -> bool:
    """Tell whether `row` ends as no sentence does that goes on in the next, which has room."""
    opens = after[0].isupper() or after[0].isnumeric() or after[0] in "\u20ac([#@"
    if row[-1] == ":":
        several = len(rows) > index + 2 and after[-1] not in ",;"
        return several and (opens or _is_list(rows[index + 1 : index + 20]))
    if row[-1] in ".!?;,\u2026" or _UNFINISHED.search(row) or _FOLLOWS.match(after):
        return False
    return (opens and not row[0].islower()) or (index == 0 and _is_list(rows, least=3))


def _is_list(rows: Sequence[str], least: int = 0) -> bool:
    """Tell whether `rows` are short, `least` of them or tiny, and none goes on in the next."""
    bare = [row.strip() for row in rows]
    return (
        (len(rows) >= least or max(map(len, bare)) < _TINY)
        and all(0 < len(row) < _NARROW and not _FOLLOWS.match(row) for row in bare)
        and not any(row[-1] in ".!?;,:\u2026" or _UNFINISHED.search(row) for row in bare[:-1])
        and not any(row.endswith(("\\", "  ")) for row in rows)
    )


# --- marks that stay


_HALF = {
    "LRT252.vet": re.compile(r"(?<![*\d])\*\*(?=[^\s*])|(?<=[^\s*\d])\*\*(?!\*)|^\*\*(?= [^\W\d])"),
    "LRT252.plaatje": re.compile(r"!\[(?!\^)|!\((?=[^()]*\)\[)"),
    "LRT252.link": re.compile(r"(?<=\])\(|(?<=\] )\((?=https?:|www\.|mailto:)"),
    "LRT252.voetnoot": re.compile(r"\[\^[^\]]*\]|\^\[(?=[^\]]+\])"),
    "LRT252.doorhalen": re.compile(r"~~(?=\S)|(?<=\S)~~|(?<!\w)==(?=\w)"),
    "LRT252.taal": re.compile(r"\{\s*(?:taal|lang)\s*=[^{}]*\}"),
    "LRT252.teken": re.compile(r"[\ue000-\uf8ff]"),
    "LRT252.kop": re.compile(r"^#{2,6}(?=\w)"),
    "LRT252.onder": re.compile(r"(?<!\w)_{1,2}(?=[^\W_])[^_]*_{1,2}(?!\w)"),
    "LRT252.cursief": re.compile(r"(?<!\S)\*(?=\w)"),
}
_SPOILED = {
    "LRT252.vet": re.compile(
        r"(?<![*\\\w])(?:\*\*(?=[^\s*])[^*\n]*[^\s*\\]\*(?![*\w])|\*(?=[^\s*])[^*\n]*[^\s*\\]\*\*(?![*\w]))"
    ),
    "LRT252.link": re.compile(r"(?<![\\!])\[\s*\]\((?=\S)"),
}
"""Two stars at one side of a word and one at the other, of which one is left; a link of nothing."""
MARKUP = re.compile(
    rf"\A[{GLYPHS}](?=\s)|[\ue000-\uf8ff]|</?(?:b|i|u|br|em|strong|p|span|div)\s*/?>"
    r"|\*\*(?=\S)|\]\(|\]\{(?=\s*(?!weglaten)[a-z]+\s*=)|\[\^\w+\]|(?<!\w)\*(?=\w[^*]*\w\*(?!\w))|~~(?=\S)"
    r"|(?<!\w)__(?=[^\W_])|\[/[biu]\]"
)
"""Markup in a text that has none."""
_TAG = r"[A-Za-z_][\w.]*(?:\s*[|:][^{}]*?)?"
LITERAL = re.compile(
    rf"\{{%.*?%\}}|\{{\s*\{{?\s*(?P<braced>{_TAG})\s*\}}?\s*\}}"
    r"|(?:[«‹]|\[\[|<<)\s*(?P<quoted>[A-Za-z_]\w*)\s*(?:[»›]|\]\]|>>)"
    r"|\{\s*(?P<phrase>[^\W\d_][\w.'’-]*(?:[ /][\w.'’/-]+)+)\s*\}"
)
"""What was meant as a tag, in a text that is no template."""
NOTHING = frozenset({"None", "nan", "NaN", "NaT", "<NA>", "NULL", "null", "undefined"})
"""What programs write where there is nothing."""
_NOTE = re.compile(r"\w\*(?!\w)")
"""A star behind a word: one before a word may be that of its note."""


def find_half_mark(text: str, whole: str) -> tuple[int, Fault] | None:
    """Return where in `text`, a piece of `whole` without formatting, a mark is left, or None."""
    for key, pattern in _HALF.items():
        match = pattern.search(text)
        if match and not (key == "LRT252.cursief" and _NOTE.search(whole)):
            return match.start(), Fault(key, {"mark": match.group()})
    return None


# --- tables


COMPARES = re.compile(r"\s*>\s?[\d\u20ac=]")
"""A sign for "more than", which might as well begin a quote."""


def split_cells(row: str) -> list[int]:
    """Return where the text of each cell of `row` begins; a | behind a backslash ends none."""
    bare = row.strip()
    first = row.find(bare)
    bars = [first + bar.start() for bar in _BAR.finditer(bare)]
    last = first + len(bare)
    starts = [bar + 1 for bar in bars] if bars[:1] == [first] else [first, *(b + 1 for b in bars)]
    cells = starts[:-1] if starts[-1] == last and bars else starts
    return [start + len(row[start:]) - len(row[start:].lstrip()) for start in cells]


# --- changes to the parser


_BAR = re.compile(r"(?<!\\)\|")
_ATTRIBUTE = re.compile(r"\{\s*([a-z]+)\s*=\s*\"?([^\s{}\"]*)\"?\s*\}")
_ATTRIBUTES = (VALUE, _ATTRIBUTE)


def keep_typed(parser: MarkdownIt) -> None:
    """Let `parser` leave more of a text as it was typed than CommonMark does."""
    from markdown_it.rules_block import blockquote, heading

    list_block = _lists_with_letters()

    def lists(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        line = _line_of(state, start).lstrip()
        begin = state.bMarks[start]
        text = begin + state.tShift[start]
        signed = state.src.startswith(("-", "*", "+"), text)
        minus = signed and state.src[begin:text].strip()  # "- - 2,8" is minus 2,8
        typed = minus or line.startswith("+") or _LIST_NUMBER.match(line)
        return not typed and list_block(state, start, end, silent)

    def quotes(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        more_than = COMPARES.match(_line_of(state, start))
        return not (silent and more_than) and blockquote(state, start, end, silent)

    block, inline = parser.block.ruler, parser.inline.ruler
    around = {"list": ["paragraph", "reference", "blockquote"]}
    around |= {"heading": around["list"], "blockquote": [*around["list"], "list"]}
    for name, rule in (("list", lists), ("heading", heading), ("blockquote", quotes)):
        block.at(name, _unless_broken(rule), {"alt": around[name]})
    block.before("paragraph", "outdent", _outdent, {"alt": ["paragraph"]})
    block.before("paragraph", "unquoted", _unquoted, {"alt": ["blockquote"]})
    inline.at("emphasis", _emphasis)
    inline.after("link", "span", _span)
    inline.before("escape", "typed", _escape)


_PICTURE = re.compile(
    r"!\[(?P<shown>(?:(?!\]\().)*)\]\(\s*(?:<(?P<angled>[^<>]*)>|(?P<file>(?:[^()<>\"\u201c-\u201e]|\([^()]*\))*?))"
    r"(?:\s+(?:[\"\u201c-\u201e](?P<caption>.*)[\"\u201c\u201d]|'(?P<single>.*)'))?\s*\)"
    rf"(?:{VALUE.pattern})?"
)
"""A picture; the name of its file may have spaces in it, and quotes may be those of Word."""
_LONGEST = 5_000
"""A line of so many signs is read in no time, and longer than any picture."""


def read_pictures(parser: MarkdownIt) -> None:
    """Let `parser` read a picture on a line of its own as a block, whatever stands around it."""
    around = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("paragraph", "picture", _picture, {"alt": around})


def _picture(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Read a picture."""
    if state.is_code_block(start) or not state.src.startswith("![", _text_at(state, start)):
        return False
    row = state.src[_text_at(state, start) : state.eMarks[start]].rstrip()
    match = _PICTURE.fullmatch(row) if len(row) <= _LONGEST else None
    if match and not silent:
        token = state.push("picture", "", 0)
        file = (match["angled"] or match["file"] or "").strip()
        caption = (match["caption"] or match["single"] or "").strip()
        shown = " ".join(_ESCAPED.sub(r"\1", match["shown"]).split())
        token.map, token.meta = [start, start + 1], {"file": file, "shown": shown}
        token.meta |= {"caption": caption, "left": match["value"]}
        state.line = start + 1
    return match is not None


_REFERENCE = re.compile(r"\[\^(?P<name>[^\]\[\s^]+)\]")
_NOTE_BEGIN = re.compile(rf"{_REFERENCE.pattern}:[ \t]*")


def read_notes(parser: MarkdownIt) -> None:
    """Let `parser` read footnotes: [^1] in the text, and a paragraph below that begins [^1]:."""
    around = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("paragraph", "note", _note, {"alt": around})
    parser.inline.ruler.before("link", "note", _reference)


def find_note(row: str) -> str:
    """Return the name of the note whose text begins in `row`, at the left, or ""."""
    match = _NOTE_BEGIN.match(row)
    return match["name"] if match else ""


def find_references(text: str) -> list[str]:
    """Return the names of the notes that `text` refers to."""
    return re.findall(rf"(?<!\\){_REFERENCE.pattern}", text)


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the text of a note: up to an empty line, or one that begins something else."""
    begin = _text_at(state, start)
    match = _NOTE_BEGIN.match(state.src, begin, state.eMarks[start])
    if match is None or state.is_code_block(start):
        return False
    if silent:
        return True
    line = start + 1
    rules = state.md.block.ruler.getRules("paragraph")
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if any(rule(state, line, end, True) for rule in rules):
            break
        line += 1
    rows = [state.src[match.end() : state.eMarks[start]]]
    rows += [
        state.src[_text_at(state, each) : state.eMarks[each]] for each in range(start + 1, line)
    ]
    opening = state.push("note_open", "", 1)
    opening.info, opening.markup, opening.map = match["name"], "[^", [start, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = "\n".join(rows).strip(), [start, line], []
    state.push("note_close", "", -1)
    state.line = line
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    """Read the place of a note."""
    match = _REFERENCE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("note", "", 0)
        token.content = match.group()
    state.pos = match.end()
    return True


_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def _text_at(state: StateBlock, line: int) -> int:
    """Return where the text of `line` begins, behind the sign of an item."""
    return state.bMarks[line] + state.tShift[line]


def _lists_with_letters() -> _Rule:
    """Return the rule for lists of the parser, which knows the letters of items as well."""
    from markdown_it.rules_block import list_block
    from markdown_it.rules_block.list import skipOrderedListMarker

    def skip_marker(state: StateBlock, line: int) -> int:
        begin = state.bMarks[line] + state.tShift[line]
        if state.src[begin + 1 : begin + 2] != "." or not state.src[begin].isalpha():
            return skipOrderedListMarker(state, line)
        if "letters" not in state.env:
            state.env["letters"] = _find_letters(state.src)
        return begin + 2 if begin in state.env["letters"] else -1

    ours = {"skipOrderedListMarker": skip_marker, "int": number_of}
    return FunctionType(list_block.__code__, {**list_block.__globals__, **ours})


def number_of(marker: str) -> int:
    """Return the number of an item of a list, which is a letter as well."""
    return int(marker) if marker.isdigit() else ord(marker or "`") - ord("`")


def _find_letters(source: str) -> set[int]:
    """Return where in `source` a letter is that of an item: the next or the one before is there.

    One by itself is no item: "p. 12".
    """
    found, last = set[int](), dict[int, tuple[int, str]]()
    for match in _LETTERED.finditer(source):
        column = len(match[1].rpartition("\n")[2])
        before, letter = last.get(column, (0, ""))
        if number_of(letter) + 1 == number_of(match[2]) > 1:
            found |= {before, match.start(2)}
        last[column] = match.start(2), match[2]
    return found


def _line_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]]


def _unless_broken(rule: _Rule) -> _Rule:
    """Return `rule`, which does not end a paragraph within a sentence; ## is of none."""

    def apart(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        inside = silent and state.parentType == "paragraph" and start > 0
        inside = inside and not _line_of(state, start).lstrip().startswith("##")
        if inside and state.sCount[start] >= state.blkIndent:
            last = start + 1 < state.lineMax
            around = [_line_of(state, line) for line in range(start - 1, start + 1 + last)]
            if _breaks_sentence(around, 1):
                return False
        return rule(state, start, end, silent)

    return apart


def _outdent(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """End a paragraph of an item before a line that begins to the left of it."""
    return silent and state.sCount[start] < state.blkIndent


def _unquoted(state: StateBlock, _start: int, _end: int, silent: bool) -> bool:
    """End a quote before a line that has no > before it."""
    return silent and state.parentType == "blockquote"


def _span(state: StateInline, silent: bool) -> bool:
    """Read a part in brackets with what it is behind it: [The committee]{taal=en}.

    Other braces stay as they were typed, as those of a word of each recipient. Where only the end
    of a link is sought, it is no more than its brackets: it may stand in a link.
    """
    if silent or state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, False)
    ways = (form.match(state.src, end + 1) for form in _ATTRIBUTES if end >= 0)
    told = next((each for each in ways if each), None)
    if told is None:
        return False
    name, value = (NAME, told["value"]) if told.re is VALUE else told.groups()
    begin, last = state.pos + 1, state.posMax
    state.pos, state.posMax = begin, end
    state.push("span_open", "span", 1).meta = {"name": name, "value": value}
    state.tokens[-1].markup = told[0]
    state.md.inline.tokenize(state)
    state.push("span_close", "span", -1)
    state.posMax = last
    state.pos = told.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Read a mark of emphasis, which stands neither inside a word nor between figures."""
    from markdown_it.rules_inline.emphasis import tokenize

    begin, known = state.pos, len(state.delimiters)
    if state.src[begin] != "*" or not tokenize(state, silent):
        return False
    end = state.pos
    around = state.src[max(begin - 2, 0) : begin].strip()[-1:], state.src[end : end + 2].strip()[:1]
    sum_sign = end - begin == 1 and all(sign.isdigit() for sign in around)
    for mark in state.delimiters[known:]:
        inside = mark.open and mark.close
        mark.open = mark.open and not (sum_sign or (inside and around[0].isalnum()))
        mark.close = mark.close and not (sum_sign or (inside and around[1].isalnum()))
    return True


_STOP = r"(?:(?!\*\*|\]\(|\\[\n`])\S)"
_PATH = re.compile(
    rf"(?:(?<=(?<!\w)[A-Za-z]):\\(?=\S)|(?<![\\\w])\\\\(?=\w)){_STOP}*"
    rf"(?: (?:[\w-]+ )*[\w-]+\\[^\s*.)]{_STOP}*)*"
)
"""The way to a file, in which no sign is markup; from its colon on, or from two backslashes."""


def _escape(state: StateInline, silent: bool) -> bool:
    """Read a path, two backslashes, which stay, and one that keeps a bullet a text."""
    pair = state.src[state.pos : state.pos + 2]
    path = _PATH.match(state.src, state.pos) if pair in (":\\", "\\\\") else None
    kept = path.group() if path else pair if pair == "\\\\" else ""
    bullet = pair[0] == "\\" and len(pair) > 1 and pair[1] in GLYPHS
    if not kept and not bullet:
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        token.content = kept or pair[1:]
        token.markup, token.info = kept or pair, "escape"
    state.pos += len(kept or pair)
    return True
