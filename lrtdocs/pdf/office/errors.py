"""What stops a PDF from being made; which mistake it was is the code of its problem."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.errors import ExitCode, LrtdocsError, Place
from lrtdocs.messages import problem

if TYPE_CHECKING:
    from typing import Self


class OfficeError(LrtdocsError):
    """Base of everything that stops a PDF from being made."""

    exit_code = ExitCode.OFFICE


class ConversionError(OfficeError):
    """What went wrong with one document."""

    @classmethod
    def of(cls, key: str, document: str, /, **fields: object) -> Self:
        """Return the error `key` of the catalogue, about the document with that name."""
        return cls(problem(key, Place(document), None, **fields))

    def about(self, document: str) -> ConversionError:
        """Return the same mistake with another document."""
        return ConversionError(replace(self.problems[0], place=Place(document)))

    @property
    def document(self) -> str:
        """The name of the document for the user."""
        return self.problems[0].place.file
