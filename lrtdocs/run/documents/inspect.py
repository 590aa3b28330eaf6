"""What a finished document, Word or PDF, carries that nobody sees: names above all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lrtdocs.errors import FileProblemError, Place, TemplateProblemsError
from lrtdocs.messages import problem
from lrtdocs.model.afzender import Huisstijl
from lrtdocs.model.characters import squeeze
from lrtdocs.run.load.model import load_model
from lrtdocs.source.files import find_huisstijl, read_bytes, show_path
from lrtdocs.word.facts import read_facts
from lrtdocs.word.hidden import Hidden, drop_hidden, has_tags, is_organisation
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.metadata import tells_of_people

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.word.package.package import Package

MAX_DOCUMENT = 200_000_000


def check_pdf(path: Path) -> list[Problem]:
    """Return what keeps the PDF at `path` from being accessible, and what is hidden in it."""
    from lrtdocs import pdf  # only who has a PDF loads it

    data, place = read_bytes(path, MAX_DOCUMENT), Place(show_path(path))
    problems = pdf.check_pdf(data, place.file)
    if any(one.code == "LRT440" for one in problems):
        return problems
    hidden = pdf.find_hidden(data, partial(_is_organisation, _organisations(path)), tells_of_people)
    told = [problem("LRT518.pdf", place, None, what=what, found=text) for what, text in hidden]
    return [*problems, *told]


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
