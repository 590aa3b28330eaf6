"""What the check of words has to say: problems, at the tag they are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import nodes

from lrtdocs.errors import Problem, Severity
from lrtdocs.word.check.remedies import in_loop, remedy_for_part, remedy_for_word
from lrtdocs.word.package.problems import template_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lrtdocs.model.veld import Field
    from lrtdocs.word.check.values import Scope, Value
    from lrtdocs.word.tags.tags import Tag

KINDS = {
    "blok": "een blok",
    "lijst": "een lijst",
    "getal": "een getal",
    "datum": "een datum",
    "tijd": "een tijd",
}
"""The kinds of values as they stand in a sentence."""


@dataclass(frozen=True)
class Printed:
    """A word that is printed: by which tag, and whether the template asks first if it is there."""

    tag: Tag
    value: Value
    guarded: bool
    loops: tuple[Tag, ...] = ()


@dataclass
class Findings:
    """What a walk found: problems, every path that is used, and every word that is printed."""

    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    printed: list[Printed] = field(default_factory=list)


class Telling:
    """Notes problems; `loose` says that the document may know more words than `fields`."""

    def __init__(
        self, fields: Sequence[Field], tag_of: Callable[[nodes.Node], Tag], *, loose: bool
    ) -> None:
        self.fields, self.tag_of, self.loose = fields, tag_of, loose
        self.problems: list[Problem] = []

    def unknown_word(self, node: nodes.Name, scope: Scope, *, parts: bool = False) -> None:
        """Tell of a word that nobody knows; one with `parts` is no column of a list."""
        message = f"Het woord '{node.name}' is niet bekend."
        remedy = remedy_for_word(node.name, self.fields, scope)
        severity = Severity.ERROR
        if self.loose and not parts:
            severity = Severity.WARNING
            remedy += " Is het een kolom van uw lijst of een woord onder velden, dan is het goed."
        self.tell("LRT309", node, message, remedy, severity)

    def unknown_part(self, node: nodes.Node, base: Value, name: str, scope: Scope) -> None:
        """Tell that `base` has no part `name`."""
        if base.kind == "blok":
            message = f"Het woord '{base.path}.{name}' is niet bekend."
            self.tell("LRT309", node, message, remedy_for_part(name, base, self.fields, scope))
        elif base.kind == "lijst":
            what = f"een lijst: welke {name} u bedoelt, is niet te weten"
            loop = in_loop(f"{base.path}[]", name, self.fields)
            self.misused(node, base, what, f"Gebruik een lus: {loop}.")
        else:
            what = f"{KINDS.get(base.kind, base.kind)} en heeft geen onderdeel '{name}'"
            remedy = remedy_for_part(name, base, self.fields, scope)
            self.misused(node, base, what, remedy)

    def may_be_empty(self, node: nodes.Node, base: Value, part: Value) -> None:
        """Tell that a `part` is asked of what may not be there; the part may be empty as well."""
        message = f"'{base.path}' kan ontbreken, en dan kan deze tag niet worden ingevuld."
        asked = written(node.node) if isinstance(node, nodes.Getattr | nodes.Getitem) else base.path
        asked = asked if part.always else f"{asked} and {written(node)}"
        remedy = f"Zet {{% if {asked} %}} en {{% endif %}} om wat alleen dan moet verschijnen."
        self.tell("LRT335", node, message, remedy, Severity.WARNING)

    def misused(
        self,
        node: nodes.Node,
        value: Value,
        what: str,
        remedy: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Tell that `value` is not what the template thinks; `what` says what it is."""
        name = f"'{value.path}'" if value.path else "Dit"
        self.tell("LRT337", node, f"{name} is {what}.", remedy, severity)

    def tell(
        self,
        code: str,
        node: nodes.Node,
        message: str,
        remedy: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem at the tag of `node`."""
        tag = self.tag_of(node)
        self.problems.append(
            template_problem(
                code, tag.place, message, found=tag.text, remedy=remedy, severity=severity
            )
        )


def written(node: nodes.Node) -> str:
    """Return the expression `node` as it stands in the template, as far as it is a path."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{written(node.node)}[{node.arg.value!r}]"
    if isinstance(node, nodes.Filter) and node.node is not None:
        return written(node.node)
    if isinstance(node, nodes.Or):
        return written(node.left)
    return "…"
