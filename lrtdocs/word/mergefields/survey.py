"""What is told of a mail merge before it is converted: each field, and what becomes of it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs.word.mergefields.expressions import Speaker
from lrtdocs.word.mergefields.making import DATES, Maker, find_bookmarks
from lrtdocs.word.mergefields.pieces import shown
from lrtdocs.word.mergefields.placing import outermost
from lrtdocs.word.mergefields.reading import CannotSayError, all_fields, flows_of, read_flow
from lrtdocs.word.package.elements import ancestor
from lrtdocs.word.package.ooxml import w

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from lrtdocs.word.mergefields.expressions import Named

_LONGEST = 120


class Seen(NamedTuple):
    """A field: its paragraph, its name and code, and the tags for it, or why there are none."""

    paragraph: etree._Element | None
    name: str
    code: str
    tags: str
    reason: str


def survey(root: etree._Element, word_of: Callable[[str], Named]) -> Iterator[Seen]:
    """Yield the fields of a mail merge in the part `root`, which stays as it is."""
    if next(root.iter(w("fldChar"), w("fldSimple")), None) is None:
        return
    twin = copy.deepcopy(root)
    paragraphs = dict(zip(twin.iter(w("p")), root.iter(w("p")), strict=True))
    flows = [read_flow(flow) for flow in flows_of(twin)]
    fields = [field for flow in flows for field in all_fields(flow)]
    maker = Maker(Speaker(word_of, find_bookmarks(fields, Speaker(word_of, {}))))
    for flow in reversed(flows):
        for field in outermost(flow, maker):
            if field.name in DATES:
                continue  # told as a field of Word
            tags, reason = "", ""
            try:
                tags = shown(maker.pieces(field)).strip()
            except CannotSayError as error:
                reason = error.key
            if len(tags) > _LONGEST:
                tags = f"{tags[:_LONGEST]} …"
            paragraph = ancestor(field.begin, "p")
            at = None if paragraph is None else paragraphs.get(paragraph)
            yield Seen(at, field.name, str(field)[1:-1].strip(), tags, reason)
