"""The tables of document kinds: which template, and which words that template knows.

A new kind of document of a meeting is a row in `KINDS`, a new kind of letter one in `LETTERS`.
"""

from lrtdocs.documents.letters import (
    LETTERS,
    LetterKind,
    known_letter_words,
    letter_words,
    pattern_words,
    shared_words,
)
from lrtdocs.documents.meetings import (
    KINDS,
    DocumentKind,
    agenda_words,
    known_words,
    verslag_words,
)
from lrtdocs.documents.words import Words, to_words

__all__ = [
    "KINDS",
    "LETTERS",
    "DocumentKind",
    "LetterKind",
    "Words",
    "agenda_words",
    "known_letter_words",
    "known_words",
    "letter_words",
    "pattern_words",
    "shared_words",
    "to_words",
    "verslag_words",
]
