"""Find a Python that can talk to LibreOffice: seldom the one that lrtdocs runs under.

LibreOffice brings its own on Windows, and where it comes from its makers; distributions build
`uno` for their `/usr/bin/python3`. Without one everything works, only slower.
"""

from __future__ import annotations

import functools
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs.pdf.office.profile import ask_program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtdocs.pdf.office.office import Office

PROBE_SECONDS = 30.0


def find_python(office: Office) -> str:
    """Return the path of a Python that can `import uno`, or "" if there is none."""
    return _find(office.path)


@functools.lru_cache(maxsize=8)
def _find(office: str) -> str:
    return next((path for path in dict.fromkeys(_candidates(office)) if _has_uno(path)), "")


def _candidates(office: str) -> Iterator[str]:
    program = Path(office).resolve().parent
    names = ("python.exe",) if sys.platform == "win32" else ("python", "../Resources/python")
    yield from (str(program / name) for name in names if (program / name).is_file())
    if sys.platform != "win32":
        yield from filter(None, map(shutil.which, ("/usr/bin/python3", "python3")))


def _has_uno(python: str) -> bool:
    command = [python, "-c", "import uno; uno.getComponentContext()"]
    try:
        return ask_program(command, seconds=PROBE_SECONDS).code == 0
    except OSError:
        return False
