"""What editing leaves behind in a template and would spoil its documents: mended when compiled.

Comments are for the people who work on the template, and name them. LibreOffice gives a frame the
exact height of what stands in it, which are tags; what is filled in would be cut off. Word and
LibreOffice draw bullets with a symbol font, which a screen reader cannot name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place, Problem
from lrtdocs.word.package.elements import ancestor, drop, path, val
from lrtdocs.word.package.ooxml import NUMBERING_TYPE, owner_of_rels, w
from lrtdocs.word.tags.paragraphs import remove_element

if TYPE_CHECKING:
    from lxml import etree

    from lrtdocs.word.package.package import Package

AUTHOR = "lrtdocs"
"""In whose name lrtdocs writes comments; see `comments`."""

_COMMENT_PARTS = {"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"}
_HUNG = [w(name) for name in ("commentRangeStart", "commentRangeEnd", "commentReference")]
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
        if [level for level in root.iter(w("lvl")) if _mend_level(level)]:
            package.write(part, root)


def _mend_level(level: etree._Element) -> bool:
    """Give one level of a list a bullet that has a name; tell whether it needed one."""
    text, bullet = level.find(w("lvlText")), _BULLETS.get(val(level, "lvlText"))
    if text is None or bullet is None:
        return False
    text.set(w("val"), bullet)
    for fonts in level.findall(path("rPr/rFonts")):
        drop(fonts)
    return True


def clear_story(root: etree._Element) -> None:
    """Take the marks of comments out of the story `root`, and let frames with tags grow."""
    for element in list(root.iter(*_HUNG)):
        remove_element(element)
    exact = [frame for frame in root.iter(w("framePr")) if frame.get(w("hRule")) == "exact"]
    varying = {tuple(sorted(frame.attrib.items())) for frame in exact if _has_tags(frame)}
    for frame in exact:
        if tuple(sorted(frame.attrib.items())) in varying:
            for name in ("hRule", "h"):
                frame.attrib.pop(w(name), "")


def _has_tags(frame: etree._Element) -> bool:
    paragraph = ancestor(frame, "p")
    texts = () if paragraph is None else paragraph.iter(w("t"))
    return "{" in "".join(text.text or "" for text in texts)
