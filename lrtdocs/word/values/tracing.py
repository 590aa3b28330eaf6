"""The trail of one document: which words were looked up, and what was printed of them.

Kept on request, by the traced variant of a program (`compile.printing`). A word is known by what it
is: each list and mapping of the words, and each text in them, is an object of its own here, so that
its path (`agendapunten[0].titel`) is found by its identity, after any loop, filter or sorting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import pass_context

from lrtdocs.messages import FaultError
from lrtdocs.model.tekst import PartedTekst
from lrtdocs.word.values.context import registry_of

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from lrtdocs.errors import Place, Problem

    PlaceOf = Callable[[str], Place | None]

TRAIL = "_trail"
"""The word under which the trail is handed to the traced templates."""
SIGN = "\U000ffffc"
"""Stands around the number of a piece, before what was printed."""
MARK = re.compile(f"{SIGN}-?(\\d+){SIGN}")
"""Where a piece begins; with a minus, behind paragraphs, where it ends."""
_BLOCKS = ("<w:p>", "<w:p ", "<w:tbl>")
_ABOUT_VALUES = frozenset(["LRT298", "LRT299", "LRT311", "LRT313", "LRT314"])
"""Codes of problems that a value gives, and not the template alone."""


class Printed(NamedTuple):
    """A printed piece: its word ("" and None if it has none), its part, its tag's line, itself.

    `words` are all that were looked up for it, of which its word is the first.
    """

    word: str
    value: object
    part: str
    line: int
    xml: str
    words: tuple[tuple[str, object], ...] = ()

    @property
    def shown(self) -> tuple[str, object]:
        """The word that a reader sees, with its value: of a link with a title that is the title."""
        for word, value in self.words[1:] and self.words:
            if isinstance(value, str) and value and f">{value}<" in self.xml:
                return word, value
        return self.word, self.value


def find_nowhere(_path: str) -> None:
    """Find no place for any word."""


@dataclass(eq=False)
class Trail:
    """What was looked up and printed for one document.

    `place_of` tells where in the source the word with a path stands, or None; a value that knows
    its own place needs it not.
    """

    place_of: PlaceOf = find_nowhere
    printed: list[Printed] = field(default_factory=list)
    _line: int = 0
    _steps: list[tuple[str, object]] = field(default_factory=list)
    _paths: dict[int, str] = field(default_factory=dict)
    _same: dict[int, list[str]] = field(default_factory=dict)
    _origins: dict[str, int] = field(default_factory=dict)
    _kept: list[object] = field(default_factory=list)

    def follow(self, words: Mapping[str, object]) -> dict[str, Any]:
        """Return `words` with an own object for each value, whose path is known from now on."""
        return {name: self._copy(value, name) for name, value in words.items()}

    def _copy(self, value: object, path: str) -> Any:
        copied: Any = value
        if type(value) is dict:
            copied = {key: self._copy(below, f"{path}.{key}") for key, below in value.items()}
        elif type(value) is list or type(value) is tuple:
            items = [self._copy(below, f"{path}[{index}]") for index, below in enumerate(value)]
            copied = items if type(value) is list else tuple(items)
        elif isinstance(value, PartedTekst):
            copied = PartedTekst.of(value, self._copy(dict(value.parts), path))
        elif type(value) is str:
            copied = value[:1] + value[1:]  # of two characters and more, this is a new object
        if value is None or isinstance(value, int) or (isinstance(value, str) and len(value) < 2):
            return copied  # Python has one object for all that are equal
        self._paths.setdefault(id(copied), path)
        self._same.setdefault(id(value), []).append(path)
        self._origins[path] = id(value)
        self._kept += [copied, value]  # so that no other object gets its identity
        return copied

    def path_of(self, value: object, default: str) -> str:
        """Return the path of `value`, or `default` when it is not one of the words."""
        return self._paths.get(id(value), default)

    def look_up(self, path: str, value: object, line: int) -> None:
        """Note that the tag on `line` looked up the word `path`."""
        if line != self._line:
            self._line, self._steps = line, []
        self._steps.append((path, value))

    def mark(self, xml: str, line: int, part: str) -> str:
        """Return `xml`, printed by the tag on `line`, with the mark of a new piece before it."""
        word, value = self._steps[0] if self._steps and self._line == line else ("", None)
        words, self._steps = tuple(self._steps), []
        number = len(self.printed)
        self.printed.append(Printed(word, value, part, line, xml, words))
        end = f"{SIGN}-{number}{SIGN}" if xml.startswith(_BLOCKS) else ""
        return f"{SIGN}{number}{SIGN}{xml}{end}"

    def source_of(self, path: str, value: object = None) -> Place | None:
        """Return where the word `path` stands in the source, or None when that is not known.

        The same value can be a word twice: an action point is also one of its agenda item.
        """
        own: Place | None = getattr(value, "place", None)
        if own is not None:
            return own
        paths = [path, *self._same.get(self._origins.get(path, 0), [])]
        return next((place for place in map(self.place_of, paths) if place is not None), None)

    def at_source(self, problem: Problem, error: Exception | None = None) -> Problem:
        """Return `problem`, told at a tag, at the source of the value that does not fit there.

        `fields` have the word. That a whole list or mapping does not fit is told at the tag: the
        template is wrong, no value.
        """
        if problem.code not in _ABOUT_VALUES:
            return problem
        path, value = self._step_of(error) if error else (str(problem.fields.get("word", "")), None)
        if not path or isinstance(value, list | tuple | Mapping):
            return problem
        problem = replace(problem, fields={**problem.fields, "word": path})
        source = None if "tag" in problem.fields else self.source_of(path, value)
        return problem if source is None else move_to_source(problem, source)

    def _step_of(self, error: Exception) -> tuple[str, object]:
        """Return the word that `error` is about: the one that it shows, or the last looked up."""
        fields = error.fault.fields if isinstance(error, FaultError) else {}
        shown = {str(value) for value in fields.values()}
        named = (step for step in reversed(self._steps) if str(step[1])[:40] in shown)
        return next(named, self._steps[-1] if self._steps else ("", None))


def move_to_source(problem: Problem, source: Place) -> Problem:
    """Return `problem`, told at a tag, at the `source` of its value.

    The tag stays in what was found, and its place is the field "tag".
    """
    tag = problem.place
    found = f"{problem.found} ({tag})" if tag.part else problem.found
    return replace(problem, place=source, found=found, fields={**problem.fields, "tag": tag})


@pass_context
def _word(context: Context, value: Any, name: str, line: int) -> Any:
    """Return the word `name`, which is `value`, and note that."""
    trail: Trail = context.parent[TRAIL]
    trail.look_up(trail.path_of(value, name), value, line)
    return value


@pass_context
def _part(context: Context, base: Any, key: Any, dotted: bool, line: int) -> Any:
    """Return a part of `base`, as Jinja looks it up, and note that."""
    trail: Trail = context.parent[TRAIL]
    environment = context.environment
    value = environment.getattr(base, key) if dotted else environment.getitem(base, key)
    above = trail.path_of(base, "")
    below = f"[{key}]" if isinstance(key, int) else f".{key}"
    trail.look_up(f"{above}{below}" if above else trail.path_of(value, ""), value, line)
    return value


@pass_context
def _mark(context: Context, xml: str, line: int) -> str:
    """Return what was printed with the mark of its piece."""
    trail: Trail = context.parent[TRAIL]
    return trail.mark(xml, line, registry_of(context).part)


TRACE_FILTERS: dict[str, Callable[..., Any]] = {"_word": _word, "_part": _part, "_mark": _mark}
