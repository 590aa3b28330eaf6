"""What links a mail merge with its list: where that is, which rows it takes, in what order."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs import messages
from lrtdocs.word.package.elements import drop, is_on, val
from lrtdocs.word.package.ooxml import w

if TYPE_CHECKING:
    from lrtdocs.errors import Place, Problem
    from lrtdocs.word.package.package import Package

_LISTS = ("mailMerge", "recipientData")
_OF_TYPE = {
    "mailingLabels": "LRT366.mailingLabels",
    "envelopes": "LRT366.envelopes",
    "catalog": "LRT366.catalog",
}
_OF_QUERY = (
    (re.compile(r"\bWHERE\b(.*?)(?:\bORDER BY\b|$)", re.IGNORECASE | re.DOTALL), "LRT366.filter"),
    (re.compile(r"\bORDER BY\b(.*)", re.IGNORECASE | re.DOTALL), "LRT366.volgorde"),
)


def suppresses_blank(package: Package) -> bool:
    """Tell whether Word leaves out paragraphs of empty columns: it does unless told not to."""
    merge = _merge_settings(package)
    return merge is None or not is_on(merge.find(w("doNotSuppressBlankLines")))


def _merge_settings(package: Package) -> etree._Element | None:
    part = package.related(package.main, "settings")
    return package.tree(part).find(w("mailMerge")) if part in package else None


def link_problems(package: Package, place: Place) -> tuple[list[Problem], dict[str, str]]:
    """Return what is told of the list `package` is linked with, and Word's names of columns."""
    merge = _merge_settings(package)
    if merge is None:
        return [], {}
    problems = []
    if (kind := val(merge, "mainDocumentType")) in _OF_TYPE:
        problems.append(messages.problem(_OF_TYPE[kind], place))
    for pattern, key in _OF_QUERY:
        if found := pattern.search(val(merge, "query")):
            problems.append(messages.problem(key, place, None, found=found[1].strip()))
    if _excluded(package):
        problems.append(messages.problem("LRT366.uitgevinkt", place))
    mapped = {}
    for row in merge.iter(w("fieldMapData")):
        mine, theirs = val(row, "name"), val(row, "mappedName")
        if mine and theirs:
            mapped[theirs.casefold()] = mine
    return problems, mapped


def _excluded(package: Package) -> bool:
    """Tell whether rows of the list were left out one by one."""
    for part in package:
        if "recipientData" in part or "mailMergeRecipientData" in package.types.of(part):
            with suppress(etree.XMLSyntaxError):
                marks = package.tree(part).iter(w("active"))
                if any(not is_on(mark) for mark in marks):
                    return True
    return False


def drop_link(package: Package) -> None:
    """Take out of `package` what links it with a list."""
    part = package.related(package.main, "settings")
    if part not in package:
        return
    root = package.parse(part)
    for merge in root.findall(w("mailMerge")):
        drop(merge)
        package.write(part, root)
    rows = package.relations(part).values()
    gone = [row for row in rows if any(word in row.kind for word in _LISTS)]
    if gone:
        package.unrelate(part, [row.id for row in gone])
    for row in gone:
        if row.part in package:
            package.drop_part(row.part)
