"""One file to print of the PDFs of a run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lrtdocs.errors import ExitCode, LrtdocsError, Place, Problem, system_reason
from lrtdocs.run.folder.folder import digest_of
from lrtdocs.run.folder.manifest import Print
from lrtdocs.run.folder.write import PendingFile, sync_names
from lrtdocs.run.letters.problems import manifest_told, pdf_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from lrtdocs.run.documents.report import LettersOutcome
    from lrtdocs.run.folder.folder import Folder
    from lrtdocs.run.folder.manifest import Manifest
    from lrtdocs.run.letters.plan import Letter


def join_letters(
    letters: Iterable[Letter],
    name: str,
    folder: Folder,
    manifest: Manifest,
    outcome: LettersOutcome,
) -> Path | None:
    """Make the file `name` of the PDFs of `letters`, a bookmark each, unless it is there.

    Returns its path if it was made; why it was not is in `outcome`.
    """
    pairs = [(_title(letter), pdf_name(letter.file)) for letter in letters]
    known = [manifest.find(f"{file.removesuffix('.pdf')}.docx") for _, file in pairs]
    digests = [entry.pdf if entry is not None else "" for entry in known]
    missing = [file for (_, file), digest in zip(pairs, digests, strict=True)
               if not digest or folder.digest(file) != digest]  # fmt: skip
    target = folder.path / name
    if missing or outcome.failed:
        outcome.add_problems([_not_joined(target, missing)], ExitCode.LETTERS)
        return None
    made_of = digest_of(json.dumps([pairs, digests], ensure_ascii=False).encode())
    there = manifest.find_print(name)
    if there and there.uit == made_of and there.pdf == folder.digest(name):
        return None
    problem = _join(pairs, folder, target)
    if problem is not None:
        outcome.add_problems([problem], ExitCode.LETTERS)
        return None
    with manifest_told(manifest.path, outcome):
        manifest.add_print(Print(name, made_of, folder.digest(name)))
    return target


def _join(pairs: Sequence[tuple[str, str]], folder: Folder, target: Path) -> Problem | None:
    """Write the print file whole; return why it is not there if that fails."""
    from lrtdocs.pdf import join_pdfs

    pending = PendingFile(target, folder.disk)
    try:
        pending.write([])
        join_pdfs(((title, folder.path / file) for title, file in pairs), pending.beside)
        pending.sync()
        pending.rename()
        sync_names(folder.path, folder.disk)
    except (LrtdocsError, OSError) as error:
        told = system_reason(error) if isinstance(error, OSError) else str(error)
        reason = told.partition("\n")[0]
        return _not_joined(target, [], reason)
    finally:
        pending.clear()
    return None


def _title(letter: Letter) -> str:
    return str(letter.words.get("naam") or letter.key)


def _not_joined(target: Path, missing: Sequence[str], reason: str = "") -> Problem:
    if missing:
        more = f" en nog {len(missing) - 5}" if len(missing) > 5 else ""
        reason = f"geen PDF van: {', '.join(missing[:5])}{more}"
    return Problem(
        "LRT713",
        Place(str(target)),
        f"De PDF om te printen is niet gemaakt ({reason or 'niet alle brieven zijn gemaakt'}).",
        remedy="Los op wat hierboven staat, en geef dezelfde opdracht nog eens.",
    )
