"""The command line: arguments in, one call of `lrtdocs.api`, results and problems out.

Results go to stdout, one path a line; everything for people goes to stderr. No rule of the domain
lives here. Imports are late, so that `lrtdocs --help` answers at once.
"""

from __future__ import annotations

import atexit
import gc
import gettext
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrtdocs.cli import archiving, files, letters, meetings, publishing, tables, templates, web
from lrtdocs.cli.group import lrtdocs
from lrtdocs.errors import ExitCode, LrtdocsError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "archiving",
    "files",
    "letters",
    "lrtdocs",
    "main",
    "meetings",
    "publishing",
    "speak_dutch",
    "tables",
    "templates",
    "web",
]


def speak_dutch() -> None:
    """Let click look up its own messages in our Dutch catalogue, whatever the machine speaks."""
    os.environ["LANGUAGE"] = "nl"
    gettext.bindtextdomain("lrtdocs", str(Path(__file__).parent.with_name("locale")))
    gettext.textdomain("lrtdocs")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with the exit code of the contract."""
    speak_dutch()
    # Looking for plugins of pydantic goes through all that is installed, and there are none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nearly all that a command makes is needed to its end: looking for rubbish early finds none,
    # and at the end it goes with the process. That is 5 % of an agenda.
    gc.set_threshold(100_000)
    # What is registered first is done last: a Ctrl-C while Python tidies up changes no exit code.
    atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = lrtdocs.main(args=arguments, prog_name="lrtdocs", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Afgebroken.", err=True)
        code = 130
    except LrtdocsError as error:
        click.echo(str(error), err=True)
        code = error.exit_code
    sys.exit(int(code or 0))
