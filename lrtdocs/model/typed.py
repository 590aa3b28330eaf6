"""What a text looks like and is not: bullets of Word, half marks, lines that would run together.

The Markdown of a `tekst` changes as little as can be of what was typed (`keep_typed`): a star in a
word or between figures is a star, a line at the left ends a list, a year is no number of a list.
What then looks like markup and is not read as such is told, at its line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.messages import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

GLYPHS = (
    "\u2022\u2023\u25aa\u25ab\u25cf\u25cb\u25e6\u00b7\u2219\u25a0\u25a1\u2756\u27a2\u27a4\u2713\u2714"
    "\u2192\u2794\u25ba\u25b6"
    "\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
)
"""Bullets, as Word has them; the last row are those of its fonts Symbol and Wingdings."""
_GLUED = r"-(?=[^\W\d_]|[\"'\u201c(])|\d{1,2}[.)](?=[^\W\d_]{2})"
_SURE = re.compile(rf"(?P<sign>[{GLYPHS}]|{_GLUED})")
_STAR = re.compile(r"\*(?=\w)[^*]*$")
_UNSURE = re.compile(
    r"(?P<sign>[\u2012-\u2015\u2212]|\d{1,3}[.)](?=\s)|\d{1,2} ?-(?=\s)|\(\w{1,2}\)(?=\s)"
    r"|(?:[a-z]|[ivx]{2,4})[.)](?=\s)|[A-Z]\)(?=\s)|A\.(?=\s.*\nB\.\s)|o(?=\s))"
)
_ITEM = re.compile(rf"[-*](?=\s)|{_SURE.pattern}|{_UNSURE.pattern.replace('P<sign>', ':')}")
_ENDS = (".", ":", ";", "?", "!", ",")
_LABEL = re.compile(r"[A-Z][\w .-]{0,24}:\s+\S")
_ROW = re.compile(r"\|.*\|.*\|$")
_LIST_NUMBER = re.compile(r"\s*\d{4,}[.)]")


class Lookalike(NamedTuple):
    """Something in a text that is not what it looks like; `sure` if it cannot be meant so."""

    line: int
    column: int
    fault: Fault
    sure: bool


def find_lookalikes(lines: Sequence[str], start: int, content: str) -> Iterator[Lookalike]:
    """Yield what looks like an item or a row in the paragraph `content`, from line `start` on.

    Of each paragraph only the first is told.
    """
    for index, row in enumerate(map(str.lstrip, content.split("\n"))):
        line = start + index
        found = _look(lines, line, row, is_first=index == 0)
        if found is not None:
            key, sign, sure = found
            yield Lookalike(line, max(lines[line].find(row), 0), Fault(key, {"sign": sign}), sure)
            return


def _look(
    lines: Sequence[str], line: int, row: str, *, is_first: bool
) -> tuple[str, str, bool] | None:
    """Return key, sign and certainty of what is odd about `row`, the text of `line`, or None."""
    before = lines[line - 1].strip() if line else ""
    after = lines[line + 1].strip() if line + 1 < len(lines) else ""
    if sure := _SURE.match(row):
        return "LRT133.tekst", sure["sign"], True
    if not is_first and re.match(r"[-*]\s", row):  # indented so far that it is no list
        return "LRT133.inspringen", "", False
    if _ROW.match(row):
        return "LRT210.tabel", "|", True
    near = bool(_ITEM.match(before) or _ITEM.match(after))
    unsure = _UNSURE.match(f"{row}\n{after}")
    if unsure and (near or unsure["sign"] == "A." or (before.endswith(_ENDS) and not is_first)):
        return "LRT133.misschien", unsure["sign"], False
    if _STAR.match(row) and (_STAR.match(before) or _STAR.match(after)):
        return "LRT133.misschien", "*", False
    if _LABEL.match(row) and _LABEL.match(after) and not row.endswith(("\\", "  ")):
        return "LRT251.regels", "", False
    after_list = bool(_ITEM.match(before)) or (before and _indent(lines[line - 1]) > 0)
    at_left = lines[line].lstrip().startswith(row) and _indent(lines[line]) == 0
    if is_first and after_list and at_left and row[:1].islower():
        return "LRT251.vervolg", "", False
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


# --- marks that stay


_HALF = {
    "LRT252.vet": re.compile(r"(?<![*\d])\*\*(?=[^\s*])|(?<=[^\s*\d])\*\*(?!\*)"),
    "LRT252.link": re.compile(r"(?<=\])\("),
    "LRT252.voetnoot": re.compile(r"\[\^\w+\]"),
    "LRT252.doorhalen": re.compile(r"~~(?=\S)|(?<=\S)~~"),
    "LRT252.kop": re.compile(r"^#{2,6}(?=\w)"),
    "LRT252.onder": re.compile(r"(?<!\w)_{1,2}(?=[^\W_])[^_]*_(?!\w)"),
    "LRT252.cursief": re.compile(r"(?<!\S)\*(?=\w)"),
}
MARKUP = re.compile(r"\*\*(?=\S)|\]\(|(?<!\w)\*(?=\w[^*]*\w\*(?!\w))|~~(?=\S)")
"""Markup in a text that has none."""
_TAG = r"[A-Za-z_][\w.]*(?:\s*[|:][^{}]*?)?"
LITERAL = re.compile(
    rf"\{{%.*?%\}}|\{{\s*\{{?\s*(?P<braced>{_TAG})\s*\}}?\s*\}}"
    r"|(?:[«‹]|\[\[|<<)\s*(?P<quoted>[A-Za-z_]\w*)\s*(?:[»›]|\]\]|>>)"
)
"""What was meant as a tag, in a text that is no template."""
_NOTE = re.compile(r"\w\*(?!\w)")
"""A star behind a word: one before a word may be that of its note."""


def find_half_mark(text: str, whole: str) -> tuple[int, Fault] | None:
    """Return where in `text`, a piece of `whole` without formatting, a mark is left, or None."""
    for key, pattern in _HALF.items():
        match = pattern.search(text)
        if match and not (key == "LRT252.cursief" and _NOTE.search(whole)):
            return match.start(), Fault(key)
    return None


# --- changes to the parser


def keep_typed(parser: MarkdownIt) -> None:
    """Let `parser` leave more of a text as it was typed than CommonMark does."""
    from markdown_it.rules_block import list_block

    def lists(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        line = state.src[begin : state.eMarks[start]]
        typed = line.startswith("+") or _LIST_NUMBER.match(line)
        return not typed and list_block(state, start, end, silent)

    block, inline = parser.block.ruler, parser.inline.ruler
    block.at("list", lists, {"alt": ["paragraph", "reference", "blockquote"]})
    block.before("paragraph", "outdent", _outdent, {"alt": ["paragraph"]})
    inline.at("emphasis", _emphasis)
    inline.before("escape", "typed", _escape)


def _outdent(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """End a paragraph of an item before a line that begins to the left of it."""
    return silent and state.sCount[start] < state.blkIndent


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Read a mark of emphasis, which stands neither inside a word nor between figures."""
    from markdown_it.rules_inline.state_inline import Delimiter

    marker, begin = state.src[state.pos], state.pos
    if silent or marker != "*":
        return False
    scanned = state.scanDelims(begin, canSplitWord=False)
    end = begin + scanned.length
    around = state.src[max(begin - 2, 0) : begin].strip()[-1:], state.src[end : end + 2].strip()[:1]
    sum_sign = scanned.length == 1 and all(sign.isdigit() for sign in around)
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=scanned.can_open and not sum_sign,
                close=scanned.can_close and not sum_sign,
            )
        )
    state.pos = end
    return True


def _escape(state: StateInline, silent: bool) -> bool:
    """Read a backslash that stays, before another one, and one that keeps a bullet a text."""
    pair = state.src[state.pos : state.pos + 2]
    if pair != "\\\\" and not (pair[:1] == "\\" and pair[1:] in GLYPHS):
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        token.content = pair if pair == "\\\\" else pair[1:]
        token.markup, token.info = pair, "escape"
    state.pos += 2
    return True
