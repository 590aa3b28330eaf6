"""What becomes of Word's fields when a template is filled; `docs/sjablonen.md` has it as a table.

A field is text that a program makes up, and Word and LibreOffice make up other things, at other
moments: LibreOffice prints the name of a temporary file for FILENAME, and today for DATE. So only
fields that both of them keep right stay fields. Others become the text that stands there, which is
told; what could only be wrong on paper is refused.

The lines of a table of contents are those of the template, tags and all. They make room for one
line that says how to have the real ones; Word is asked to make them, LibreOffice is told to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.word.package.elements import ancestor, content_of, drop, make
from lrtdocs.word.package.ooxml import w
from lrtdocs.word.tags.fields import CONTENTS, OF_MERGES, REFERENCES, fields_of
from lrtdocs.word.tags.paragraphs import set_text, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.tags.fields import Field

_PAGES = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"}
_LIVE = {
    *(*CONTENTS, *REFERENCES, "PAGE", "NUMPAGES", "STYLEREF", "SEQ", "HYPERLINK"),
    *("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "MACROBUTTON", "GOTOBUTTON"),
    *("XE", "TC", "TA", "SET", "PRINT", "PRIVATE", "ADVANCE", "EQ"),
    *("AUTONUM", "AUTONUMLGL", "AUTONUMOUT", ""),
}
_ONLY_WORD = {"SECTION", "SECTIONPAGES", "LISTNUM"}
_SILENTLY = "text"
_SILENT = {"SYMBOL", "CITATION", "BIBLIOGRAPHY"}  # as good as text
_TOLD = {
    **dict.fromkeys(("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE"), "LRT360.datum"),
    **dict.fromkeys(_ONLY_WORD, "LRT360.alleen_word"),
    **dict.fromkeys(
        ("AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS"), "LRT360.persoon"
    ),
}
_FROZEN = {_SILENTLY, "LRT360.tekst", "LRT360.datum", "LRT360.persoon"}


class _Pieces(NamedTuple):
    """A field, and what stands in the runs of its code and of its result; its end is in neither."""

    field: Field
    code: list[etree._Element]
    result: list[etree._Element]


def settle_fields(root: etree._Element, places: Mapping[etree._Element, Place]) -> list[Problem]:
    """Make text of the fields in `root` that are not to stay fields; return what is told."""
    problems = []
    for field, code, result in _pieces(root):
        key = _judge(field)
        if key not in {"", _SILENTLY}:
            place = places.get(ancestor(field.begin, "p"), Place(""))  # type: ignore[arg-type]
            shown = "".join(item.text or "" for item in result if item.tag == w("t")).strip()
            told = {"name": field.name, "found": shown or field.code.strip()}
            problems.append(messages.problem(key, place, None, **told))
        if key in {"LRT360.persoon", "LRT360.tekst", _SILENTLY}:
            _drop_all([*(result if key == "LRT360.persoon" else ()), *code, field.end])
    return problems


def freeze_fields(root: etree._Element) -> None:
    """Make text of the fields in `root` of which LibreOffice makes other text than Word shows.

    That is for a finished document: a template gets `settle_fields`.
    """
    for field, code, _ in _pieces(root):
        if _judge(field) in _FROZEN:
            _drop_all([*code, field.end])


def _judge(field: Field) -> str:
    """Return the key of what is told of `field`, `_SILENTLY` to make text of it, or ""."""
    if "{{" in field.code or "{%" in field.code:
        return ""  # told where tags are looked for
    if field.name in OF_MERGES or field.inside & OF_MERGES:
        return ""  # text of them would be that of one letter
    if field.inside & _PAGES and field.name not in _LIVE:
        return "LRT360.rekent"
    if field.name in _LIVE:
        return ""
    return _SILENTLY if field.name in _SILENT else _TOLD.get(field.name, "LRT360.tekst")


def drop_contents(root: etree._Element) -> None:
    """Put one line in the place of those of each table of contents in `root`, and ask for others.

    A paragraph that holds something else, such as a bookmark, stays.
    """
    for field, _, result in _pieces(root):
        run, first = ancestor(field.begin, "r"), ancestor(field.begin, "p")
        if field.name not in CONTENTS or field.separate is None or run is None:
            continue
        field.begin.set(w("dirty"), "true")
        lines = dict.fromkeys(ancestor(item, "p") for item in result)
        _drop_all(result)
        line = make("t")
        set_text(line, _WAITING)
        field.separate.addnext(line)
        if field.end is not None:
            line.addnext(field.end)
        for paragraph in lines:
            if paragraph is not None and paragraph is not first and _is_empty(paragraph):
                drop(paragraph)


_WAITING = "Klik hier met de rechtermuisknop en kies Veld bijwerken: dan komt de inhoudsopgave."
_HOLDERS = {w("r"), w("hyperlink")}
_MARKS = [w(name) for name in ("bookmarkStart", "bookmarkEnd", "sectPr")]


def _is_empty(paragraph: etree._Element) -> bool:
    return not text_of(paragraph) and next(paragraph.iter(*_MARKS), None) is None


def _pieces(root: etree._Element) -> list[_Pieces]:
    fields = list(fields_of(root))
    items = _items(root) if fields else []
    at = {item: number for number, item in enumerate(items)}
    found = []
    for field in fields:
        if field.end is None:
            found.append(_Pieces(field, [field.begin], _items(field.begin)))
            continue
        last = at[field.end]
        middle = last if field.separate is None else at[field.separate] + 1
        found.append(_Pieces(field, items[at[field.begin] : middle], items[middle:last]))
    return found


def _items(root: etree._Element) -> list[etree._Element]:
    return [item for run in root.iter(w("r")) for item in run if item.tag != w("rPr")]


def _drop_all(items: Iterable[etree._Element | None]) -> None:
    for item in items:
        if item is not None:
            if item.tag == w("fldSimple"):
                for child in list(item):
                    item.addprevious(child)
            _drop_upward(item)


def _drop_upward(element: etree._Element) -> None:
    """Remove `element`, and the run and the link around it once nothing is left in them."""
    holder = element.getparent()
    drop(element)
    if holder is not None and holder.tag in _HOLDERS and not content_of(holder):
        _drop_upward(holder)
