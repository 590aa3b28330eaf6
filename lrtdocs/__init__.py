"""lrtdocs: agendas, minutes and letters in the house style, as Word and as accessible PDF.

The names below are the Python way in; they are the calls that the commands make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.lazy import find_name

if TYPE_CHECKING:
    from lrtdocs.api.checking import check as check
    from lrtdocs.api.documents import convert as convert
    from lrtdocs.api.documents import convert_to_html as convert_to_html
    from lrtdocs.api.documents import render_one as render_one
    from lrtdocs.api.letters import Report as Report
    from lrtdocs.api.letters import render_many as render_many
    from lrtdocs.api.template import Template as Template
    from lrtdocs.api.template import TemplateWarning as TemplateWarning
    from lrtdocs.api.template import compile as compile  # noqa: A004 - as in `re`
    from lrtdocs.api.template import fill as fill
    from lrtdocs.errors import LrtdocsError as LrtdocsError
    from lrtdocs.errors import Place as Place
    from lrtdocs.errors import Problem as Problem

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    return find_name(__name__, name)
