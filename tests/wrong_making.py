"""Texts of a meeting that are wrong, made from one that is right by a fault in a line of it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FAULTS: dict[str, Callable[[str], str]] = {
    "a tab": lambda line: f"\t{line}",
    "half a bracket": lambda line: f"{line} {{",
    "no colon": lambda line: line.replace(":", "", 1),
    "another key": lambda line: line.replace(":", "x:", 1),
    "half a quote": lambda line: line.replace(": ", ': "', 1),
    "one space less": lambda line: line[1:] if line.startswith(" ") else f" {line}",
    "twice": lambda line: f"{line}\n{line}",
    "an anchor": lambda line: line.replace(": ", ": &a ", 1),
    "no date": lambda line: line.replace("2025-", "2025-99-", 1),
}


def make_wrong(text: str, number: int, is_wrong: Callable[[str], bool]) -> Iterator[str]:
    """Yield `number` texts with one fault each in `text`, all of which are wrong."""
    chance = random.Random(13)
    lines = text.split("\n")
    seen = {text}
    while number:
        at = chance.randrange(len(lines))
        fault = FAULTS[chance.choice(list(FAULTS))]
        made = "\n".join([*lines[:at], fault(lines[at]), *lines[at + 1 :]])
        if made not in seen and is_wrong(made):
            number -= 1
            yield made
        seen.add(made)
