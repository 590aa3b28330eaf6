"""What a published file must still have when it comes back: read of a PDF or a Word document."""

from __future__ import annotations

from dataclasses import dataclass

UA, ARCHIVE = "PDF/UA", "PDF/A"


@dataclass(frozen=True, slots=True)
class Condition:
    """What there is of a document besides how it looks.

    `claims` are the marks of the standards that it says it holds to, `tags` how many there are of
    what a screen reader goes by (in Word the headings), `bookmarks` how many lead through it.
    `told` is whether it says anything about itself. `producer` is the program that made it.
    `around` is all that is printed, line by line: also what stands outside the text, such as page
    numbers.
    """

    title: str
    language: str
    paragraphs: tuple[str, ...]
    tags: int
    bookmarks: int
    claims: frozenset[str] = frozenset()
    told: bool = True
    producer: str = ""
    around: tuple[str, ...] = ()
