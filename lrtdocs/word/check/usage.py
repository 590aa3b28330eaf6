"""Which words a template uses, and where: `agendapunten[].titel`, paragraph 12 of the main text.

The tags of a part, in their order, make one Jinja program without any XML between them; its syntax
tree tells which word a tag means, also inside a loop. So a template with faults can be gone through
as well: a part whose blocks do not match is read tag by tag.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import TemplateError, nodes

from lrtdocs.errors import Place
from lrtdocs.word.compile.environment import make_environment
from lrtdocs.word.package.ooxml import STORY_TYPES
from lrtdocs.word.package.package import part_names
from lrtdocs.word.story.load import load_properties, load_story
from lrtdocs.word.story.outline import outline_levels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lrtdocs.word.package.package import Package
    from lrtdocs.word.tags.tags import Tag

ITEM = "[]"
_SAME_ITEMS = {"batch", "list", "reject", "rejectattr", "reverse", "select", "selectattr", "slice",
               "sort", "unique", "default", "d"}  # fmt: skip
"""Filters after which a list still holds the same items."""
_ONE_ITEM = {"first", "last", "max", "min", "random"}
_OF_LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Use:
    """A word that a template uses: `path` from the top, through each list by "[]", and its place.

    `top` is the first word of the path.
    """

    path: str
    place: Place

    @property
    def top(self) -> str:
        """The word at the top that the path begins with."""
        return self.path.partition(".")[0].removesuffix(ITEM)


def find_uses(package: Package) -> list[Use]:
    """Return every word that the template in `package` uses, in the order in which it stands."""
    uses: list[Use] = []
    for member, name in part_names(package).items():
        tags = list(_tags_of(package, member, Place(package.name, part=name)))
        uses += _uses_of_tags(tags)
    return list(dict.fromkeys(uses))


def _tags_of(package: Package, member: str, place: Place) -> Iterator[Tag]:
    kind, data = package.types.of(member), package.members[member]
    if kind in STORY_TYPES:
        story = load_story(data, place, outline_levels(package))
        story.mark()
    else:
        story, _ = load_properties(data, kind, place)
    return (tag for tag in story.marks.tags if tag.kind in ("value", "control"))


def _uses_of_tags(tags: Sequence[Tag]) -> Iterator[Use]:
    """Yield the words of `tags` taken together, or one by one where they do not fit together."""
    found = _parse(tags)
    if found is None:
        for tag in tags:
            yield from _parse([tag]) or ()
    else:
        yield from found


def _parse(tags: Sequence[Tag]) -> list[Use] | None:
    """Return the words of `tags` as one program, or None if they are none."""
    lines: dict[int, Tag] = {}
    source = ""
    for tag in tags:
        lines[source.count("\n") + 2] = tag
        source += tag.source
    try:
        tree = make_environment(True).parse(source)
        walker = _Walker(lines)
        walker.visit(tree, {})
    except (TemplateError, RecursionError):
        return None
    return walker.uses


class _Walker:
    """Goes through a syntax tree with what each name means there: a path, or "" for none."""

    def __init__(self, lines: Mapping[int, Tag]) -> None:
        self.lines, self.uses = lines, list[Use]()

    def visit(self, node: nodes.Node, scope: dict[str, str]) -> None:
        """Note the words under `node`; names that it sets are added to `scope`."""
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Assign):
            self.visit(node.node, scope)
            self._bind(node.target, self.path_of(node.node, scope), scope)
        elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self._use(node, scope)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, scope)

    def _loop(self, node: nodes.For, scope: dict[str, str]) -> None:
        self.visit(node.iter, scope)
        path = self.path_of(node.iter, scope)
        inner = {**scope, _OF_LOOP: ""}
        self._bind(node.target, path and path + ITEM, inner)
        for child in (node.test, *node.body):
            if child is not None:
                self.visit(child, inner)
        for child in node.else_:
            self.visit(child, scope)

    def _bind(self, target: nodes.Node, path: str, scope: dict[str, str]) -> None:
        single = isinstance(target, nodes.Name)
        for name in target.find_all(nodes.Name) if not single else (target,):
            scope[name.name] = path if single else ""  # type: ignore[attr-defined]

    def _use(self, node: nodes.Node, scope: dict[str, str]) -> None:
        path = self.path_of(node, scope)
        tag = self.lines.get(node.lineno)
        if path and tag is not None:
            self.uses.append(Use(path, tag.place))
        while isinstance(node, nodes.Getattr | nodes.Getitem):
            if isinstance(node, nodes.Getitem):
                self.visit(node.arg, scope)
            node = node.node
        if not isinstance(node, nodes.Name):
            self.visit(node, scope)

    def path_of(self, node: nodes.Node, scope: Mapping[str, str]) -> str:
        """Return the path of the value that `node` stands for, or "" where there is none."""
        if isinstance(node, nodes.Name):
            return scope.get(node.name, node.name) if node.ctx == "load" else ""
        if isinstance(node, nodes.Getattr):
            return _below(self.path_of(node.node, scope), node.attr)
        if isinstance(node, nodes.Getitem):
            key = node.arg.value if isinstance(node.arg, nodes.Const) else None
            path = self.path_of(node.node, scope)
            return _below(path, key) if isinstance(key, str) else path and path + ITEM
        if isinstance(node, nodes.Filter) and node.node is not None:
            path = self.path_of(node.node, scope)
            if node.name in _ONE_ITEM:
                return path and path + ITEM
            return path if node.name in _SAME_ITEMS else ""
        return ""


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else ""
