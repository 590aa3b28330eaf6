"""The options that commands share, in the words in which the help shows them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

from lrtdocs import messages

if TYPE_CHECKING:
    from collections.abc import Callable


Decorated = TypeVar("Decorated", bound="Callable[..., object]")


class Count(click.ParamType):  # type: ignore[type-arg] # no generic in click 8.1
    """A whole number from 1 to `most`."""

    name = "getal"

    def __init__(self, most: int) -> None:
        self.most = most

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return `value` as a number; refuse it in Dutch if it is none, or out of bounds."""
        text = str(value).strip()
        number = int(text) if text.isdecimal() and len(text) < 10 else 0
        if not 1 <= number <= self.most:
            self.fail(messages.text("LRT006", most=self.most, text=text), param, ctx)
        return number


class Folder(click.Path):
    """The name of a folder, which need not be there."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)
        self.name = "map"  # click asks for the word before it has our catalogue


def with_options(*options: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    """Return one decorator that applies `options` in the order in which the help shows them."""

    def decorate(function: Decorated) -> Decorated:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


files_argument = click.argument(
    "bestanden", metavar="BESTAND…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Geef problemen en resultaten als regels JSON."
)
output_option = click.option(
    "-o",
    "--uit",
    "output",
    metavar="UIT",
    type=str,
    help="Bestand of map voor het resultaat. Standaard komt het naast de invoer.",
)
pdf_option = click.option("--pdf", is_flag=True, help="Maak er ook een toegankelijke PDF van.")
template_option = click.option(
    "--sjabloon",
    "template",
    metavar="X",
    help="Naam of pad van een eigen Word-sjabloon (.docx).",
)
trusted_option = click.option(
    "--vertrouwd",
    "trusted",
    is_flag=True,
    help="Sta de hele sjabloontaal toe. Doe dit alleen bij een sjabloon dat u zelf kent.",
)
overwrite_option = click.option(
    "--overschrijf", "overwrite", is_flag=True, help="Vervang ook een document dat is bewerkt."
)
document_options = with_options(
    files_argument,
    output_option,
    pdf_option,
    template_option,
    trusted_option,
    overwrite_option,
    json_option,
)


class DocumentOptions(TypedDict, total=False):
    """What the options of the commands that make documents hand over."""

    output: str | None
    template: str | None
    pdf: bool
    trusted: bool
    overwrite: bool
