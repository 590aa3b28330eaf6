"""The options that commands share, in the words in which the help shows them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lrtdocs import dutch, messages
from lrtdocs.messages import FaultError

if TYPE_CHECKING:
    from collections.abc import Callable


class Count(click.ParamType):  # type: ignore[type-arg] # no generic in click 8.1
    """A whole number from 1 to `most`."""

    name = "getal"

    def __init__(self, most: int) -> None:
        self.most = most

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | str:
        """Return `value` as a number; refuse it in Dutch if it is none, or out of bounds."""
        text = str(value).strip()
        number = int(text) if text.isdecimal() and len(text) < 10 else 0
        if not 1 <= number <= self.most:
            self.fail(self.refusal(text), param, ctx)
        return number

    def refusal(self, text: str) -> str:
        """Return why `text` is refused."""
        return messages.text("LRT006", most=self.most, text=text)


class CountOr(Count):
    """A whole number from 1 to `most`, or the `word`."""

    def __init__(self, most: int, word: str) -> None:
        super().__init__(most)
        self.word = word

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | str:
        """Return `value` as a number, or as the word."""
        if str(value).strip().lower() == self.word:
            return self.word
        return super().convert(value, param, ctx)

    def refusal(self, text: str) -> str:
        """Return why `text` is refused."""
        return messages.text("LRT006.woord", most=self.most, word=self.word, text=text)


def read_date(_context: click.Context, _option: click.Parameter, text: str | None) -> object:
    """Return the date that an option says; refuse it in Dutch if it is none."""
    try:
        return dutch.parse_date(text) if text else None
    except FaultError as error:
        raise click.BadParameter(str(error)) from error


path_type = click.Path(path_type=Path)
folder_type = click.Path(path_type=Path, file_okay=False)
folder_type.name = "map"  # click asks for the word before it has our catalogue
file_argument = click.argument("bestand", metavar="BESTAND", type=path_type)
files_argument = click.argument(
    "bestanden", metavar="BESTAND…", nargs=-1, required=True, type=path_type
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Geef problemen en resultaten als regels JSON."
)


def output_to(metavar: str, told: str, **more: Any) -> Callable[[Any], Any]:
    """Return the option that says where the result goes."""
    return click.option("-o", "--uit", "output", metavar=metavar, help=told, **more)


output_option = output_to(
    "UIT", "Bestand of map voor het resultaat. Standaard komt het naast de invoer."
)
pdf_option = click.option("--pdf", is_flag=True, help="Maak er ook een toegankelijke PDF van.")
html_option = click.option(
    "--html",
    is_flag=True,
    help="Maak er ook een toegankelijke webpagina van: één bestand (.html), zonder script.",
)
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
    "--overschrijf",
    "overwrite",
    is_flag=True,
    help="Vervang ook een document dat is bewerkt; dat blijft ernaast bewaard.",
)


def _split(_context: click.Context, _option: click.Parameter, only: str | None) -> object:
    """Return the names in `only`; None, for all letters, only if the option was not given."""
    return None if only is None else tuple(name.strip() for name in only.split(","))


only_option = click.option(
    "--alleen",
    "only",
    metavar="X,Y",
    callback=_split,
    help="Alleen deze ontvangers: code, naam of volgnummer, met een komma ertussen.",
)
