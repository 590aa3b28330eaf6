"""A file filled in and saved: its form, what is changed in its text, and what is wrong with that.

Comments, order and whatever else a person typed stay; nothing is written over what nobody saw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.run.editing.changing import (
    Done,
    NotTakenError,
    Sheet,
    add_item,
    fill_in,
    move_item,
    read_sheet,
    remove_item,
)
from lrtdocs.run.editing.fields import Choice, FormField, FormGroup, Sort, form_of
from lrtdocs.run.editing.placing import loc_in, loc_of, place_in_form
from lrtdocs.run.editing.saving import (
    ChangedOutsideError,
    Line,
    Opened,
    compare_lines,
    open_text,
    save_text,
)
from lrtdocs.run.editing.shown import Shown, ShownGroup

if TYPE_CHECKING:
    from collections.abc import Mapping


def text_with(kind: str, text: str, filled: Mapping[str, str]) -> str:
    """Return `text` of a `kind` of file with what was `filled` in, by the names of the fields.

    What is not in it, or is what the text says already, stays byte for byte. Raises NotTakenError
    for what cannot stand in a file, ProblemsFoundError for a text that is no YAML.
    """
    return fill_in(read_sheet(kind, text), filled).text


__all__ = [
    "ChangedOutsideError",
    "Choice",
    "Done",
    "FormField",
    "FormGroup",
    "Line",
    "NotTakenError",
    "Opened",
    "Sheet",
    "Shown",
    "ShownGroup",
    "Sort",
    "add_item",
    "compare_lines",
    "fill_in",
    "form_of",
    "loc_in",
    "loc_of",
    "move_item",
    "open_text",
    "place_in_form",
    "read_sheet",
    "remove_item",
    "save_text",
    "text_with",
]
