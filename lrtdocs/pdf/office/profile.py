"""The surroundings in which LibreOffice runs: a profile of its own and almost no environment.

By default LibreOffice fetches linked pictures, reads local files and passes on environment
variables. The profile written here shuts that: no macros, no active content, no fetching of
links, and a proxy that leads nowhere. Two conversions on one profile disturb each other, so
each call gets a fresh one.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lrtdocs.pdf.office.process import run_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lrtdocs.pdf.office.process import Outcome

DEAD_HOST, DEAD_PORT = "127.0.0.1", 9  # "discard": nothing listens there

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_INET = "/org.openoffice.Inet/Settings"
_SETTINGS: tuple[tuple[str, str, object], ...] = (
    (_SCRIPTING, "BlockUntrustedRefererLinks", True),
    (_SCRIPTING, "DisableMacrosExecution", True),
    (_SCRIPTING, "DisableActiveContent", True),
    (_SCRIPTING, "MacroSecurityLevel", 3),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", 2),
    (_INET, "ooInetProxyType", 2),
    (_INET, "ooInetHTTPProxyName", DEAD_HOST),
    (_INET, "ooInetHTTPProxyPort", DEAD_PORT),
    (_INET, "ooInetHTTPSProxyName", DEAD_HOST),
    (_INET, "ooInetHTTPSProxyPort", DEAD_PORT),
    (_INET, "ooInetFTPProxyName", DEAD_HOST),
    (_INET, "ooInetFTPProxyPort", DEAD_PORT),
    (_INET, "ooInetNoProxy", ""),
    ("/org.openoffice.Office.Java/ApplicationLibreOffice", "Enable", False),
    ("/org.openoffice.Office.Linguistic/SpellChecking", "IsSpellAuto", False),
    # Else the first start of a version tries out how pictures are drawn, which takes half of it.
    ("/org.openoffice.Setup/Product", "ooSetupLastVersion", "99.9"),
)
_WINDOWS_NEEDS = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATHEXT", "COMSPEC")


def write_profile(folder: Path) -> str:
    """Write a fresh, closed profile below `folder` and return its URL for LibreOffice."""
    user = folder / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text("".join(_registry()), encoding="utf-8")
    return folder.absolute().as_uri()


def program_environment(home: Path, fontconfig: Path | None = None) -> dict[str, str]:
    """Return the whole environment of the program: nothing of the caller's but its PATH.

    `home` doubles as the folder for temporary files; `fontconfig` is the font configuration.
    """
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TMPDIR": str(home),
    }
    if fontconfig is not None:
        environment["FONTCONFIG_FILE"] = str(fontconfig)
    if sys.platform == "win32":
        environment |= {name: os.environ[name] for name in _WINDOWS_NEEDS if name in os.environ}
        environment |= dict.fromkeys(("TEMP", "TMP", "USERPROFILE", "APPDATA"), str(home))
    return environment


def ask_program(
    command: Sequence[str], *, seconds: float, prepare: Callable[[Path], Path] | None = None
) -> Outcome:
    """Run `command` for at most `seconds` in a folder of its own, and tell how that ended.

    `prepare` writes the font configuration there. Raises OSError if the program cannot be started.
    """
    with tempfile.TemporaryDirectory(prefix="lrtdocs-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        environment = program_environment(home, prepare(home) if prepare else None)
        return run_program(command, environment=environment, folder=home, seconds=seconds)


def _registry() -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    for path, name, value in _SETTINGS:
        text = str(value).lower() if isinstance(value, bool) else escape(str(value))
        yield (
            f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
            f"<value>{text}</value></prop></item>\n"
        )
    yield "</oor:items>\n"
