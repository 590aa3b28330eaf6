"""May this be published: ja, nee, or a ground, which says why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from lrtdocs import dutch
from lrtdocs.messages import FaultError
from lrtdocs.model.openbaar.gronden import list_codes, parse_grond


@dataclass(frozen=True, slots=True)
class Keuze:
    """Yes or no, and with a ground why something is left out; it is true or false as an answer.

    With `gezegd` false nobody said so: it is what holds without an answer.
    """

    ja: bool
    grond: str = ""
    gezegd: bool = field(default=True, compare=False)

    def __bool__(self) -> bool:
        return self.ja

    def __str__(self) -> str:
        return self.grond or ("ja" if self.ja else "nee")


def parse_keuze(text: str, *, ground_means: bool) -> Keuze:
    """Return the answer in `text`, where a ground means yes or no; raise `FaultError`."""
    answer = dutch.parse_yes_no(text)
    if answer is not None:
        return Keuze(answer)
    if not any(map(str.isdigit, text)):
        raise FaultError("LRT208.grond", text=text.strip(), codes=list_codes())
    return Keuze(ground_means, parse_grond(text))


def keuze(description: str, default: bool | None = None) -> Any:
    """Return a field that is `default` when nothing is said; None where something else decides."""
    return Field(
        default_factory=lambda: Keuze(bool(default), gezegd=False),
        description=description,
        json_schema_extra={} if default is None else {"default": "ja" if default else "nee"},
    )
