"""Values at the door of the document: text becomes XML here and nowhere else.

Printed values keep every character. What XML cannot hold (control characters, half of a surrogate
pair) is refused with the name of the word, since leaving it out would change a letter unseen.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from lrtdocs import dutch
from lrtdocs.word.problems import WordValueError

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}
_DEPTH_LIMIT = 60
_NAMES = {
    "\x00": "een nulteken",
    "\x0b": "een Word-regeleinde (VT)",
    "\x0c": "een pagina-einde (FF)",
    "\x07": "een belteken",
}


def illegal_character(text: str) -> str:
    """Return what is wrong with `text`, or "" when a document can hold it."""
    found = ILLEGAL.search(text)
    if found is None:
        return ""
    char = found[0]
    if "\ud800" <= char <= "\udfff":
        return "een half teken (losse surrogaatcode), meestal van een kapotte emoji"
    return _NAMES.get(char, f"een stuurteken (U+{ord(char):04X})")


def find_illegal(words: object, path: str = "", depth: int = 0) -> list[tuple[str, str]]:
    """Return (name of the word, what is wrong) for every value that a document cannot hold."""
    if isinstance(words, str):
        reason = illegal_character(words)
        return [(path, reason)] if reason else []
    if depth > _DEPTH_LIMIT:
        return [(path, "een lijst in een lijst in een lijst, dieper dan kan")]
    found: list[tuple[str, str]] = []
    if isinstance(words, Mapping):
        for key, value in words.items():
            if value is not None:
                found += find_illegal(value, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(words, list | tuple):
        for number, value in enumerate(words):
            found += find_illegal(value, f"{path}[{number}]", depth + 1)
    elif hasattr(words, "source") and isinstance(words.source, str):
        found += find_illegal(words.source, path, depth + 1)
    return found


def as_text(value: Any) -> str:
    """Return `value` as a reader should see it; raise WordValueError for what is no text."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return _unwrap(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return dutch.format_date(value)
    if isinstance(value, dt.time):
        return dutch.format_time(value)
    if isinstance(value, Mapping | list | tuple | set | frozenset) and not hasattr(
        value, "_fields"
    ):
        kind = "een blok met onderdelen" if isinstance(value, Mapping) else "een lijst"
        remedy = "Noem het onderdeel, zoals x.naam, of gebruik een lus of | opsomming."
        raise WordValueError(
            f"Deze waarde is {kind} en kan niet als tekst worden afgedrukt.", remedy
        )
    if hasattr(value, "__html__"):
        return _unwrap(value)
    return str(value)


def _unwrap(value: Any) -> str:
    """Return the text of escaped text (docxtpl's Listing, a macro); refuse what is Word XML."""
    xml = str(value.__html__())
    if "<w:" in xml:
        message = "Deze waarde is opgemaakte tekst en past niet in een gewone tag."
        raise WordValueError(message, "Gebruik {{r …}} voor een stuk tekst, {{p …}} voor alinea's.")
    return Markup(xml).unescape()  # noqa: S704 - turned back into text


def escape(text: str) -> str:
    """Return `text` as XML character data, also fit for an attribute."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def text_xml(value: Any) -> Markup:
    """Return `value` as the inside of a w:t: line ends become w:br, tabs w:tab."""
    text = value if type(value) is str else as_text(value)
    found = _SPECIAL.search(text)
    xml = escape(text)
    if found is not None:
        check_characters(text)
        xml = xml.replace("\r\n", "\n").replace("\r", "\n")
        for char, markup in _BREAKS.items():
            xml = xml.replace(char, markup)
    return Markup(xml)  # noqa: S704 - escaped above


def plain_xml(value: Any) -> Markup:
    """Return `value` for an attribute or a property: text without w:br."""
    text = as_text(value)
    check_characters(text)
    text = escape(text.replace("\r\n", "\n").replace("\r", "\n"))
    return Markup(text.replace("\n", "&#10;").replace("\t", "&#9;"))  # noqa: S704 - escaped


def check_characters(text: str) -> None:
    """Raise WordValueError when `text` holds something XML cannot."""
    reason = illegal_character(text)
    if reason:
        message = f"Deze waarde bevat {reason}."
        raise WordValueError(message, "Haal dat teken uit de gegevens.", "LRT313")
