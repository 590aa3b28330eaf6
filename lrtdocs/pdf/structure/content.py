"""The content of a page, instruction by instruction: what is shown, in which font, marked as what.

Only what matters for that is looked at; lines, colours and places are passed over, which is most of
a page. (PDF 1.7, 7.2 and 7.8.2.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pikepdf import Object, Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Operand = re.Match[bytes]
"""A string, an array of them, a name or a dictionary: its bytes, and where it stands."""

_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_TOKEN = re.compile(
    rb"\[(?P<array>[<>0-9A-Fa-f\s.-]*)\]"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>"
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
    if operand.lastgroup == "literal":
        return bytes(Object.parse(operand[0]))
    digits = _HEX.findall(operand[0])
    return read_hex(b"".join([one + b"0" if len(one) % 2 else one for one in digits]))


def read_hex(digits: bytes) -> bytes:
    """Return the bytes that `digits` stand for; a last half one counts as whole."""
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def replace_strings(operand: Operand, change: Callable[[bytes], bytes]) -> bytes:
    """Return the array or string `operand`, with each string of digits as `change` returns it."""
    parts = _HEX.split(operand[0])
    parts[1::2] = map(change, parts[1::2])
    return b"".join(parts)
