"""Word documents to PDF for tests: the bytes go in as `run` gives them to pdf/.

`convert_kept` gives the same as `convert_many`, by a LibreOffice that stays up for all tests.
"""

from __future__ import annotations

import atexit
import threading
from functools import cache
from typing import TYPE_CHECKING

from lrtdocs import pdf
from lrtdocs.pdf.convert import Conversion
from lrtdocs.pdf.helper import Helper
from lrtdocs.pdf.office.server import choose_backend
from lrtdocs.run.documents.finish import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from lrtdocs.pdf.office.backend import Raw, Task

__all__ = [
    "KeptHelper",
    "convert_each",
    "convert_kept",
    "convert_many",
    "convert_one",
    "documents",
    "kept_office",
]


def documents(
    docx: Sequence[bytes], names: Sequence[str] = (), moment: datetime | None = None
) -> list[pdf.Document]:
    """Return each of `docx` ready to become a PDF."""
    known = [*names, *(f"document {number + 1}" for number in range(len(names), len(docx)))]
    return [read_document(data, name, moment) for data, name in zip(docx, known, strict=True)]


def convert_each(
    docx: Sequence[bytes], names: Sequence[str] = (), moment: datetime | None = None
) -> list[pdf.FinishedPdf | pdf.ConversionError]:
    """Return what becomes of each of `docx`."""
    return list(pdf.convert_each(documents(docx, names, moment)))


def convert_many(docx: Sequence[bytes], moment: datetime | None = None) -> list[bytes]:
    """Return each of `docx` as PDF."""
    return _pdfs(pdf.convert_each(documents(docx, moment=moment)))


def convert_one(docx: bytes, name: str = "het document", moment: datetime | None = None) -> bytes:
    """Return `docx` as PDF."""
    return _pdfs(convert_each([docx], [name], moment))[0]


def convert_kept(docx: Sequence[bytes], moment: datetime | None = None) -> list[bytes]:
    """Return each of `docx` as PDF."""
    return _pdfs(map(_kept_conversion().convert, documents(docx, moment=moment)))


def _pdfs(results: Iterable[pdf.FinishedPdf | pdf.ConversionError]) -> list[bytes]:
    done = []
    for result in results:
        if isinstance(result, pdf.ConversionError):
            raise result
        done.append(result.data)
    return done


class KeptOffice:
    """A LibreOffice that stays up for all tests: who closes it leaves it for the next.

    The workers of a run have it in turns, since it is of one thread at a time.
    """

    def __init__(self, office: pdf.Office) -> None:
        self._backend, self._turn = choose_backend(office), threading.Lock()
        atexit.register(self._backend.close)

    def convert(self, task: Task, *, marks: bool = False) -> Raw:
        with self._turn:
            return self._backend.convert(task, marks=marks)

    def warm(self) -> None:
        with self._turn:
            self._backend.warm()

    def close(self) -> None:
        pass


class KeptHelper:
    """A helper process that stays up for all tests."""

    def __init__(self, module: str) -> None:
        helper = _helper(module)
        self.run, self.start = helper.run, helper.start

    def close(self) -> None:
        pass


@cache
def _helper(module: str) -> Helper:
    helper = Helper(module)
    atexit.register(helper.close)
    return helper


@cache
def kept_office() -> KeptOffice:
    return KeptOffice(pdf.probe())


@cache
def _kept_conversion() -> Conversion:
    return Conversion(pdf.probe(), kept_office())
