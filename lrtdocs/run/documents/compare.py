"""What two Word documents differ in: their text, what stands above and below it, their looks."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lrtdocs.errors import FileProblemError, TemplateProblemsError, shorten
from lrtdocs.messages import text
from lrtdocs.run.documents.finish import MAX_TEMPLATE
from lrtdocs.run.meetings.comparing import around, pair_texts
from lrtdocs.run.templates.vocabulary import find_words
from lrtdocs.source.files import read_bytes, show_path
from lrtdocs.word.facts import read_facts
from lrtdocs.word.package.guards import read_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lrtdocs.word.package.package import Package

_QUOTED = 90
_PROPERTIES = ("title", "subject", "identifier", "creator")
_ABOVE, _BESIDE = "deel.alinea_kop", "deel.alinea_noot"
_UNSEEN = ("docProps/", "_rels/", "[Content_Types]")


def compare_documents(old: Path, new: Path) -> list[str]:
    """Return what `new` has otherwise than `old`, both Word documents, in sentences.

    Raises FileProblemError for one that cannot be read.
    """
    before, now = (read_bytes(path, MAX_TEMPLATE) for path in (old, new))
    first, second = _open(old, before), _open(new, now)
    was, is_now = read_facts(before), read_facts(now)
    told = [
        *_compare_body(was.body, is_now.body),
        *_compare_around(_ABOVE, [*was.first, *was.later], [*is_now.first, *is_now.later]),
        *_compare_around(_BESIDE, was.beside, is_now.beside),
        *_compare_words(first, second),
    ]
    for name in _PROPERTIES:
        old_value, new_value = was.properties.get(name, ""), is_now.properties.get(name, "")
        if old_value != new_value:
            what = text("deel.eigenschap", name=_CALLED[name])
            told.append(text("deel.waarde_anders", what=what, **_quote(old_value, new_value)))
    if not told and _looks(first) != _looks(second):
        told.append(text("deel.opmaak_anders"))
    return told


_CALLED = {
    "title": "De titel",
    "subject": "Het onderwerp",
    "identifier": "Het kenmerk",
    "creator": "De auteur",
}


def _open(path: Path, data: bytes) -> Package:
    try:
        return read_package(data, show_path(path))
    except TemplateProblemsError as error:
        raise FileProblemError(*error.problems) from error


def _compare_body(was: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        places = {line: at for at, line in reversed([*enumerate(now[start:end], start + 1)])}
        for gone, come in pair_texts(was[first:last], now[start:end]):
            if not gone.strip() and not come.strip():
                continue
            yield _tell_paragraph(gone, come, places.get(come, start + 1))


def _tell_paragraph(gone: str, come: str, number: int) -> str:
    if gone and come:
        return text("deel.alinea_anders", number=number, **_quote(gone, come))
    if come:
        return text("deel.alinea_nieuw", number=number, now=shorten(come, _QUOTED))
    return text("deel.alinea_weg", before=shorten(gone, _QUOTED))


def _compare_around(key: str, was: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """Yield what stands beside the text otherwise; what repeats on pages counts once."""
    before, after = dict.fromkeys(was), dict.fromkeys(now)
    gone = [line for line in before if line not in after]
    come = [line for line in after if line not in before]
    for old, new in pair_texts(gone, come):
        yield text(key, **_quote(old, new))


def _compare_words(first: Package, second: Package) -> Iterator[str]:
    """Yield the words of a template that it does not use any more, or only now."""
    was, now = find_words(first), find_words(second)
    for word in sorted(now - was):
        yield text("deel.woord_erbij", word=word)
    for word in sorted(was - now):
        yield text("deel.woord_weg", word=word)


def _quote(before: str, now: str) -> dict[str, str]:
    """Return both as they stand in a sentence: between quotes, from where they part."""
    old, new = around(before, now) if before and now else (before, now)
    nothing = text("deel.niets")
    quoted = [f"'{shorten(one, _QUOTED)}'" if one.strip() else nothing for one in (old, new)]
    return {"before": quoted[0], "now": quoted[1]}


def _looks(package: Package) -> dict[str, bytes]:
    return {
        name: data
        for name, data in package.members.items()
        if not name.startswith(_UNSEEN) and not name.endswith("/")
    }
