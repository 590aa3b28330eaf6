"""The text of a page is that of its document, paragraph by paragraph: of examples and of 500 more.

`WEB_PAGES=5000` tries that many.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from letter_making import make_brief
from meeting_papers import paper_docx, read_meeting
from web_reading import PageReader, document_texts

from lrtdocs.api.documents import render_one
from lrtdocs.word.web.page import make_page

EXAMPLES = Path(__file__).parents[2] / "examples"
MEETINGS = sorted([EXAMPLES / "2025-03-19-lrt.yaml", *(EXAMPLES / "vergaderingen").glob("*.yaml")])
NUMBER = int(os.environ.get("WEB_PAGES", "500"))
SHARE = 50

WORDS = (
    *("de", "raad", "VNG", "B&W", "Súdwest-Fryslân", "12.500", "5 < 6", "a > b", '"recht"', "'t"),
    *("**vet woord**", "*schuin*", "***beide***", "[een link](https://www.voorbeeld.nl/a?b=1&c=2)"),
    *("www.rijksoverheid.nl", "lrt@voorbeeld.nl", "[The committee]{taal=en}", "© 2025", "𝄞", "½"),
    *("[Der Ausschuss]{taal=de}", "<ministerie>", "Noord\u2011Holland", "€\u00a01.000"),
)

SHORT = ("1.204", "-5", "€ 3", "wie", "**vet**", "a < b", "*x*", "12,5%", "B&W")


class Writer:
    """Writes texts as people type them, the same for a seed."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self._notes: list[str] = []

    def line(self) -> str:
        return "x " + " ".join(self._draw.choices(WORDS, k=self._draw.randint(1, 8)))

    def text(self) -> str:
        kinds = (self._plain, self._list, self._list, self._table, self._quote, self._heading)
        blocks = [self._draw.choice(kinds)() for _ in range(self._draw.randint(1, 4))]
        text = "\n\n".join([*blocks, *self._notes])
        self._notes = []
        return text

    def _plain(self) -> str:
        if self._draw.random() < 0.3:
            name = f"n{len(self._notes) + 1}"
            self._notes.append(f"[^{name}]: {self.line()}")
            return f"{self.line()} met noot[^{name}] en {self.line()}"
        return f"{self.line()}\\\n{self.line()}" if self._draw.random() < 0.2 else self.line()

    def _list(self) -> str:
        rows, depth = [], 0
        mark = self._draw.choice(["-", "1.", "a.", "7."])
        for at in range(self._draw.randint(1, 5)):
            depth = min(self._draw.randint(0, depth + 1), 3) if at else 0
            shown = mark if depth == 0 else self._draw.choice(["-", "1."])
            rows.append(f"{'   ' * depth}{shown} {self.line()}")
        return "\n".join(rows)

    def _table(self) -> str:
        columns = self._draw.randint(2, 5)
        rows = [[self._draw.choice(SHORT) for _ in range(columns)] for _ in range(3)]
        shown = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([shown[0], f"|{'---|' * columns}", *shown[1:]])

    def _quote(self) -> str:
        return f"> {self.line()}"

    def _heading(self) -> str:
        return f"### {self.line()}\n\n{self.line()}"


def typed_meeting(seed: int) -> str:
    """Return a meeting as YAML."""
    writer, draw = Writer(seed), random.Random(seed)
    rows = ["overleg: LRT", "datum: 2025-06-18", "onze_referentie: K-1"]
    rows += ["aanwezig:", "  - Mw. Jansen (AenM, voorzitter)", "  - Dhr. Pietersen (VNG)"]
    rows += ["rubricering: CONCEPT"] if draw.random() < 0.3 else []
    rows += ["agendapunten:"]
    for number in range(draw.randint(1, 3)):
        rows += [f"  - titel: Punt {number}"]
        for key in ("toelichting", "verslag"):
            rows += [f"    {key}: |", *(f"      {line}" for line in writer.text().split("\n"))]
        rows += [f"    besluiten: [Besluit {number}]"] if draw.random() < 0.5 else []
        rows += ["    subpunten: [{titel: Een}, {titel: Twee}]"] if draw.random() < 0.3 else []
    return "\n".join(rows) + "\n"


def differing(docx: bytes) -> list[tuple[str, str]]:
    """Return where the page of `docx` says otherwise, or is not well formed."""
    page = PageReader(make_page(docx).data.decode())
    texts, shown = document_texts(docx), page.texts
    wrong = [(fault, "") for fault in page.faults]
    wrong += [pair for pair in zip(texts, shown, strict=False) if pair[0] != pair[1]]
    return wrong or ([(str(len(texts)), str(len(shown)))] if len(texts) != len(shown) else [])


@pytest.mark.parametrize("path", MEETINGS, ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", ["agenda", "verslag"])
def test_the_page_of_an_example_says_what_its_document_says(path: Path, kind: str) -> None:
    assert differing(render_one(path, kind)) == []


@pytest.mark.parametrize("first", range(0, NUMBER // 2, SHARE))
def test_the_page_of_any_meeting_says_what_its_document_says(first: int) -> None:
    wrong, made = {}, 0
    for seed in range(first, first + SHARE):
        model, problems = read_meeting(typed_meeting(seed))
        assert model is not None, problems
        kind = ("agenda", "verslag")[seed % 2]
        made += 1
        if found := differing(paper_docx(model, kind)):
            wrong[seed] = found[0]

    assert (made, wrong) == (SHARE, {})


@pytest.mark.parametrize("first", range(0, NUMBER // 2, SHARE))
def test_the_page_of_any_letter_says_what_its_document_says(first: int) -> None:
    wrong = {}
    for seed in range(first, first + SHARE):
        found = differing(make_brief(Writer(seed).text(), betreft="Over iets", taal="nl"))
        if found:
            wrong[seed] = found[0]

    assert wrong == {}
