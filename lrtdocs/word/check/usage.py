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
from lrtdocs.word.compile.scopes import ITEM, LOOP, ScopeWalker, ValueType
from lrtdocs.word.package.ooxml import STORY_TYPES
from lrtdocs.word.package.package import part_names
from lrtdocs.word.story.load import load_properties, load_story
from lrtdocs.word.story.outline import outline_levels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lrtdocs.word.package.package import Package
    from lrtdocs.word.tags.tags import Tag


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
        walker = _Uses(lines)
        walker.walk(tree.body)
    except (TemplateError, RecursionError):
        return None
    return list(walker.found.values())


class _Uses(ScopeWalker):
    """Gathers what is used by the node that says so; of a path only the whole counts."""

    follows_guards = False

    def __init__(self, lines: Mapping[int, Tag]) -> None:
        super().__init__()
        self.lines = lines
        self.found: dict[int, Use] = {}

    def met_use(self, node: nodes.Node, value: ValueType) -> None:
        """Note a use, in the place of those of the path up to it."""
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            self.found.pop(id(node.node), None)
        tag = self.lines.get(node.lineno)
        if tag is not None and value.path.partition(".")[0] != LOOP:
            self.found[id(node)] = Use(value.path, tag.place)
