"""A story as it is read: as one accepts it in Word, and whole.

Whoever counts paragraphs, to fill them, to tell what is wrong in one or to hang a remark on it,
counts those of a story in this form; so all of them mean the same paragraph by a number. Data can
spoil the structure again (a table without rows, a cell without a paragraph, a row with more cells
than columns); `mend_part` makes that whole too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.elements import drop, val
from lrtdocs.word.package.ooxml import XML_HEAD, parse_xml, w
from lrtdocs.word.story.cleanup import clear_story
from lrtdocs.word.story.revisions import accept_revisions
from lrtdocs.word.story.tables import drop_empty_tables, mend_columns

if TYPE_CHECKING:
    from lrtdocs.errors import Place, Problem

BLOCKS = {w("p"), w("tbl"), w("sdt"), w("customXml")}
HOLDERS = {w(n) for n in ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent", "comment")}
"""What holds blocks, and is broken when it holds none."""


def normalize_story(root: etree._Element, place: Place) -> list[Problem]:
    """Accept the tracked changes of `root`, drop comments, make it whole; return warnings."""
    accepted = accept_revisions(root, place)
    clear_story(root)
    _mend_story(root)
    return accepted


def drop_unknown_lists(root: etree._Element, lists: set[str]) -> None:
    """Take numbering out of `root` that is not among `lists`, and is not "0" (none)."""
    known = lists | {"0"}
    for properties in list(root.iter(w("numPr"))):
        if properties.find(w("numId")) is not None and val(properties, "numId") not in known:
            drop(properties)


def mend_part(xml: str) -> str:
    """Return the filled story `xml` with its tables, columns, cells and holders made whole."""
    root = parse_xml(xml.encode())
    _mend_story(root)
    mend_columns(root)
    return XML_HEAD + etree.tostring(root, encoding="unicode")


def _mend_story(root: etree._Element) -> None:
    """Make tables, cells and holders whole."""
    for control in reversed(list(root.iter(w("sdt")))):
        content, parent = control.find(w("sdtContent")), control.getparent()
        if parent is not None and (content is None or len(content) == 0):
            parent.remove(control)
    drop_empty_tables(root)
    for holder in list(root.iter(*HOLDERS)):
        children = list(holder)
        if holder.tag == w("tc"):
            if not children or children[-1].tag not in {w("p"), w("sdt")}:
                etree.SubElement(holder, w("p"))
        elif not any(child.tag in BLOCKS for child in children) and not _drop_box(holder):
            etree.SubElement(holder, w("p"))


def _drop_box(holder: etree._Element) -> bool:
    """Drop the drawing around a text box that holds nothing; tell whether `holder` was one."""
    if holder.tag != w("txbxContent"):
        return False
    child, parent = holder, holder.getparent()
    while parent is not None and parent.tag != w("r"):
        child, parent = parent, parent.getparent()
    if parent is not None:
        parent.remove(child)
    return parent is not None
