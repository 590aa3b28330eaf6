"""A template and its stories as they are read: without what editing leaves behind, and whole.

Whoever counts paragraphs, to fill them, to tell what is wrong in one or to hang a remark on it,
counts those of a story in this form; so all of them mean the same paragraph by a number.

A letter must not carry the history of its template: deleted text would still be printed by
LibreOffice, a link may not stand inside an insertion, and comments are for the people who work on
the template, and name them. LibreOffice gives a frame the exact height of what stands in it, which
are tags; what is filled in would be cut off, as in a row of an exact height. Word and LibreOffice
draw bullets with a symbol font, which a screen reader cannot name. Data can spoil the structure
again (a table without rows, a cell without a paragraph, a row with more cells than columns);
`mend_part` makes that whole too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs import messages
from lrtdocs.errors import Place, Problem
from lrtdocs.word.package.elements import (
    add_property,
    ancestor,
    content_of,
    drop,
    path,
    properties_of,
    val,
)
from lrtdocs.word.package.ooxml import NUMBERING_TYPE, WP, XML_HEAD, owner_of_rels, parse_xml, w
from lrtdocs.word.package.package import style_chain
from lrtdocs.word.story.tables import drop_empty_tables, mend_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtdocs.word.package.package import Package

AUTHOR = "lrtdocs"
"""In whose name lrtdocs writes comments; see `comments`."""

BLOCKS = {w("p"), w("tbl"), w("sdt"), w("customXml")}
HOLDERS = {w(n) for n in ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent", "comment")}
"""What holds blocks, and is broken when it holds none."""

_DELETED = (w("del"), w("moveFrom"), w("cellDel"))
_INSERTED = (w("ins"), w("moveTo"))
_HISTORY = (
    *(w(f"{name}Change") for name in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")),
    *(w(name) for name in ("tblPrExChange", "numberingChange", "cellIns", "cellMerge")),
    *(w(f"{kind}Range{end}") for kind in ("moveFrom", "moveTo") for end in ("Start", "End")),
)
_COMMENTS = [w(name) for name in ("commentRangeStart", "commentRangeEnd", "commentReference")]
_COLLAPSED = "{http://schemas.microsoft.com/office/word/2012/wordml}collapsed"
"""Of a heading whose text is folded away: Word does not print that."""
_COMMENT_PARTS = {"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"}
_LINE = (w("lineRule"), w("line"))
_BULLETS = {"\uf0b7": "•", "\uf02d": "–", "\uf0a7": "▪"}


def drop_comments(package: Package) -> list[Problem]:
    """Drop the parts of `package` that hold comments; return a warning when people made any."""
    by_people = False
    for owner in [owner_of_rels(name) for name in package if name.endswith(".rels")]:
        for row in package.relations(owner).values():
            if row.kind in _COMMENT_PARTS:
                by_people = by_people or _has_people(package, row.part)
                package.unrelate(owner, [row.id])
                package.drop_part(row.part)
    return [messages.problem("LRT323", Place(package.name))] if by_people else []


def _has_people(package: Package, part: str) -> bool:
    if b"comment " not in package.get(part, b""):
        return False
    comments = package.tree(part).iter(w("comment"))
    return any(comment.get(w("author")) != AUTHOR for comment in comments)


def mend_bullets(package: Package) -> None:
    """Give the bullets of symbol fonts in `package` the characters they look like."""
    for part in package.parts_of_type(NUMBERING_TYPE):
        root = package.parse(part)
        bullets = [text for text in root.iter(w("lvlText")) if text.get(w("val")) in _BULLETS]
        for bullet in bullets:
            bullet.set(w("val"), _BULLETS[bullet.get(w("val"), "")])
            for properties in bullet.itersiblings(w("rPr")):
                etree.strip_elements(properties, w("rFonts"))
        if bullets:
            package.write(part, root)


def accept_revisions(root: etree._Element, place: Place) -> list[Problem]:
    """Accept the tracked changes in `root`, drop comments; return a warning for changes."""
    changed = accept_changes(root)
    etree.strip_elements(root, *_COMMENTS, _COLLAPSED, with_tail=False)
    _let_frames_grow(root)
    return [messages.problem("LRT317", place)] if changed else []


def accept_changes(root: etree._Element) -> bool:
    """Accept the tracked changes in `root`; tell whether there were any."""
    changes = list(root.iter(*_DELETED, *_INSERTED, *_HISTORY))
    for change in changes:
        if change.tag in _DELETED and len(change) == 0:
            _delete_around(change)
    etree.strip_elements(root, *_DELETED, *_HISTORY)
    etree.strip_tags(root, *_INSERTED)
    return bool(changes)


def _delete_around(mark: etree._Element) -> None:
    """Remove the cell or row that `mark` deletes, or join its paragraph to the next."""
    parent = mark.getparent()
    if parent is None:
        return
    name = "tc" if mark.tag == w("cellDel") else {w("trPr"): "tr", w("rPr"): "p"}.get(parent.tag)
    holder = ancestor(mark, name) if name else None
    if holder is None:
        return
    if name == "p":
        following = holder.getnext()
        if following is None or following.tag != w("p"):
            return
        index = 1 if following.find(w("pPr")) is not None else 0
        for child in reversed(content_of(holder)):
            following.insert(index, child)
    if holder.find(path("pPr/sectPr")) is None:
        drop(holder)


def _let_frames_grow(root: etree._Element) -> None:
    """Take the exact height from the frames and rows with tags in `root`, and frames like them."""
    exact = [frame for frame in root.iter(w("framePr")) if frame.get(w("hRule")) == "exact"]
    varying = {tuple(sorted(frame.attrib.items())) for frame in exact if _has_tags(frame)}
    for frame in exact:
        if tuple(sorted(frame.attrib.items())) in varying:
            for name in ("hRule", "h"):
                frame.attrib.pop(w(name), "")
    for height in root.iter(w("trHeight")):
        if height.get(w("hRule")) == "exact" and _has_tags(height, "tr"):
            height.set(w("hRule"), "atLeast")


def _has_tags(mark: etree._Element, name: str = "p") -> bool:
    holder = ancestor(mark, name)
    texts = () if holder is None else holder.iter(w("t"))
    return "{" in "".join(text.text or "" for text in texts)


def make_room_for_pictures(root: etree._Element, styles: Mapping[str, etree._Element]) -> None:
    """Let the lines of `root` with a picture or chart in them be as high as it is.

    On a line of exact height, as in the styles of the house, Word and LibreOffice show a strip.
    """
    paragraphs = (ancestor(picture, "p") for picture in root.iter(f"{{{WP}}}inline"))
    for paragraph in paragraphs:
        if paragraph is None:
            continue
        chain = style_chain(val(paragraph, "pPr/pStyle"), styles)
        found = [one.find(path("pPr/spacing")) for one in (paragraph, *chain)]
        given = [one.attrib for one in found if one is not None]
        rule, line = (next((one[key] for one in given if key in one), "") for key in _LINE)
        if rule == "exact":
            properties = properties_of(paragraph, "pPr")
            spacing = properties.find(w("spacing"))
            if spacing is None:
                spacing = add_property(properties, "spacing")
            for key, value in zip(_LINE, ("atLeast", line), strict=True):
                spacing.set(key, value)


def drop_unknown_lists(root: etree._Element, lists: set[str]) -> None:
    """Take numbering out of `root` that is not among `lists`, and is not "0" (none)."""
    for properties in list(root.iter(w("numPr"))):
        if val(properties, "numId", "0") not in lists | {"0"}:
            drop(properties)


def mend_part(xml: str) -> str:
    """Return the filled story `xml` with its tables, columns, cells and holders made whole."""
    root = parse_xml(xml.encode())
    mend_story(root)
    mend_columns(root)
    return XML_HEAD + etree.tostring(root, encoding="unicode")


def mend_story(root: etree._Element) -> None:
    """Make tables, cells and holders whole."""
    for control in reversed(list(root.iter(w("sdt")))):
        content = control.find(w("sdtContent"))
        if content is None or len(content) == 0:
            drop(control)
    drop_empty_tables(root)
    for holder in list(root.iter(*HOLDERS)):
        if holder.tag == w("tc"):
            whole = len(holder) > 0 and holder[-1].tag in {w("p"), w("sdt")}
        else:
            whole = any(child.tag in BLOCKS for child in holder) or _drop_box(holder)
        if not whole:
            etree.SubElement(holder, w("p"))


def _drop_box(holder: etree._Element) -> bool:
    """Drop the drawing around a text box that holds nothing; tell whether `holder` was one."""
    run = ancestor(holder, "r") if holder.tag == w("txbxContent") else None
    if run is None:
        return False
    drop(next(one for one in (holder, *holder.iterancestors()) if one.getparent() is run))
    return True
