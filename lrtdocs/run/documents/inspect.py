"""A finished document, Word or PDF: who can read it, and what it carries that nobody sees.

Nothing is called accessible here: it is told what was looked at, by which rules, and what only a
person can see.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.errors import FileProblemError, Place, TemplateProblemsError
from lrtdocs.findings import cut_short
from lrtdocs.messages import problem, text
from lrtdocs.model.afzender import Huisstijl
from lrtdocs.model.characters import squeeze
from lrtdocs.run.load.model import load_model
from lrtdocs.source.files import find_huisstijl, read_bytes, show_path
from lrtdocs.word.facts import read_facts
from lrtdocs.word.hidden import Hidden, drop_hidden, has_tags, is_organisation
from lrtdocs.word.package.guards import read_any, read_package
from lrtdocs.word.package.metadata import tells_of_people

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from lrtdocs import pdf
    from lrtdocs.errors import Problem
    from lrtdocs.word.package.package import Package

MAX_DOCUMENT = 200_000_000


class Inspected(NamedTuple):
    """What was found in a finished document, and by which rules it was looked at.

    `in_house_style` tells that it was made with a template of ours.
    """

    problems: list[Problem]
    statement: str
    in_house_style: bool = True


def inspect_pdf(path: Path) -> Inspected:
    """Return what keeps the PDF at `path` from being read by all, and what is hidden in it."""
    from lrtdocs import pdf  # only who has a PDF loads it

    data, place = read_bytes(path, MAX_DOCUMENT), Place(show_path(path))
    problems = pdf.check_pdf(data, place.file)
    if any(one.code == "LRT440" for one in problems):
        return Inspected(problems, "")
    looked = pdf.look(data, place.file)
    verdict = pdf.ask_validator(path, looked.claims)
    problems += looked.problems
    if verdict is not None:
        problems += [fault.at(place) for fault in verdict.faults]
    hidden = pdf.find_hidden(data, partial(_is_organisation, _organisations(path)), tells_of_people)
    told = [problem("LRT518.pdf", place, None, what=what, found=found) for what, found in hidden]
    said = dutch.join_words(sorted(looked.claims)) or text("deel.zegt_niets")
    by = _told_by(verdict)
    statement = text("deel.bekeken_pdf", file=path.name, said=said, by=by)
    return Inspected([*cut_each(problems), *told], statement)


def _told_by(verdict: pdf.Verdict | None) -> str:
    """Return by which rules veraPDF looked, or that it did not."""
    if verdict is None:
        return text("deel.zonder_verapdf")
    if not verdict.standards:
        return text("deel.mislukt_verapdf")
    rules, broken = dutch.join_words(verdict.standards), len(verdict.faults)
    return text("deel.met_verapdf", version=verdict.version, by=rules, n=broken)


def inspect_docx(path: Path, data: bytes) -> Inspected | None:
    """Return what keeps the Word document `data`, at `path`, from being read by all.

    None if it is a template, or no document that can be read.
    """
    from lrtdocs.word.accessibility import (  # only who looks at a document loads it
        check_accessibility,
        is_in_house_style,
    )

    try:
        package = read_any(data, show_path(path))
    except TemplateProblemsError:
        return None
    if has_tags(package):
        return None
    problems = [*cut_each(check_accessibility(package)), *(check_docx(path, data) or ())]
    statement = text("deel.bekeken_word", file=path.name)
    return Inspected(problems, statement, is_in_house_style(package))


def cut_each(problems: Iterable[Problem]) -> list[Problem]:
    """Return `problems`, those under one key cut short."""
    by_key: dict[str, list[Problem]] = {}
    for one in problems:
        by_key.setdefault(one.key, []).append(one)
    return [one for found in by_key.values() for one in cut_short(found)]


def check_docx(path: Path, data: bytes) -> list[Problem] | None:
    """Return what is hidden in the Word document `data`, at `path`; None if it is a template."""
    place = Place(show_path(path))
    try:
        package = read_package(data, place.file)
    except TemplateProblemsError:
        return None
    if has_tags(package):
        return None
    hidden = drop_unseen(package, path, data)
    gone = [str(one.fields["target"]) for one in package.warnings if one.code == "LRT516"]
    hidden += [Hidden("pad van een ander bestand", path) for path in gone]
    return [problem("LRT518.word", place, None, what=one.what, found=one.text) for one in hidden]


def drop_unseen(package: Package, path: Path, data: bytes) -> list[Hidden]:
    """Take out of `package`, the finished document `data` at `path`, what nobody sees of it.

    Of its properties those stay that tell of an organisation, or what its pages say; tell of the
    others.
    """
    known, facts = _organisations(path), read_facts(data)
    title = facts.properties.get("title", "")
    shown = squeeze("".join((title, *facts.body, *facts.beside, *facts.first, *facts.later)))

    def is_wanted(name: str, text: str) -> bool:
        if name == "creator":
            return _is_organisation(known, text)
        said = (
            name in {"subject", "identifier", "category", "contentStatus", "TitlesOfParts"}
            and squeeze(text) in shown
        )
        return said or name in {"created", "modified", "Application"}

    return drop_hidden(package, is_wanted)


def _organisations(path: Path) -> set[str]:
    """Return what the house style for `path` calls its senders."""
    try:
        house = load_model(find_huisstijl(path), Huisstijl, [])
    except FileProblemError:
        house = None
    if house is None:
        return set()
    names = {house.model.organisatie}
    for sender in house.model.afzenders.values():
        names |= {sender.organisatie, sender.directoraat_generaal, sender.directie, sender.team}
    return {name for name in names if name}


def _is_organisation(known: Collection[str], text: str) -> bool:
    return text in known or is_organisation(text)
