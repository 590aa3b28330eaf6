"""Which words a template uses, and where: `agendapunten[].titel`, paragraph 12 of the main text.

A template with faults is gone through as well: a part whose blocks do not match is read tag by tag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateError, nodes

from lrtdocs.errors import Place
from lrtdocs.word.check.words import as_program
from lrtdocs.word.compile.environment import make_environment
from lrtdocs.word.compile.scopes import ScopeWalker
from lrtdocs.word.compile.value_types import LOOP, ValueType
from lrtdocs.word.package.ooxml import STORY_TYPES
from lrtdocs.word.package.package import part_names
from lrtdocs.word.story.load import load_properties, load_story, outline_levels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lrtdocs.word.compile.language import TagOf
    from lrtdocs.word.package.package import Package
    from lrtdocs.word.tags.tags import Tag


class Use(NamedTuple):
    """A word in use: its `path` from the top, through each list by "[]", and its place."""

    path: str
    place: Place


def find_uses(package: Package) -> list[Use]:
    """Return every word that the template in `package` uses, in the order in which it stands."""
    uses: list[Use] = []
    for member, name in part_names(package).items():
        uses += _uses_of_tags(_tags_of(package, member, Place(package.name, part=name)))
    return list(dict.fromkeys(uses))


def _tags_of(package: Package, member: str, place: Place) -> list[Tag]:
    kind, data = package.types.of(member), package.members[member]
    if kind in STORY_TYPES:
        story = load_story(data, place, outline_levels(package))
        story.mark()
    else:
        story, _ = load_properties(data, kind, place)
    return story.marks.tags


def _uses_of_tags(tags: Sequence[Tag]) -> Iterator[Use]:
    """Yield the words of `tags` taken together, or one by one where they do not fit together."""
    found = _parse(tags)
    if found is None:
        for tag in tags:
            yield from _parse([tag]) or ()
    else:
        yield from found


def _parse(tags: Sequence[Tag]) -> Iterable[Use] | None:
    """Return the words of `tags` as one program, or None if they are none."""
    source, tag_of = as_program(tags)
    walker = _Uses(tag_of)
    try:
        walker.walk(make_environment(True).parse(source).body)
    except (TemplateError, RecursionError):
        return None
    return walker.found.values()


class _Uses(ScopeWalker):
    """Gathers what is used by the node that says so; of a path only the whole counts."""

    follows_guards = False

    def __init__(self, tag_of: TagOf) -> None:
        super().__init__()
        self.tag_of = tag_of
        self.found: dict[int, Use] = {}

    def met_use(self, node: nodes.Node, value: ValueType) -> None:
        """Note a use, in the place of those of the path up to it."""
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            self.found.pop(id(node.node), None)
        place = self.tag_of(node).place
        if place.file and value.path.partition(".")[0] != LOOP:
            self.found[id(node)] = Use(value.path, place)
