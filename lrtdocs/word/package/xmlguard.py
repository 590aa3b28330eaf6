"""What may not stand in the XML of a foreign document.

`has_doctype` asks expat, which knows every encoding trick (a search for "<!DOCTYPE" misses UTF-16)
and stops before a bomb can go off; only then is a part parsed, and `check_tree` walks over the tree
that all others read too.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.parsers import expat

from lxml import etree

from lrtdocs import messages
from lrtdocs.word.package.ooxml import STRICT, O, V, W, w

if TYPE_CHECKING:
    from lrtdocs.errors import Place, Problem

DEPTH_LIMIT = 200
ELEMENT_LIMIT = 1_500_000
ATTRIBUTE_LIMIT = 200

_ELEMENTS = {
    "altChunk": "LRT513.altChunk",
    "subDoc": "LRT513.subDoc",
    "frameset": "LRT513.frameset",
    "mailMerge": "LRT513.mailMerge",
    "object": "LRT510.object",
    "control": "LRT510.control",
    "OLEObject": "LRT510.object",
}
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (DEPTH_LIMIT + 1)})")
_NUMBER = etree.XPath(f"count(//*) > {ELEMENT_LIMIT}")
_FIELD = re.compile(
    r"""[\s"\\]*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|EMBED|RD|
    QUOTE(?=[\s\d]+$))(?=\s|$|")""",
    re.VERBOSE | re.IGNORECASE,
)
_LINK_FIELD = re.compile(r"\s*HYPERLINK\b(.*)", re.DOTALL | re.IGNORECASE)
_SWITCH = re.compile(r'\\[a-z]\b\s*("[^"]*"|[^\s\\"]+)?', re.IGNORECASE)
_SAFE_LINKS = ("http", "https", "mailto", "tel")


class _StopReading(Exception):  # noqa: N818 - not an error: the answer is in
    """Raised inside expat where a DOCTYPE, or the root element, begins."""


def has_doctype(data: bytes) -> bool:
    """Tell whether the XML `data` has a DOCTYPE; raises ExpatError for what is no XML."""

    def stop_at_doctype(*_: object) -> None:
        seen.append(True)
        raise _StopReading

    def stop_at_root(*_: object) -> None:
        raise _StopReading

    reader, seen = expat.ParserCreate(), list[bool]()
    reader.StartDoctypeDeclHandler, reader.StartElementHandler = stop_at_doctype, stop_at_root
    with suppress(_StopReading):
        reader.Parse(data, True)
    return bool(seen)


def check_tree(root: etree._Element, member: str, place: Place) -> list[Problem]:
    """Return a problem for whatever may not stand in `root`, the tree of `member`."""
    if _TOO_DEEP(root) or _NUMBER(root):
        return [messages.problem("LRT514.diep", place, member=member)]
    return list(_Guard(member, place).check(root).values())


class _Guard:
    """Walks over one member and gathers what may not be in it."""

    def __init__(self, member: str, place: Place) -> None:
        self.member, self.place = member, place
        self.problems: dict[object, Problem] = {}
        self.fields: list[str | None] = []

    def check(self, root: etree._Element) -> dict[object, Problem]:
        """Return the problems of `root`, each once."""
        for element in root.iter(etree.Element):
            namespace, _, local = str(element.tag)[1:].rpartition("}")
            if len(element.attrib) > ATTRIBUTE_LIMIT:
                self._add("LRT514.kenmerken", member=self.member)
                return self.problems
            if namespace.startswith(STRICT):
                self._add("LRT503.strict", member=self.member)
                return self.problems
            if local in _ELEMENTS and (namespace == W or local == "OLEObject"):
                self._add(_ELEMENTS[local], member=self.member)
            if namespace == W:
                self._read_field(local, element)
            elif namespace == V:
                self._check_shape(element)
        for code in self.fields:
            self._check_code(code or "")
        return self.problems

    def _add(self, key: str, **fields: str) -> None:
        found = messages.problem(key, self.place, None, **fields)
        self.problems.setdefault(found, found)

    def _check_shape(self, element: etree._Element) -> None:
        """Refuse an old drawing that shows or opens something by an address of its own."""
        links = [element.get("href", ""), element.get(f"{{{O}}}href", "")]
        if element.get("src") or not all(is_safe_link(link) for link in links if link):
            self._add("LRT511.tekening", member=self.member)

    def _read_field(self, local: str, element: etree._Element) -> None:
        """Keep up with the fields that are open: the code of each, or None behind it."""
        if local == "fldSimple":
            self._check_code(element.get(w("instr"), ""))
        elif local == "instrText":
            self.fields = self.fields or [""]
            self.fields[-1] = (self.fields[-1] or "") + "".join(map(str, element.itertext()))
        elif local == "fldChar":
            kind = element.get(w("fldCharType"), "")
            if kind == "begin":
                self._begin_field()
            elif self.fields:
                self._check_code(self.fields[-1] or "")
                self.fields[-1:] = [] if kind == "end" else [None]

    def _begin_field(self) -> None:
        """Open a field; one inside another may not make up what sort of field that is."""
        if self.fields and self.fields[-1] is not None and not self.fields[-1].strip():
            self._add("LRT512.naam", member=self.member)
        self.fields.append("")

    def _check_code(self, code: str) -> None:
        found = _FIELD.match(code)
        if found:
            self._add("LRT512.veld", member=self.member, name=found[1].upper())
        link = _LINK_FIELD.match(code)
        if link and not _is_safe_field(link[1]):
            self._add("LRT511.veld", member=self.member, link=code.strip())


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
