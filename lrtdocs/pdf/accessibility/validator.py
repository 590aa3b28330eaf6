"""What veraPDF says of a PDF, where somebody has put it on this computer: `verapdf` on the PATH.

lrtdocs does not need it and does not bring it along; whoever has no Java has no validator.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable  # noqa: TC003 - in the hints of a NamedTuple
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from lrtdocs.messages import Fault
from lrtdocs.pdf.office.process import ask_program

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "verapdf"
_SECONDS = 120.0
_LONGEST = 5_000_000
_REPORT = re.compile(r"<validationReport\b.*</validationReport>", re.DOTALL)
_VERSION = re.compile(r'<releaseDetails\b[^>]*\bversion="([^"]*)"')
_FLAVOURS = {"PDF/UA-1": "ua1"} | {
    f"PDF/A-{part}{level}": f"{part}{level.lower()}"
    for part, levels in (("1", "AB"), ("2", "ABU"), ("3", "ABU"))
    for level in levels
}


class Verdict(NamedTuple):
    """What veraPDF says: its `version`, by which `standards` it looked, and the `faults`."""

    version: str
    standards: tuple[str, ...]
    faults: tuple[Fault, ...]


def ask_validator(path: Path, claims: Iterable[str]) -> Verdict | None:
    """Return what veraPDF says of the PDF at `path`, or None where it is not on this computer.

    It looks by PDF/UA-1, and by the part of PDF/A that the file `claims`.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    standards = ["PDF/UA-1", *sorted({*claims} & {*_FLAVOURS} - {"PDF/UA-1"})]
    version, faults, done = "", list[Fault](), list[str]()
    for standard in standards:
        found = _ask_one(program, path, standard)
        if isinstance(found, str):
            faults.append(Fault("LRT879.mislukt", {"reason": found}))
            break
        version = version or found[0]
        faults += found[1]
        done.append(standard)
    return Verdict(version, tuple(done), tuple(faults))


def _ask_one(program: str, path: Path, standard: str) -> tuple[str, list[Fault]] | str:
    """Return the version and what is wrong by `standard`, or why there is no answer."""
    command = [program, "--flavour", _FLAVOURS[standard], "--format", "xml", str(path.absolute())]
    try:
        outcome = ask_program(command, seconds=_SECONDS, longest=_LONGEST)
    except OSError as error:
        return error.strerror or str(error)
    if outcome.code is None:
        return f"na {_SECONDS:g} seconden nog bezig"
    found = _REPORT.search(outcome.said)  # around it stand warnings, anywhere between its lines
    try:
        report = ET.fromstring(found[0] if found else "")  # noqa: S314  of a program we started
    except ET.ParseError:
        return f"code {outcome.code}"
    version = _VERSION.search(outcome.said)
    faults = [_fault(rule, standard) for rule in report.iter("rule") if _fails(rule)]
    return version[1] if version else "", faults


def _fails(rule: ET.Element) -> bool:
    return rule.get("status", "").lower() == "failed"


def _fault(rule: ET.Element, standard: str) -> Fault:
    count = rule.get("failedChecks", "1")
    return Fault(
        "LRT879.regel",
        {
            "standard": standard,
            "clause": rule.get("clause", ""),
            "test": rule.get("testNumber", ""),
            "count": int(count) if count.isdigit() else 1,
            "found": " ".join(rule.findtext("description", "").split()),
        },
    )
