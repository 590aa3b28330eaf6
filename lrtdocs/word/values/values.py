"""Values at the door of the document: here text becomes XML, or is refused.

`writer` takes a short way for text that only needs its `&` and `<` written otherwise.

Printed values keep every character. What XML cannot hold (control characters, half of a surrogate
pair) is refused with the name of the word, since leaving it out would change a letter unseen.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib import import_module
from typing import Any

from jinja2 import Undefined
from lxml import etree
from markupsafe import Markup

from lrtdocs import messages
from lrtdocs.language import grammar
from lrtdocs.messages import FaultError
from lrtdocs.model.characters import ILLEGAL, describe_character
from lrtdocs.word.package.ooxml import W14, R, W, escape, parser

_BREAKS = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}
_REFERENCE = re.compile(r"\br:(id|embed|link|pict)=")
_TEXT_NODE = re.compile(r"<w:t(?: [^>]*)?>[^<]*")
_DECLARED = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="{W14}"'
_DEPTH_LIMIT = 60
_HOLDERS = (dict, list, tuple, Mapping)
_PLAIN = (int, type(None))


def illegal_character(text: str) -> str:
    """Return what is wrong with `text`, or "" when a document can hold it."""
    found = ILLEGAL.search(text)
    if found is None:
        return ""
    if "\ud800" <= found[0] <= "\udfff":
        return messages.text("deel.teken_half")
    return messages.text("deel.teken", character=describe_character(found[0]))


def find_illegal(words: object) -> list[tuple[str, str]]:
    """Return (name of the word, what is wrong) for every value that a document cannot hold."""
    return list(_find_illegal(words, "", 0, set()))


def _find_illegal(
    value: object, path: str, depth: int, seen: set[int]
) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if reason := illegal_character(value):
            yield path, reason
    elif depth > _DEPTH_LIMIT:
        yield path, messages.text("deel.te_diep")
    elif isinstance(value, _HOLDERS):
        if id(value) in seen:
            return
        seen.add(id(value))
        named = isinstance(value, Mapping)
        items = value.items() if isinstance(value, Mapping) else enumerate(value)
        for key, item in items:
            if item.isprintable() if isinstance(item, str) else isinstance(item, _PLAIN):
                continue  # nearly all of them, and many a document
            name = (f"{path}.{key}" if path else str(key)) if named else f"{path}[{key}]"
            yield from _find_illegal(item, name, depth + 1, seen)
    elif isinstance(source := getattr(value, "source", None), str):
        yield from _find_illegal(source, path, depth, seen)


def as_text(value: Any) -> str:
    """Return `value` as a reader should see it; raise FaultError for what is no text."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, bool):
        return grammar().format_yes_no(value)
    if (
        isinstance(value, dt.datetime)
        and value.time().replace(second=0, microsecond=0) != dt.time()
    ):
        return f"{grammar().format_date(value)} {grammar().format_time(value.time())}"
    if isinstance(value, dt.date):
        return grammar().format_date(value)
    if isinstance(value, dt.time):
        return grammar().format_time(value)
    if hasattr(value, "__html__"):
        foreign = foreign_writer(value.__class__)
        return str(foreign.plain_text(value) if foreign else markup_text(value))
    _refuse_unreadable(value)
    shows = isinstance(value, int | float) or "__str__" in _methods(type(value))
    if shows and not isinstance(value, bytes | bytearray):
        return str(value)
    raise _not_text(value)


def _refuse_unreadable(value: Any) -> None:
    """Raise FaultError for a value that Python prints, but in a form no reader wants."""
    if isinstance(value, dt.timedelta):
        raise FaultError("LRT314.tijdsduur")
    finite = value.is_finite() if isinstance(value, Decimal) else True
    if not finite or (isinstance(value, float) and not math.isfinite(value)):
        raise FaultError("LRT314.oneindig", text=str(value))


def _not_text(value: Any) -> FaultError:
    """Return the error for a value that would be printed as Python shows it."""
    if isinstance(value, Mapping):
        return FaultError("LRT314.blok", part=next(iter(value), "naam"))
    if isinstance(value, list | tuple | set | frozenset | Iterator):
        return FaultError("LRT314.lijst")
    return FaultError("LRT314.soort", kind=type(value).__name__)


def _methods(kind: type) -> set[str]:
    """Return what `kind` and its parents define themselves, above what every object has."""
    return {name for parent in kind.__mro__[:-1] for name in vars(parent)}


@lru_cache(maxsize=256)
def foreign_writer(kind: Any) -> Any:
    """Return the module that writes values of `kind`, a type of docxtpl, or None for others.

    docxtpl itself is not needed: its objects are known by where their class comes from.
    """
    for parent in kind.__mro__:
        if parent.__module__.partition(".")[0] == "docxtpl":
            module = import_module("lrtdocs.word.docxtpl")
            return module if parent.__name__ in module.KINDS else None
    return None


def markup_text(value: Any) -> str:
    """Return the text of escaped text (a macro); refuse what is Word XML."""
    xml = markup_xml(value)
    if "<w:" in xml:
        raise FaultError("LRT314.opmaak", inside="…")
    return Markup(xml).unescape()  # noqa: S704 - turned back into text


def markup_xml(value: Any) -> str:
    """Return the XML that `value` stands for; raise FaultError when it cannot be used here."""
    xml = str(value.__html__())
    if _REFERENCE.search(xml):
        raise FaultError("LRT314.verwijzing")
    if "<w:" in xml:
        parse_inside(xml)
    return break_texts(xml)


def parse_inside(xml: str) -> etree._Element:
    """Return an element around `xml`, which is made elsewhere; raise FaultError when it is none."""
    try:
        return etree.fromstring(f"<x {_DECLARED}>{xml}</x>", parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FaultError("LRT314.xml") from error


def text_xml(value: Any) -> str:
    """Return `value` as the inside of a w:t: line ends become w:br, tabs w:tab."""
    text: str = value if type(value) is str else as_text(value)
    if text.isprintable():
        return escape(text)
    check_characters(text)
    return with_breaks(escape(text))


def text_run(text: str, properties: str) -> str:
    """Return a w:r with `text`, which is XML, and the w:rPr `properties`."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def break_texts(xml: str) -> str:
    """Return `xml` with elements for the line ends and tabs in each w:t."""
    return _TEXT_NODE.sub(lambda found: with_breaks(found[0]), xml)


def with_breaks(xml: str) -> str:
    """Return `xml`, from inside a w:t, with elements for its line ends and tabs."""
    xml = xml.replace("\r\n", "\n").replace("\r", "\n")
    for char, markup in _BREAKS.items():
        xml = xml.replace(char, markup)
    return xml


def plain_xml(value: Any) -> str:
    """Return `value` for an attribute or a property: text without w:br."""
    text = as_text(value)
    check_characters(text)
    text = escape(text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\n", "&#10;").replace("\t", "&#9;")


def check_characters(text: str) -> None:
    """Raise FaultError when `text` holds something XML cannot."""
    reason = illegal_character(text)
    if reason:
        raise FaultError("LRT313.teken", reason=reason)
