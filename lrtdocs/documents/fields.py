"""What each kind of document knows: every word its template may use, as a tree.

Made from the models and from the tables of words that documents make themselves (`meetings`,
`letters`). The check of templates, the list of words and the examples all read this tree.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lrtdocs.documents.meetings import meeting_fields
from lrtdocs.kinds import KINDS, Source

if TYPE_CHECKING:
    from lrtdocs.model.veld import Field


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """Return the words of a document of `kind`, in the order of its models.

    KeyError for another kind.
    """
    row = KINDS[kind]
    if row.source is Source.MEETING:
        return meeting_fields(kind)
    from lrtdocs.documents.letters import letter_fields  # a meeting does without these models

    return letter_fields(counted=row.counted)


def known_words(kind: str) -> list[str]:
    """Return every word that a template of `kind` may use at the top.

    In a letter the keys of `velden` and the other columns of the list come on top of these.
    """
    return [field.name for field in fields_of(kind)]


def is_open(kind: str) -> bool:
    """Tell whether a word that is not in `fields_of(kind)` may still be right.

    In a letter it may: every column of the list of recipients and every key of `velden` is a word
    of its own. So without the data an unknown word there is a warning, and in a meeting an error.
    """
    return any(field.open for field in fields_of(kind))
