"""Words that may be empty where the template does not reckon with it, and words that are missed.

A word that may be empty is no mistake: it prints nothing. It is one where a label stays behind
("Omschrijving:" and nothing after it), so that is what is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.word.check.remedies import remedy_for_needed
from lrtdocs.word.package.ooxml import w

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lxml import etree

    from lrtdocs.errors import Place, Problem
    from lrtdocs.model.veld import Field
    from lrtdocs.word.check.words import Printed

_LETTERS = re.compile(r"\w")
_PATH = re.compile(r"\w+(\.\w+|\[[^\[\]]+\])*")


def check_empty(printed: Iterable[Printed], labels: Mapping[etree._Element, str]) -> list[Problem]:
    """Return a warning for each paragraph that would show its label and nothing else.

    `labels` is the text of each paragraph without its tags.
    """
    by_paragraph: dict[etree._Element, list[Printed]] = {}
    for one in printed:
        if one.tag.owner is not None and one.tag.context != "plain":
            by_paragraph.setdefault(one.tag.owner, []).append(one)
    problems = []
    for paragraph, words in by_paragraph.items():
        label = labels.get(paragraph, "")
        if _LETTERS.search(label) or _has_label_above(paragraph, labels):
            problems += _check_paragraph(paragraph, words)
    return problems


def _check_paragraph(paragraph: etree._Element, words: Sequence[Printed]) -> list[Problem]:
    if any(word.value.required for word in words) or _repeats(paragraph, words):
        return []
    return [_problem(word) for word in words if not word.guarded]


def _repeats(paragraph: etree._Element, words: Sequence[Printed]) -> bool:
    """Tell whether the words stand in a loop inside the paragraph, or in a row that repeats."""
    inside = any(loop.owner is paragraph for word in words for loop in word.loops)
    row = next(paragraph.iterancestors(w("tr")), None) is not None
    return inside or (row and all(word.loops for word in words))


def _has_label_above(paragraph: etree._Element, labels: Mapping[etree._Element, str]) -> bool:
    """Tell whether the line above says only what this paragraph is: "Onze referentie"."""
    above = paragraph.getprevious()
    if above is None or above.tag != w("p") or above not in labels:
        return False
    text = labels[above].strip()
    words = text.split()
    return 0 < len(words) <= _LABEL_WORDS and not text.endswith((".", ",", "?", "!"))


_LABEL_WORDS = 3


def _problem(word: Printed) -> Problem:
    tag = word.tag
    asked = tag.body.partition("|")[0].strip()
    asked = asked if _PATH.fullmatch(asked) else "…"
    key = "LRT335.label_of" if asked == tag.body else "LRT335.label"
    return messages.problem(key, tag.place, path=word.value.path, found=tag.text, asked=asked)


def check_needed(
    needed: Sequence[str], used: Iterable[str], place: Place, fields: Sequence[Field] = ()
) -> list[Problem]:
    """Return a warning for each path of `needed` that no part of the template uses.

    `fields` say what each of them is, and so how it is printed.

    Of paths with a bar between them ("tekst|slotalinea") one is enough.
    """
    found = set(used)
    problems = []
    for wanted in needed:
        choices = wanted.split("|")
        path = choices[0]
        owner = path.rpartition(".")[0].removesuffix("[]")
        if found.intersection(choices) or (owner in needed and owner not in found):
            continue
        name, remedy = path.replace("[]", ""), remedy_for_needed(path, fields)
        problems.append(messages.problem("LRT336", place, name=name, remedy=remedy))
    return problems
