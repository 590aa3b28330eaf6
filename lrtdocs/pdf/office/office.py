"""Find LibreOffice and ask which one it is.

Probing stands apart from running: `probe` tells whether a PDF can be made at all, and says
what to install if not. The answer is remembered for the life of the process.
"""

from __future__ import annotations

import functools
import os
import platform
import re
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.errors import ExitCode, LrtdocsError, Place, Problem
from lrtdocs.messages import problem, system_reason, text
from lrtdocs.pdf.office.process import ask_program

if TYPE_CHECKING:
    from typing import Self

SETTING = "LRTDOCS_SOFFICE"
# CVE-2020-12802: older ones fetch linked pictures, whatever the profile says.
OLDEST_SAFE = (6, 4, 4)
OLDEST_ACCESSIBLE = (25, 2)  # older ones lose link annotations, list labels and pictures
PROBE_SECONDS = 30.0
NOWHERE = Place("")

_NAMES = ("soffice", "libreoffice")
_USUAL_PATHS = {
    "win32": (
        r"%ProgramFiles%\LibreOffice\program\soffice.com",
        r"%ProgramFiles(x86)%\LibreOffice\program\soffice.com",
        r"%LocalAppData%\Programs\LibreOffice\program\soffice.com",
    ),
    "darwin": (
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "~/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ),
    "linux": (
        "/usr/bin/soffice",
        "/usr/lib/libreoffice/program/soffice",
        "/usr/lib64/libreoffice/program/soffice",
        "/opt/libreoffice/program/soffice",
        "/snap/bin/libreoffice",
    ),
}


class OfficeError(LrtdocsError):
    """Base of everything that stops a PDF from being made; which mistake it was is its code."""

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


@dataclass(frozen=True, slots=True)
class Office:
    """A LibreOffice that can be run: where it is, and its version as numbers."""

    path: str
    version: tuple[int, ...]

    @property
    def version_text(self) -> str:
        """The version as people write it: "25.2.3.2"."""
        return ".".join(str(number) for number in self.version)

    @property
    def makes_accessible_pdf(self) -> bool:
        """Whether this version writes the links, labels and pictures that PDF/UA asks for."""
        return self.version >= OLDEST_ACCESSIBLE


def probe() -> Office:
    """Return the LibreOffice of this machine.

    Looked up in `$LRTDOCS_SOFFICE`, on the PATH, and where installers put it. Raises an
    `OfficeError` if there is none, if it does not start, or if it is too old to be safe.
    """
    return _probe_path(_find())


def office_warnings(office: Office) -> list[Problem]:
    """Return a warning if PDFs made with `office` are not accessible."""
    if office.makes_accessible_pdf:
        return []
    place, version = Place(office.path), office.version_text
    return [problem("LRT401", place, version=version, install=install_line())]


def install_line() -> str:
    """Return the line that installs LibreOffice on this machine, with a Dutch verb before it."""
    if sys.platform == "win32":
        return text("deel.libreoffice_windows")
    if sys.platform == "darwin":
        return text("deel.libreoffice_macos")
    return text(_linux_install_key(_linux_release()))


def _linux_install_key(release: dict[str, str]) -> str:
    families = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    if families & {"fedora", "rhel"}:
        return "deel.libreoffice_fedora"
    if families & {"suse", "opensuse"}:
        return "deel.libreoffice_suse"
    if "arch" in families:
        return "deel.libreoffice_arch"
    if release.get("ID") == "debian" and release.get("VERSION_ID") == "12":
        return "deel.libreoffice_debian12"
    if families & {"debian", "ubuntu"}:
        return "deel.libreoffice_debian"
    return "deel.libreoffice_linux"


def _linux_release() -> dict[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def _find() -> str:
    chosen = os.environ.get(SETTING)
    if chosen:
        found = shutil.which(chosen)
        if found is None:
            raise OfficeError(problem("LRT404", NOWHERE, setting=SETTING, path=chosen))
        return found
    # On Windows only the .com variant waits for the conversion and prints its version.
    names: tuple[str, ...] = ("soffice.com",) if sys.platform == "win32" else _NAMES
    for name in (*names, *_usual_paths()):
        found = shutil.which(name)
        if found is not None:
            return found
    raise OfficeError(problem("LRT403", NOWHERE, install=install_line()))


def _usual_paths() -> list[str]:
    paths = _USUAL_PATHS.get(sys.platform, _USUAL_PATHS["linux"])
    return [str(Path(os.path.expandvars(path)).expanduser()) for path in paths]


@functools.lru_cache(maxsize=8)
def _probe_path(path: str) -> Office:
    try:
        outcome = ask_program([path, "--version"], seconds=PROBE_SECONDS)
    except OSError as error:
        raise _unusable(path, system_reason(error)) from error
    match = re.search(r"LibreOffice\D*(\d+(?:\.\d+)+)", outcome.said)
    if match is None:
        raise _unusable(path, outcome.said)
    version = tuple(int(number) for number in match[1].split("."))
    if version < OLDEST_SAFE:
        oldest = ".".join(map(str, OLDEST_SAFE))
        told = problem("LRT406", NOWHERE, path=path, version=match[1], oldest=oldest)
        raise OfficeError(told)
    return Office(path, version)


def _unusable(path: str, said: str) -> OfficeError:
    """Return the error of a program that does not say which LibreOffice it is, but `said`."""
    return OfficeError(
        problem("LRT405", NOWHERE, path=path, said=said or text("deel.libreoffice_zwijgt"))
    )
