"""One file to print of the PDFs of a run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import ExitCode, LrtdocsError, Place, system_reason
from lrtdocs.run.folder.folder import digest_of
from lrtdocs.run.folder.manifest import Print
from lrtdocs.run.folder.names import pdf_name
from lrtdocs.run.folder.write import PendingFile, sync_names
from lrtdocs.run.letters.write import name_some

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.folder.folder import Folder
    from lrtdocs.run.letters.letter import Letter
    from lrtdocs.run.letters.write import LetterWriter


def join_letters(letters: Iterable[Letter], name: str, writer: LetterWriter) -> None:
    """Make the file `name` of the PDFs of `letters`, a bookmark each, unless it is there.

    Why it is not made is in the outcome of the `writer`.
    """
    folder, manifest, outcome = writer.folder, writer.manifest, writer.outcome
    pairs: list[tuple[str, str]] = []
    digests: list[str] = []
    for letter in letters:
        entry = manifest.find(letter.number)
        pairs.append((str(letter.words.get("naam") or letter.key), pdf_name(letter.file)))
        digests.append(entry.pdf if entry is not None else "")
    missing = [file for (_, file), digest in zip(pairs, digests, strict=True)
               if not digest or folder.digest(file) != digest]  # fmt: skip
    target = folder.path / name
    if missing or outcome.failed:
        outcome.add_problems([_not_joined(target, missing)], ExitCode.LETTERS)
        return
    made_of = digest_of(json.dumps([pairs, digests], ensure_ascii=False).encode())
    there = manifest.find_print(name)
    if there and there.uit == made_of and there.pdf == folder.digest(name):
        return
    problem = _join(pairs, folder, target)
    if problem is not None:
        outcome.add_problems([problem], ExitCode.LETTERS)
        return
    with writer.telling_of_manifest():
        manifest.add_print(Print(name, made_of, folder.digest(name)))
    writer.tell([target])


def _join(pairs: Sequence[tuple[str, str]], folder: Folder, target: Path) -> Problem | None:
    """Write the print file whole; return why it is not there if that fails."""
    from lrtdocs.pdf import join_pdfs

    pending = PendingFile(target, folder.disk)
    try:
        pending.write()
        join_pdfs(((title, folder.path / file) for title, file in pairs), pending.beside)
        pending.sync()
        pending.rename()
        sync_names(folder.path, folder.disk)
    except OSError as error:
        return _not_joined(target, reason=system_reason(error))
    except LrtdocsError as error:
        return _not_joined(target, reason=error.message)
    finally:
        pending.clear()
    return None


def _not_joined(target: Path, missing: Sequence[str] = (), reason: str = "") -> Problem:
    if missing:
        files = name_some(missing, 5)
        reason = messages.text("deel.zonder_pdf", files=files)
    reason = reason or messages.text("deel.niet_alle_brieven")
    return messages.problem("LRT713", Place(str(target)), reason=reason)
