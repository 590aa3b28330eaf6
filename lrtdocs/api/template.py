"""A template of one's own: compiled once, filled many times."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import Place, TemplateProblemsError, suggest
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import Filler, render
from lrtdocs.word.fill.variants import picture_names

if TYPE_CHECKING:
    from lrtdocs.errors import Problem

_NAME = "sjabloon"  # what a template that is no file is called in messages
_KEPT = 8
"""Templates that `fill` keeps compiled, those used last."""
_NOTHING: Mapping[str, bytes] = {}


class TemplateWarning(UserWarning):
    """Something in a template is not as its maker may think; documents are made all the same."""


class Template:
    """A compiled template; it can be pickled, and is then compiled again where it arrives.

    `words` are the top-level words that it needs, each with the places of the tags that use it;
    `problems` are what its maker should look at, and keep no document back.
    """

    def __init__(self, data: bytes, trusted: bool = False) -> None:
        self._data, self._trusted = data, trusted
        self._compiled = compile_template(data, _NAME, trusted=trusted)
        self._filler = Filler(self._compiled)
        self.words: dict[str, tuple[Place, ...]] = dict(self._compiled.names)
        self.problems: tuple[Problem, ...] = self._compiled.warnings

    def __reduce__(self) -> tuple[type[Template], tuple[bytes, bool]]:
        return Template, (self._data, self._trusted)

    def fill(
        self, words: Mapping[str, object], *, pictures: Mapping[str, bytes] | None = None
    ) -> bytes:
        """Return the document with `words`, as a .docx.

        `words` may hold what docxtpl makes: RichText, Listing, InlineImage, Subdoc. `pictures`
        replace the drawings with those names. Raises TemplateProblemsError with all problems: a
        word that is not given, a value that does not fit, a picture that the template has not.
        """
        _check_words(words)
        if not pictures:
            return self._filler.render(words)
        self._check_pictures(pictures)
        return render(self._compiled, words, pictures=pictures)

    def _check_pictures(self, pictures: Mapping[str, bytes]) -> None:
        known = picture_names(self._compiled.package)
        problems = [
            messages.problem(
                "LRT321.naam",
                Place(_NAME),
                name=name,
                remedy=suggest(name, known) or messages.text("deel.geef_afbeelding_naam"),
            )
            for name in pictures
            if name not in known
        ]
        if problems:
            raise TemplateProblemsError(*problems)


def compile(template: bytes, *, trusted: bool = False) -> Template:  # noqa: A001 - as in `re`
    """Compile `template`, the bytes of a .docx, to be filled many times.

    `trusted` admits the whole template language, in its sandbox. Raises TemplateProblemsError with
    all problems if there are errors in it.
    """
    _check_bytes(template)
    return Template(template, trusted)


def fill(
    template: bytes,
    words: Mapping[str, object],
    *,
    pictures: Mapping[str, bytes] | None = None,
    trusted: bool = False,
) -> bytes:
    """Return `template` (a .docx) filled with `words`: see `Template.fill`.

    The templates used last are kept compiled. What their makers should look at is told by a
    TemplateWarning.
    """
    _check_bytes(template)
    _check_words(words)
    compiled = _compile_once(template, trusted)
    for problem in compiled.problems:
        warnings.warn(str(problem), TemplateWarning, stacklevel=2)
    return compiled.fill(words, pictures=pictures)


def _check_bytes(template: object) -> None:
    if not isinstance(template, bytes):
        raise TypeError(f"template is the bytes of a .docx, not {type(template).__name__}")


def _check_words(words: object) -> None:
    if not isinstance(words, Mapping):
        raise TypeError(f"words is a mapping of names to values, not {type(words).__name__}")


@lru_cache(maxsize=_KEPT)
def _compile_once(template: bytes, trusted: bool) -> Template:
    return Template(template, trusted)
