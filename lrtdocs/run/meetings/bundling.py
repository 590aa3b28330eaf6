"""A bundle: the agenda of a meeting and the files of its annexes, in one PDF.

Who reads it must not miss a paper without knowing. What cannot go in has a sheet that says so, and
stands in the list of annexes; the rest is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtdocs import dutch
from lrtdocs.clock import start_of, today
from lrtdocs.documents.annexes import Stuk, gather_annexes
from lrtdocs.documents.meetings import meeting_words
from lrtdocs.errors import LrtdocsError, Place, shorten
from lrtdocs.kinds import KINDS
from lrtdocs.messages import FaultError, problem, text
from lrtdocs.model.vergadering import walk_numbered
from lrtdocs.run.documents.finish import read_document, read_finished
from lrtdocs.run.documents.make import make_draft, read_logo
from lrtdocs.run.documents.report import Options
from lrtdocs.run.folder.names import is_edited, plan_file
from lrtdocs.run.load.meeting import date_meeting, load_vergadering
from lrtdocs.source.files import is_file, read_bytes
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.facts import wanted_fonts
from lrtdocs.word.fill.render import render
from lrtdocs.word.house.build import STAMP_SIZE, build_bundle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from lrtdocs.model.vergadering import Loc
    from lrtdocs.pdf import ConversionPool, Document, FinishedPdf
    from lrtdocs.run.documents.finish import Draft
    from lrtdocs.run.documents.report import Outcome, Progress
    from lrtdocs.run.load.meeting import Meeting

MAX_ANNEX = 300_000_000
"""So many bytes an annex may have."""
_LONGEST_STAMP = 60
_OTHER_SUFFIXES = {".docx", ".doc", ".zip", ".txt", ".yaml", ".yml"}


@dataclass(slots=True)
class _Piece:
    """An annex on its way: its PDF, or why that is not in the bundle. `own` is what we made."""

    stuk: Stuk
    data: bytes = b""
    reason: str = ""
    own: bool = False
    pages: int = 0
    sheet: FinishedPdf | None = None

    @property
    def has_sheet(self) -> bool:
        """Whether it has a sheet of its own; what was given no file stands in the list only."""
        return bool(self.data or (self.reason and not self.hidden))

    @property
    def hidden(self) -> bool:
        """Whether nothing may be told of it but that it is there."""
        return self.stuk.confidential and not self.data

    @property
    def bookmark(self) -> str:
        """What it is called where everybody sees it."""
        number = self.stuk.bijlage.nummer
        if not self.stuk.confidential:
            return self.stuk.name
        return f"Bijlage {number} (vertrouwelijk)" if number else "Bijlage (vertrouwelijk)"

    @property
    def stamp(self) -> str:
        """What stands at the top of its pages."""
        number = self.stuk.bijlage.nummer
        return f"Bijlage {number}" if number else shorten(self.bookmark, _LONGEST_STAMP)


def write_bundle(
    path: Path, output: str | None, outcome: Outcome, progress: Progress, *, confidential: bool
) -> None:
    """Write the bundle of the meeting at `path`, and tell of it.

    Annexes of confidential items go in only if that is asked. Raises LrtdocsError, with nothing
    written, if the agenda cannot be made.
    """
    loaded, problems = load_vergadering(path, "agenda")
    outcome.add_problems(problems)
    if loaded is None:
        return
    target = _plan(path, output)
    write_bundle_of(loaded, target, outcome, progress, confidential=confidential)


def write_bundle_of(
    loaded: Meeting,
    target: Path,
    outcome: Outcome,
    progress: Progress,
    agenda: Draft | None = None,
    *,
    confidential: bool = False,
) -> None:
    """Write the bundle of a `loaded` meeting to `target`, with its `agenda` or the one beside it.

    Raises LrtdocsError, with nothing written, if the agenda cannot be made.
    """
    from lrtdocs import pdf

    pieces = [_Piece(stuk) for stuk in gather_annexes(loaded.model)]
    _leave_out_itself(loaded, pieces, target, outcome)
    pool = pdf.ConversionPool(pdf.probe())
    try:
        progress("Agenda en bijlagen omzetten", 1, 2)
        draft = agenda or _find_agenda(loaded, outcome)
        made, day = _convert_papers(loaded, draft, pieces, pool, outcome, confidential=confidential)
        progress("Bundel samenstellen", 2, 2)
        data = _assemble(loaded, made, pieces, pool, day, outcome)
    finally:
        pool.close()
    outcome.write(target, data)


def _find_agenda(loaded: Meeting, outcome: Outcome) -> Draft:
    """Return the agenda of `loaded`: as it is made, or as somebody edited it."""
    draft = make_draft(loaded, "agenda", Options(), today(), many=False)
    outcome.add_problems(draft.warnings)
    if is_edited(draft.target):
        draft = read_finished(draft.target, Options(), many=False)
        place = Place(str(draft.target))
        outcome.add_problems([*draft.warnings, problem("LRT452", place)])
    return draft


def _plan(path: Path, output: str | None) -> Path:
    default = f"{path.stem}-bundel.pdf"
    return plan_file(path, default, output, "deel.een_bundel", {".pdf"}, _OTHER_SUFFIXES)


# --- the papers themselves


def _convert_papers(
    loaded: Meeting,
    draft: Draft,
    pieces: Sequence[_Piece],
    pool: ConversionPool,
    outcome: Outcome,
    *,
    confidential: bool,
) -> tuple[FinishedPdf, date]:
    """Return the agenda as a PDF, with its date, and give `pieces` theirs, or why there is none."""
    from lrtdocs import pdf

    fonts = pdf.warnings(pdf.probe(), wanted_fonts(draft.docx), str(loaded.path))
    outcome.add_problems(fonts)
    day, _ = date_meeting(loaded, today(), "agenda", draft.target)
    documents = [read_document(draft.docx, str(draft.target), draft.moment, draft.shown)]
    waiting = []
    for piece in pieces:
        document = _read_piece(loaded, piece, outcome, confidential=confidential)
        if document is not None:
            waiting.append(piece)
            documents.append(document)
    agenda, *others = pool.convert(documents)
    if isinstance(agenda, LrtdocsError):
        raise agenda
    for piece, made in zip(waiting, others, strict=True):
        if isinstance(made, LrtdocsError):
            _leave_out(loaded, piece, "LRT450.word", outcome, why=made.message)
        else:
            piece.data, piece.pages, piece.own = made.data, made.pages, not made.faults
    return agenda, day


def _read_piece(
    loaded: Meeting, piece: _Piece, outcome: Outcome, *, confidential: bool
) -> Document | None:
    """Give `piece` its PDF, or why there is none; return what is to be converted first."""
    from lrtdocs.pdf.bundle.annexes import is_pdf, is_picture, picture_to_pdf
    from lrtdocs.pdf.bundle.bundle import check_annex

    bijlage = piece.stuk.bijlage
    path = loaded.beside(bijlage.bestand) if bijlage.bestand and not piece.reason else None
    if path is None or (piece.stuk.is_to_come and not is_file(path)):
        return None
    if piece.stuk.confidential and not confidential:
        _leave_out(loaded, piece, "LRT450.vertrouwelijk", outcome)
        return None
    if not is_file(path):
        # told when the meeting was read
        piece.reason = text("LRT229.weg", name=path.name, guess="")
        return None
    try:
        data = read_bytes(path, MAX_ANNEX)
        if not data.strip(b"\0 \r\n\t"):
            raise FaultError("LRT450.leeg")
        if path.suffix.lower() == ".docx":
            draft = read_finished(path, Options(), many=False)
            return read_document(draft.docx, str(path), draft.moment, draft.shown)
        if is_picture(data):
            data = picture_to_pdf(data, bijlage.titel)
        elif not is_pdf(data):
            raise FaultError("LRT450.soort", name=path.name)
        piece.pages, faults = check_annex(data)
        place = loaded.place(*piece.stuk.loc, "bestand")
        outcome.add_problems(fault.at(place) for fault in faults)
        piece.data = data
    except FaultError as error:
        _leave_out(loaded, piece, error.fault.key, outcome, **error.fault.fields)
    except LrtdocsError as error:
        _leave_out(loaded, piece, "LRT450.lezen", outcome, why=error.message, do=error.remedy)
    return None


def _leave_out_itself(
    loaded: Meeting, pieces: Sequence[_Piece], target: Path, outcome: Outcome
) -> None:
    """Leave out of `pieces` the file that is to be written: it would grow each time."""
    for piece in pieces:
        if piece.stuk.bijlage.bestand and _same_file(
            loaded.beside(piece.stuk.bijlage.bestand), target
        ):
            _leave_out(loaded, piece, "LRT450.zelf", outcome)


def _same_file(path: Path, other: Path) -> bool:
    if is_file(path) and is_file(other):
        return path.samefile(other)
    return path.resolve() == other.resolve()


def _leave_out(
    loaded: Meeting, piece: _Piece, key: str, outcome: Outcome, **fields: object
) -> None:
    """Tell why `piece` is not in the bundle, to who makes it and to who reads it."""
    found = problem(key, loaded.place(*piece.stuk.loc, "bestand"), None, **fields)
    piece.reason = found.message
    outcome.add_problems([found])


# --- the sheets between them, and the whole


def _assemble(
    loaded: Meeting, agenda: FinishedPdf, pieces: Sequence[_Piece], pool: ConversionPool, day: date,
    outcome: Outcome,
) -> bytes:  # fmt: skip
    """Return the bundle of `agenda` and `pieces`, with the sheets that tell what is what."""
    from lrtdocs.pdf.bundle.bundle import Annex, Bundle, Chapter, Stamps, make_bundle

    sheets = _Sheets(loaded, day, pool)
    listed = [piece for piece in pieces if piece.has_sheet]
    sheets.add_to(listed)
    contents = sheets.contents(pieces, agenda.pages)
    annexes: dict[Loc, list[Annex]] = {loc: [] for loc in sheets.items}
    for one in listed:
        sheet = one.sheet.data if one.sheet else b""
        made = Annex(one.bookmark, sheet, one.data, not one.own)
        annexes.setdefault(one.stuk.item, []).append(made)
    chapters = [Chapter(*sheets.name_item(item), found) for item, found in annexes.items()]
    bundle = Bundle(
        sheets.title, agenda.data, contents.data,
        chapters, Stamps(sheets.stamps(listed), *STAMP_SIZE),
    )  # fmt: skip
    data, claims = make_bundle(bundle, start_of(day))
    place = Place(str(loaded.path))
    if not any(piece.data for piece in pieces):
        outcome.add_problems([problem("LRT453", place)])
    elif "PDF/UA-1" not in claims:
        outcome.add_problems([problem("LRT451", place)])
    return data


class _Sheets:
    """What is printed between the papers of a bundle, in the house style of the meeting."""

    def __init__(self, loaded: Meeting, day: date, pool: ConversionPool) -> None:
        house, model = loaded.house, loaded.model
        self._words = meeting_words(KINDS["agenda"], model, house.huisstijl, house.afzender, day)
        self._pictures, self._font = read_logo(house), house.huisstijl.lettertype
        self._templates = {
            name: compile_template(data, name) for name, data in build_bundle().items()
        }
        self._pool = pool
        self.items = {loc: (number, punt) for number, loc, punt in walk_numbered(model)}
        self.title = f"Bundel {model.overleg}, {dutch.format_date(model.datum)}"

    def name_item(self, loc: Loc) -> tuple[str, str]:
        """Return how the item at `loc` is called in bookmarks, and in the agenda."""
        if loc not in self.items:
            return "Bijlagen bij de vergadering", ""
        number, punt = self.items[loc]
        title = "(vertrouwelijk)" if punt.vertrouwelijk else punt.titel
        dot = "." if number[-1:].isdigit() else ""
        return f"{number}{dot} {title}".strip(), punt.titel

    def add_to(self, pieces: Sequence[_Piece]) -> None:
        """Give each of `pieces` its sheet."""
        words = [{"stuk": self._tell(piece)} for piece in pieces]
        made = self._convert("schutblad", words)
        for piece, sheet in zip(pieces, made, strict=True):
            piece.sheet = sheet

    def contents(self, pieces: Sequence[_Piece], before: int) -> FinishedPdf:
        """Return the list of `pieces`, which begins behind so many pages."""
        own, pages = 1, 0
        while pages != own:
            own = pages or own
            at, told = before + own + 1, []
            for piece in pieces:
                told.append({**self._tell(piece), "bladzijde": str(at) if piece.data else "–"})
                if piece.sheet is not None:
                    at += piece.sheet.pages + (piece.pages if piece.data else 0)
            (made,) = self._convert("lijst", [{"stukken": told}])
            pages = made.pages
        return made

    def stamps(self, pieces: Sequence[_Piece]) -> bytes:
        """Return a PDF with a page for each of `pieces`, with the stamp on it."""
        texts = [piece.stamp for piece in pieces]
        (made,) = self._convert("stempels", [{"stempels": texts or ["–"]}])
        return made.data

    def _tell(self, piece: _Piece) -> dict[str, str]:
        bijlage = piece.stuk.bijlage
        number, _ = self.items.get(piece.stuk.item, ("", None))
        said = ""
        if piece.reason:
            said = f"Dit stuk zit niet in deze bundel. {piece.reason}"
        elif not piece.data:
            said = "Wordt nagezonden." if piece.stuk.is_to_come else "Zit niet in deze bundel."
        return {
            "nummer": bijlage.nummer or "",
            "nr": bijlage.nummer or "–",
            "titel": "(vertrouwelijk)" if piece.hidden else bijlage.titel,
            "punt": number or "–",
            "bij": self.name_item(piece.stuk.item)[0] if piece.stuk.item else "",
            "link": "" if piece.data or piece.hidden else bijlage.link or "",
            "opmerking": said,
        }

    def _convert(self, name: str, each: Sequence[Mapping[str, object]]) -> list[FinishedPdf]:
        """Return the sheets called `name`, one for `each` of the words; raise LrtdocsError."""
        template = self._templates[name]
        documents = [
            read_document(
                render(
                    template, {**self._words, **words}, pictures=self._pictures, font=self._font
                ),
                name,
            )
            for words in each
        ]
        made: list[FinishedPdf] = []
        for each_made in self._pool.convert(documents):
            if isinstance(each_made, LrtdocsError):
                raise each_made
            made.append(each_made)
        return made
