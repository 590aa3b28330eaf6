"""What may not stand in the XML of a foreign document: read with expat, before any other parser.

expat knows every encoding trick (a search for "<!DOCTYPE" misses UTF-16), and it tells about a bomb
before it goes off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.parsers import expat

from lxml import etree

from lrtdocs.word.package.ooxml import STRICT, O, V, W, parse_xml
from lrtdocs.word.package.problems import template_problem

if TYPE_CHECKING:
    from lrtdocs.errors import Place, Problem

DEPTH_LIMIT = 200
ELEMENT_LIMIT = 1_500_000
ATTRIBUTE_LIMIT = 200

_ELEMENTS = {
    "altChunk": ("LRT513", "een ingevoegd bestand"),
    "subDoc": ("LRT513", "een subdocument"),
    "frameset": ("LRT513", "frames"),
    "mailMerge": ("LRT513", "een koppeling met een verzendlijst"),
    "object": ("LRT510", "een ingesloten object"),
    "control": ("LRT510", "een ActiveX-besturingselement"),
    "OLEObject": ("LRT510", "een ingesloten object"),
}
_FIELD = re.compile(
    r"""[\s"\\]*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|EMBED|RD|
    QUOTE(?=[\s\d]+$))(?=\s|$|")""",
    re.VERBOSE | re.IGNORECASE,
)
_LINK_FIELD = re.compile(r"\s*HYPERLINK\b(.*)", re.DOTALL | re.IGNORECASE)
_SWITCH = re.compile(r'\\[a-z]\b\s*("[^"]*"|[^\s\\"]+)?', re.IGNORECASE)
_SAFE_LINKS = ("http", "https", "mailto", "tel")


class XmlGuard:
    """Reads one XML member with expat and gathers what may not be in it."""

    def __init__(self, member: str, place: Place) -> None:
        self.member, self.place = member, place
        self.problems: dict[str, Problem] = {}
        self.depth = self.elements = 0
        self.fields: list[str | None] = []
        self.in_code = False

    def check(self, data: bytes) -> list[Problem]:
        """Return the problems of `data`."""
        reader = expat.ParserCreate(namespace_separator=" ")
        reader.StartDoctypeDeclHandler = self._doctype
        reader.StartElementHandler = self._start
        reader.EndElementHandler = self._end
        reader.CharacterDataHandler = self._text
        reader.buffer_text = True
        try:
            reader.Parse(data, True)
        except _StopReading:
            pass
        except (expat.ExpatError, ValueError, LookupError) as error:
            self._add("LRT509", f"is geen geldige XML ({error})")
        else:
            self._parse_again(data)
        return list(self.problems.values())

    def _parse_again(self, data: bytes) -> None:
        """Ask the parser that does the work too: it has limits of its own."""
        try:
            parse_xml(data)
        except (etree.XMLSyntaxError, ValueError) as error:
            self._add("LRT509", f"is geen geldige XML ({error})")

    def _add(self, code: str, what: str) -> None:
        remedy = "Open het bestand in Word, verwijder dit, en sla het opnieuw op."
        message = f"Het onderdeel {self.member} van dit bestand {what}."
        self.problems.setdefault(
            code + what, template_problem(code, self.place, message, remedy=remedy)
        )

    def _doctype(self, *_: object) -> None:
        self._add("LRT508", "bevat een DOCTYPE, en dat staat nooit in een echt Word-document")
        raise _StopReading

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEPTH_LIMIT or self.elements > ELEMENT_LIMIT:
            self._add("LRT514", "is te diep genest of te groot")
            raise _StopReading
        if len(attributes) > ATTRIBUTE_LIMIT:
            self._add("LRT514", "heeft een element met te veel kenmerken")
            raise _StopReading
        namespace, _, local = name.rpartition(" ")
        if namespace.startswith(STRICT):
            self._strict()
        if local in _ELEMENTS and (namespace == W or local == "OLEObject"):
            code, what = _ELEMENTS[local]
            self._add(code, f"bevat {what}")
        if namespace == W:
            self._field(local, attributes)
        elif namespace == V:
            self._shape(attributes)

    def _shape(self, attributes: dict[str, str]) -> None:
        """Refuse an old drawing that shows or opens something by an address of its own."""
        links = [attributes.get("href", ""), attributes.get(f"{O} href", "")]
        if attributes.get("src") or not all(is_safe_link(link) for link in links if link):
            self._add("LRT511", "bevat een tekening die naar iets van buiten verwijst")

    def _strict(self) -> None:
        message = "Dit bestand is opgeslagen als 'Strict Open XML'."
        remedy = "Kies in Word Opslaan als > Word-document (.docx), zonder 'Strict'."
        problem = template_problem("LRT503", self.place, message, remedy=remedy)
        self.problems.setdefault("LRT503", problem)
        raise _StopReading

    def _field(self, local: str, attributes: dict[str, str]) -> None:
        if local == "fldChar":
            kind = attributes.get(f"{W} fldCharType", "")
            if kind == "begin":
                self._begin_field()
            elif self.fields:
                self._check_code(self.fields[-1] or "")
                if kind == "end":
                    self.fields.pop()
                else:
                    self.fields[-1] = None
        elif local == "fldSimple":
            self._check_code(attributes.get(f"{W} instr", ""))
        self.in_code = local == "instrText"
        if self.in_code and not self.fields:
            self.fields.append("")

    def _begin_field(self) -> None:
        """Open a field; one inside another may not make up what sort of field that is."""
        if self.fields and self.fields[-1] is not None and not self.fields[-1].strip():
            self._add("LRT512", "bevat een veld waarvan de naam uit een ander veld komt")
        self.fields.append("")

    def _check_code(self, code: str) -> None:
        found = _FIELD.match(code)
        if found:
            name = found[1].upper()
            self._add("LRT512", f"bevat een veld {name}, dat iets van buiten ophaalt")
        link = _LINK_FIELD.match(code)
        if link and not _is_safe_field(link[1]):
            self._add("LRT511", f"bevat een link die niet naar een website gaat ({code.strip()})")

    def _text(self, text: str) -> None:
        if self.in_code and self.fields:
            self.fields[-1] = (self.fields[-1] or "") + text

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.in_code and name == f"{W} instrText":
            self.in_code = False
        if self.depth == 0:
            for code in self.fields:
                self._check_code(code or "")


class _StopReading(Exception):  # noqa: N818 - not an error: the verdict is in already
    """Raised inside expat when there is no use in reading on."""


def is_safe_link(target: str) -> bool:
    """Tell whether `target` is a link that a reader may click: web, mail, telephone or in here."""
    try:
        return target.startswith("#") or urlsplit(target).scheme.lower() in _SAFE_LINKS
    except ValueError:
        return False


def _is_safe_field(arguments: str) -> bool:
    """Tell whether a HYPERLINK field with `arguments` goes to a place a reader may go to."""
    address = _SWITCH.sub("", arguments).strip().strip('"').strip()
    if not address or address.startswith("#") or "{{" in address or "{%" in address:
        return True  # a tag in a field is told where tags are looked for
    if re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
        return is_safe_link(address)
    return address.lower().startswith("www.")
