"""Problems of a Word template or a foreign package whose texts are not in the catalogue yet."""

from __future__ import annotations

from lrtdocs.errors import Place, Problem, Severity
from lrtdocs.messages import find_row

_FOUND_LIMIT = 200


def template_problem(
    code: str,
    place: Place,
    message: str,
    *,
    found: str = "",
    expected: str = "",
    remedy: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    """Return a problem with a `code` that stands in the catalogue, and texts that do not yet."""
    find_row(code)
    found = found if len(found) <= _FOUND_LIMIT else found[:_FOUND_LIMIT] + " …"
    return Problem(code, place, message, expected, found, remedy, severity)


def template_remark(
    code: str,
    place: Place,
    message: str,
    remedy: str,
    severity: Severity = Severity.WARNING,
    *,
    found: str = "",
) -> Problem:
    """Return a problem that keeps no document back: a warning, or a tip."""
    return template_problem(code, place, message, found=found, remedy=remedy, severity=severity)
