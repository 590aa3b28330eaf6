"""The form of a file as a page sends it: its fields, and the text that they are a look at.

A form carries the whole text that it was made of, as it is by now and not saved yet, and the digest
of the file as it was opened. So nothing is kept on this side, and two tabs know nothing of each
other. Its fields have a sign before their names: a mailing has a field `tekst` of its own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lrtdocs import api

if TYPE_CHECKING:
    from starlette.datastructures import FormData

SIGN = "v:"
"""Before the name of each field of the file."""
BASE, DIGEST, DO = "grondtekst", "controlegetal", "doe"
"""The text that the form is a look at, the digest of the file when it was opened, what is asked."""


def text_of(opened: api.Opened, form: FormData) -> str:
    """Return the text of the file that was `opened` with what stands in `form`, not saved.

    Raises NotTakenError (`fields` has the problem of each field) for what cannot stand in a file,
    ProblemsFoundError for a text that is no YAML.
    """
    return api.fill_in(sheet_of(opened, form), filled_in(form)).text


def sheet_of(opened: api.Opened, form: FormData) -> api.Sheet:
    """Return the text that `form` was made of, with its fields, as they were then."""
    return api.read_sheet(api.kind_of_file(opened.path), base_of(opened, form), str(opened.path))


def base_of(opened: api.Opened, form: FormData) -> str:
    """Return the text that `form` was made of: that of the file, if it does not say."""
    try:
        text = json.loads(str(form.get(BASE, "")))
    except (ValueError, RecursionError):  # no JSON, or nested deeper than can be read
        return opened.text
    return text if isinstance(text, str) else opened.text


def filled_in(form: FormData) -> dict[str, str]:
    """Return what was filled in, by the names of the fields of the file; the last one counts."""
    given = (item for item in form.multi_items() if item[0].startswith(SIGN))
    return {name.removeprefix(SIGN): value for name, value in given if isinstance(value, str)}
