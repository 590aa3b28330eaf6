"""What each kind of document knows: every word its template may use, as a tree.

Made from the models; only the words that documents make themselves stand in a table of their own
(`derived`). The check of templates, the list of words and the examples all read this tree.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lrtdocs.documents import derived

if TYPE_CHECKING:
    from lrtdocs.model.veld import Field

__all__ = ["FIELD_KINDS", "fields_of", "is_open"]

FIELD_KINDS = ("agenda", "verslag", "brief", "taakstelling")


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """Return the words of a `kind` of `FIELD_KINDS`, in the order of its models.

    KeyError for another kind.
    """
    if kind not in FIELD_KINDS:
        raise KeyError(kind)
    if kind in ("agenda", "verslag"):
        return (*derived.MEETING, derived.documentsoort(kind))
    return derived.letter(counted=kind == "taakstelling")


def is_open(kind: str) -> bool:
    """Tell whether a word that is not in `fields_of(kind)` may still be right.

    In a letter it may: every column of the list of recipients and every key of `velden` is a word
    of its own. So without the data an unknown word there is a warning, and in a meeting an error.
    """
    return any(field.open for field in fields_of(kind))
