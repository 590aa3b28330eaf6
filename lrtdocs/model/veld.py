"""One word of a template, described: what it means, what kind of value it holds, what is in it.

Schema, handbook, list of words, check of templates and examples all read these descriptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ValueKind(StrEnum):
    """The kinds of value that a word can hold, as people call them."""

    TEXT = "tekst"
    RICH = "opgemaakte tekst"
    NUMBER = "getal"
    DATE = "datum"
    TIME = "tijd"
    YES_NO = "ja of nee"
    BLOCK = "blok"
    LIST = "lijst"
    UNKNOWN = ""
    """What nothing is known of while a template is checked; no word of a document is."""


@dataclass(frozen=True, slots=True)
class Field:
    """A word that a template may use.

    `meaning` is Dutch. Of a list, `item` is the kind of each item and `one` what an item is called
    in a loop. `parts` are those of a block, or of each item.

    `required` says that no valid input leaves the word empty; of a part: as long as what it is part
    of is there. Yes or no, and the number 0, are values and not empty. An `open` block has parts
    of the user's own as well, so that a part that is not in `parts` may still be right.

    `at` is where a word stands in the tree that exists only while a template is filled, when it is
    a word of the document under another name.
    """

    name: str
    meaning: str = ""
    kind: ValueKind = ValueKind.TEXT
    required: bool = False
    example: object = None
    parts: tuple[Field, ...] = ()
    item: ValueKind = ValueKind.UNKNOWN
    one: str = "regel"
    open: bool = False
    at: str = ""
