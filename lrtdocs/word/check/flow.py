"""The tags of one part in the order of the text: their spelling, their blocks and their words.

The tree is left out of it. A tag that is told is mended or taken out, so that a block that a
misspelt tag opens is still a block, and one mistake is one problem.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from lrtdocs.errors import Place, Problem
from lrtdocs.word.check.spelling import LOST, check_spelling, mended
from lrtdocs.word.check.words import Findings, WordCheck
from lrtdocs.word.compile.language import check_language
from lrtdocs.word.tags.blocks import BLOCK_WORDS, MIDDLE_WORDS, Block, match_blocks, opens_block
from lrtdocs.word.tags.tags import Tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Environment, nodes

    from lrtdocs.model.veld import Field
    from lrtdocs.word.values.numbering import Styles

_CELL_VALUES, _CELL_PLAIN = ("colspan", "cellbg"), ("vm", "hm")


@dataclass(frozen=True)
class Knowledge:
    """What a part is checked with: the language, the words of the document, and the styles."""

    environment: Environment
    trusted: bool
    fields: Sequence[Field]
    names: frozenset[str]
    styles: Styles


@dataclass
class Flow:
    """What is known of the tags in the order of the text.

    `instead` holds what comes in the place of a tag that was told, by the place of that tag.
    """

    problems: list[Problem]
    findings: Findings
    blocks: list[Block]
    instead: dict[Place, Tag]


def check_flow(tags: Sequence[Tag], knowledge: Knowledge) -> Flow:
    """Return what is wrong with the spelling, the blocks and the words of `tags`.

    A tag without a mark (number -1) is none in the tree, but was meant as one.
    """
    problems: list[Problem] = []
    instead: dict[Place, Tag] = {}
    lost: set[str] = set()
    sound: list[Tag] = []
    for tag in tags:
        faults = check_spelling(tag, knowledge.environment)
        if faults:
            problems += faults
            better, names = mended(tag, knowledge.environment)
            instead[tag.place] = better
            lost |= names
        sound.append(instead.get(tag.place, tag) if faults else tag)
    blocks, loose = match_blocks(tag for tag in sound if tag.kind == "control")
    problems += loose
    whole = [block for block in blocks if block.tags[-1].word == f"end{block.word}"]
    fitting = {id(tag) for block in whole for tag in block.tags}
    half_told = [block for block in whole if any(tag.number < 0 for tag in block.tags)]
    for tag in (tag for block in half_told for tag in block.tags):
        instead[tag.place] = replace(tag, kind="comment", body="")
    kept = []
    asked: list[str] = []
    for tag in sound:
        if _is_part_of_block(tag) and id(tag) not in fitting:
            lost |= _bound_by(tag)
            asked += [tag.body.partition(tag.word)[2]] if tag.word in ("if", "elif") else []
            instead[tag.place] = replace(tag, kind="comment", body="")
        else:
            kept.append(tag)
    told = {problem.place for problem in problems}
    findings = _check_words(kept, knowledge, {*lost, LOST}, told, asked)
    return Flow(problems + findings.problems, findings, whole, instead)


def _is_part_of_block(tag: Tag) -> bool:
    if tag.kind != "control":
        return False
    ends = tag.word.startswith("end") and tag.word[3:] in BLOCK_WORDS
    return ends or tag.word in MIDDLE_WORDS or opens_block(tag)


def _bound_by(tag: Tag) -> set[str]:
    """Return the names that a loop without an end would have given a value."""
    if tag.word != "for":
        return set()
    names = tag.body[3:].partition(" in ")[0]
    return {name.strip() for name in names.split(",")} | {"loop"}


def _check_words(
    tags: Iterable[Tag],
    knowledge: Knowledge,
    lenient: set[str],
    told: set[Place],
    asked: Iterable[str],
) -> Findings:
    """Return what `tags` do with words; nothing is told of a tag that was told already.

    `asked` are the conditions of tags that are left out.
    """
    pieces: list[str] = []
    lines: dict[int, Tag] = {}
    line = 1
    for tag in tags:
        source = _flow_source(tag)
        if source:
            lines[line + 1] = tag
            line += source.count("\n") + 1
            pieces.append(source + "\n")
    nowhere = Tag("internal", "", Place(""))

    def tag_of(node: nodes.Node) -> Tag:
        return lines.get(node.lineno, nowhere)

    try:
        tree = knowledge.environment.parse("".join(pieces))
        environment, trusted = knowledge.environment, knowledge.trusted
        unsafe = [
            problem
            for problem in check_language(tree, tag_of, environment, trusted=trusted)
            if problem.found
        ]
        words = WordCheck(knowledge.fields, tag_of, lenient, trusted=trusted)
        for condition in asked:
            with suppress(TemplateSyntaxError):
                words.assume(knowledge.environment.parse(f"{{{{ {condition} }}}}"))
        words.walk(tree.body)
        findings = words.findings
    except (TemplateSyntaxError, RecursionError, ValueError, OverflowError):
        return Findings()  # told when the template is compiled
    told = told | {problem.place for problem in unsafe}
    more = [p for p in findings.problems if p.place not in told and p.place.file]
    findings.problems = list(dict.fromkeys(unsafe + more))
    return findings


def _flow_source(tag: Tag) -> str:
    """Return what `tag` says to Jinja; a tag for a cell prints what stands behind its word."""
    if tag.kind == "comment" or tag.kind == "escape":
        return ""
    if tag.word in _CELL_VALUES:
        return f"{{{{\n{tag.body[len(tag.word) :]} }}}}"
    return "" if tag.word in _CELL_PLAIN else tag.source
