"""Edits of the text of a YAML file, by place: only what is touched changes, byte for byte.

A file is edited as text and never written anew from its nodes, which would lose what a person put
in it: comments, blank lines, quotes, the order of keys, line ends. Each edit has an address, the
keys and indexes that lead to it **in the text as it was**; all are turned into pieces of text to
put in or take out, and these are applied at once. Then the result is read again: if it does not
hold exactly what was asked, nothing is changed and an error says so.

The line ends behind a text do not count: `|` gives one, quotes give none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import count, pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import messages
from lrtdocs.errors import LrtdocsError, ProblemsFoundError, has_errors
from lrtdocs.source.yaml.nodes import Layout, MappingNode, Node, ScalarNode, SequenceNode
from lrtdocs.source.yaml.text import parse_yaml
from lrtdocs.source.yaml.writing import (
    Data,
    Style,
    block_rows,
    write_block,
    write_entry,
    write_flow,
    write_item,
    write_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Loc = tuple[int | str, ...]
_ROW = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ENDS = "\r\n"
_HEADER = re.compile(r"(?P<sign>[|>])(?P<by>\d?)(?P<chomp>[+-]?)(?:\d?)")
_TO_COMMA = re.compile(r"(?:[^,#]|(?<!\s)#|(?<=\s)#[^\r\n]*)*,")


@dataclass(frozen=True, slots=True)
class Put:
    """Let `value` stand at `loc`: in the place of what is there, or under a new key.

    A new key comes behind the first of the keys `after` that is there, or else behind all keys;
    `comment` is put behind it. One with more lines, at the top, keeps the blank line before it.
    """

    loc: Loc
    value: Data
    after: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a new item before the one at `loc`, or, one beyond the last, at the end of the list."""

    loc: Loc
    value: Data


@dataclass(frozen=True, slots=True)
class Remove:
    """Take the key or item at `loc` out, with what is under it; comments around it stay."""

    loc: Loc


@dataclass(frozen=True, slots=True)
class Move:
    """Move the item at `loc`, as it is typed and with the comments above it, to before `to`."""

    loc: Loc
    to: int


@dataclass(frozen=True, slots=True)
class CommentOut:
    """Put a `#` before the lines of the key at `loc`."""

    loc: Loc


Edit = Put | Insert | Remove | Move | CommentOut


class EditError(LrtdocsError):
    """An edit that cannot be made in this text; the text is as it was."""


def edit_text(text: str, edits: Sequence[Edit], file: str = "") -> str:
    """Return `text` with all `edits` made; `file` names it in problems.

    Raises ProblemsFoundError for a text with errors, EditError where an edit cannot be made,
    LookupError for an address at which nothing stands.
    """
    root, problems = parse_yaml(text, file)
    if root is None or has_errors(problems):
        raise ProblemsFoundError(*problems)
    return edit_nodes(text, root, edits, file)[0]


def edit_nodes(text: str, root: Node, edits: Sequence[Edit], file: str) -> tuple[str, Node]:
    """Return `text`, which was read as `root` without errors, with `edits` made, and its nodes.

    `file` is in the places of these. It raises what `edit_text` does.
    """
    page = _Page(text, root)
    grouped = _grouped(root, edits)
    if not grouped:
        return text, root
    made = page.apply(list(_splices(page, grouped)))
    node = None if made is None else _read_as(made, _edited(root, (), grouped), file)
    if made is None or node is None:
        raise _refusal(page, edits)
    return made, node


def data_of(node: Node | None) -> Data:
    """Return `node` as plain data; line ends behind a text fall away."""
    if isinstance(node, MappingNode):
        return {key.text: data_of(value) for key, value in node.entries}
    if isinstance(node, SequenceNode):
        return [data_of(item) for item in node.items]
    return None if node is None or node.empty else _bare(node.text)


def node_at(root: Node | None, loc: Loc) -> Node | None:
    """Return the node at `loc`, or None."""
    node = root
    for step in loc:
        if isinstance(node, MappingNode) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def _read_as(text: str, wanted: Data, file: str = "") -> Node | None:
    """Return the nodes of `text` if it can be read and says what is `wanted`, or else None."""
    node, problems = parse_yaml(text, file)
    return node if not has_errors(problems) and data_of(node) == wanted else None


def _refusal(page: _Page, edits: Sequence[Edit]) -> EditError:
    """Return the error that names the first of `edits` that cannot be made."""
    wrong = next((edit for edit in edits if not _works(page, edit)), edits[0])
    where = ", ".join(str(step + 1) if isinstance(step, int) else step for step in wrong.loc)
    node = node_at(page.root, wrong.loc) or node_at(page.root, wrong.loc[:-1])
    return EditError(messages.problem("LRT020", (node or page.root).place, where=where))


def _works(page: _Page, edit: Edit) -> bool:
    grouped = _grouped(page.root, [edit])
    made = page.apply(list(_splices(page, grouped)))
    return made is not None and _read_as(made, _edited(page.root, (), grouped)) is not None


def _bare(text: str) -> str:
    return text.rstrip("\n")


# --- what is asked, by the list or mapping in which it happens


def _grouped(root: Node | None, edits: Sequence[Edit]) -> dict[Loc, list[Edit]]:
    """Return `edits` by the list or mapping they change, those without effect left out.

    What goes into an empty value, and what takes all out of one, is a value put in its place.
    """
    groups: dict[Loc, list[Edit]] = defaultdict(list)
    for edit in edits:
        if not _is_idle(root, edit):
            groups[edit.loc[:-1]].append(edit)
    for loc in sorted(groups, key=len, reverse=True):
        group, node = groups[loc], node_at(root, loc)
        if loc and isinstance(node, ScalarNode) and node.empty:
            new: Data = [each.value for each in group if isinstance(each, Insert)]
            new = new or {str(each.loc[-1]): each.value for each in group if isinstance(each, Put)}
            groups[loc[:-1]].append(Put(loc, new))
            del groups[loc]
        elif loc and isinstance(node, (MappingNode, SequenceNode)) and _empties(node, group):
            groups[loc[:-1]].append(Put(loc, [] if isinstance(node, SequenceNode) else {}))
            del groups[loc]
        else:
            _check_group(node, group)
    return dict(groups)


def _is_idle(root: Node | None, edit: Edit) -> bool:
    """Tell whether `edit` asks for what is there already."""
    if isinstance(edit, Move):
        return edit.to - int(edit.loc[-1]) in {0, 1}
    node = node_at(root, edit.loc)
    return isinstance(edit, Put) and node is not None and data_of(node) == _even(edit.value)


def _empties(node: MappingNode | SequenceNode, group: list[Edit]) -> bool:
    out = {each.loc[-1] for each in group if isinstance(each, (Remove, CommentOut))}
    whole = len(node.items if isinstance(node, SequenceNode) else node.entries)
    return len(out) == len(group) == whole and all(isinstance(each, Remove) for each in group)


def _check_group(node: Node | None, group: list[Edit]) -> None:
    """Raise LookupError for an edit of what is not there."""
    for edit in group:
        step = edit.loc[-1] if edit.loc else ""
        if isinstance(node, SequenceNode) and isinstance(step, int):
            number = len(node.items) + isinstance(edit, Insert)
            found = 0 <= step < number and not isinstance(edit, CommentOut)
            found = found and not (isinstance(edit, Move) and not 0 <= edit.to <= len(node.items))
        elif isinstance(node, MappingNode) and isinstance(step, str):
            found = isinstance(edit, Put) or (
                isinstance(edit, (Remove, CommentOut)) and node.get(step) is not None
            )
        else:
            found = False
        if not found:
            raise LookupError(edit)


def _edited(node: Node | None, loc: Loc, groups: Mapping[Loc, list[Edit]]) -> Data:
    """Return what stands at `loc`, with the edits made."""
    if not isinstance(node, (MappingNode, SequenceNode)):
        return data_of(node)
    group = groups.get(loc, [])
    puts = {each.loc[-1]: _even(each.value) for each in group if isinstance(each, Put)}
    out = {each.loc[-1] for each in group if isinstance(each, (Remove, CommentOut, Move))}
    if isinstance(node, MappingNode):
        kept = {key.text: value for key, value in node.entries if key.text not in {*puts, *out}}
        return {name: _edited(each, (*loc, name), groups) for name, each in kept.items()} | {
            str(name): value for name, value in puts.items()
        }

    def item(index: int) -> Data:
        new = index in puts
        return puts[index] if new else _edited(node.items[index], (*loc, index), groups)

    made: list[Data] = []
    for index in range(len(node.items) + 1):
        for each in group:
            if isinstance(each, Insert) and each.loc[-1] == index:
                made.append(_even(each.value))
            elif isinstance(each, Move) and each.to == index:
                made.append(item(int(each.loc[-1])))
        if index < len(node.items) and index not in out:
            made.append(item(index))
    return made


def _even(value: Data) -> Data:
    """Return `value` as it will be read back."""
    if isinstance(value, dict):
        return {key: _even(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_even(each) for each in value]
    return value if value is None else _bare(value)


# --- the text, and where in it things are


class Splice(NamedTuple):
    """`text` in the place of what stands from `start` up to `end`."""

    start: int
    end: int
    text: str


class _Page:
    """A text with its nodes, and where its rows begin; the last row has an end here as well."""

    def __init__(self, text: str, root: Node) -> None:
        self.root = root
        self.mark = "\ufeff" if text.startswith("\ufeff") else ""
        self.text = text.removeprefix("\ufeff")
        ends = re.search(r"\r\n|\r|\n", self.text)
        self.eol = ends.group() if ends else "\n"
        self.open_ended = not self.text.endswith(("\n", "\r"))
        self.text += self.eol if self.open_ended else ""
        self.rows = _ROW.findall(self.text)
        self.starts = [0]
        for row in self.rows:
            self.starts.append(self.starts[-1] + len(row))
        self.style = _style_of(self)

    def apply(self, splices: list[Splice]) -> str | None:
        """Return the text with `splices` made, or None where they are in each other's way."""
        splices.sort(key=lambda splice: splice[:2])
        made, done = [self.mark], 0
        for splice in splices:
            if splice.start < done:
                return None
            made += [self.text[done : splice.start], splice.text]
            done = splice.end
        text = "".join([*made, self.text[done:]])
        return text.removesuffix(self.eol) if self.open_ended else text

    def at(self, layout: Layout, spot: tuple[int, int]) -> int:
        """Return where `spot` is in the text."""
        place = layout.lines.place(*spot)
        return self.starts[(place.line or 1) - 1] + (place.column or 1) - 1

    def start(self, node: Node) -> int:
        """Return where `node` begins."""
        return self.at(_layout(node), _layout(node).start)

    def end(self, node: Node) -> int:
        """Return where `node`, which has brackets or is a text on its own rows, ends."""
        return self.at(_layout(node), _layout(node).end)

    def row(self, node: Node) -> int:
        """Return the row on which `node` begins."""
        return _layout(node).start[0]

    def column(self, node: Node) -> int:
        """Return the column at which `node` begins."""
        return self.start(node) - self.starts[self.row(node)]

    def last_row(self, node: Node) -> int:
        """Return the last row on which something of `node` stands."""
        layout = _layout(node)
        if isinstance(node, ScalarNode):
            return self._last_of_text(layout)
        below = _last_part(node)
        return layout.end[0] if node.inline or below is None else self.last_row(below)

    def _last_of_text(self, layout: Layout) -> int:
        row = layout.end[0]
        if layout.style in {"|", ">"}:
            row -= layout.end[1] == 0 and row > layout.start[0]
            row = min(row, len(self.rows) - 1)
            while row > layout.start[0] and not self.rows[row].strip():
                row -= 1
        return row

    def last_with_comments(self, row: int, column: int) -> int:
        """Return `row`, or the last comment below it that begins beyond `column`: it belongs."""
        below = row + 1
        while below < len(self.rows) and self.bare_row(below).lstrip(" ")[:1] in {"", "#"}:
            text = self.bare_row(below)
            if text.strip() and not text[: column + 1].isspace():
                break
            row = below if text.strip() else row
            below += 1
        return row

    def bare_row(self, row: int) -> str:
        """Return the text of `row` without its line end; beyond the last it is empty."""
        return self.rows[row].rstrip(_ENDS) if row < len(self.rows) else ""

    def end_of_row(self, row: int) -> int:
        """Return where the text of `row` ends."""
        return self.starts[row] + len(self.bare_row(row))

    def insert_rows(self, row: int, rows: Sequence[str]) -> Splice:
        """Return the splice that puts `rows` in behind `row`."""
        at = self.starts[row + 1]
        return Splice(at, at, "".join(each + self.eol for each in rows))

    def delete_rows(self, first: int, last: int, *, below: bool = False) -> Splice:
        """Return the splice that takes rows out, with a blank one that would then be double.

        `below` tells that the one below them may go, too.
        """
        above = first > 0 and not self.bare_row(first - 1).strip()
        blank = last + 1 < len(self.rows) and not self.bare_row(last + 1).strip()
        after = below and blank
        return Splice(self.starts[first - (above and blank)], self.starts[last + 1 + after], "")

    def row_of(self, at: int) -> int:
        """Return the row in which `at` is."""
        return bisect_right(self.starts, at) - 1

    def leads(self, at: int) -> bool:
        """Tell whether nothing but spaces stands before `at` on its row."""
        return not self.text[self.starts[self.row_of(at)] : at].strip(" ")


def _layout(node: Node) -> Layout:
    """Return how `node` lies; each node of a text without errors has that."""
    if node.layout is None:
        raise LookupError(node)
    return node.layout


def _last_part(node: MappingNode | SequenceNode) -> Node | None:
    if isinstance(node, SequenceNode):
        return node.items[-1] if node.items else None
    return node.entries[-1][1] if node.entries else None


def _walk(node: Node, around: Node | None = None) -> Iterator[tuple[Node, Node | None, bool]]:
    """Yield each node with what it stands in, and whether under a key."""
    yield node, around, isinstance(around, MappingNode)
    if isinstance(node, MappingNode):
        for _, value in node.entries:
            yield from _walk(value, node)
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _walk(item, node)


def _style_of(page: _Page) -> Style:
    """Return how the writer indents: as the first list, text and keys of each kind do."""
    found: dict[str, int] = {}
    for node, around, under_key in _walk(page.root):
        if not under_key or around is None or len(found) == len(Style._fields):
            continue
        by = page.column(node) - page.column(around)
        if isinstance(node, ScalarNode):
            if _is_block(node):
                by = _indent_of(page, node) - page.column(around)
                found.setdefault("text", max(by, 1))
        elif not node.inline and page.row(node) > page.row(around):
            found.setdefault("dash" if isinstance(node, SequenceNode) else "keys", by)
    return Style(**found)


def _indent_of(page: _Page, node: ScalarNode) -> int:
    """Return the column at which the rows of a text under a `|` begin."""
    first = next((row for row in node.text.split("\n") if row.strip()), "")
    rows = range(page.row(node) + 1, page.last_row(node) + 1)
    row = next((text for row in rows if (text := page.bare_row(row)).strip()), "")
    return len(row) - len(row.lstrip(" ")) - (len(first) - len(first.lstrip(" ")))


# --- from edits to pieces of text


def _splices(page: _Page, groups: Mapping[Loc, list[Edit]]) -> Iterator[Splice]:
    """Yield what to change, the deepest first: what ends a part comes before what follows it."""
    for loc in sorted(groups, key=len, reverse=True):
        node, group = node_at(page.root, loc), sorted(groups[loc], key=_is_new)
        if isinstance(node, SequenceNode):
            yield from (_flow_list if node.inline else _list)(page, node, group)
        elif isinstance(node, MappingNode):
            yield from (_flow_mapping if node.inline else _mapping)(page, node, group)


def _is_new(edit: Edit) -> bool:
    return not isinstance(edit, Put)


# --- a list with dashes


def _list(page: _Page, node: SequenceNode, group: list[Edit]) -> Iterator[Splice]:
    column, dashes = page.column(node), _dashes(page, node)
    bare = _last_of_head(group)
    for edit in group:
        index = int(edit.loc[-1])
        if isinstance(edit, Put):
            yield from _replace(page, node, node.items[index], dashes[index] + 1, edit.value)
        elif isinstance(edit, Insert):
            rows = write_item(edit.value, column, page.style)
            yield _new_item(page, node, dashes, index, rows)
        elif isinstance(edit, (Remove, Move)):
            first = page.row_of(dashes[index])
            last = page.last_with_comments(page.last_row(node.items[index]), column)
            if not page.leads(dashes[index]):
                yield Splice(dashes[index], dashes[index + 1], "")
                continue
            if isinstance(edit, Move):
                first = _with_comments(page, first, column)
                rows = [page.bare_row(row) for row in range(first, last + 1)]
                yield _new_item(page, node, dashes, edit.to, rows)
            yield page.delete_rows(first, last, below=index == bare)


def _last_of_head(group: list[Edit]) -> int:
    """Return the last of the items taken out at the head of a list, if nothing comes there; or -1.

    The blank row behind it would stand straight under the key.
    """
    out = {edit.loc[-1] for edit in group if isinstance(edit, (Remove, Move))}
    number = next(index for index in count() if index not in out)
    new = {edit.loc[-1] if isinstance(edit, Insert) else getattr(edit, "to", -1) for edit in group}
    return number - 1 if new.isdisjoint(range(number + 1)) else -1


def _dashes(page: _Page, node: SequenceNode) -> list[int]:
    """Return where the dash of each item is."""
    column, found = page.column(node), []
    for item in node.items:
        row = page.row(item)
        while page.bare_row(row)[column : column + 1] != "-":
            row -= 1
        found.append(page.starts[row] + column)
    return found


def _new_item(
    page: _Page, node: SequenceNode, dashes: list[int], index: int, rows: list[str]
) -> Splice:
    """Return the splice that puts an item in, with a blank row where the others have one."""
    column = page.column(node)
    firsts = [_with_comments(page, page.row_of(dash), column) for dash in dashes[1:]]
    space = [""] if firsts and all(not page.bare_row(row - 1).strip() for row in firsts) else []
    if index:
        last = page.last_with_comments(page.last_row(node.items[index - 1]), column)
        return page.insert_rows(last, [*space, *rows])
    first = page.row_of(dashes[0])
    if page.leads(dashes[0]):
        return page.insert_rows(first - 1, [*rows, *space])
    text = "".join(row + page.eol for row in [*rows, *space]).lstrip(" ")
    return Splice(dashes[0], dashes[0], text + " " * column)


def _with_comments(page: _Page, first: int, column: int) -> int:
    """Return the first of the rows of comment straight above `first`, which belong to it."""
    while first and page.bare_row(first - 1)[: column + 1] == " " * column + "#":
        first -= 1
    return first


# --- keys under each other


def _mapping(page: _Page, node: MappingNode, group: list[Edit]) -> Iterator[Splice]:
    column = page.column(node)
    entries = {key.text: (key, value) for key, value in node.entries}
    rows = {
        name: (page.row(key), page.last_with_comments(page.last_row(value), column))
        for name, (key, value) in entries.items()
    }
    for edit in group:
        name = str(edit.loc[-1])
        if isinstance(edit, Put) and name in entries:
            yield from _replace(page, node, entries[name][1], _colon(page, name, node), edit.value)
    for edit in group:
        name = str(edit.loc[-1])
        if isinstance(edit, Put) and name not in entries:
            behind = next((key for key in edit.after if key in rows), node.entries[-1][0].text)
            written = write_entry(name, edit.value, column, page.style)
            written[0] += f"  # {edit.comment}" if edit.comment else ""
            space = not column and len(written) > 1 and not page.bare_row(rows[behind][1] + 1)
            yield page.insert_rows(rows[behind][1], ["", *written] if space else written)
            rows[name] = rows[behind]
        elif isinstance(edit, CommentOut):
            yield from _hash_rows(page, *rows[name], column)
    out = {edit.loc[-1] for edit in group if isinstance(edit, Remove)}
    shared = not page.leads(page.start(node))
    leading = list(takewhile(out.__contains__, entries))
    if shared and leading:
        yield from _join_to_dash(page, [entries[name][0] for name in entries], rows, len(leading))
    for name in entries:
        if name in out and not (shared and name in leading):
            yield page.delete_rows(*rows[name])


def _colon(page: _Page, name: str, node: MappingNode) -> int:
    """Return where the colon behind the key `name` ends."""
    key = next(key for key, _ in node.entries if key.text == name)
    return page.text.index(":", page.end(key)) + 1


def _join_to_dash(
    page: _Page, keys: list[ScalarNode], rows: Mapping[str, tuple[int, int]], number: int
) -> Iterator[Splice]:
    """Yield what takes out the first `number` keys of an item, of which the dash stays."""
    firsts = [rows[key.text] for key in keys[: number + 1]]
    start = page.start(keys[0])
    if all(one[1] + 1 == next_one[0] for one, next_one in pairwise(firsts)):
        yield Splice(start, page.start(keys[number]), "")
        return
    start -= len(page.text[:start]) - len(page.text[:start].rstrip(" "))
    yield Splice(start, page.end_of_row(firsts[0][1]), "")
    for first, last in firsts[1:number]:
        yield page.delete_rows(first, last)


def _hash_rows(page: _Page, first: int, last: int, column: int) -> Iterator[Splice]:
    """Yield the signs that make comments of rows."""
    for row in range(first, last + 1):
        text = page.bare_row(row)
        at = page.starts[row] + min(column, len(text) - len(text.lstrip(" ")))
        if text.strip():
            yield Splice(at, at, "# ")


# --- a value in the place of another


def _replace(
    page: _Page, around: MappingNode | SequenceNode, node: Node, anchor: int, value: Data
) -> Iterator[Splice]:
    """Yield what puts `value` in the place of `node`, behind the colon or dash before `anchor`."""
    if isinstance(value, str) and (text := _replace_text(page, around, node, value)):
        yield from text
        return
    column, item = page.column(around), isinstance(around, SequenceNode)
    first, last = page.row_of(anchor), page.last_row(node)
    inside = () if isinstance(node, ScalarNode) else range(first + 1, last)
    commented = any(page.bare_row(row).lstrip(" ").startswith("#") for row in inside) or any(
        page.last_with_comments(row, column) > row for row in (first, last)
    )
    style = page.style._replace(text=0) if commented else page.style
    head, rows = write_value(value, column, style, item=item)
    if page.row(node) > first:
        yield from _delete_parts(page, node)
        yield Splice(anchor, anchor, head and f" {head}")
        last = first
    else:
        end = _end_of_value(page, node, last)
        start = page.start(node) if head and page.start(node) > anchor else anchor
        yield Splice(start, end, f" {head}" if head and start == anchor else head)
        if _is_block(node):
            yield Splice(page.starts[first + 1], page.starts[last + 1], "")
            last = first
    if rows:
        yield page.insert_rows(last, rows)


def _is_block(node: Node) -> bool:
    """Tell whether `node` is a text under a `|` or `>`."""
    return isinstance(node, ScalarNode) and _layout(node).style in {"|", ">"}


def _end_of_value(page: _Page, node: Node, last: int) -> int:
    """Return where `node`, on the row of its key or dash, ends; of a text its `|`."""
    if _is_block(node):
        header = _HEADER.match(page.text, page.start(node))
        return header.end() if header else page.start(node)
    if isinstance(node, ScalarNode) or node.inline:
        return page.end(node)
    return page.end_of_row(last)


def _delete_parts(page: _Page, node: Node) -> Iterator[Splice]:
    """Yield what takes the rows of `node` out; comments between its parts stay."""
    if isinstance(node, ScalarNode) or node.inline:
        yield Splice(page.starts[page.row(node)], page.starts[page.last_row(node) + 1], "")
    elif isinstance(node, MappingNode):
        for key, value in node.entries:
            yield page.delete_rows(page.row(key), page.last_row(value))
    else:
        for dash, item in zip(_dashes(page, node), node.items, strict=True):
            yield page.delete_rows(page.row_of(dash), page.last_row(item))


def _replace_text(page: _Page, around: Node, node: Node, text: str) -> list[Splice]:
    """Return what makes a text under a `|` say `text`, only the rows that differ; else []."""
    if not isinstance(node, ScalarNode) or not _is_block(node):
        return []
    first, last, column = page.row(node), page.last_row(node), page.column(around)
    header = _HEADER.match(page.text, page.start(node))
    by = _indent_of(page, node) - column
    sign, digit, chomp = header.group("sign", "by", "chomp") if header else ("", "", "")
    written = write_block(text, column, by, chomp) if header and last > first else None
    if written is None or header is None:
        return []
    old, new = _bare(node.text).split("\n"), _bare(text).split("\n")
    same_way = (
        sign == "|" and len(old) == last - first and (bool(digit) or "|" + chomp == written.head)
    )
    head = header.group() if same_way else written.head
    before = _count_same(old, new) if same_way else 0
    after = _count_same(old[before:][::-1], new[before:][::-1]) if same_way else 0
    rows = block_rows(_bare(text), column + by)[before : len(new) - after]
    changed = "".join(row + page.eol for row in rows)
    return [
        Splice(header.start(), header.end(), head),
        Splice(page.starts[first + 1 + before], page.starts[last + 1 - after], changed),
    ]


def _count_same(one: list[str], other: list[str]) -> int:
    """Return how many rows both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


# --- between brackets and braces


class _Part(NamedTuple):
    """What stands between two commas; `comma` is where the one behind it is, if there is one."""

    start: int
    end: int
    comma: int | None


def _flow_list(page: _Page, node: SequenceNode, group: list[Edit]) -> Iterator[Splice]:
    spans = [(page.start(item), page.end(item)) for item in node.items]
    new = []
    for edit in group:
        index = int(edit.loc[-1])
        if isinstance(edit, Put):
            yield Splice(*spans[index], write_flow([edit.value])[1:-1])
        elif isinstance(edit, Insert):
            new.append((index, write_flow([edit.value])[1:-1]))
        elif isinstance(edit, Move):
            new.append((edit.to, page.text[slice(*spans[index])]))
    out = {int(edit.loc[-1]) for edit in group if isinstance(edit, (Remove, Move))}
    yield from _flow(page, node, spans, out, new)


def _flow_mapping(page: _Page, node: MappingNode, group: list[Edit]) -> Iterator[Splice]:
    names = [key.text for key, _ in node.entries]
    spans = [(page.start(key), page.end(value)) for key, value in node.entries]
    new, out = [], set()
    for edit in group:
        name = str(edit.loc[-1])
        if isinstance(edit, Put) and name in names:
            anchor, value = _colon(page, name, node), node.entries[names.index(name)][1]
            start, text = page.start(value), write_flow(edit.value)
            yield Splice(start, page.end(value), f" {text}" if start == anchor else text)
        elif isinstance(edit, Put):
            behind = next((names.index(key) + 1 for key in edit.after if key in names), len(names))
            new.append((behind, write_flow({name: edit.value})[1:-1]))
        else:
            out.add(names.index(name))
    yield from _flow(page, node, spans, out, new)


def _flow(
    page: _Page, node: Node, spans: list[tuple[int, int]], out: set[int], new: list[tuple[int, str]]
) -> Iterator[Splice]:
    """Yield what takes the parts `out` out, and puts each of `new` in before its index."""
    nexts = [*(start for start, _ in spans[1:]), page.end(node) - 1]
    parts = (
        [_Part(*span, _comma(page, span[1], end)) for span, end in zip(spans, nexts, strict=True)]
        if spans
        else []
    )
    kept = [index for index in range(len(parts)) if index not in out]
    last = kept[-1] if kept else -1
    comma = parts[last].comma if kept else None
    if comma is not None and last < len(parts) - 1 and parts[-1].comma is None:
        yield Splice(comma, comma + 1, "")
    for index in out:
        yield _cut(page, parts[index], trailing=index > last)
    pieces = [text for _, text in sorted(new, key=lambda pair: pair[0])]
    if pieces and not kept:
        at = page.start(node) + 1
        yield Splice(at, at, ", ".join(pieces))
        return
    for index, text in sorted(new, key=lambda pair: pair[0]):
        before = next((each for each in kept if each >= index), None)
        at = parts[last].end if before is None else parts[before].start
        yield Splice(at, at, f", {text}" if before is None else f"{text}, ")


def _comma(page: _Page, start: int, end: int) -> int | None:
    """Return where between two parts the comma is, or None; one in a comment is none."""
    match = _TO_COMMA.match(page.text, start, end)
    return match.end() - 1 if match else None


def _cut(page: _Page, part: _Part, *, trailing: bool) -> Splice:
    """Return the splice that takes `part` out with its comma, and its row if it stands alone."""
    start, end = part.start, part.end if part.comma is None else part.comma + 1
    row, last = page.row_of(start), page.row_of(end)
    rest = page.text[end : page.end_of_row(last)].strip()
    if page.leads(start) and (not rest or rest.startswith("#")):
        return Splice(page.starts[row], page.starts[last + 1], "")
    if trailing:
        return Splice(start - _count_spaces(page.text[page.starts[row] : start]), end, "")
    spaces = page.text[end : page.end_of_row(last)]
    return Splice(start, end + len(spaces) - len(spaces.lstrip(" ")), "")


def _count_spaces(text: str) -> int:
    return len(text) - len(text.rstrip(" "))
