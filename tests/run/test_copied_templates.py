"""A copy of a shipped template tells nothing that the shipped one does not."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from lrtdocs.api.checking import check
from lrtdocs.shipped import examples_folder, templates_folder

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = examples_folder()
LETTERS = {
    "brief": "",
    "taakstelling": "\ntaakstelling: {halfjaar: 2025-II, totaal: 13.000, peildatum: 2024-01-01}\n",
}
MAILINGS = sorted((EXAMPLES / "verzendingen").glob("*/*.yaml"))


def told(path: Path) -> list[tuple[str, str]]:
    """Return what is told of a mailing."""
    return sorted((problem.key, problem.message) for problem in check(path))


@pytest.mark.parametrize("mailing", MAILINGS, ids=lambda path: path.stem)
def test_a_copied_template_tells_what_the_shipped_one_tells(tmp_path: Path, mailing: Path) -> None:
    """Where the shipped one is refused, for lack of what it needs, there is nothing to compare."""
    shutil.copy(EXAMPLES / "huisstijl.yaml", tmp_path)
    folder = tmp_path / "verzending"
    shutil.copytree(mailing.parent, folder)
    (folder / "sjablonen").mkdir(exist_ok=True)
    for kind in LETTERS:
        shutil.copy(templates_folder() / f"{kind}.docx", folder / "sjablonen")
    path, text = folder / mailing.name, mailing.read_text(encoding="utf-8")
    if "\ntekst:" not in text:
        text += "\ntekst: Een tekst.\n"
    for kind, more in LETTERS.items():
        said = []
        for template in (kind, f"sjablonen/{kind}.docx"):
            asked = re.sub(r"(?m)^sjabloon: .*$", f"sjabloon: {template}", text) + more
            path.write_text(asked, encoding="utf-8")
            said.append(told(path))
        assert said[0] == said[1], kind
        wrong = {key for key, _ in said[0] if key.startswith(("LRT1", "LRT2"))}
        assert wrong <= {"LRT241"}, said[0]  # a taakstelling in English
