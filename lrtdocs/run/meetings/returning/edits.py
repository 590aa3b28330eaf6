"""What is said otherwise, as edits of the text of the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.model.openbaar.marks import find_marks, keep_marks
from lrtdocs.model.vergadering import Vergadering
from lrtdocs.run.meetings.comparing import longest_rising
from lrtdocs.run.meetings.returning.fields import generic, is_of_meeting, is_rich, typed
from lrtdocs.run.meetings.returning.known import Reason
from lrtdocs.run.meetings.returning.texts import write_blocks
from lrtdocs.source.build.reading import Fields, loc_of, path_of
from lrtdocs.source.yaml.edit import Insert, Put, Remove, data_of, node_at
from lrtdocs.source.yaml.nodes import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtdocs.kinds import Kind
    from lrtdocs.model.vergadering import Loc
    from lrtdocs.run.meetings.returning.known import Difference, Item, Saying
    from lrtdocs.source.yaml.edit import Edit
    from lrtdocs.source.yaml.nodes import Node
    from lrtdocs.source.yaml.writing import Data
    from lrtdocs.word.reading.blocks import Block

_FIELDS = Fields(Vergadering)
_COUNTED = ("agendapunten", "subpunten", "actiepunten", "besluiten")
"""Lists whose items have a number that documents count when it is not given."""


class UndoneError(Exception):
    """A difference that has no place in the file; `reason` is why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Page(NamedTuple):
    """What edits are made of: the file as nodes, the edited paper, and what kind of paper it is."""

    root: Node
    blocks: Sequence[Block]
    kind: Kind


def file_loc(root: Node, loc: Loc) -> Loc:
    """Return `loc` as it is in the file, where people may stand in groups: they are one list."""
    found: Loc = ()
    for step in loc:
        node = node_at(root, found)
        if isinstance(step, int) and isinstance(node, MappingNode):
            found = _in_group(node, found, step)
        else:
            found = (*found, step)
    return found


def _in_group(node: MappingNode, loc: Loc, index: int) -> Loc:
    for key, people in node.entries:
        number = len(people.items) if isinstance(people, SequenceNode) else 1
        if index < number:
            listed = isinstance(people, SequenceNode)
            return (*loc, key.text, index) if listed else (*loc, key.text)
        index -= number
    return (*loc, index)


def edits_of(page: Page, difference: Difference) -> list[Edit]:
    """Return the edits for one `difference`, but for moves; raise `UndoneError` for none."""
    if difference.kind == "value":
        return _value(page, difference)
    if difference.kind == "text":
        return _text(page, difference)
    if difference.kind == "gone":
        return _gone(page, difference)
    return _new(page, difference) if difference.kind == "new" else []


def _after(loc: Loc) -> tuple[str, ...]:
    """Return the keys behind which that at `loc` belongs, the nearest first."""
    names = _FIELDS.names(loc[:-1])
    return tuple(reversed(names[: names.index(str(loc[-1]))])) if loc[-1] in names else ()


def _value(page: Page, difference: Difference) -> list[Edit]:
    said = _agreed(page, difference)
    return _put(page, own_loc(page, difference.path), typed(generic(difference.path), said.after))


def _agreed(page: Page, difference: Difference) -> Saying:
    """Return what is said of a field now, where it is printed more than once; raise `UndoneError`.

    In a list of all actions it may be of before; changed there alone it counts when somebody did
    that on the record.
    """
    path = generic(difference.path)
    tracked = [one for one in difference.sayings if any(page.blocks[at].changes for at in one.new)]
    changed = [one for one in tracked or difference.sayings if one.is_changed]
    if len({typed(path, one.after) for one in changed}) != 1:
        raise UndoneError(Reason.UNEQUAL)
    own = [one for one in difference.sayings if not one.again]
    if own and not tracked and all(one.again for one in changed):
        raise UndoneError(Reason.LISTED)
    return changed[0]


def own_loc(page: Page, path: str) -> Loc:
    """Return where the value of the word at `path` is typed; minutes have some of their own."""
    loc = loc_of(path)
    own = f"{loc[0]}_verslag"
    if len(loc) == 1 and page.kind.is_minutes and own in Vergadering.model_fields:
        return (own,)
    loc = file_loc(page.root, loc)
    if loc[-1] == "tekst" and "tekst" not in _FIELDS.names(loc[:-1]):
        return loc[:-1]
    return loc


def _put(page: Page, loc: Loc, text: str) -> list[Edit]:
    """Return what makes the value at `loc` `text`; nothing takes its key away."""
    node, above = node_at(page.root, loc), node_at(page.root, loc[:-1])
    if node is None and isinstance(above, ScalarNode):
        return _lengthen(loc, above, text)
    text = _with_marks(node, text)
    if not text:
        if node is None:
            return []
        if isinstance(loc[-1], int) or _FIELDS.is_required(loc):
            raise UndoneError(Reason.NEEDED)
        return [Remove(loc)]
    if isinstance(node, SequenceNode):
        return [Put(loc, _split(text, data_of(node)))]
    if isinstance(node, MappingNode):
        raise UndoneError(Reason.BLOCK)
    if node is None and not isinstance(above, MappingNode):
        raise UndoneError(Reason.PLACE)
    return [Put(loc, text, _after(loc))]


def _lengthen(loc: Loc, above: ScalarNode, text: str) -> list[Edit]:
    """Return what puts the value at `loc` in what is typed as one text: an annex by its title."""
    short = _FIELDS.text_key(loc[:-1])
    if short and short == loc[-1]:
        return [Put(loc[:-1], _with_marks(above, text))]
    if short and text and not is_person(loc[:-1]):
        return [Put(loc[:-1], {short: above.text, str(loc[-1]): text})]
    raise UndoneError(Reason.SHORT)


def _with_marks(node: Node | None, text: str) -> str:
    """Return `text`, which comes in the place of `node`, with what that marks to be left out.

    Raises `UndoneError` when it is not sure where a mark goes: what it is about would be published.
    """
    if isinstance(node, ScalarNode):
        kept = keep_marks(node.text, text) if text else ""
    else:
        kept = None if any(map(find_marks, _texts_in(data_of(node)))) else text
    if kept is None:
        raise UndoneError(Reason.MARK)
    return kept


def _texts_in(data: Data) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif data is not None:
        for each in data.values() if isinstance(data, Mapping) else data:
            yield from _texts_in(each)


def is_person(loc: Loc) -> bool:
    """Tell whether somebody stands at `loc`, whose short form is not split."""
    return _FIELDS.text_key(loc) == "naam"


def _split(text: str, old: Data) -> Data:
    """Return `text`, that of several joined together, as a list again."""
    parts = [one.strip() for part in text.split(",") for one in part.split(" en ")]
    if isinstance(old, list) and dutch.join_words(parts) == text:
        return list(parts)
    return [part.strip() for part in text.split(",")]


def _text(page: Page, difference: Difference) -> list[Edit]:
    loc = loc_of(difference.path)
    besluit = isinstance(loc[-1], int) or loc[-1] == "tekst"
    node, above = node_at(page.root, loc), node_at(page.root, loc[:-1])
    if isinstance(node, MappingNode) and node.get("tekst") is not None:
        return _text_at(page, difference, (*loc, "tekst"), node.get("tekst"), besluit=True)
    if node is None and loc[-1] == "tekst" and isinstance(above, ScalarNode):
        return _text_at(page, difference, loc[:-1], above, besluit=True)
    return _text_at(page, difference, loc, node, besluit=besluit)


def _text_at(
    page: Page, difference: Difference, loc: Loc, node: Node | None, *, besluit: bool
) -> list[Edit]:
    chosen = [page.blocks[at] for at in _agreed(page, difference).new]
    old = node.text if isinstance(node, ScalarNode) else ""
    text = write_blocks(chosen, old, besluit=besluit)
    if text is None:
        raise UndoneError(Reason.FORM)
    return _put(page, loc, text)


def _gone(page: Page, difference: Difference) -> list[Edit]:
    loc = file_loc(page.root, loc_of(difference.path))
    if node_at(page.root, loc) is None:
        raise UndoneError(Reason.PLACE)
    return [Remove(loc)]


def _new(page: Page, difference: Difference) -> list[Edit]:
    loc, item = loc_of(difference.path), difference.item
    if item is None:
        return []
    data = data_of_item(page, item, f"{generic(difference.path)}[]")
    if not data:
        raise UndoneError(Reason.PLACE)
    node = node_at(page.root, loc)
    if node is None or (isinstance(node, ScalarNode) and node.empty):
        if not isinstance(node_at(page.root, loc[:-1]), MappingNode):
            raise UndoneError(Reason.PLACE)
        return [Put(loc, [data], _after(loc))]
    if isinstance(node, MappingNode):
        *group, index = file_loc(page.root, (*loc, max(difference.at - 1, 0)))
        listed = isinstance(node_at(page.root, tuple(group)), SequenceNode)
        if not isinstance(index, int) or not listed:
            raise UndoneError(Reason.PLACE)
        return [Insert((*group, index + bool(difference.at)), data)]
    if not isinstance(node, SequenceNode):
        raise UndoneError(Reason.PLACE)
    return [Insert((*loc, min(difference.at, len(node.items))), data)]


def data_of_item(page: Page, item: Item, path: str) -> Data:
    """Return a new `item` of the list of which `path` is one, as it is typed."""
    if is_rich(path) and "" in item.texts:
        return write_blocks(_chosen(page, item.texts[""]), "", besluit=True)
    found: dict[str, Data] = {}
    for tail, said in item.values.items():
        own = f"{path}.{tail}" if tail else path
        shown = [one for one in said if not one.slot.test or own.endswith(("nazending", "lijk"))]
        text = typed(own, shown[0].text) if shown else ""
        if not text or not is_of_meeting(own):
            continue
        if not tail or (tail == "tekst" and "tekst" not in _FIELDS.names(loc_of(path))):
            return text
        if tail != "nummer" or path.rstrip("[]").rpartition(".")[2] not in _COUNTED:
            found[tail] = text
    for tail, chosen in item.texts.items():
        text = write_blocks(_chosen(page, chosen), "", besluit=tail == "tekst") or ""
        if not text:
            raise UndoneError(Reason.FORM)
        found[tail] = text
    for name, items in item.lists.items():
        key = name.rpartition("[].")[2]
        if not name.startswith("!") and is_of_meeting(f"{path}.{key}"):
            found[key] = [data_of_item(page, one, f"{path}.{key}[]") for one in items]
    return _ordered(found, path)


def _ordered(found: dict[str, Data], path: str) -> Data:
    """Return the keys of a new item in the order of the file, or its one text where that does."""
    names = _FIELDS.names(tuple(0 if step == "" else step for step in loc_of(path)))
    short = _FIELDS.text_key(loc_of(path))
    many = path.rstrip("[]").rpartition(".")[2] in {"agendapunten", "subpunten"}
    if list(found) == [short] and not many:
        return found[short]
    return {name: found[name] for name in names if name in found}


def _chosen(page: Page, indexes: Sequence[int]) -> list[Block]:
    return [page.blocks[at] for at in indexes]


# --- lists that are typed as one text


def unfold_lists(root: Node, differences: Sequence[Difference]) -> list[Edit]:
    """Return what makes real lists of those in `differences` that are typed as one text."""
    found: dict[Loc, Edit] = {}
    for difference in differences:
        loc = loc_of(difference.path)
        for length in range(1, len(loc) + 1):
            one = loc[:length]
            node = node_at(root, one)
            below = loc[length] if length < len(loc) else None
            listed = isinstance(below, int) or (below is None and difference.kind == "new")
            if isinstance(node, ScalarNode) and not node.empty and listed:
                found[one] = Put(one, list(_as_items(one, node.text)))
    return list(found.values())


def _as_items(loc: Loc, text: str) -> list[str]:
    from lrtdocs.model.velden import as_decisions, as_list

    read = as_decisions if is_rich(f"{generic(path_of(loc))}[]") else as_list
    found = read(text)
    return [_dedent(str(one)) for one in found] if isinstance(found, list) else [text]


def _dedent(text: str) -> str:
    rows = text.strip("\n").split("\n")
    return "\n".join([rows[0].strip(), *(row[2:] if row[:2] == "  " else row for row in rows[1:])])


# --- the order of lists


def next_move(order: Sequence[int]) -> tuple[int, int, list[int]] | None:
    """Return which item to move to before which, and what the order is then; None when it is well.

    `order` are the indexes that the items have now, in the order that is wanted.
    """
    stays = {order[at] for at in longest_rising(order)}
    at = next((at for at, one in enumerate(order) if one not in stays), None)
    if at is None:
        return None
    moving, target = order[at], order[at - 1] + 1 if at else 0
    there = [one for one in range(len(order)) if one != moving]
    there.insert(sum(one < target for one in there), moving)
    return moving, target, [there.index(one) for one in order]
