"""`tekst` fields: a small Markdown, parsed into blocks that carry no formatting of their own.

The CommonMark parser lives here and not in the engine, so that a heading or a table is refused
while reading, at its line and column, and never reaches a document. What has no place in the house
style is a fault; nothing is dropped silently. `<ministerie>` is plain text, `<b>` is a fault: only
words that are HTML elements count as HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs.messages import Fault, FaultError
from lrtdocs.model.openbaar.gronden import parse_grond
from lrtdocs.model.openbaar.marks import NAME, TOLD, Weglating, parse_marks
from lrtdocs.model.patroon import Woord, parse_woord, read_words
from lrtdocs.model.typed import (
    COMPARES,
    SURE,
    find_half_mark,
    find_lookalike,
    find_references,
    indent_of,
    keep_typed,
    number_of,
    read_notes,
    read_pictures,
    split_cells,
    width_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from lrtdocs.errors import Place

MAX_LIST_DEPTH = 4
MAX_BRACKETS = 1000
"""So many [ one text may have: looking for the links among them takes their number squared."""
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_WEB = r"https?://[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:[/?#].*)?"
_ADDRESS = re.compile(rf"(?i:{_WEB})|(?i:mailto:){EMAIL.pattern}|(?i:tel:)\+?[\d().-]+")
_LINK_SCHEME = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@/\\.:{-])(?:https?://|www\.(?=[\w-]+\.))[^\s<>\"|\\]+"
    r"|(?<![\w.+%/\\:@{-])[\w.+%-]+@(?:[\w-]+\.)+[^\W\d_]{2,}(?![\w@-])",
    re.IGNORECASE,
)
"""What may be an address in the middle of a text: pages with www or https, and mail."""
_GO_ON = ("text_special", "em_open", "strong_open", "word")
_SITE = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
_FILE = re.compile(
    r"[^/?#]*\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|txt|rtf|zip|csv|jpe?g|png|msg|eml|ya?ml|md)",
    re.IGNORECASE,
)
_AT_LEFT = {"blockquote": "LRT210.citaat-lijst", "table": "LRT210.tabel-lijst"}
"""The message of each block that cannot stand in a list."""
_MAIL = re.compile(
    r"(?:van|from|aan|to|verzonden|sent|onderwerp|subject|datum|date|cc)\s?:\s", re.IGNORECASE
)
_QUOTED = re.compile(r"\s*> ?")
_STOPS = ".:;?!\"'\u201d\u2019)"
"""What a sentence ends with, or leads to a quote with."""
_REFUSED_BLOCKS = {
    "code_block": ("LRT210.inspringen", ""),
    "fence": ("LRT210.code", ""),
    "hr": ("LRT210.lijn", ""),
    "heading": ("LRT210.kop", "#"),
}
"""The message of each block that cannot be printed, and the characters to point at."""
_REGIONS = (
    "am-ET ar-SA bg-BG cs-CZ da-DK de-DE el-GR en-GB es-ES et-EE fa-IR fi-FI fr-FR fy-NL ga-IE "
    "he-IL hi-IN hr-HR hu-HU hy-AM id-ID it-IT ja-JP ka-GE ko-KR ku-TR la-VA lt-LT lv-LV mt-MT "
    "nb-NO nl-NL pap-CW pl-PL ps-AF pt-PT ro-RO ru-RU sk-SK sl-SI so-SO sq-AL sr-RS srn-SR sv-SE "
    "ta-IN th-TH ti-ER tr-TR uk-UA ur-PK vi-VN yi-001 zh-CN"
)
_LANGUAGES = {tag.partition("-")[0]: tag for tag in _REGIONS.split()}
"""The languages that a part of a text may be in by their code, and as Word has them."""
_WITH_REGION = re.compile(r"([a-z]{2,3})-[A-Z]{2}")
_SHOWN_FILE = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?)$", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?i)(?:een )?(?:(?:afbeelding|beeld|foto|plaatje|figuur|grafiek|kaart(?:je)?|tabel|logo|image"
    r"|picture|screen ?shot|scherm(?:afbeelding|afdruk)|img|dsc\w?|pxl)[\s_\d.:-]*)+"
    r"|beschrijving|alt|.*\.(?:png|jpe?g|gif|bmp|tiff?)"
)
"""What says of a picture nothing that its reader would not know."""
_HTML_NAMES = (
    "a abbr address article aside audio b big blockquote body br button caption center cite code "
    "col colgroup dd del details div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 "
    "h5 h6 head header hr html i iframe img input ins kbd label li link main mark meta nav object "
    "ol option p pre q s samp script section select small source span strike strong style sub "
    "summary sup svg table tbody td template textarea tfoot th thead title tr tt u ul var video wbr"
)
_HTML = (
    rf"(?i)(?<!\\)(?:<!--|</?(?:{'|'.join(_HTML_NAMES.split())})(?:\s[^<>]*)?/?>"
    r"|\[/(?:b|i|u|url|img)\])"
)
"""Slow to compile, and nearly no text has a sign that it could match."""


# --- what a text consists of


@dataclass(frozen=True, slots=True)
class Tekstdeel:
    """A piece of text in one format.

    `link` is the address it leads to, `taal` the language it is in as Word has it ("en-GB"), if
    that is not the language of the document. With `weglaten` a publication copy has it not.
    """

    tekst: str
    vet: bool = False
    cursief: bool = False
    link: str | None = None
    taal: str | None = None
    weglaten: Weglating | None = None


@dataclass(frozen=True, slots=True)
class Woorddeel(Tekstdeel):
    """A word of each recipient, as it was typed, in the format of what is filled in.

    `line` and `column` are where it stands in the text, counted from 0.
    """

    woord: Woord = field(default_factory=lambda: Woord(""))
    line: int = field(default=0, repr=False, compare=False)
    column: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Regeleinde:
    """A hard line break inside a paragraph."""

    weglaten: Weglating | None = None


@dataclass(frozen=True, slots=True)
class Voetnoot:
    """A footnote, in the place of its number in the text."""

    inhoud: tuple[Inline, ...]
    weglaten: Weglating | None = None


Inline = Tekstdeel | Regeleinde | Voetnoot


@dataclass(frozen=True, slots=True)
class Afbeelding:
    """A picture on a line of its own: its file as it was typed, what it shows, and its caption.

    `line` and `column` are where it stands in the text, counted from 0. A `hand` is a signature:
    it takes the room that is else left for one. With `weglaten` a publication copy has it not.
    """

    bestand: str
    beschrijving: str
    onderschrift: tuple[Inline, ...] = ()
    line: int = field(default=0, repr=False, compare=False)
    column: int = field(default=0, repr=False, compare=False)
    hand: bool = False
    weglaten: Weglating | None = None

    def __str__(self) -> str:
        caption = _plain(self.onderschrift)
        return f"[Afbeelding: {self.beschrijving}]" + (f"\n{caption}" if caption else "")


@dataclass(frozen=True, slots=True)
class Alinea:
    """One paragraph, or a heading in the text."""

    inhoud: tuple[Inline, ...]
    kop: bool = False

    def __str__(self) -> str:
        return _plain(self.inhoud)


@dataclass(frozen=True, slots=True)
class Citaat:
    """A quote of one or more paragraphs."""

    alineas: tuple[Alinea, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.alineas))


Cel = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Tabel:
    """A table: the cells of its header row and of the rows below, and how each column is aligned.

    `uitlijning` has "", "left", "center" or "right" for each column. With `totaal` the last row is
    that of the others together.
    """

    kop: tuple[Cel, ...]
    rijen: tuple[tuple[Cel, ...], ...]
    uitlijning: tuple[str, ...]
    totaal: bool = False

    def __str__(self) -> str:
        return "\n".join(" | ".join(map(_plain, row)) for row in (self.kop, *self.rijen))


@dataclass(frozen=True, slots=True)
class Lijst:
    """A list; each item is a row of blocks, the first of which is usually a paragraph.

    One that is numbered counts from `start`, with letters if they were typed.
    """

    genummerd: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1
    letters: bool = False

    def __str__(self) -> str:
        return "\n".join(
            _hang(
                f"{chr(96 + number) if self.letters else number}. " if self.genummerd else "- ",
                item,
            )
            for number, item in enumerate(self.items, start=self.start)
        )


Block = Afbeelding | Alinea | Citaat | Lijst | Tabel
Node = Block | Inline


def _plain(inlines: Sequence[Inline]) -> str:
    return "".join(map(_plain_part, inlines))


def _plain_part(part: Inline) -> str:
    if isinstance(part, Voetnoot):
        return f" (noot: {_plain(part.inhoud)})"
    return part.tekst if isinstance(part, Tekstdeel) else "\n"


def _hang(marker: str, item: Sequence[Block]) -> str:
    """Return `item` as plain text behind `marker`, further lines indented as far."""
    return marker + "\n".join(map(str, item)).replace("\n", "\n" + " " * len(marker))


class TekstFault(NamedTuple):
    """Something wrong in a text: where, counted from 0 within the text, and what."""

    line: int
    column: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Tekst:
    """A parsed text: `source` as typed, `blocks` to print; `remarks` are warnings, not faults.

    `place` is where it stands, if that cannot be found otherwise.
    """

    source: str
    blocks: tuple[Block, ...]
    remarks: tuple[TekstFault, ...] = field(default=(), repr=False, compare=False)
    place: Place | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        return "\n".join(map(str, self.blocks))

    def __bool__(self) -> bool:
        return bool(self.blocks)

    @property
    def pictures(self) -> tuple[Afbeelding, ...]:
        """The pictures in the text, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Afbeelding))

    @property
    def woorden(self) -> tuple[Woorddeel, ...]:
        """The words of each recipient in the text, in order."""
        return tuple(_find_words(self.blocks))

    @property
    def alone(self) -> frozenset[Woorddeel]:
        """Those of the `woorden` that are a paragraph by themselves, left out where it is empty."""
        rows = (block.inhoud for block in self.blocks if isinstance(block, Alinea))
        return frozenset(row[0] for row in rows if len(row) == 1 and isinstance(row[0], Woorddeel))


@dataclass(frozen=True, slots=True)
class WordTekst(Tekst):
    """A text with words of each recipient; `marked` tells of each block if there is one in it."""

    marked: tuple[bool, ...] = ()

    @classmethod
    def of(cls, tekst: Tekst, place: Place | None) -> WordTekst:
        """Return `tekst`, which stands at `place`, ready to be filled many times."""
        marked = tuple(any(True for _ in _find_words([block])) for block in tekst.blocks)
        return cls(tekst.source, tekst.blocks, tekst.remarks, place, marked)


TABEL = "tabel"
"""The word that, alone in a paragraph, is the table of the rows of a letter."""
MakeTabel = Callable[[], "Tabel"]


class Filled:
    """What the texts of one letter are filled with: its `woorden`, by word as typed, and a table.

    The table of its rows is made when somebody asks for it, in whatever process that is.
    """

    def __init__(self, woorden: Mapping[str, str], make: MakeTabel | None = None) -> None:
        self.woorden, self._make = woorden, make

    @cached_property
    def tabel(self) -> Tabel | None:
        """The table of the rows, or None where there is none."""
        return self._make() if self._make else None

    @cached_property
    def _text(self) -> str:
        return repr({TABEL: self.tabel, **self.woorden})

    def __reduce__(self) -> tuple[Any, ...]:
        return Filled, (self.woorden, self._make)

    def __repr__(self) -> str:
        return self._text  # asked for each text that is filled with it


def has_table(block: Block) -> bool:
    """Tell whether `block` is the place of the table of rows."""
    if not isinstance(block, Alinea) or block.kop or len(block.inhoud) != 1:
        return False
    part = block.inhoud[0]
    return isinstance(part, Woorddeel) and part.woord == Woord(TABEL)


def add_table(tekst: Tekst | None) -> Tekst:
    """Return `tekst` with a place for the table of rows: behind it, unless it has one."""
    if tekst is not None and any(map(has_table, tekst.blocks)):
        return tekst
    spot = Alinea((Woorddeel(f"{{{TABEL}}}", woord=Woord(TABEL)),))
    return replace(tekst, blocks=(*tekst.blocks, spot)) if tekst else Tekst("", (spot,))


class FilledTekst(Tekst):
    """A text with the words of one recipient filled in.

    It is cheap to make, and to send to another process: it is the text that all share, and the
    `values` that it is filled with. The blocks are made when somebody asks for them.
    """

    __slots__ = ("_blocks", "base", "values")
    base: WordTekst
    values: Filled
    _blocks: tuple[Block, ...] | None

    def __init__(self, base: WordTekst, values: Filled) -> None:
        for name, value in (("base", base), ("values", values), ("_blocks", None)):
            object.__setattr__(self, name, value)

    @property
    def source(self) -> str:
        """The text as it was typed, for all recipients."""
        return self.base.source

    @property
    def place(self) -> Place | None:
        """Where the text stands."""
        return self.base.place

    @property
    def remarks(self) -> tuple[TekstFault, ...]:
        """What there is to say of the text as it was typed."""
        return self.base.remarks

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is printed for this recipient."""
        if self._blocks is None:
            object.__setattr__(self, "_blocks", _fill(self.base, self.values))
        return self._blocks or ()

    def __reduce__(self) -> tuple[Any, ...]:
        return FilledTekst, (self.base, self.values)

    def __repr__(self) -> str:
        return f"FilledTekst({self.values!r})"


@dataclass(frozen=True, slots=True)
class PartedTekst(Tekst):
    """A text of which a template may also ask the `parts`, each by its name."""

    parts: Mapping[str, object] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, tekst: Tekst, parts: Mapping[str, object]) -> PartedTekst:
        """Return `tekst` with these parts."""
        return cls(tekst.source, tekst.blocks, tekst.remarks, tekst.place, parts)


class TekstError(ValueError):
    """A text with faults; `faults` holds all of them, in reading order."""

    def __init__(self, faults: Sequence[TekstFault]) -> None:
        super().__init__(faults)
        self.faults = list(faults)

    def __str__(self) -> str:
        return " ".join(each.fault.text for each in self.faults)


# --- words of each recipient


def parts_of(node: Node) -> Iterable[Node]:
    """Return what `node`, a block or an inline, consists of."""
    if isinstance(node, Alinea | Voetnoot):
        return node.inhoud
    if isinstance(node, Citaat):
        return node.alineas
    if isinstance(node, Afbeelding):
        return node.onderschrift
    if isinstance(node, Tabel):
        return [part for row in (node.kop, *node.rijen) for cell in row for part in cell]
    return [part for item in node.items for part in item] if isinstance(node, Lijst) else ()


def _find_words(nodes: Iterable[Node]) -> Iterator[Woorddeel]:
    for node in nodes:
        if isinstance(node, Woorddeel):
            yield node
        else:
            yield from _find_words(parts_of(node))


def _fill(tekst: WordTekst, values: Filled) -> tuple[Block, ...]:
    """Return the blocks of `tekst` with the `values` of its words.

    A paragraph of which nothing is left is left out, and so is the place of a table that is none.
    """
    blocks: list[Block] = []
    for block, marked in zip(tekst.blocks, tekst.marked, strict=True):
        if marked and has_table(block):
            blocks += [values.tabel] if values.tabel else []
            continue
        new = _fill_block(block, values.woorden) if marked else block
        if not (marked and isinstance(new, Alinea)) or _plain(new.inhoud).strip():
            blocks.append(new)
    return tuple(blocks)


def _fill_block(block: Block, woorden: Mapping[str, str]) -> Block:
    if isinstance(block, Alinea):
        return Alinea(_fill_inlines(block.inhoud, woorden), block.kop)
    if isinstance(block, Citaat):
        filled = (Alinea(_fill_inlines(one.inhoud, woorden), one.kop) for one in block.alineas)
        return Citaat(tuple(filled))
    if isinstance(block, Afbeelding):
        return replace(block, onderschrift=_fill_inlines(block.onderschrift, woorden))
    if isinstance(block, Tabel):
        rows = [
            tuple([_fill_inlines(cell, woorden) for cell in row])
            for row in (block.kop, *block.rijen)
        ]
        return Tabel(rows[0], tuple(rows[1:]), block.uitlijning)
    items = tuple([tuple([_fill_block(part, woorden) for part in item]) for item in block.items])
    return Lijst(block.genummerd, items, block.start, block.letters)


def _fill_inlines(parts: Sequence[Inline], woorden: Mapping[str, str]) -> tuple[Inline, ...]:
    return tuple([
        part if type(part) in _PLAIN else _fill_inline(part, woorden) for part in parts
    ])  # fmt: skip


def _fill_inline(part: Inline, woorden: Mapping[str, str]) -> Inline:
    if isinstance(part, Woorddeel):
        value = woorden[part.tekst]
        return Tekstdeel(value, part.vet, part.cursief, part.link, part.taal, part.weglaten)
    if isinstance(part, Voetnoot):
        return Voetnoot(_fill_inlines(part.inhoud, woorden), part.weglaten)
    return part


_PLAIN = {Tekstdeel, Regeleinde}


# --- reading


@lru_cache(maxsize=2)
def _parser(*, words: bool = False) -> MarkdownIt:
    """Return CommonMark plus tables, without HTML, entities and references; or also with words."""
    from markdown_it import MarkdownIt  # many files without a text are read as well

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    parser.disable(["html_block", "html_inline", "entity", "reference", "text_join"])
    keep_typed(parser)
    read_pictures(parser)
    read_notes(parser)
    if words:
        read_words(parser)
    parser.validateLink = lambda _url: True  # type: ignore[assignment, method-assign]  # judged here, with a place
    return parser


def parse_tekst(source: str, *, words: bool = False) -> Tekst:
    """Parse the small Markdown in `source`; raise `TekstError` with all that cannot be printed.

    With `words` those of each recipient may stand in it, between braces.
    """
    if source.count("[") > MAX_BRACKETS:
        raise TekstError([TekstFault(0, 0, Fault("LRT210.haakjes", {"limit": MAX_BRACKETS}))])
    reader = _Reader(source, words=words)
    tokens = reader.parser.parse(source)
    reader.read_notes(tokens)
    blocks = tuple(reader.blocks(tokens, depth=0))
    reader.check_notes()
    reader.check_marks()
    if reader.faults:
        raise TekstError(sorted(set(reader.faults), key=lambda each: each[:2]))
    return Tekst(source, blocks, tuple(reader.remarks))


def paragraph_lines(source: str) -> list[tuple[int, int]]:
    """Return of each paragraph in `source` its first line, and the one behind it.

    A heading, a whole table and a picture count as one.
    """
    found, in_table = [], False
    for token in _parser().parse(source):
        whole = token.type in {"table_open", "picture"}
        if token.map and (whole or (token.type == "inline" and not in_table)):
            found.append((token.map[0], token.map[1]))
        in_table = token.type == "table_open" or (in_table and token.type != "table_close")
    return found


def parse_besluit(source: str) -> Tekst:
    """Parse the text of a decision, in which no heading, table or picture can stand.

    The decisions of a meeting stand in the cells of a table themselves.
    """
    tekst = parse_tekst(source)
    if tekst.pictures:
        fault = Fault("LRT210.plaatje-besluit")
        raise TekstError([TekstFault(each.line, each.column, fault) for each in tekst.pictures])
    lines = list(enumerate(source.splitlines()))
    if any(isinstance(block, Alinea) and block.kop for block in tekst.blocks):
        found = (
            TekstFault(line, row.find("#"), Fault("LRT210.kop", {}))
            for line, row in lines
            if row.lstrip().startswith("### ")
        )
        raise TekstError(list(found))
    if any(isinstance(block, Tabel) for block in tekst.blocks):
        line = next(line for line, row in lines if set(row.strip()) <= set("|-: ") and "-" in row)
        place = max(line - 1, 0), indent_of(lines[line - 1][1])
        raise TekstError([TekstFault(*place, Fault("LRT210.tabel-besluit", {}))])
    return tekst


@dataclass(slots=True)
class _Note:
    """The text of a note, where it stands, and whether it has its place in the text."""

    note: Voetnoot
    line: int
    column: int
    used: bool = False


class _Reader:
    """Walks over the tokens of one text and gathers what is wrong."""

    def __init__(self, source: str, *, words: bool = False) -> None:
        self.source = source
        self.parser = _parser(words=words)
        self.lines = re.split(r"\r\n|\r|\n", source)
        self.width = max(map(width_of, self.lines))
        self.faults: list[TekstFault] = []
        self.remarks: list[TekstFault] = []
        self.notes: dict[str, _Note] = {}
        self.referred: set[str] = set()
        self.marked: list[tuple[int, int]] = []
        """Where the marks stand that say that something is left out."""
        self.inside = ""
        """The message of a note in what is being read, where that can hold none."""

    def read_notes(self, tokens: Sequence[Token]) -> None:
        """Read the texts of the notes among `tokens`, to which the text refers."""
        for opening, inline in pairwise(tokens):
            if opening.type != "note_open":
                continue
            at, name = self._place(opening, ""), f"[^{opening.info}]"
            self.inside = "LRT299.in-noot"
            text = tuple(self._inlines(inline))
            self.inside = ""
            if name in self.notes:
                told = {"line": self.notes[name].line + 1, "free": self.free_note()}
                self.fault("LRT299.dubbel", at, name=name, **told)
            elif not inline.content:
                self.fault("LRT299.leeg", at, name=name)
            self.notes.setdefault(name, _Note(Voetnoot(text), *at))

    def free_note(self) -> str:
        """Return a name that no note of the text has."""
        taken = {*self.notes, *(f"[^{name}]" for name in find_references(self.source))}
        return next(str(number) for number in count(1) if f"[^{number}]" not in taken)

    def check_notes(self) -> None:
        """Tell of the notes that nothing refers to."""
        for name, note in self.notes.items():
            if name not in self.referred:
                self.fault("LRT299.los", (note.line, note.column), name=name)

    def check_marks(self) -> None:
        """Tell of what was meant as a mark to leave something out, and was not read as one."""
        typed = [
            (line, match.start(), match[0])
            for line, row in enumerate(self.lines)
            for match in (TOLD.finditer(row) if NAME in row.lower() else ())
            if row[match.start() - 1 : match.start()] != "\\"
        ]
        left = len(typed) - len(self.marked)
        for line, column, found in [each for each in typed if each[:2] not in self.marked][:left]:
            self.fault("LRT801.los", (line, column), found=found)

    def mark(self, value: str, at: tuple[int, int]) -> Weglating | None:
        """Return the mark with the ground `value`, which stands `at` there; tell of no ground."""
        self.marked.append(at)
        try:
            return Weglating(parse_grond(value), *at)
        except FaultError as error:
            self.faults.append(TekstFault(*at, error.fault))
        return None

    def blocks(self, tokens: Sequence[Token], depth: int) -> Iterator[Block]:
        """Yield the blocks among `tokens`; `depth` is the number of lists around them."""
        before, ended = "", -1
        for opening, inner in _groups(tokens):
            kind = opening.type.removesuffix("_open")
            begins, ends = opening.map or (0, 0)
            if begins == ended and kind in ("paragraph", "blockquote"):
                self._check_border(before, kind, begins)
            before, ended = kind, ends
            if kind == "paragraph":
                yield Alinea(tuple(self._inlines(inner[0])))
            elif kind in ("bullet_list", "ordered_list"):
                yield from self._lists(opening, inner, depth + 1)
            elif kind == "picture":
                yield from self._picture(opening, depth)
            elif kind == "note":
                continue  # was read before
            elif kind in _AT_LEFT and depth:
                self.fault(_AT_LEFT[kind], self._place(opening, ""))
            elif kind == "blockquote":
                yield self._quote(opening, inner)
            elif kind == "table":
                yield self._table(inner)
            elif opening.markup == "###" and inner[0].content and depth == 0:
                self.inside = "LRT299.in-tussenkop"
                yield Alinea(tuple(self._inlines(inner[0])), kop=True)
                self.inside = ""
            elif kind == "heading" and opening.markup in ("=", "-"):
                last = (opening.map or (0, 1))[1] - 1
                self.fault("LRT210.kopregel", (last, indent_of(self.lines[last])))
            else:
                key, mark = _REFUSED_BLOCKS[kind]
                self.fault(key, self._place(opening, mark))

    def _lists(self, opening: Token, inner: Sequence[Token], depth: int) -> Iterator[Lijst]:
        """Yield the list that begins at `opening`, cut where the numbers that were typed jump."""
        numbered = opening.type == "ordered_list_open"
        if depth == MAX_LIST_DEPTH + 1:
            self.fault("LRT210.diep", self._place(opening, inner[0].info), limit=MAX_LIST_DEPTH)
        items: list[tuple[Block, ...]] = []
        start = number = 1
        letters = inner[0].info.isalpha()
        for index, (item, content) in enumerate(_groups(inner)):
            blocks = tuple(self.blocks(content, depth)) or (Alinea(()),)
            if numbered and (number_of(item.info) != number or item.info.isalpha() != letters):
                self._check_number(item, number - 1 if index else None)
                if items:
                    yield Lijst(numbered, tuple(items), start, letters)
                items, start = [], number_of(item.info)
                number, letters = start, item.info.isalpha()
            items.append(blocks)
            number += 1
        yield Lijst(numbered, tuple(items), start, letters)

    def _check_border(self, before: str, kind: str, line: int) -> None:
        """Remark upon a quote and a text that touch, where one may be meant to go on in the other.

        The quote has the kind "blockquote", and the second of the two begins on `line`.
        """
        row, above = self.lines[line].lstrip(), self.lines[line - 1].rstrip() or "."
        if kind == "blockquote":
            key = "LRT251.citaat" if before == "paragraph" and above[-1] not in _STOPS else ""
        else:
            key = "LRT251.na-citaat" if before == "blockquote" and row[:1].islower() else ""
        if key:
            self.remarks.append(TekstFault(line, indent_of(self.lines[line]), Fault(key, {})))

    def _quote(self, opening: Token, inner: Sequence[Token]) -> Citaat:
        """Return a quote, whose lines are read as if they had no > before them."""
        start, end = opening.map or (0, 0)
        place = self._place(opening, "")
        if COMPARES.match(self.lines[start], place[1]):
            self.fault("LRT210.citaat", place)
        for line in range(start, end):
            self.lines[line] = _QUOTED.sub(lambda mark: " " * len(mark[0]), self.lines[line], 1)
        known, paragraphs = len(self.remarks), []
        for block, content in _groups(inner):
            if block.type == "paragraph_open":
                paragraphs.append(Alinea(tuple(self._inlines(content[0]))))
            elif block.type != "note_open":
                nested = block.type == "blockquote_open"
                key = "LRT210.citaat-dieper" if nested else "LRT210.citaat-blok"
                self.fault(key, self._place(block, ""))
        if not inner:
            self.fault("LRT210.citaat-leeg", place)
        self.remarks[known:] = map(self._of_quote, self.remarks[known:])
        self.lines[start:end] = [""] * (end - start)
        return Citaat(tuple(paragraphs))

    def _of_quote(self, remark: TekstFault) -> TekstFault:
        """Return `remark`, of a quote, with what may be done there if its rows run on."""
        if remark.fault.key not in ("LRT251.regels", "LRT251.tabel"):
            return remark
        is_mail = _MAIL.match(self.lines[remark.line].lstrip())
        key = "LRT251.mail" if is_mail else "LRT251.regels-citaat"
        return remark._replace(fault=Fault(key, {}))

    def _table(self, tokens: Sequence[Token]) -> Tabel:
        """Return a table, each row of which has as many cells as the first."""
        align = [str(t.attrGet("style") or "") for t in tokens if t.type == "th_open"]
        rows: list[tuple[Cel, ...]] = []
        for row, inner in _groups([t for t in tokens if t.type[:5] not in ("thead", "tbody")]):
            line = (row.map or (0, 0))[0]
            inlines = [t for t in inner if t.type == "inline"]
            if not any(each.content for each in inlines):
                self.fault("LRT210.rij-leeg", (line, indent_of(self.lines[line])))
            elif not rows and not all(each.content for each in inlines[1:]):
                fault = Fault("LRT210.kop-leeg", {})
                self.remarks.append(TekstFault(line, indent_of(self.lines[line]), fault))
            self.inside = "" if rows else "LRT299.in-tabelkop"
            rows.append(tuple(self._cells(line, inlines)))
        self.inside = ""
        if len(rows) == 1:
            self.fault("LRT210.tabel-leeg", (line, indent_of(self.lines[line])))
        return Tabel(rows[0], tuple(rows[1:]), tuple(each.partition(":")[2] for each in align))

    def _cells(self, line: int, inlines: Sequence[Token]) -> Iterator[Cel]:
        """Yield the cells of the row on `line`; tell when it has more or fewer than it must."""
        self._refuse_html(line, line + 1, in_cell=True)
        typed = split_cells(self.lines[line])
        if len(typed) != len(inlines):
            counts = {"wanted": len(inlines), "cells": len(typed)}
            key = "LRT210.rij" if "|" in self.lines[line] else "LRT210.rij-tekst"
            self.fault(key, (line, indent_of(self.lines[line])), **counts)
        for inline, column in zip(inlines, [*typed, *[0] * len(inlines)], strict=False):
            walk = _InlineWalk(self, line, line + 1)
            walk.column = column
            yield tuple(walk.walk(inline.children or []))

    def _picture(self, token: Token, depth: int) -> Iterator[Afbeelding]:
        """Yield the picture that `token` is; in a list it is refused."""
        line = (token.map or (0, 0))[0]
        at = line, max(self.lines[line].find("!["), 0)
        file, shown, caption = token.meta["file"], token.meta["shown"], token.meta["caption"]
        if depth:
            self.fault("LRT210.plaatje", at)
        elif not file:
            self.fault("LRT298.naam", at)
        elif not shown:
            self.fault("LRT298.beschrijving", at)
        else:
            if _says_nothing(shown, file):
                self.remarks.append(TekstFault(*at, Fault("LRT298.vaag", {"shown": shown})))
            for match in re.finditer(_HTML, caption):
                self.fault("LRT210.html", at, tag=match.group())
            pieces = self.parser.parseInline(caption)[0].children or []
            inlines = _InlineWalk(self, line, line + 1).walk(pieces)
            ground = token.meta["left"]
            left = None if ground is None else self.mark(ground, self._last_mark(line))
            shown = self._marked_line(shown, line)
            yield Afbeelding(file, shown, tuple(inlines), *at, weglaten=left)

    def _last_mark(self, line: int) -> tuple[int, int]:
        return line, max(match.start() for match in TOLD.finditer(self.lines[line]))

    def _marked_line(self, text: str, line: int) -> str:
        """Return `text`, of a picture on `line`, with its marks read."""
        places = [(line, match.start()) for match in TOLD.finditer(self.lines[line])]
        try:
            read = parse_marks(text)
        except FaultError as error:
            self.faults.append(TekstFault(*places[0], error.fault))
            read = text
        self.marked += places[: len(TOLD.findall(text))]
        return read

    def _check_number(self, item: Token, before: int | None) -> None:
        """Remark upon an item with the number of the one before it: that is what is printed."""
        if before is not None and item.info == str(before):
            fault = Fault("LRT225", {"number": item.info, "following": str(before + 1)})
            line = (item.map or (0, 0))[0]
            self.remarks.append(TekstFault(line, self.lines[line].find(item.info), fault))

    def _inlines(self, inline: Token) -> list[Inline]:
        start, end = inline.map or (0, 0)
        self._refuse_html(start, end)
        if found := find_lookalike(self.lines, start, inline.content, self.width):
            is_sure = found[2].key in SURE
            (self.faults if is_sure else self.remarks).append(TekstFault(*found))
        return _InlineWalk(self, start, end).walk(inline.children or [])

    def _refuse_html(self, start: int, end: int, *, in_cell: bool = False) -> None:
        for line in range(start, end):
            text = self.lines[line]
            for match in re.finditer(_HTML, text) if "<" in text or "[/" in text else ():
                is_break = in_cell and match.group().lower().startswith("<br")
                key = "LRT210.html-vak" if is_break else "LRT210.html"
                self.fault(key, (line, match.start()), tag=match.group())

    def _place(self, opening: Token, mark: str) -> tuple[int, int]:
        """Return line and column of a block; `mark` or its own markup tells where it begins."""
        line = (opening.map or (0, 0))[0]
        wanted = mark or opening.markup
        column = self.lines[line].find(wanted) if wanted else -1
        return line, column if column >= 0 else indent_of(self.lines[line])

    def fault(self, key: str, at: tuple[int, int], **fields: object) -> None:
        self.faults.append(TekstFault(*at, Fault(key, fields)))


class _InlineWalk:
    """Turns the tokens inside one paragraph into pieces, keeping track of the place."""

    def __init__(self, reader: _Reader, line: int, end: int) -> None:
        self.reader, self.line, self.end = reader, line, end
        self.column = 0
        self.bold = self.italic = 0
        self.link: str | None = None
        self.language: str | None = None
        self.left: Weglating | None = None
        self.spans: list[str] = []
        self.pieces: list[Inline] = []

    def walk(self, tokens: Sequence[Token]) -> list[Inline]:
        own = {"link_open": self._open_link, "note": self._note, "word": self._word}
        types = ["", *(each.type for each in tokens), ""]
        for token, before, after in zip(tokens, types, types[2:], strict=False):
            if token.type == "text" and not self.link:
                ends = before == "word", after in _GO_ON
                self._add_linked(token.content, begun=ends[0], goes_on=ends[1])
                self._advance(token.content, escaped=False)
            elif token.type in ("text", "text_special"):
                self._add(token.content)
                self._advance(token.content, escaped=token.type == "text_special")
            elif token.type in ("softbreak", "hardbreak"):
                self._break(hard=token.type == "hardbreak")
            elif token.type.startswith(("strong_", "em_")):
                self._emphasize(token)
            elif token.type == "link_close":
                self.link = None
            elif token.type.startswith("span_"):
                self._span(token)
            elif token.type in own:
                own[token.type](token)
            elif token.type == "image":
                self._refuse("LRT210.plaatje", "![")
            else:
                self._refuse("LRT210.code-in-zin", token.markup or "`")
        if tokens and tokens[-1].type == "text" and tokens[-1].content.endswith("\\"):
            place = self.line, max(self.column - 1, 0)
            self.reader.remarks.append(TekstFault(*place, Fault("LRT252.regeleinde", {})))
        return self.pieces

    def _emphasize(self, token: Token) -> None:
        if token.type.startswith("strong_"):
            self.bold += token.nesting
        else:
            self.italic += token.nesting

    def _add(self, text: str) -> None:
        form = self.bold > 0, self.italic > 0, self.link, self.language, self.left
        piece = Tekstdeel(text, *form)
        last = self.pieces[-1] if self.pieces else None
        if type(last) is Tekstdeel and _format(last) == _format(piece):
            self.pieces[-1] = replace(piece, tekst=last.tekst + text)
        elif text:
            self.pieces.append(piece)

    def _word(self, token: Token) -> None:
        """Add a word of each recipient."""
        line, column = self._find(token.markup) or (self.line, self.column)
        try:
            woord = parse_woord(token.content)
        except FaultError as error:
            self.reader.faults.append(TekstFault(line, column, error.fault))
        else:
            form = self.bold > 0, self.italic > 0, self.link, self.language, self.left
            self.pieces.append(Woorddeel(token.markup, *form, woord, line, column))
        self.line, self.column = line, column + len(token.markup)

    def _add_linked(self, text: str, *, begun: bool, goes_on: bool) -> None:
        """Add `text`, in which the addresses that stand there by themselves are links.

        Behind the last an address may go on, and the first may have `begun` before.
        """
        done = 0
        for match in _BARE.finditer(text) if "@" in text or "." in text else ():
            shown = _without_stops(match[0])
            try:
                address = parse_address(shown)
            except FaultError:
                continue
            at_end = (begun and match.start() == 0) or (goes_on and match.end() == len(text))
            if "{" in match[0] or at_end:
                continue  # a word of each recipient is filled in later
            self._add(text[done : match.start()])
            self.link = address
            self._add(shown)
            self.link, done = None, match.start() + len(shown)
        self._add(text[done:])

    def _break(self, *, hard: bool) -> None:
        if hard:
            self.pieces.append(Regeleinde(self.left))
        else:
            self._add(" ")
        self.line, self.column = min(self.line + 1, max(self.end - 1, self.line)), 0

    def _open_link(self, token: Token) -> None:
        mark = "<" if token.markup == "autolink" else "["
        try:
            self.link = parse_address(str(token.attrGet("href") or ""))
        except FaultError as error:
            key, fields = error.fault.key, error.fault.fields
            shown = key == "LRT262.bestand" and _SHOWN_FILE.search(str(fields["text"]))
            self._refuse("LRT262.plaatje" if shown else key, mark, **fields)
        if token.attrGet("title"):
            self._refuse("LRT210.link-titel", mark)

    def _span(self, token: Token) -> None:
        """Begin or end a part in brackets with what it is behind it."""
        if token.nesting < 0:
            if self.spans.pop() == NAME:
                self.left = None
            else:
                self.language = None
            return
        name = token.meta["name"]
        within, before = NAME in self.spans, self.left
        self.spans.append(name)
        if name != NAME:
            self.language = self._find_language(token)
            return
        at = self._find(token.markup) or (self.line, self.column)
        self.left = self.reader.mark(token.meta["value"], at)
        if within:
            self.left = before
            self.reader.fault("LRT801.dieper", at)

    def _find_language(self, token: Token) -> str | None:
        """Return the language that the attribute behind a part in brackets tells."""
        name, value = token.meta["name"], token.meta["value"]
        if name != "taal":
            self._refuse("LRT210.kenmerk", token.markup, name=name)
            return None
        found = find_language(value)
        if found is None:
            self._refuse("LRT210.taal", token.markup, text=value)
        elif self.language:
            self._refuse("LRT210.taal-dieper", token.markup)
        return found

    def _note(self, token: Token) -> None:
        """Add the note that `token` refers to; one has one place, so that it has one number."""
        name, reader = token.content, self.reader
        note = reader.notes.get(name)
        if reader.inside:
            self._refuse(reader.inside, name, name=name)
        elif note is None:
            self._refuse("LRT299.zonder", name, name=name)
        elif note.used:
            self._refuse("LRT299.tweemaal", name, name=name, free=reader.free_note())
        else:
            self.pieces.append(replace(note.note, weglaten=self.left))
            self._advance(name, escaped=True)
            note.used = True
        reader.referred.add(name)

    def _advance(self, text: str, *, escaped: bool) -> None:
        found = self._find(text)
        if found is not None:
            line, column = found
            mark = None if escaped else find_half_mark(text, self.reader.source)
            if mark is not None:
                self.reader.remarks.append(TekstFault(line, column + mark[0], mark[1]))
            self.line, self.column = line, column + len(text)

    def _refuse(self, key: str, mark: str, **fields: object) -> None:
        line, column = self._find(mark) or (self.line, self.column)
        self.reader.fault(key, (line, column), **fields)
        self.line, self.column = line, column + len(mark)

    def _find(self, text: str) -> tuple[int, int] | None:
        """Return where `text` next stands in the paragraph, or None."""
        column = self.column
        for line in range(self.line, self.end):
            found = self.reader.lines[line].find(text, column)
            if found >= 0:
                return line, found
            column = 0
        return None


def find_language(code: str) -> str | None:
    """Return the tag of the language `code` ("en", or "en-US"), or None when it is not known."""
    with_region = _WITH_REGION.fullmatch(code)
    if with_region:
        return code if with_region[1] in _LANGUAGES else None
    return _LANGUAGES.get(code)


def _says_nothing(shown: str, file: str) -> bool:
    """Tell whether `shown` is no more than the name of the `file`, or a word for any picture."""
    name = re.split(r"[/\\]", file)[-1].rpartition(".")[0]
    return bool(_VAGUE.fullmatch(shown)) or shown.casefold() in (file.casefold(), name.casefold())


def _without_stops(address: str) -> str:
    """Return `address` without the signs behind it that belong to the sentence."""
    while address:
        last = address[-1]
        opens = {")": "(", "]": "["}.get(last, "")
        if last not in ".,;:!?'\u2019\u201d\u2026*_~)]" or (
            opens and address.count(opens) >= address.count(last)
        ):
            break
        address = address[:-1]
    return address


def parse_address(text: str) -> str:
    """Return the address that a click on `text` leads to, with its scheme; raise `FaultError`.

    A site without a scheme gets https://, an e-mail address mailto:. The name of a file is neither:
    who gets the paper has not got the file, and https:// before it makes another address of it.
    """
    address = text = text.strip()
    if not _LINK_SCHEME.match(address):
        is_mail = "@" in address and "/" not in address
        if not (is_mail or _SITE.fullmatch(address)):
            known = re.search(r"(?i)^file:|\\|(?<![:/])/(?!/)", address) or _FILE.fullmatch(address)
            raise FaultError("LRT262.bestand" if known else "LRT262.adres", text=text)
        address = f"mailto:{address}" if is_mail else f"https://{address}"
    scheme, _, rest = address.partition(":")
    if scheme.lower().startswith("http") and _FILE.fullmatch(rest.strip("/")):
        raise FaultError("LRT262.bestand", text=text)
    meant = re.sub(r"\s+", "" if scheme.lower() == "tel" else "%20", address)
    if not _ADDRESS.fullmatch(meant):
        raise FaultError("LRT262.adres", text=text)
    if meant != address:
        raise FaultError("LRT262.spatie", text=text, meant=meant)
    return address


def _format(piece: Tekstdeel) -> tuple[object, ...]:
    return piece.vet, piece.cursief, piece.link, piece.taal, piece.weglaten


def without_marks(parts: Sequence[Inline]) -> Sequence[Inline]:
    """Return `parts` as if none were marked to be left out: of one format they are one."""
    if all(part.weglaten is None for part in parts):
        return parts
    found: list[Inline] = []
    for part in parts:
        last, bare = found[-1] if found else None, replace(part, weglaten=None)
        match last, bare:
            case Tekstdeel(), Tekstdeel() if _format(last) == _format(bare):
                found[-1] = replace(last, tekst=last.tekst + bare.tekst)
            case _:
                found.append(bare)
    return found


def _groups(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Yield each block in `tokens` as its opening token and all that stands inside it."""
    start = depth = 0
    for index, token in enumerate(tokens):
        if depth == 0:
            start = index
        depth += token.nesting
        if depth == 0:
            yield tokens[start], tokens[start + 1 : index]
