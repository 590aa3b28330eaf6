"""Where documents go: their names, clashes between them, and what may not be replaced."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lrtdocs.errors import FileProblemError

MADE_BY = b"<Application>lrtdocs</Application>"


def plan_target(source: Path, default: str, output: str | None, *, many: bool) -> Path:
    """Return where the document of `source` goes: beside it, or at `output`, a file or a folder.

    `default` is its name where `output` does not give one; with `many` documents `output` is a
    folder. A name that ends in .pdf stands for the Word document beside that PDF.
    """
    if output is None:
        return source.with_name(default)
    path = Path(output)
    if many or path.is_dir() or path.suffix.lower() not in {".docx", ".pdf"}:
        return path / default
    return path.with_suffix(".docx")


def find_clashes(targets: dict[Path, Path]) -> list[FileProblemError]:
    """Return an error for every source in `targets` whose document would replace another's.

    Names are compared as Windows does: without regard to case.
    """
    first: dict[str, Path] = {}
    clashes = []
    for source, target in targets.items():
        other = first.setdefault(str(target.absolute()).casefold(), source)
        if other is not source:
            clashes.append(
                FileProblemError(
                    str(source),
                    f"Het document zou {target} heten, net als dat van {other}.",
                    "Maak ze een voor een, met -o en een eigen naam.",
                )
            )
    return clashes


def is_edited(path: Path) -> bool:
    """Tell whether `path` is a Word document that another program than lrtdocs saved last."""
    try:
        with zipfile.ZipFile(path) as package:
            return MADE_BY not in package.read("docProps/app.xml")
    except KeyError:
        return True
    except (OSError, zipfile.BadZipFile):
        return False


def check_replaceable(path: Path) -> None:
    """Raise FileProblemError if writing `path` would lose what somebody changed in it."""
    if is_edited(path):
        raise FileProblemError(
            str(path),
            "Dit document is bewerkt nadat lrtdocs het maakte. Het blijft zoals het is.",
            "Geef met -o een andere naam, of vervang het met --overschrijf.",
        )
