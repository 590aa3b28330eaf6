"""The document as a whole: its title, the language of its text, and what was left in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from lrtdocs.language import Taal, guess_taal
from lrtdocs.messages import Fault
from lrtdocs.word.package.elements import val
from lrtdocs.word.package.ooxml import WML_TYPE, w
from lrtdocs.word.package.package import style_chain
from lrtdocs.wording import is_empty_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.errors import Problem
    from lrtdocs.word.accessibility.paper import Line, Paper

_SETTINGS_TYPE = WML_TYPE + "settings+xml"
_NO_LANGUAGE = {"", "x-none", "zxx", "und", "mul"}
_CHANGES = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo"))


def check_title(paper: Paper) -> Iterator[Problem]:
    """Yield what is wrong with the title, which a reader hears first and a PDF shows in its bar."""
    if not paper.title:
        yield paper.at(Fault("LRT870.geen-titel"))
    elif is_empty_title(paper.title):
        yield paper.at(Fault("LRT870.bestandsnaam", {"title": paper.title}))


def check_language(paper: Paper) -> Iterator[Problem]:
    """Yield what is wrong with the language of the document, and of passages in it."""
    standard = paper.sheet.language
    said: dict[str, list[tuple[Line, str]]] = defaultdict(list)
    for line in (*paper.lines, *paper.notes):
        for language, text in _passages(paper, line):
            said[language].append((line, text))
    usual = " ".join(text for _, text in said.get("", ()))
    real = guess_taal(usual)
    if not standard:
        yield paper.at(Fault("LRT870.geen-taal"))
    elif real and _primary(standard) != real:
        told = Fault(
            "LRT870.andere-taal", {"said": standard, "name": real.naam, "wanted": real.tag}
        )
        yield paper.at(told)
    for language, found in said.items():
        known = _primary(language or standard)
        if known in _NO_LANGUAGE or (not language and real and known != real):
            continue
        wrong = [(line, text) for line, text in found if _differs(text, known)]
        whole = " ".join(text for _, text in found)
        if not wrong and language and _differs(whole, known):
            wrong = found[:1]
        for line, text in wrong:
            taal = guess_taal(text) or guess_taal(whole) or Taal.NL
            fault = Fault(
                "LRT870.taal-van-tekst",
                {"name": taal.naam, "said": language or standard, "found": line.found},
            )
            yield paper.at(fault, line)


def _differs(text: str, primary: str) -> bool:
    real = guess_taal(text)
    return real is not None and real != primary


def _passages(paper: Paper, line: Line) -> Iterator[tuple[str, str]]:
    """Yield the text of `line` by the language that it is marked with, "" for the usual one."""
    of_style = _language_of(paper, line.style)
    texts: dict[str, list[str]] = defaultdict(list)
    for run in paper.runs(line):
        own = val(run.element, "rPr/lang") or _language_of(paper, val(run.element, "rPr/rStyle"))
        language = own or of_style
        texts["" if _primary(language) == _primary(paper.sheet.language) else language].append(
            run.text
        )
    for language, pieces in texts.items():
        yield language, "".join(pieces)


def _language_of(paper: Paper, style: str) -> str:
    chain = style_chain(style, paper.sheet.elements) if style else ()
    return next((found for one in chain if (found := val(one, "rPr/lang"))), "")


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def check_state(paper: Paper) -> Iterator[Problem]:
    """Yield what was left in the document: changes that Word keeps track of, and a lock."""
    changed = next(paper.body.iter(*_CHANGES), None)
    if changed is not None:
        yield paper.at(Fault("LRT870.wijzigingen"), paper.line_at(changed))
    part = paper.package.part_of_type(_SETTINGS_TYPE)
    for lock in paper.package.tree(part).iter(w("documentProtection")) if part else ():
        if lock.get(w("enforcement"), "0") in {"1", "true", "on"}:
            yield paper.at(Fault("LRT870.vergrendeld"))
