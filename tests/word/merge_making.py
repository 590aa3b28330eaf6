"""Word mail merges written out, and what Word makes of them: a small reader that knows no tags.

A mail merge is text with fields between braces, as Word shows them after Alt+F9, and ¶ for the end
of a paragraph: `Beste {IF {MERGEFIELD m} = "ja" "heer" "mevrouw"} {MERGEFIELD naam},`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx_making import body_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Row = "Mapping[str, str]"
Piece = "str | Code"


@dataclass
class Code:
    """A field: the pieces of its code."""

    pieces: list[str | Code] = field(default_factory=list)


def parse(text: str) -> list[str | Code]:
    """Return the pieces of `text`: texts and fields."""
    top: list[str | Code] = []
    stack = [top]
    for piece in re.split(r"([{}])", text):
        if piece == "{":
            code = Code()
            stack[-1].append(code)
            stack.append(code.pieces)
        elif piece == "}":
            stack.pop()
        elif piece:
            stack[-1].append(piece)
    return top


# --- as Word writes it


def merge_of(text: str, **more: str) -> bytes:
    """Return the document of the mail merge `text`; a paragraph that begins with < is XML."""
    return body_of(xml_of(text), **more)  # type: ignore[arg-type]


def xml_of(text: str, looks: str = "") -> str:
    """Return the paragraphs of `text`."""
    inner = "".join(_xml(parse(text), looks, in_code=False))
    return f"<w:p>{inner}</w:p>"


def _xml(pieces: list[str | Code], looks: str, *, in_code: bool) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            kind = "instrText" if in_code else "t"
            yield "</w:p><w:p>".join(_run(kind, part, looks) for part in piece.split("¶"))
            continue
        yield _mark("begin", looks)
        yield from _xml(piece.pieces, looks, in_code=True)
        yield _mark("separate", looks)
        yield _run("instrText" if in_code else "t", "oud", looks)
        yield _mark("end", looks)


def _run(kind: str, text: str, looks: str) -> str:
    shown = f'<w:{kind} xml:space="preserve">{escape(text)}</w:{kind}>'
    return f"<w:r><w:rPr>{looks}</w:rPr>{shown}</w:r>" if text else ""


def _mark(kind: str, looks: str) -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>'


# --- what Word makes of it


def merged(text: str, row: Mapping[str, str]) -> list[str]:
    """Return the paragraphs that Word makes of the mail merge `text` for `row`.

    Paragraphs without any text do not count: Word leaves out some of them.
    """
    whole = "".join(_evaluate(piece, row) for piece in parse(text))
    return [line for line in whole.split("¶") if line.strip()]


def _evaluate(piece: str | Code, row: Mapping[str, str]) -> str:
    if isinstance(piece, str):
        return piece
    name, *arguments = list(_arguments(piece, row))
    if name.upper() == "MERGEFIELD":
        return _merge_field(arguments, row)
    if name.upper() == "IF":
        left, operator, right, *results = arguments
        then, other = (*results, "", "")[:2]
        return then if compare(left, operator, right) else other
    if name.upper() == "COMPARE":
        return "1" if compare(*arguments[:3]) else "0"
    if name.upper() == "QUOTE":
        return "".join(arguments)
    if name.upper() == "MERGEREC":
        return row["#"]
    raise NotImplementedError(name)


def _arguments(code: Code, row: Mapping[str, str]) -> Iterator[str]:
    """Yield the arguments of a code, with the fields in it worked out."""
    here, quoted = "", False
    begun = False
    for piece in code.pieces:
        if isinstance(piece, Code):
            here, begun = here + _evaluate(piece, row), True
            continue
        for sign in piece:
            operator = bool(re.fullmatch("[=<>]+", here))
            if sign == '"':
                if quoted or begun:
                    yield here
                here, begun, quoted = "", not quoted, not quoted
                begun = quoted
            elif quoted:
                here += sign
            elif sign in " ¶":
                if begun:
                    yield here
                here, begun = "", False
            else:
                if begun and operator != (sign in "=<>"):
                    yield here
                    here = ""
                here, begun = here + sign, True
    if begun:
        yield here


def _merge_field(arguments: list[str], row: Mapping[str, str]) -> str:
    value, rest = row[arguments[0]], arguments[1:]
    before = behind = ""
    for switch, text in zip(rest[::2], rest[1::2], strict=False):
        if switch == r"\b":
            before = text
        elif switch == r"\f":
            behind = text
        elif text.lower() == "upper":
            value = value.upper()
        elif text.lower() == "lower":
            value = value.lower()
        elif text.lower() == "firstcap":
            value = value[:1].upper() + value[1:]
    return f"{before}{value}{behind}" if value else ""


def compare(left: str, operator: str, right: str) -> bool:
    """Compare as Word does: numbers as such, texts letter by letter, * and ? for other letters."""
    try:
        pair: tuple[object, object] = _number(left), _number(right)
    except ValueError:
        pair = left, right
    if operator in {"=", "<>"}:
        pattern = "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in right)
        same = pair[0] == pair[1] or bool(re.fullmatch(pattern, left))
        return same == (operator == "=")
    smaller, equal = pair[0] < pair[1], pair[0] == pair[1]  # type: ignore[operator]
    return {
        "<": smaller,
        ">": not smaller and not equal,
        "<=": smaller or equal,
        ">=": not smaller,
    }[operator]


def _number(text: str) -> float:
    return float(text.replace("€", "").replace(".", "").replace(",", ".").strip())
