"""The content of a page, instruction by instruction: what is shown, in which font, marked as what.

Only what matters for that is looked at; lines, colours and places are passed over, which is most of
a page. (PDF 1.7, 7.2 and 7.8.2.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pikepdf import Object, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

Operand = re.Match[bytes]
"""A string, a name or a dictionary in the content: its bytes, and where it stands."""

_TOKEN = re.compile(
    rb"<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|/(?P<name>[^\s/<>\[\]()]+)"
    rb"|<<(?P<dictionary>(?:[^<>()]|<[^<>]*>|<<[^<>]*>>|\((?:[^()\\]|\\.)*\))*)>>"
    rb"|(?P<operator>BT|B[DM]C|EMC|T[fjJ]|Do|gs|sh|scn|SCN|cs|CS|BI.*?\sEI|['\"])(?![A-Za-z*])"
    rb"|\((?P<literal>(?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*)\)",
    re.DOTALL,
)


def read_content(page: Object) -> bytes:
    """Return the content of `page`, which may stand in several streams."""
    found = page.get("/Contents")
    streams = [found] if isinstance(found, Stream) else list(found or ())
    return b"\n".join(stream.read_bytes() for stream in streams)


def read_instructions(content: bytes) -> Iterator[tuple[bytes, list[Operand]]]:
    """Yield the operators in `content` that show or mark something, with what stands before each.

    An inline picture is an operator that begins with "BI".
    """
    operands: list[Operand] = []
    for token in _TOKEN.finditer(content):
        if token.lastgroup == "operator":
            yield token["operator"], operands
            operands = []
        else:
            operands.append(token)


def shown(operands: list[Operand]) -> bytes:
    """Return the codes in the strings of `operands`; numbers between them only move the pen."""
    return b"".join(map(_codes, operands))


def _codes(operand: Operand) -> bytes:
    digits = operand["hex"]
    if digits is None:
        return bytes(Object.parse(operand[0])) if operand.lastgroup == "literal" else b""
    if len(digits) % 2:
        digits += b"0"
    return bytes.fromhex(digits.decode("ascii"))
