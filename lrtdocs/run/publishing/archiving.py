"""Making an archive bundle: of a meeting with its papers, or of a folder of letters.

What went out is kept as it went out, what was edited in Word as it is now; the rest is made of the
file. Of each paper there is a PDF. Nothing is written unless all of it can be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.clock import today
from lrtdocs.documents.annexes import gather_annexes
from lrtdocs.documents.metadata.formats import identify
from lrtdocs.documents.metadata.mdto import (
    ACCORDERING,
    CREATIE,
    VERSION,
    VERZENDING,
    Beperking,
    Bewaring,
    Event,
    Kenmerk,
    Term,
    Verwijzing,
)
from lrtdocs.errors import LrtdocsError, Place
from lrtdocs.kinds import KINDS
from lrtdocs.messages import problem, text
from lrtdocs.model.metadata.archief import Archief, Waardering
from lrtdocs.model.metadata.waardelijsten import read_waardelijst
from lrtdocs.run.documents.finish import read_document, read_finished
from lrtdocs.run.documents.make import make_draft, template_path
from lrtdocs.run.documents.report import Options
from lrtdocs.run.folder.manifest import NAME, find_folder, read_made, still_sent
from lrtdocs.run.folder.names import is_edited, is_old_pdf, pdf_name, plan_file, quote_path
from lrtdocs.run.letters.reviewing.approval import is_concept, list_files, template_name
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.load.meeting import kinds_so_far, load_vergadering
from lrtdocs.run.load.model import kind_of_file
from lrtdocs.run.load.pictures import find_picture
from lrtdocs.run.meetings.sending import find_sendings
from lrtdocs.run.publishing.archive import Archiefstuk, Dossier, lay_out
from lrtdocs.run.publishing.packing import pack, sha256
from lrtdocs.shipped import is_shipped
from lrtdocs.source.files import (
    HUISSTIJL,
    find_upwards,
    is_dir,
    is_file,
    read_bytes,
    show_path,
)
from lrtdocs.word.facts import read_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.pdf import Document
    from lrtdocs.run.documents.report import Outcome, Progress
    from lrtdocs.run.folder.manifest import Entry, Sent
    from lrtdocs.run.load.meeting import Meeting
    from lrtdocs.run.load.model import House

_LARGEST = 300_000_000
"""So many bytes a file may have."""
_ARCHIVAL = ("fmt/476", "fmt/477")
"""PDF/A-2a and -2b: what the PDFs of a bundle should be."""
_REFUSED = {".docx", ".pdf", ".yaml", ".yml", ".xlsx", ".csv", ".xml"}


@dataclass(slots=True)
class _Stuk:
    """A paper on its way: its files by name, and the `document` of which its PDF is to be made."""

    naam: str
    titel: str
    bestanden: dict[str, bytes]
    taal: str = ""
    kenmerk: str = ""
    events: list[Event] = field(default_factory=list)
    omschrijving: str = ""
    document: Document | None = None
    source: str = ""

    def finished(self) -> Archiefstuk:
        """Return the paper as it is laid out."""
        return Archiefstuk(
            self.naam, self.titel, self.bestanden, self.taal, self.kenmerk, self.events,
            self.omschrijving,
        )  # fmt: skip


class _Found(NamedTuple):
    """A dossier on its way."""

    naam: str
    titel: str
    stukken: list[_Stuk]
    bewaring: Bewaring
    kenmerk: str = ""


def write_archive(
    paths: Sequence[Path], output: str | None, outcome: Outcome, progress: Progress
) -> None:
    """Write one bundle of the meetings, mailings and folders of letters at `paths`.

    Raises LrtdocsError, with nothing written, if one of them cannot go in.
    """
    sources = list(dict.fromkeys(paths))
    target = plan_file(
        sources[0], f"{sources[0].stem}-archief.zip", output, "deel.een_archief", {".zip"}, _REFUSED
    )
    found: list[_Found] = []
    whole = True
    for step, path in enumerate(sources, 1):
        progress(f"{path.name} lezen", step, len(sources) + 1)
        with outcome.gathering():
            one = _gather(path, outcome)
            found += [one] if one else []
        whole = whole and len(found) == step
    if not whole:
        return
    progress("PDF maken met LibreOffice", len(sources) + 1, len(sources) + 1)
    _add_pdfs([stuk for one in found for stuk in one.stukken], outcome)
    dossiers = [
        Dossier(one.naam, one.titel, [stuk.finished() for stuk in one.stukken], one.bewaring,
                one.kenmerk)
        for one in found
    ]  # fmt: skip
    files = lay_out(dossiers, today())
    outcome.write(target, pack(files))
    outcome.add_problems(_find_unknown(found))
    outcome.remarks.append(_count(found))


def _gather(path: Path, outcome: Outcome) -> _Found | None:
    if is_dir(path):
        return _gather_letters(path, outcome)
    kind = kind_of_file(path)
    if kind == "vergadering":
        return _gather_meeting(path, outcome)
    if kind == "mailing":
        folder = find_folder(path)
        if is_file(folder / NAME):
            return _gather_letters(folder, outcome)
        command = f"lrtdocs brieven {quote_path(path)} -o brieven --pdf"
        outcome.add_problems([problem("LRT861", Place(str(path)), None, command=command)])
        return None
    outcome.add_problems([problem("LRT861.anders", Place(str(path)))])
    return None


# --- a meeting


def _gather_meeting(path: Path, outcome: Outcome) -> _Found | None:
    loaded, problems = load_vergadering(path, None)
    outcome.add_problems(problems)
    if loaded is None:
        return None
    model = loaded.model
    bewaring = read_bewaring(loaded.house, path, model.rubricering, outcome)
    if bewaring is None:
        return None
    stukken = [*_read_sent(path)]
    known = {sha256(data) for stuk in stukken for data in stuk.bestanden.values()}
    stukken += [
        stuk
        for stuk in (_make_paper(loaded, kind, outcome) for kind in kinds_so_far(model))
        if not known & {sha256(data) for data in stuk.bestanden.values()}
    ]
    stukken += [*_read_annexes(loaded), _read_sources(path, [*_meeting_files(loaded)])]
    title = f"{model.overleg}, {dutch.format_date(model.datum)}"
    return _Found(path.stem, title, stukken, bewaring, model.onze_referentie or "")


def _make_paper(loaded: Meeting, kind: str, outcome: Outcome) -> _Stuk:
    """Return the paper of that `kind` as it is beside the meeting's file, or as it would be."""
    draft = make_draft(loaded, kind, Options(), today(), many=False)
    if is_edited(draft.target):
        draft = read_finished(draft.target, Options(), many=False)
    outcome.add_problems(draft.warnings)
    docx = draft.target.read_bytes() if draft.shown else draft.docx
    stuk = _read_docx(draft.target.name, docx)
    stuk.document = read_document(draft.docx, str(draft.target), draft.moment, draft.shown)
    adopted = loaded.model.vastgesteld
    if KINDS[kind].is_minutes and adopted:
        stuk.events.append(Event(ACCORDERING, adopted, text("deel.archief_vastgesteld")))
    return stuk


def _read_sent(path: Path) -> Iterator[_Stuk]:
    """Yield each paper of the meeting at `path` that went out, as it did."""
    for sending in find_sendings(path):
        for paper in sending.stukken:
            files = {name: read_bytes(sending.folder / name, _LARGEST) for name in paper.bestanden}
            event = Event(VERZENDING, sending.datum)
            docx = next((name for name in files if name.endswith(".docx")), None)
            if docx is None:
                name = next(iter(files))
                yield _Stuk(name.rpartition(".")[0], name, files, events=[event])
                continue
            stuk = _read_docx(docx, files[docx])
            stuk.bestanden, stuk.events = files, [*stuk.events, event]
            if pdf_name(docx) not in files:
                stuk.document = _read_for_pdf(sending.folder / docx)
            yield stuk


def _read_annexes(loaded: Meeting) -> Iterator[_Stuk]:
    """Yield the annexes of a meeting of which there is a file."""
    for annex in gather_annexes(loaded.model):
        path = loaded.beside(annex.bijlage.bestand) if annex.bijlage.bestand else None
        if path is None or not is_file(path):
            continue
        data = read_bytes(path, _LARGEST)
        yield _Stuk(path.stem, annex.name, {path.name: data}, source=str(path))


def _meeting_files(loaded: Meeting) -> Iterator[Path]:
    """Yield the files that the papers of a meeting are made of, but for what lrtdocs brings."""
    path, house = loaded.path, loaded.house
    yield path
    if find_upwards(path, house.path.name) is not None:
        yield house.path
        if house.huisstijl.logo:
            yield house.path.parent / house.huisstijl.logo
    for kind in kinds_so_far(loaded.model):
        template = template_path(kind, path)
        if not is_shipped(template):
            yield template
    for name in sorted(loaded.pictures):
        yield find_picture(path.parent, name)


# --- letters


def _gather_letters(folder: Path, outcome: Outcome) -> _Found | None:
    made = read_made(folder)
    mailing = made.find_mailing(folder)
    loaded, problems = load_mailing(mailing)
    outcome.add_problems(problems)
    if loaded is None:
        return None
    model = loaded.model
    bewaring = read_bewaring(loaded.house, mailing, model.rubricering, outcome)
    if bewaring is None:
        return None
    out: dict[str, list[Sent]] = {}
    for one in still_sent(made.sent):
        out.setdefault(one.bestand, []).append(one)
    known: list[Entry | Sent] = [*made.current.values(), *still_sent(made.sent)]
    aan = {one.bestand: one.aan for one in known}
    stukken = []
    for file in sorted(aan):
        if not is_file(folder / file):
            outcome.add_problems([problem("LRT863", Place(str(folder / file)))])
            continue
        stuk = _read_letter(folder / file)
        stuk.kenmerk = aan[file].kenmerk
        stuk.events += [Event(VERZENDING, date.fromisoformat(one.verzonden), one.hoe)
                        for one in out.get(file, ())]  # fmt: skip
        stukken.append(stuk)
    if not stukken:
        outcome.add_problems([problem("LRT861.leeg", Place(str(folder)))])
        return None
    concepts = sum(is_concept(made, entry) for entry in made.current.values())
    if concepts:
        outcome.add_problems([problem("LRT866", Place(str(folder)), None, n=concepts)])
    bound = list_files(loaded, template_path(template_name(loaded), mailing))
    files = [one.path for one in bound if not is_shipped(one.path)]
    stukken.append(_read_sources(mailing, [*files, folder / NAME]))
    title = model.betreft if isinstance(model.betreft, str) else None
    return _Found(mailing.stem, title or mailing.stem, stukken, bewaring)


def _read_letter(path: Path) -> _Stuk:
    stuk, pdf = _read_docx(path.name, read_bytes(path, _LARGEST)), path.with_suffix(".pdf")
    if is_file(pdf) and not is_old_pdf(path):
        stuk.bestanden[pdf.name] = read_bytes(pdf, _LARGEST)
    else:
        stuk.document = _read_for_pdf(path)
    return stuk


# --- what they have in common


def _read_docx(name: str, docx: bytes) -> _Stuk:
    facts = read_facts(docx)
    stem = name.removesuffix(".docx")
    events = [Event(CREATIE, facts.modified.date())] if facts.modified else []
    return _Stuk(
        stem,
        facts.properties.get("title") or stem,
        {name: docx},
        facts.language.partition("-")[0],
        facts.properties.get("identifier", ""),
        events,
        source=name,
    )


def _read_for_pdf(path: Path) -> Document:
    draft = read_finished(path, Options(), many=False)
    return read_document(draft.docx, str(path), draft.moment, draft.shown)


def _read_sources(path: Path, files: Iterable[Path]) -> _Stuk:
    """Return the files that papers were made of as a paper of their own."""
    found = {each.name: read_bytes(each, _LARGEST) for each in files}
    title = text("deel.archief_bron", name=path.name)
    return _Stuk(f"{path.stem}-bron", title, found, omschrijving=text("deel.archief_bron_uitleg"))


def _add_pdfs(stukken: Sequence[_Stuk], outcome: Outcome) -> None:
    """Give each of `stukken` that waits for one its PDF; raise LrtdocsError if one cannot be."""
    from lrtdocs import pdf
    from lrtdocs.word.facts import wanted_fonts

    waiting = [stuk for stuk in stukken if stuk.document is not None]
    documents = [stuk.document for stuk in waiting if stuk.document is not None]
    if waiting:
        office, fonts = pdf.probe(), set[str]()
        for document in documents:
            fonts |= wanted_fonts(document.docx)
        outcome.add_problems(pdf.warnings(office, fonts, documents[0].name))
        for stuk, made in zip(waiting, pdf.convert_each(documents, office=office), strict=True):
            if isinstance(made, LrtdocsError):
                raise made
            outcome.add_problems(made.problems(stuk.source))
            docx = next(name for name in stuk.bestanden if name.endswith(".docx"))
            stuk.bestanden[pdf_name(docx)] = made.data
    for stuk in stukken:
        for name, data in stuk.bestanden.items():
            own = any(each.endswith(".docx") for each in stuk.bestanden)
            if own and name.endswith(".pdf") and identify(name, data).puid not in _ARCHIVAL:
                outcome.add_problems([problem("LRT864", Place(name))])


def _find_unknown(found: Iterable[_Found]) -> Iterator[Problem]:
    """Yield a warning for each file of which PRONOM's identifier is not known here."""
    for one in found:
        for stuk in one.stukken:
            for name, data in stuk.bestanden.items():
                if not identify(name, data).puid:
                    yield problem("LRT865", Place(stuk.source or name), None, name=name)


def _count(found: Sequence[_Found]) -> str:
    stukken = [stuk for one in found for stuk in one.stukken]
    files = sum(len(stuk.bestanden) for stuk in stukken)
    told = {"dossiers": len(found), "stukken": len(stukken), "files": files}
    return text("deel.archief_klaar", version=VERSION, **told)


# --- how long, and for whom


def read_bewaring(
    house: House, path: Path, rubricering: str | None, outcome: Outcome
) -> Bewaring | None:
    """Return how the papers of the file at `path` are kept; None if the house style does not say.

    What it does not say is told, with what to write.
    """
    archief = house.huisstijl.archief or Archief()
    publisher = house.huisstijl.openbaar.organisatie if house.huisstijl.openbaar else None
    tooi = read_waardelijst("ministerie").set
    vormer = Verwijzing(archief.archiefvormer) if archief.archiefvormer else None
    if vormer is None and publisher is not None:
        vormer = Verwijzing(publisher.naam, Kenmerk(publisher.uri, f"TOOI {tooi}"))
    missing = [*_find_missing(archief, known=vormer is not None)]
    if missing or vormer is None or archief.waardering is None:
        outcome.add_problems([_ask(house, path, missing)])
        return None
    limits = [Beperking(each.soort, each.omschrijving or "") for each in archief.beperking]
    if rubricering:
        limits.append(Beperking("Overig", text("deel.archief_rubricering", mark=rubricering)))
    return Bewaring(
        (str(archief.waardering).capitalize(), archief.waardering.code),
        vormer,
        limits,
        archief.bewaartermijn or "",
        _category(archief),
    )


def _ask(house: House, path: Path, missing: Sequence[tuple[str, str]]) -> Problem:
    """Return what to write in the house style about what is `missing` there."""
    told = {
        "keys": dutch.join_words([key for key, _ in missing]),
        "lines": ", ".join(line for _, line in missing),
    }
    if find_upwards(path, HUISSTIJL) is None:
        file = quote_path(path.with_name(HUISSTIJL))
        return problem("LRT860.geen", Place(str(path)), None, file=file, **told)
    key = "LRT860" if house.huisstijl.archief is None else "LRT860.erbij"
    return problem(key, Place(show_path(house.path)), None, file=house.path.name, **told)


def _category(archief: Archief) -> Term | None:
    if archief.categorie is None or archief.selectielijst is None:
        return None
    return Term(archief.categorie.naam, archief.selectielijst, archief.categorie.nummer or "")


def _find_missing(archief: Archief, *, known: bool) -> Iterator[tuple[str, str]]:
    """Yield each keyword that the block lacks, and a line that would do."""
    if not known:
        yield "archiefvormer", "archiefvormer: Ministerie van Asiel en Migratie"
    if archief.waardering is None:
        yield "waardering", "waardering: tijdelijk te bewaren"
    if archief.bewaartermijn is None and archief.waardering in (None, Waardering.TIJDELIJK):
        yield "bewaartermijn", "bewaartermijn: 10 jaar"
    if archief.selectielijst is None:
        yield "selectielijst", "selectielijst: de naam van uw selectielijst"
    if archief.categorie is None:
        yield "categorie", 'categorie: {nummer: "5.1", naam: de naam van de categorie}'
    if not archief.beperking:
        yield "beperking", "beperking: Nader te bepalen"
