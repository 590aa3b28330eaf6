"""Giving the go-ahead for the letters of a mailing: checked first, then written beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from lrtdocs import dutch
from lrtdocs.clock import wall_clock
from lrtdocs.documents.words import CONCEPT
from lrtdocs.errors import Place, ProblemsFoundError
from lrtdocs.messages import problem, text
from lrtdocs.model.mailing import Akkoord, Akkoordgever
from lrtdocs.model.velden import Tijdvak, one_line
from lrtdocs.run.documents.make import template_path
from lrtdocs.run.folder.names import quote_path
from lrtdocs.run.letters.reviewing.approval import (
    Approval,
    approval_path,
    bind,
    digest_files,
    find_changes,
    judge_approval,
    list_files,
    mailing_of,
    names_asked,
    read_approval,
    template_name,
    version,
)
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.source.files import is_file
from lrtdocs.source.yaml.writing import Style, write_entry

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.documents.report import Outcome
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.source.yaml.writing import Data


def make_person(name: str, function: str) -> Akkoordgever:
    """Return who gives it, at this moment; raise ProblemsFoundError for no name."""
    called = one_line(name)
    if not any(letter.isalpha() for letter in called):
        raise ProblemsFoundError(problem("LRT725.naam", Place("")))
    now = wall_clock()
    time = Tijdvak(now.time().replace(second=0, microsecond=0, tzinfo=None))
    return Akkoordgever(
        naam=called, functie=one_line(function) or None, datum=now.date(), tijd=time
    )


def look_at_files(path: Path, outcome: Outcome) -> Approval | None:
    """Return the files of the mailing as they are before they are checked; None with errors."""
    loaded, problems = load_mailing(path)
    if loaded is None:
        outcome.add_problems(problems)
        return None
    files = list_files(loaded, template_path(template_name(loaded), loaded.path))
    return Approval(files, digest_files(files), names_asked(loaded))


def check_mark(loaded: LoadedMailing) -> list[Problem]:
    """Return why letters of a mailing would be a concept even with a go-ahead, or []."""
    mark = loaded.mailing.rubricering or ""
    if CONCEPT.lower() not in mark.lower():
        return []
    return [problem("LRT725.merking", loaded.place("rubricering"), None, mark=mark)]


def give_approval(
    loaded: LoadedMailing, looked: Approval, who: Akkoordgever, number: int, outcome: Outcome
) -> None:
    """Write the go-ahead of `who` for so many letters, beside those that count, and tell of it.

    Raises ProblemsFoundError, with nothing written, if the go-ahead that is there cannot be used,
    or a file is not as `looked` at before all was checked.
    """
    looked.check_same()
    path = approval_path(loaded.path)
    record, wrong = read_approval(path)
    if wrong:
        raise ProblemsFoundError(*wrong)
    changes = list(find_changes(record, looked.files, looked.found)) if record else []
    given = record.akkoord if record and not changes else ()
    if record and changes:
        told = {"people": record.names(), "changes": dutch.join_words(changes)}
        outcome.remarks.append(text("deel.akkoord_vervallen", **told))
    before = next((one for one in given if one.is_same(who.naam)), None)
    if before is not None:
        outcome.remarks.append(text("deel.akkoord_al", who=str(before), name=path.name))
    else:
        given = (*given, who)
        new = Akkoord(akkoord=given, brieven=number, lrtdocs=version(), bestanden=bind(looked))
        outcome.write(path, _write(new, loaded).encode("utf-8"))
        outcome.remarks += _tell(new, looked, who)
    outcome.remarks += _tell_asked(loaded, looked.asked, len(given))


def _tell(record: Akkoord, looked: Approval, who: Akkoordgever) -> list[str]:
    """Return in sentences what the go-ahead of `who` is for."""
    files = [f"{file.what} ({file.name})" for file in looked.files]
    role = f" ({who.functie})" if who.functie else ""
    told = {"who": f"{who.naam}{role}", "date": dutch.format_date(who.datum), "time": str(who.tijd)}
    return [
        text("deel.akkoord_gegeven", n=record.brieven, **told),
        text("deel.akkoord_gebonden", files=dutch.join_words([*files, f"lrtdocs {version()}"])),
        text("deel.akkoord_geen_handtekening"),
    ]


def _tell_asked(loaded: LoadedMailing, asked: int, given: int) -> list[str]:
    """Return what is still to come, or that nobody asked for it."""
    if not asked:
        return [text("deel.akkoord_niet_gevraagd", house=loaded.house.path.name)]
    if given < asked:
        return [text("deel.akkoord_nog_een", mailing=quote_path(loaded.path))]
    return [text("deel.akkoord_genoeg")]


def _write(record: Akkoord, loaded: LoadedMailing) -> str:
    """Return the go-ahead as people read it."""
    people = [
        {"naam": one.naam, **({"functie": one.functie} if one.functie else {}),
         "datum": dutch.format_date(one.datum), "tijd": str(one.tijd)}
        for one in record.akkoord
    ]  # fmt: skip
    files = [
        {"wat": one.wat, "bestand": one.bestand, "sha256": one.sha256} for one in record.bestanden
    ]
    data: dict[str, Any] = {
        "akkoord": people,
        "brieven": str(record.brieven),
        "lrtdocs": record.lrtdocs,
        "bestanden": files,
        "controlegetal": record.checksum(),
    }
    head = text("deel.akkoord_kop", mailing=loaded.path.name)
    lines = [f"# {line}" for line in head.split("|")]
    for key, value in data.items():
        lines += write_entry(key, cast("Data", value), 0, Style())
    return "\n".join([*lines, ""])


def check_approval(path: Path) -> list[Problem]:
    """Return what is wrong with the go-ahead at `path`: it was edited, or counts no longer."""
    record, problems = read_approval(path)
    mailing = mailing_of(path)
    if record is None or not is_file(mailing):
        place = Place(str(path))
        return problems or [problem("LRT725.los", place, None, mailing=mailing.name)]
    loaded, _ = load_mailing(mailing)
    if loaded is None:  # the mailing says what is wrong with itself
        return []
    template = template_path(template_name(loaded), loaded.path)
    return list(judge_approval(loaded, template, asked=1).problems)
