"""All checks of a finished document, and what they say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import sort_problems
from lrtdocs.word.accessibility import (
    beside,
    controls,
    headings,
    lists,
    looks,
    pictures,
    properties,
)
from lrtdocs.word.accessibility.paper import Paper
from lrtdocs.word.accessibility.tables import check_tables
from lrtdocs.word.package.elements import val

if TYPE_CHECKING:
    from lrtdocs.errors import Problem
    from lrtdocs.word.package.package import Package

_CHECKS = (
    *(properties.check_title, properties.check_language, properties.check_state),
    *(headings.check_headings, lists.check_lists, lists.check_spacing),
    *(check_tables, pictures.check_pictures, controls.check_links, controls.check_forms),
    *(looks.check_looks, beside.check_headers),
)


def check_accessibility(package: Package) -> list[Problem]:
    """Return what keeps the document `package` from an accessible PDF, in the order of the text.

    What `lrtdocs pdf` mends by itself is not told: the order of frames, the description of a link,
    the headers of rows.
    """
    paper = Paper(package)
    return sort_problems(problem for check in _CHECKS for problem in check(paper))


def is_in_house_style(package: Package) -> bool:
    """Tell whether `package` was made with a template of ours: by the names of its styles."""
    return any(val(style, "name").startswith("LRT ") for style in package.styles().values())
