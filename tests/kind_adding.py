"""Runs commands in a program that knows two kinds more; prints what each gave as JSON.

A kind more is a row, a template and an example: here they come from the folder given, before
anything else of lrtdocs is loaded, as if they stood in the table and in `templates/`.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path

from lrtdocs.kinds import KINDS, Kind, Source

folder = Path(sys.argv[1])
KINDS["besluitenlijst"] = Kind(
    "besluitenlijst",
    Source.MEETING,
    "Maak de besluitenlijst van een vergadering.",
    needed=("datum", "besluiten"),
    telling=("besluiten",),
    example=str(folder / "vergadering.yaml"),
    is_minutes=True,
)
KINDS["uitnodiging"] = Kind(
    "uitnodiging",
    Source.MAILING,
    "Een uitnodiging.",
    needed=("aanhef", "tekst"),
    telling=("uitnodiging",),
    example=str(folder / "uitnodiging.yaml"),
    requires="tekst",
)

from lrtdocs import shipped  # noqa: E402 - the table is to be whole before anything reads it

shipped.templates_folder = lambda: folder / "meegeleverd"
from lrtdocs import cli  # noqa: E402

results = []
for call in json.loads(sys.argv[2]):
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.main(call)
        except SystemExit as stop:
            code = stop.code
    results.append([code, out.getvalue(), err.getvalue()])
sys.stdout.write(json.dumps(results))
