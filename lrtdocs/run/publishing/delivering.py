"""Making the package for a platform out of publication copies that were planned.

All of it is made first, and looked through for what was left out: by the same proof as
`openbaar controleer`. Only a package in which nothing of it was found is written.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.clock import today
from lrtdocs.documents.metadata.diwoo import describe_letter, describe_meeting, title_of
from lrtdocs.errors import Place, has_errors
from lrtdocs.kinds import KINDS
from lrtdocs.language import Taal
from lrtdocs.messages import problem, text
from lrtdocs.model.metadata.waardelijsten import diwoo_version, lists_made
from lrtdocs.model.openbaar.blok import Beoordeling, OpenbaarTabel
from lrtdocs.model.openbaar.gronden import GRONDEN, MARK
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.documents.finish import make_pdfs
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.folder.names import is_old_pdf, plan_file
from lrtdocs.run.load.meeting import date_meeting, kinds_so_far
from lrtdocs.run.publishing.package import ANNOUNCED, FOLDER, Stuk, lay_out_package
from lrtdocs.run.publishing.packing import pack
from lrtdocs.run.publishing.proof import prove
from lrtdocs.run.publishing.wanted import join_wanted, wanted_of
from lrtdocs.source.files import is_file, show_path
from lrtdocs.word.facts import read_facts
from lrtdocs.word.web.page import make_page

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from lrtdocs.documents.metadata.diwoo import Publicatie
    from lrtdocs.errors import Problem
    from lrtdocs.model.mailing import Mailing
    from lrtdocs.model.metadata.waardelijsten import Begrip
    from lrtdocs.run.documents.finish import Draft
    from lrtdocs.run.documents.report import Progress
    from lrtdocs.run.publishing.make import Publication

_REFUSED = {".docx", ".pdf", ".html", ".yaml", ".yml", ".xlsx", ".xml"}


def plan_package(output: str, sources: Sequence[Path]) -> Path:
    """Return where the package of `sources` goes; raise UsageError for a name of something else."""
    default = f"{sources[0].stem}-openbaar.zip"
    return plan_file(sources[0], default, output, "deel.een_pakket", {".zip"}, _REFUSED)


def write_delivery(
    made: Sequence[Publication], target: Path, outcome: Outcome, progress: Progress
) -> None:
    """Write the package of the publications `made` at `target`, and tell of it.

    Raises LrtdocsError, or tells an error, with nothing written, if one of them cannot go in.
    """
    problems = [each for one in made for each in _check(one)]
    outcome.add_problems(problems)
    if has_errors(problems) or not made:
        return
    progress("Pakket maken", 1, 2)
    there = [one for one in made if one.judgement not in ANNOUNCED]
    pdfs = _convert([draft for one in there for draft in one.drafts], outcome)
    stukken = [stuk for one in made for stuk in list_papers(one, pdfs, outcome)]
    names = [stuk.naam.casefold() for stuk in stukken]
    twice = [stuk.naam for stuk in stukken if names.count(stuk.naam.casefold()) > 1]
    if twice:
        outcome.add_problems([problem("LRT853", Place(str(target)), None, name=twice[0])])
        return
    files = lay_out_package(stukken)
    progress("Pakket nakijken", 2, 2)
    if not _is_proved(files, made, target, outcome):
        return
    outcome.write(target, pack(files))
    told = {"lists": dutch.format_date(lists_made()), "diwoo": diwoo_version(), "folder": FOLDER}
    outcome.remarks.append(text("deel.pakket_klaar", stukken=len(stukken), **told))


# --- what is asked


def _check(made: Publication) -> Iterator[Problem]:
    """Yield what a platform asks of a publication and is not said."""
    loaded, block = made.redacted.loaded, made.block
    if _publisher(made) is None:
        yield problem("LRT851", Place(show_path(loaded.house.path)), file=loaded.house.path.name)
    place = loaded.place("openbaar")
    if made.judgement is Beoordeling.NIET and not block.grond:
        yield problem("LRT852.grond", place)
    if made.judgement is Beoordeling.REEDS and block.link is None:
        yield problem("LRT852.link", place)
    for draft in made.drafts:
        if "-concept" in draft.target.stem:
            yield problem("LRT854", Place(str(made.source)), None, name=draft.target.name)


def _publisher(made: Publication) -> Begrip | None:
    return (made.redacted.loaded.house.huisstijl.openbaar or OpenbaarTabel()).organisatie


# --- the papers


def _convert(drafts: Sequence[Draft], outcome: Outcome) -> dict[Path, bytes]:
    """Return the PDF of each of `drafts` by its target; one that was just written is not made."""
    found, waiting = {}, []
    for draft in drafts:
        path = draft.target.with_suffix(".pdf")
        fresh = is_file(path) and is_file(draft.target) and not is_old_pdf(draft.target)
        if fresh and draft.target.read_bytes() == draft.docx:
            found[draft.target] = path.read_bytes()
        else:
            waiting.append(draft)
    made = make_pdfs(waiting, outcome) if waiting else []
    return found | {draft.target: data for draft, data in zip(waiting, made, strict=True)}


def list_papers(made: Publication, pdfs: Mapping[Path, bytes], outcome: Outcome) -> Iterator[Stuk]:
    """Yield the papers of a publication with their `pdfs`; one that is withheld has no file.

    A paper is on the grounds of the marks in it. If nobody said how the papers are judged, one
    without any mark is public as a whole.
    """
    block = made.block
    told = {"reden": block.reden or "", "link": block.link or ""}
    if made.judgement in ANNOUNCED:
        for publicatie in _announce(made):
            naam = publicatie.kenmerken[0]
            yield Stuk(naam, made.stem, publicatie, made.judgement, {}, (), block.grond, **told)
        return
    for draft in made.drafts:
        page = make_page(draft.docx, str(draft.target))
        outcome.add_problems(page.problems)
        files = {".docx": draft.docx, ".pdf": pdfs[draft.target], ".html": page.data}
        grounds = _marks_in(draft.docx)
        judged = made.judgement
        if block.beoordeling is None:
            judged = Beoordeling.DEELS if grounds else Beoordeling.OPENBAAR
        publicatie = _describe(made, draft)
        naam, omissions = draft.target.stem, made.omissions
        yield Stuk(naam, made.stem, publicatie, judged, files, omissions, grounds, **told)


def _marks_in(docx: bytes) -> list[str]:
    """Return the grounds of the marks in a paper, in the order of the law."""
    facts = read_facts(docx)
    texts = (*facts.body, *facts.beside, *facts.first, *facts.later, *facts.properties.values())
    used = {code for each in texts for code in MARK.findall(each)}
    return [code for code in GRONDEN if code in used]


def _describe(made: Publication, draft: Draft) -> Publicatie:
    """Return what there is to tell of a paper: its title and language are those in the paper."""
    facts = read_facts(draft.docx)
    naam, titel = draft.target.stem, facts.properties.get("title") or draft.target.stem
    moment = draft.moment or facts.modified
    day = moment.date() if moment else today()
    known = facts.properties.get("identifier", "")
    taal = Taal.EN if facts.language.startswith(Taal.EN) else Taal.NL
    return _told_of(made, naam, titel, day, taal, known)


def _announce(made: Publication) -> Iterator[Publicatie]:
    """Yield what there is to tell of each paper that is not here."""
    model: Vergadering | Mailing = made.redacted.loaded.model
    if isinstance(model, Vergadering):
        for name in kinds_so_far(model):
            day, _ = date_meeting(made.redacted.loaded, today(), name)
            titel = f"{name.capitalize()} {model.overleg}, {dutch.format_date(model.datum)}"
            told = _told_of(made, f"{made.stem}-{name}", titel, day, Taal.NL)
            yield told._replace(bijlagen=())
        return
    titel, day = title_of(model.betreft or "") or made.stem, model.dagtekening or today()
    yield _told_of(made, made.stem, titel, day, model.taal)._replace(bijlagen=())


def _told_of(
    made: Publication, naam: str, titel: str, day: dt.date, taal: Taal, known: str = ""
) -> Publicatie:
    """Return what there is to tell of the paper `naam`, by the meeting or mailing it is of."""
    publisher = _publisher(made)
    assert publisher is not None  # noqa: S101 - it was asked for
    model: Vergadering | Mailing = made.redacted.loaded.model
    if isinstance(model, Vergadering):
        name = naam.removeprefix(f"{made.stem}-").partition("-")[0]
        told = describe_meeting(KINDS[name], model, naam, titel, day, publisher)
    else:
        kind = KINDS.get(model.sjabloon, KINDS["brief"])
        told = describe_letter(kind, model.in_taal(taal), naam, titel, day, publisher, known)
    return told._replace(categorie=made.block.categorie or told.categorie, taal=taal)


# --- the proof


def _named(found: Problem, folder: Path, target: Path) -> Problem:
    """Return a problem of the proof at its place in the package, not where that was unpacked."""
    path = Path(found.place.file)
    if not path.is_relative_to(folder):
        return found
    file = f"{target.name}: {path.relative_to(folder).as_posix()}"
    return replace(found, place=replace(found.place, file=file))


def _is_proved(
    files: dict[str, bytes], made: Sequence[Publication], target: Path, outcome: Outcome
) -> bool:
    """Tell whether nothing that was left out stands in `files`; what was looked at is told."""
    found = Outcome()
    with TemporaryDirectory(prefix="lrtdocs-") as name:
        folder = Path(name)
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        wanted = join_wanted(wanted_of(one.redacted, one.block) for one in made)
        prove(folder, wanted, found)
        outcome.add_problems(_named(each, folder, target) for each in found.problems)
    for error in found.failures:
        outcome.add_failure(error)
    outcome.remarks += found.remarks
    return not (has_errors(found.problems) or found.failures)
