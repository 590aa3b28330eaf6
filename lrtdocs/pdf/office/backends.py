"""The ways to have a batch of documents converted: many files a call, or a server that stays up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from lrtdocs.pdf.office.convert import call_office
from lrtdocs.pdf.office.errors import ConversionError
from lrtdocs.pdf.office.profile import KeptProfile
from lrtdocs.pdf.office.server import Server
from lrtdocs.pdf.office.unopython import find_python

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.pdf.office.convert import Task
    from lrtdocs.pdf.office.office import Office


class Way(Protocol):
    """A way to convert documents; for one thread at a time."""

    @property
    def most(self) -> int:
        """The letters that are best converted in one batch."""

    def convert(
        self, tasks: Sequence[Task], *, marks: bool
    ) -> tuple[int | None, list[bytes | ConversionError]]:
        """Return the exit code of LibreOffice, as `call_office` does, and what came of `tasks`."""

    def warm(self) -> None:
        """Start what the first batch would wait for."""

    def close(self) -> None:
        """Stop what runs, and take its files away."""


class Calls:
    """Many files a call, on a profile that is kept as long as nothing goes wrong."""

    most = 100  # letters in a batch: starting LibreOffice costs as much as twenty letters

    def __init__(self, office: Office) -> None:
        self._office, self._profile = office, KeptProfile()

    def convert(
        self, tasks: Sequence[Task], *, marks: bool
    ) -> tuple[int | None, list[bytes | ConversionError]]:
        """Convert `tasks` in one call of LibreOffice."""
        code, made = call_office(self._office, tasks, marks=marks, profile=self._profile)
        if any(isinstance(raw, ConversionError) for raw in made):
            self._profile.drop()
        return code, made

    def warm(self) -> None:
        """Do nothing: every call starts LibreOffice."""

    def close(self) -> None:
        """Take the profile away."""
        self._profile.drop()


def find_way(office: Office) -> Way:
    """Return the best way to convert with `office`."""
    python = find_python(office)
    return Server(office, python, Calls(office)) if python else Calls(office)
