"""A meeting or mailing with what is left out of it, read once and then by other texts of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lrtdocs.errors import Problem, has_errors
from lrtdocs.model.openbaar.blok import Openbaar
from lrtdocs.model.vergadering import walk_numbered
from lrtdocs.run.load.mailing import load_mailing
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.load.model import kind_of_file
from lrtdocs.run.publishing.mailings import redact as of_mailing
from lrtdocs.run.publishing.redact import Redacted, call_part, redact_meeting
from lrtdocs.run.publishing.suspecting import Suspicions, find_suspicions
from lrtdocs.source.build.build import build_model
from lrtdocs.source.build.reading import Fields, Reading
from lrtdocs.source.yaml.text import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.run.publishing.reviewing.known import Loc


@dataclass(frozen=True)
class Judged:
    """A file as it may be published, of the letters of a mailing what they share.

    `is_mailing` tells which it is; `loaded` is what was read, before anything was left out.
    """

    loaded: Any
    redacted: Redacted
    suspicions: Suspicions
    reading: Reading
    is_mailing: bool = False

    @property
    def block(self) -> Openbaar:
        """What the file says of its publication."""
        return self.loaded.model.openbaar or Openbaar()

    def call(self, loc: Loc) -> str:
        """Return in Dutch what stands at `loc` in the file."""
        if self.is_mailing:
            return of_mailing.call_part(loc)
        numbers = {way: number for number, way, _ in walk_numbered(self.loaded.model)}
        return call_part(loc, numbers)


def read_file(path: Path) -> tuple[Judged | None, list[Problem]]:
    """Read the file at `path` and what is left out of it; None, and why, for one with errors."""
    is_mailing = kind_of_file(path) == "mailing"
    loaded, problems = load_mailing(path) if is_mailing else load_vergadering(path, None)
    wrong = [one for one in problems if has_errors([one])]
    return (None if loaded is None or wrong else _judge(loaded, is_mailing)), wrong


def read_as(before: Judged, text: str) -> tuple[Judged | None, list[Problem]]:
    """Return the file of `before` as if it said `text`; None, and why, if that has errors."""
    loaded = before.loaded
    node, problems = parse_yaml(text, str(loaded.path))
    model = None
    if node is not None and not has_errors(problems):
        model, found = build_model(node, type(loaded.model))
        problems += found
    wrong = [one for one in problems if has_errors([one])]
    if node is None or model is None or wrong:
        return None, wrong
    following = getattr(model, "volgende_vergadering", None)
    if isinstance(following, str):  # the name of a file that was read already
        known = loaded.model.volgende_vergadering
        model = model.model_copy(update={"volgende_vergadering": known})
    return _judge(replace(loaded, node=node, model=model), before.is_mailing), []


def _judge(loaded: Any, is_mailing: bool) -> Judged:
    if is_mailing:
        redacted = of_mailing.redact_mailing(loaded).as_redacted()
    else:
        redacted = redact_meeting(loaded)
    suspicions = find_suspicions(loaded, redacted.loaded.model, loaded.house.afzender)
    reading = Reading(loaded.node, Fields(type(loaded.model)))
    return Judged(loaded, redacted, suspicions, reading, is_mailing)
