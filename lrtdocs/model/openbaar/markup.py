"""XML and HTML read without trust: the text between tags, what stands in them, and where.

A parser of XML stops at the first mistake, and what stands behind it is not read. Here a tag is
what looks like one, so that a broken file, or one with an odd encoding, is read to its end. What
was deleted, what is hidden and what is code is read by itself, and left out of the rest: so that
neither hides the other.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.model.openbaar.carried import Gathered, text_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lrtdocs.model.openbaar.carried import Text

_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)|<\?(?P<order>.*?)\?>"
    r"|<!(?P<doctype>[^\[>]*(?:\[.*?\]\s*)?)>"
    r"|</(?P<end>[^\s>]*)[^>]*>"
    r"""|<(?P<tag>[A-Za-z_][^\s/>]*)(?P<attributes>(?:[^"'<>]|"[^"]*"|'[^']*')*?)(?P<empty>/?)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ENTITY = re.compile(r"""<!ENTITY\s+([^\s%"']+)\s+["']([^"']{0,200})["']""")
_REFERENCE = re.compile(r"&([^\s&;#]+);")
_DEEP, _MOST = 3, 1 << 20  # so often entities may stand in one another, and so much may come of it
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                   "source", "track", "wbr"})  # fmt: skip


class Token(NamedTuple):
    """A piece of markup: its `kind`, its name without prefix, its text, and its attributes.

    `kind` is "start", "end", "text", "comment", "order" or "doctype"; an element that is empty has
    its end behind its start.
    """

    kind: str
    name: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


def read_markup(text: str, void: frozenset[str] = frozenset()) -> Iterator[Token]:
    """Yield the pieces of `text` in order; elements called `void` have no end."""
    at, text = 0, _written_out(text)
    for found in _TOKEN.finditer(text):
        if found.start() > at:
            yield Token("text", "", html.unescape(text[at : found.start()]))
        at = found.end()
        yield from _tokens(found, void)
    if at < len(text):
        yield Token("text", "", html.unescape(text[at:]))


def _written_out(text: str) -> str:
    """Return `text` with what stands for each of its own entities, also in one another."""
    words = dict(_ENTITY.findall(text)) if "<!ENTITY" in text else {}
    for _ in range(_DEEP):
        if not words or len(text) > _MOST:
            break
        text = _REFERENCE.sub(lambda one: words.get(one[1], one[0]), text)
    return text


def _tokens(found: re.Match[str], void: frozenset[str]) -> Iterator[Token]:
    if found["tag"] is not None:
        name = _local(found["tag"])
        yield Token("start", name, "", tuple(_attributes(found["attributes"])))
        if found["empty"] or name.lower() in void:
            yield Token("end", name, "")
    elif found["end"] is not None:
        yield Token("end", _local(found["end"]), "")
    elif found["cdata"] is not None:
        yield Token("text", "", found["cdata"])
    else:
        kind = found.lastgroup or ""
        yield Token(kind, "", found[kind] or "")


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    if "=" in text:
        for name, *values in _ATTRIBUTE.findall(text):
            yield _local(name), html.unescape("".join(values))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


@dataclass(frozen=True)
class Dialect:
    """How one kind of markup is read.

    `blocks` are elements that keep their text apart from that of others, `gaps` those that stand
    for a space. Text in `deleted` was taken out, text in `added` came later, text in `codes` is no
    text. An element `hides` the text of the `run` that it stands in. `paragraph` is what is
    counted. The attributes of `built` elements are names that the file itself goes by.
    `name_attribute` says what an attribute is, by element and name.
    """

    blocks: frozenset[str]
    gaps: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    hides: frozenset[str] = frozenset()
    run: str = ""
    paragraph: str = ""
    void: frozenset[str] = frozenset()
    built: frozenset[str] = frozenset()
    name_attribute: Callable[[str, str], str] = field(
        default=lambda element, name: f"kenmerk '{name}' van '{element}'"
    )
    name_text: Callable[[str, tuple[tuple[str, str], ...]], str] = field(
        default=lambda element, attributes: ""  # noqa: ARG005
    )


HTML = Dialect(
    blocks=frozenset(
        {
            *("p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "title"),
            *("section", "article", "header", "footer", "main", "nav", "ul", "ol", "dl", "dt"),
            *("dd", "table", "caption", "pre", "blockquote", "figure", "figcaption", "option"),
            *("button", "label", "body", "html", "head", "script", "style", "text", "desc"),
            *("metadata", "textarea", "aside", "summary", "details", "legend", "address"),
        }
    ),
    gaps=frozenset({"br", "hr"}),
    codes=frozenset({"script", "style"}),
    void=_VOID,
)
_CLASSES = ("deleted", "hidden", "code")


def read_texts(text: str, label: str, dialect: Dialect, group: str = "") -> Iterator[Text]:
    """Yield what the markup `text`, called `label`, carries: its text, attributes and remarks."""
    reader = _Reader(label, dialect)
    for token in read_markup(text, dialect.void):
        reader.take(token)
    yield from reader.texts(group)
    yield text_at(f"{label}, in de code", text, group, last=True, built=True)


class _Reader:
    """Takes tokens, and keeps each kind of text by itself."""

    def __init__(self, label: str, dialect: Dialect) -> None:
        self._label, self._dialect = label, dialect
        self._shown, self._before, self._whole, self._plain = (Gathered() for _ in range(4))
        self._by_class = {name: Gathered() for name in _CLASSES}
        self._attributes, self._built, self._remarks = Gathered(), Gathered(), Gathered()
        self._open: list[str] = []
        self._deleted = self._added = self._codes = 0
        self._hidden = False
        self._paragraph = 0
        self._named = ""

    def take(self, token: Token) -> None:
        """Take in the next token."""
        if token.kind == "text":
            self._text(token.text)
        elif token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token.name)
        else:
            self._remarks.line(token.text, f"{self._label}, commentaar in de code")

    def _start(self, token: Token) -> None:
        name, dialect = token.name, self._dialect
        self._open.append(name)
        self._count(name, 1)
        self._paragraph += name == dialect.paragraph
        self._named = dialect.name_text(name, token.attributes) or self._named
        if name == dialect.run:
            self._hidden = False
        if name in dialect.hides and dict(token.attributes).get("val") not in {"0", "false", "off"}:
            self._hidden = dialect.run in self._open
        self._keep_apart(name)
        for key, value in token.attributes:
            if value:
                where = f"{self._label}, {dialect.name_attribute(name, key)}"
                (self._built if name in dialect.built else self._attributes).line(value, where)

    def _end(self, name: str) -> None:
        if name not in self._open:
            return
        while self._open:
            last = self._open.pop()
            self._count(last, -1)
            if last == self._dialect.run:
                self._hidden = False
            if last == name:
                break
        self._keep_apart(name)

    def _count(self, name: str, step: int) -> None:
        dialect = self._dialect
        self._deleted += step * (name in dialect.deleted)
        self._added += step * (name in dialect.added)
        self._codes += step * (name in dialect.codes)

    def _keep_apart(self, name: str) -> None:
        sign = "\n" if name in self._dialect.blocks else " " if name in self._dialect.gaps else ""
        for each in (self._shown, self._before, self._whole, *self._by_class.values()):
            if sign:
                each.part(sign)
        self._plain.part("\n")

    def _text(self, text: str) -> None:
        if not text.strip() and "\n" in text:
            return
        where = self._where()
        self._plain.add(text, where)
        if self._codes:
            self._by_class["code"].add(text, f"{where}, veldcode of programma")
            return
        if self._hidden:
            self._by_class["hidden"].add(text, f"{where}, verborgen tekst")
        if self._deleted:
            self._by_class["deleted"].add(text, f"{where}, verwijderde tekst (wijzigingen)")
        if not (self._added or self._hidden):
            self._before.add(text, f"{where}, de tekst van voor de wijzigingen")
        if not self._deleted:
            self._whole.add(text, f"{where}, met verborgen tekst")
        if not (self._deleted or self._hidden):
            self._shown.add(text, where)

    def _where(self) -> str:
        counted = f", alinea {self._paragraph}" if self._paragraph else ""
        return f"{self._label}{self._named and f', {self._named}'}{counted}"

    def texts(self, group: str) -> Iterator[Text]:
        """Yield what was read; what is more likely the place of something comes first."""
        yield from self._shown.texts(group)
        for each in (*self._by_class.values(), self._attributes, self._remarks):
            yield from each.texts(group)
        yield from self._built.texts(group, built=True)
        for each in (self._before, self._whole, self._plain):
            yield from each.texts(group, last=True)
