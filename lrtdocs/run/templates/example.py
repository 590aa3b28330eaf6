"""A template filled with example data, so that its maker sees the page without a file of their own.

A template for letters may use columns and keys that only the user's own files have; those are
filled with their own name between brackets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.documents.fields import fields_of, is_open
from lrtdocs.documents.words import moment_of
from lrtdocs.errors import Place, Problem
from lrtdocs.run.documents.make import (
    Draft,
    find_logo_problems,
    load_template,
    read_logo,
)
from lrtdocs.run.folder.names import plan_target
from lrtdocs.run.templates.samples import Sample, load_house, sample_words
from lrtdocs.word.fill.render import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from lrtdocs.documents.words import Words
    from lrtdocs.run.documents.report import Options
    from lrtdocs.run.templates.templates import TemplateFile

_LIST = "[]"


def show_template(
    file: TemplateFile, kind: str, sample: Sample, options: Options, start: Path, today: date
) -> Draft:
    """Return the template `file` filled with data for `kind`, as much as `sample` says.

    The house style, and where the document goes by default, are those of the file `start`. Raises
    TemplateProblemsError if the template has errors, FileProblemError for a logo that is not there.
    """
    house = load_house(start)
    trusted = options.trusted or house.huisstijl.vertrouwd
    template = load_template(str(file.path), start, trusted=trusted)
    words = sample_words(kind, sample, house, today)
    own = own_words(file, kind)
    pictures = read_logo(house)
    docx = render(template, merge(own, words), pictures=pictures, font=house.huisstijl.lettertype)
    suffix = "" if sample is Sample.TYPICAL else f"-{sample}"
    default = f"{file.path.stem}-voorbeeld{suffix}.docx"
    return Draft(
        source=file.path,
        target=plan_target(start, default, options.output, many=False),
        docx=docx,
        moment=moment_of(words),
        warnings=(
            *template.warnings,
            *find_logo_problems(pictures, template),
            *_tell_own(own, template.name),
        ),
    )


def own_words(file: TemplateFile, kind: str) -> Words:
    """Return words for what the template uses that no document of `kind` has by itself.

    Only where the user's files may have such words: in the list of recipients and in `velden`.
    """
    if not is_open(kind) or file.uses is None:
        return {}
    fields = {field.name: field for field in fields_of(kind)}
    words: Words = {}
    for use in file.uses:
        steps = use.path.replace(_LIST, f".{_LIST}").split(".")
        field = fields.get(steps[0])
        own_part = field is not None and field.open and len(steps) > 1
        if field is None or (own_part and steps[1] not in {part.name for part in field.parts}):
            _put(words, steps)
    return words


def _put(words: Words, steps: Sequence[str]) -> None:
    """Put a value for the path `steps` into `words`: its name, in as many lists and blocks."""
    name, *rest = steps
    value: object = f"[{name}]"
    if rest and rest[0] == _LIST:
        item = _nested(name, rest[1:], words.get(name))
        value = [item, item]
    elif rest:
        value = _nested(name, rest, words.get(name))
    elif name in words:
        return
    words[name] = value


def _nested(name: str, steps: Sequence[str], before: object) -> object:
    if not steps:
        return f"[{name}]"
    if isinstance(before, list):
        before = before[0]
    block = before if isinstance(before, dict) else {}
    _put(block, [name if steps[0] == _LIST else steps[0], *steps[1:]])
    return block


def merge(own: Words, words: Words) -> Words:
    """Return `words` with those of `own` that are not among them, in blocks as well."""
    merged = {**own, **words}
    for name, value in own.items():
        below = words.get(name)
        if isinstance(value, dict) and isinstance(below, dict):
            merged[name] = merge(value, below)
    return merged


def _tell_own(own: Words, template: str) -> list[Problem]:
    if not own:
        return []
    return [messages.problem("LRT721", Place(template), words=", ".join(_names(own)))]


def _names(words: Words) -> Iterable[str]:
    for name, value in sorted(words.items()):
        yield from (f"{name}.{below}" for below in value) if isinstance(value, dict) else (name,)
