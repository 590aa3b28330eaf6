"""The shipped templates with the words of the examples, and the text of what comes out."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lrtdocs.documents.letters import letter_words, shared_words
from lrtdocs.documents.meetings import meeting_words
from lrtdocs.kinds import KINDS, Source
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import MC, STORY_TYPES, parse_xml, w
from lrtdocs.word.package.package import part_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

ROOT = Path(__file__).parent.parent
TEMPLATES = tuple(KINDS)
_TODAY = dt.date(2025, 3, 25)
_CHARS = {w("tab"): "\t", w("br"): "\n", w("noBreakHyphen"): "\u2011"}


def template_of(kind: str) -> bytes:
    """Return the shipped template of `kind`."""
    return (ROOT / "templates" / f"{kind}.docx").read_bytes()


@cache
def words_of(kind: str) -> Mapping[str, Any]:
    """Return the words of the example of `kind`; of a mailing those of its first letter."""
    if KINDS[kind].source is Source.MEETING:
        loaded, _ = load_vergadering(ROOT / "examples" / KINDS[kind].example, kind)
        assert loaded is not None
        parts = (loaded.model, loaded.house.huisstijl, loaded.house.afzender)
        return meeting_words(KINDS[kind], *parts, _TODAY)
    mailing, _ = load_mailing(ROOT / "examples" / KINDS[kind].example)
    assert mailing is not None
    ontvanger = next(iter(mailing.recipients))
    code = ontvanger.code or ""
    row = mailing.verdeling.rijen[code] if mailing.verdeling else None
    shared = shared_words(
        mailing.mailing, mailing.house.huisstijl, mailing.house.afzender, _TODAY, mailing.verdeling
    )
    gemeente = mailing.register.find(code)
    return {**shared, **letter_words(ontvanger, 1, gemeente, row, mailing.mailing)}


def filled_text(kind: str, template: bytes) -> dict[str, list[str]]:
    """Return the paragraphs that the example of `kind` makes of `template`, by part."""
    return text_of(render(compile_template(template, f"{kind}.docx"), words_of(kind)))


def text_of(data: bytes) -> dict[str, list[str]]:
    """Return the paragraphs with text in each part of a document, by the name of the part.

    Results of fields (page numbers) and the fallback copies of text boxes are left out.
    """
    package = read_package(data, "uit.docx")
    found: dict[str, list[str]] = {}
    for member, name in part_names(package).items():
        if package.types.of(member) in STORY_TYPES:
            root = parse_xml(package.members[member])
            lines = [line for line in map(_line, root.iter(w("p"))) if line]
            if lines:
                found[name] = lines
    return found


def _line(paragraph: etree._Element) -> str:
    if next(paragraph.iterancestors(f"{{{MC}}}Fallback"), None) is not None:
        return ""
    text, depth = "", 0
    for element in paragraph.iter():
        if next(element.iterancestors(w("p")), None) is not paragraph:
            continue
        if element.tag == w("fldChar"):
            depth += {"begin": 1, "end": -1}.get(element.get(w("fldCharType"), ""), 0)
        elif depth == 0 and next(element.iterancestors(w("fldSimple")), None) is None:
            is_text = element.tag == w("t")
            in_run = element.getparent().tag == w("r")  # type: ignore[union-attr]
            text += (element.text or "") if is_text else _CHARS.get(element.tag, "") * in_run
    return text.strip()
