"""Every text that a Word document carries, on paper or not, with what it stands in.

Nothing is refused and nothing is believed: each part of the package is read, also one that nothing
refers to. Workbooks, presentations and documents of LibreOffice are read by the same rules.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.model.openbaar.disguises import decode
from lrtdocs.model.openbaar.markup import Dialect, read_texts
from lrtdocs.model.openbaar.seeking import fold
from lrtdocs.word import house
from lrtdocs.word.hidden import PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.model.openbaar.carried import Text

_PARTS = (
    (r".*\.rels", "verwijzingen"),
    (r"\[Content_Types\]\.xml", "lijst van onderdelen"),
    (r".*/glossary/.*", "bouwstenen (AutoTekst)"),
    (r"word/document\d*\.xml", "hoofdtekst"),
    (r".*/header[^/]*\.xml", "koptekst"),
    (r".*/footer[^/]*\.xml", "voettekst"),
    (r".*/footnotes[^/]*\.xml", "voetnoten"),
    (r".*/endnotes[^/]*\.xml", "eindnoten"),
    (r".*/comments[^/]*\.xml|.*threadedComments.*", "opmerkingen"),
    (r".*/people?[^/]*\.xml|.*/persons/.*", "personen bij opmerkingen"),
    (r".*/settings[^/]*\.xml", "instellingen van het document"),
    (r".*/styles[^/]*\.xml", "stijlen"),
    (r".*/numbering[^/]*\.xml", "nummering"),
    (r"customXml/.*", "aangepaste XML"),
    (r".*/charts/.*", "grafiek"),
    (r".*/diagrams/.*", "SmartArt"),
    (r".*/drawings/.*", "tekening"),
    (r"docProps/.*", "documenteigenschappen"),
    (r"meta\.xml", "documenteigenschappen"),
    (r"xl/sharedStrings.*", "teksten van de werkbladen"),
    (r"xl/worksheets/.*", "werkblad"),
    (r"xl/workbook.*", "werkmap"),
    (r"ppt/slides/.*", "dia"),
    (r"content\.xml", "hoofdtekst"),
)
_PROPERTIES = {"title": "titel", **PROPERTIES}
_ATTRIBUTES = {
    "descr": "alternatieve tekst",
    "alt": "alternatieve tekst",
    "tooltip": "tekst die bij een link verschijnt",
    "author": "naam bij een wijziging of opmerking",
    "initials": "voorletters bij een opmerking",
    "instr": "veldcode",
    "Target": "adres van een verwijzing",
    "anchor": "verwijzing naar een bladwijzer",
    "userId": "naam bij een opmerking",
    "displayName": "naam bij een opmerking",
}
_OF_ELEMENTS = {
    "bookmarkStart": "naam van een bladwijzer",
    "docVar": "documentvariabele",
    "alias": "naam van een invulveld",
    "tag": "naam van een invulveld",
    "placeholder": "voorbeeldtekst van een invulveld",
    "listItem": "keuze van een invulveld",
    "ddList": "keuze van een invulveld",
    "default": "standaardtekst van een invulveld",
    "helpText": "hulptekst van een invulveld",
    "statusText": "hulptekst van een invulveld",
    "docPr": "naam van een afbeelding",
    "cNvPr": "naam van een afbeelding",
    "style": "naam van een stijl",
    "name": "naam van een stijl of veld",
    "property": "naam van een eigenschap",
    "lvlText": "tekst van een nummering",
    "sheet": "naam van een werkblad",
    "definedName": "naam van een bereik",
    "textpath": "tekst van WordArt",
    "query": "gegevens van Afdruk samenvoegen",
}


def _name_attribute(element: str, name: str) -> str:
    if name == "title" and element in {"docPr", "cNvPr"}:
        return "titel van een afbeelding"
    return (
        _ATTRIBUTES.get(name)
        or _OF_ELEMENTS.get(element)
        or f"kenmerk '{name}' van '{element}' in de XML"
    )


_WORD = Dialect(
    blocks=frozenset(
        {
            *("p", "h", "tc", "tr", "si", "is", "c", "row", "comment", "sdt", "txbxContent"),
            *("text", "pt", "v", "f", "table-cell", "item", "definedName", "document"),
        }
    ),
    gaps=frozenset({"tab", "br", "cr", "ptab", "s", "line-break", "noBreakHyphen"}),
    deleted=frozenset({"del", "moveFrom", "delText", "delInstrText", "deletion"}),
    added=frozenset({"ins", "moveTo"}),
    codes=frozenset({"instrText", "delInstrText"}),
    hides=frozenset({"vanish", "specVanish", "webHidden"}),
    run="r",
    paragraph="p",
    built=frozenset(
        {
            *(
                "style",
                "name",
                "basedOn",
                "next",
                "link",
                "aliases",
                "lsdException",
                "numStyleLink",
            ),
            *("pStyle", "rStyle", "tblStyle", "styleLink", "font", "lang", "rFonts", "altName"),
        }
    ),
    name_attribute=_name_attribute,
)


def _name_property(element: str, attributes: tuple[tuple[str, str], ...]) -> str:
    """Return what a property is called; one of somebody's own has its name as an attribute."""
    own = dict(attributes).get("name") if element == "property" else ""
    name = own or _PROPERTIES.get(element, "")
    return f"eigenschap '{name}'" if name else ""


_FACTS = Dialect(
    blocks=frozenset({*_PROPERTIES, "property", "lpstr", "p", "item"}),
    name_attribute=_name_attribute,
    name_text=_name_property,
)
PARTS = Path(house.__file__).with_name("parts")
_WORDS = re.compile(r"[<:/ ](\w+)[ =>/]")
_STYLES = re.compile(r'(?:w:styleId|<w:name w:val)="([^"]+)"')
_SIGN = re.compile(r"<(?:\w+:)?sym\b[^>]*?\bchar=[\"']([0-9A-Fa-f]{4})[\"'][^>]*?/?>")


@cache
def built_words() -> frozenset[str]:
    """Return the words in the XML of every document of the house, and the names of its styles."""
    parts = [path.read_text("utf-8") for path in PARTS.glob("*.*ml")]
    words = {word for text in parts for word in _WORDS.findall(text)}
    named = {name for text in parts for name in _STYLES.findall(text)}
    return frozenset(map(fold, words | named | set(_ATTRIBUTES) | set(_OF_ELEMENTS)))


def label_of(part: str) -> str:
    """Return what `part` of a document is, in Dutch, with its name."""
    for pattern, label in _PARTS:
        if re.fullmatch(pattern, part):
            return label if label == "hoofdtekst" else f"{label} ({part})"
    return f"onderdeel {part}"


def read_part(part: str, data: bytes) -> Iterator[Text]:
    """Yield every text in the XML `data` of `part`."""
    label, text = label_of(part), decode(data)
    facts = "docProps/" in part or part == "meta.xml"
    yield from read_texts(_with_signs(text), label, _FACTS if facts else _WORD, part)


def _with_signs(text: str) -> str:
    """Return `text` with the letters that stand in it as signs of a font."""
    if "sym" not in text:
        return text
    return _SIGN.sub(lambda one: f"<t>{_sign(int(one[1], 16))}</t>", text)


def _sign(code: int) -> str:
    shown = code - 0xF000 if 0xF020 <= code <= 0xF0FF else code
    return chr(shown).replace("&", "&amp;").replace("<", "&lt;")
