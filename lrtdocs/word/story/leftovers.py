"""What editing leaves behind in a template and would spoil its documents: mended when compiled.

Comments are for the people who work on the template, and name them. LibreOffice gives a frame the
exact height of what stands in it, which are tags; what is filled in would be cut off. Word and
LibreOffice draw bullets with a symbol font, which a screen reader cannot name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.word.package.ooxml import (
    CONTENT_TYPES,
    NUMBERING_TYPE,
    Types,
    owner_of_rels,
    parse_xml,
    rels_name,
    serialize_xml,
    target_member,
    w,
)
from lrtdocs.word.package.problems import template_problem
from lrtdocs.word.package.relations import drop_override
from lrtdocs.word.tags.paragraphs import remove_element

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

AUTHOR = "lrtdocs"
"""In whose name lrtdocs writes comments; see `comments`."""

_COMMENT_PARTS = {"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"}
_HUNG = [w(name) for name in ("commentRangeStart", "commentRangeEnd", "commentReference")]
_BULLETS = {"\uf0b7": "•", "\uf02d": "–", "\uf0a7": "▪"}


def drop_comments(members: Mapping[str, bytes]) -> tuple[dict[str, bytes], bool]:
    """Return `members` without the parts that hold comments, and whether people made any."""
    kept, by_people = dict(members), False
    for rels in [name for name in members if name.endswith(".rels")]:
        root, owner = parse_xml(members[rels]), owner_of_rels(rels)
        rows = [row for row in root if row.get("Type", "").rpartition("/")[2] in _COMMENT_PARTS]
        for row in rows:
            root.remove(row)
            member = target_member(owner, row.get("Target", ""))
            by_people = by_people or _has_people(kept.pop(member, b""))
            kept.pop(rels_name(member), None)
            kept[CONTENT_TYPES] = drop_override(kept[CONTENT_TYPES], member)
        if rows:
            kept[rels] = serialize_xml(root)
    return kept, by_people


def _has_people(data: bytes) -> bool:
    comments = parse_xml(data).iter(w("comment")) if b"comment " in data else ()
    return any(comment.get(w("author")) != AUTHOR for comment in comments)


def tell_comments(place: Place) -> Problem:
    """Return the warning that comments stay behind in the template."""
    message = "De opmerkingen in dit sjabloon komen niet in de documenten."
    remedy = "Dit is goed zo. Verwijder ze in Word als ze zijn afgehandeld."
    return template_problem("LRT323", place, message, remedy=remedy, severity=Severity.WARNING)


def mend_bullets(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return `members` with the bullets of symbol fonts as the characters they look like."""
    types = Types(members[CONTENT_TYPES])
    mended = dict(members)
    for member in [name for name in members if types.of(name) == NUMBERING_TYPE]:
        root = parse_xml(members[member])
        levels = [level for level in root.iter(w("lvl")) if _mend_level(level)]
        if levels:
            mended[member] = serialize_xml(root)
    return mended


def _mend_level(level: etree._Element) -> bool:
    """Give one level of a list a bullet that has a name; tell whether it needed one."""
    text = level.find(w("lvlText"))
    bullet = _BULLETS.get("" if text is None else text.get(w("val"), ""))
    if text is None or bullet is None:
        return False
    text.set(w("val"), bullet)
    for fonts in list(level.iterfind(f"{w('rPr')}/{w('rFonts')}")):
        fonts.getparent().remove(fonts)  # type: ignore[union-attr]
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
    paragraph = next(frame.iterancestors(w("p")), None)
    texts = () if paragraph is None else paragraph.iter(w("t"))
    return "{" in "".join(text.text or "" for text in texts)
