"""Differences taken over into the text of the file, in memory; why not, of those that cannot be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrtdocs.errors import LrtdocsError, has_errors
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.meetings.returning.brought import Applied
from lrtdocs.run.meetings.returning.edits import (
    Page,
    UndoneError,
    edits_of,
    next_move,
    unfold_lists,
)
from lrtdocs.run.meetings.returning.known import Reason
from lrtdocs.source.build.build import build_model
from lrtdocs.source.build.reading import loc_of
from lrtdocs.source.yaml.edit import Insert, Move, Remove, edit_text, node_at
from lrtdocs.source.yaml.nodes import SequenceNode
from lrtdocs.source.yaml.text import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtdocs.errors import Problem
    from lrtdocs.kinds import Kind
    from lrtdocs.model.vergadering import Loc
    from lrtdocs.run.meetings.returning.known import Difference, Item, Source
    from lrtdocs.source.yaml.edit import Edit
    from lrtdocs.word.reading.blocks import Block


def reload(source: Source, text: str) -> tuple[Source | None, list[Problem]]:
    """Return `source` with what `text` says, None if that has errors."""
    node, problems = parse_yaml(text, str(source.path))
    if node is None or has_errors(problems):
        return None, problems
    model, found = build_model(node, Vergadering)
    problems += found
    if model is None or has_errors(problems):
        return None, problems
    known = source.model.volgende_vergadering
    if isinstance(model.volgende_vergadering, str):
        model = model.model_copy(update={"volgende_vergadering": known})
    return source._replace(node=node, model=model), problems


def apply(
    source: Source,
    text: str,
    differences: Sequence[Difference],
    blocks: Sequence[Block],
    kind: Kind,
) -> Applied:
    """Return the file with all `differences` taken over that can be.

    When the file that this gives has errors, they are taken over one by one, and those that give
    one are left out.
    """
    found = _apply(source, text, differences, blocks, kind)
    if isinstance(found, Applied):
        return found
    chosen: list[Difference] = []
    undone: dict[int, Reason | Problem] = {}
    last = Applied(text, source)
    for number, one in enumerate(differences):
        found = _apply(source, text, [*chosen, one], blocks, kind)
        if not isinstance(found, Applied):
            undone[number] = found[0] if found else Reason.PLACE
        elif len(chosen) in found.undone:
            undone[number] = found.undone[len(chosen)]
        else:
            chosen.append(one)
            last = found
    return replace(last, undone=undone)


def _apply(
    source: Source,
    text: str,
    differences: Sequence[Difference],
    blocks: Sequence[Block],
    kind: Kind,
) -> Applied | list[Problem]:
    """Return the file with `differences` taken over, or the problems that it has then."""
    unfolded = edit_text(text, unfold_lists(source.node, differences), str(source.path))
    known, problems = reload(source, unfolded) if unfolded != text else (source, [])
    if known is None:
        return problems
    page = Page(known.node, blocks, kind)
    undone: dict[int, Reason | Problem] = {}
    edits: dict[int, list[Edit]] = {}
    for number, one in enumerate(differences):
        try:
            edits[number] = edits_of(page, one)
        except UndoneError as error:
            undone[number] = error.reason
    edited = _edit(unfolded, edits, undone, known)
    for one in differences:
        if one.kind == "order":
            edited = _order(edited, one, differences, known)
    result, problems = reload(source, edited)
    if result is None:
        return problems
    return Applied(edited, result, undone)


def _edit(
    text: str, edits: dict[int, list[Edit]], undone: dict[int, Reason | Problem], source: Source
) -> str:
    """Return `text` with `edits`; those that cannot be made are added to `undone`."""
    together = [one for many in edits.values() for one in many]
    try:
        return edit_text(text, _without_inner(together), str(source.path))
    except (LrtdocsError, LookupError):
        pass
    done: list[Edit] = []
    for number, many in edits.items():
        try:
            edit_text(text, _without_inner([*done, *many]), str(source.path))
        except LrtdocsError as error:
            undone[number] = error.problems[0] if error.problems else Reason.PLACE
        except LookupError:
            undone[number] = Reason.PLACE
        else:
            done += many
    return edit_text(text, _without_inner(done), str(source.path))


def _without_inner(edits: Sequence[Edit]) -> list[Edit]:
    """Return `edits`, each once, but for those of what goes away as a whole."""
    gone = {one.loc for one in edits if isinstance(one, Remove)}
    found: dict[str, Edit] = {}
    for number, one in enumerate(edits):
        inner = any(one.loc[:length] in gone for length in range(1, len(one.loc)))
        key = f"{number}" if isinstance(one, Insert) else repr(one)
        if not inner:
            found[key] = one
    return list(found.values())


# --- the order of a list


def _order(text: str, one: Difference, differences: Sequence[Difference], known: Source) -> str:
    """Return `text` with the items of a list in the order of the edited paper."""
    loc = loc_of(one.path)
    order = _wanted(one, differences, known)
    node, _ = parse_yaml(text, "")
    there = node_at(node, _moved(loc, differences))
    if order is None or not isinstance(there, SequenceNode) or len(there.items) != len(order):
        return text
    while (step := next_move(order)) is not None:
        moving, target, order = step
        text = edit_text(text, [Move((*_moved(loc, differences), moving), target)])
    return text


def _moved(loc: Loc, differences: Sequence[Difference]) -> Loc:
    """Return where what stood at `loc` stands once items were put in and taken out before it."""
    found: list[int | str] = []
    for at, step in enumerate(loc):
        now = step
        if isinstance(step, int):
            for one in differences:
                other = loc_of(one.path)
                if one.kind == "new" and other == loc[:at] and one.at <= step:
                    now = int(now) + 1
                if one.kind == "gone" and other[:-1] == loc[:at] and other[-1] < step:  # type: ignore[operator]
                    now = int(now) - 1
        found.append(now)
    return tuple(found)


def _wanted(one: Difference, differences: Sequence[Difference], known: Source) -> list[int] | None:
    """Return the indexes that the items of a list have now, in the order that is wanted."""
    loc = loc_of(one.path)
    node = node_at(known.node, loc)
    if not isinstance(node, SequenceNode):
        return None
    gone = {d.path for d in differences if d.kind == "gone"}
    now: list[str | Item] = [
        path for number in range(len(node.items)) if (path := f"{one.path}[{number}]") not in gone
    ]
    new = [d for d in differences if d.kind == "new" and d.path == one.path and d.item is not None]
    for d in reversed(new):
        before = sum(f"{one.path}[{number}]" in now for number in range(d.at))
        if d.item is not None:
            now.insert(before, d.item)
    wanted: list[str | Item] = [item.origin or item for item in one.items]
    for at, each in enumerate(now):  # what is not printed stays behind what it stood behind
        if each not in wanted:
            behind = wanted.index(now[at - 1]) + 1 if at and now[at - 1] in wanted else 0
            wanted.insert(behind, each)
    if len(wanted) != len(now):
        return None
    places = {id(each) if not isinstance(each, str) else each: at for at, each in enumerate(now)}
    return [places[id(each) if not isinstance(each, str) else each] for each in wanted]
