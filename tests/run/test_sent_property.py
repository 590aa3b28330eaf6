"""Whatever happens after letters went out, what went out stays, byte for byte.

Any sequence of edits to the list, the text and the template, of runs of all kinds, some of them
killed, of marking as sent and taking that back. `LRTDOCS_SEQUENCES=1000` tries as many sequences;
here are some of them.
"""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import docx
from docx_making import new_document
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mailing_making import make_mailing

from lrtdocs import api, dutch
from lrtdocs.clock import today
from lrtdocs.pdf import FinishedPdf
from lrtdocs.run.documents.report import LettersOptions, LettersOutcome
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.manifest import read_made
from lrtdocs.run.letters import run as running

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lrtdocs.run.letters.letter import PendingLetter

SEQUENCES = int(os.environ.get("LRTDOCS_SEQUENCES", "8"))
TEXT = "Aan {{ naam }} in {{ adres }}. {{ velden_tekst }}"
REPLACES = "{% if vervangt %}Vervangt die van {{ vervangt.datum | datum }}{% endif %}"
STEPS = st.one_of(
    st.tuples(st.sampled_from(["rename", "move", "swap", "delete", "edit"]), st.integers(0, 9)),
    st.tuples(st.sampled_from(["reword", "relayout", "redate", "wait", "insert"])),
    st.tuples(st.just("send"), st.sampled_from(["", "post", "mail"]), st.integers(0, 9)),
    st.tuples(st.just("take_back"), st.integers(0, 9)),
    st.tuples(
        st.just("run"),
        st.sampled_from(["all", "one", "pdf", "overwrite", "again"]),
        st.sampled_from([0, 0, 0, 7, 20, 33]),
    ),
)


class Killed(BaseException):
    """What ends a run at once."""


class FakeConverter:
    """Makes of each letter a PDF that no other one is like."""

    def convert(
        self, letters: Iterable[PendingLetter], *_: object
    ) -> Iterator[Sequence[PendingLetter]]:
        for pending in letters:
            if isinstance(pending.docx, bytes):
                data = hashlib.sha256(pending.docx).digest() + random.randbytes(8)
                pending.pdf = FinishedPdf(b"%PDF-" + data, pages=1)
            yield [pending]

    def stop(self) -> tuple[()]:
        return ()


@dataclass
class Play:
    """A mailing, what the list says, and what went out of it."""

    folder: Path
    people: dict[int, tuple[str, str]] = field(default_factory=dict)
    words: int = 0
    layout: int = 0
    dated: int = 0
    day: date = date(2025, 6, 1)
    fresh: int = 10
    sent: dict[tuple[int, str, str], dict[str, bytes]] = field(default_factory=dict)

    @property
    def target(self) -> Path:
        return self.folder / "uit"

    def _pick(self, at: int) -> int:
        return sorted(self.people)[at % len(self.people)]

    def _next(self) -> int:
        self.fresh += 1
        return self.fresh

    def rename(self, at: int) -> None:
        who = self._pick(at)
        self.people[who] = (f"Naam {self._next()}", self.people[who][1])

    def move(self, at: int) -> None:
        who = self._pick(at)
        self.people[who] = (self.people[who][0], f"Straat {self._next()}")

    def swap(self, at: int) -> None:
        """Let two have each other's names."""
        who, other = self._pick(at), self._pick(at + 1)
        (name, street), (second, there) = self.people[who], self.people[other]
        self.people[who], self.people[other] = (second, street), (name, there)

    def delete(self, at: int) -> None:
        if len(self.people) > 2:
            del self.people[self._pick(at)]

    def insert(self) -> None:
        number = self._next()
        self.people[number] = (f"Naam {number}", f"Straat {number}")

    def edit(self, at: int) -> None:
        """Edit a letter by hand, one that did not go out."""
        out = {name for files in self.sent.values() for name in files}
        paths = [path for path in sorted(self.target.glob("*.docx")) if path.name not in out]
        if paths:
            path = paths[at % len(paths)]
            document = docx.Document(str(path))
            document.add_paragraph(f"met de hand {self._next()}")
            document.save(str(path))

    def reword(self) -> None:
        self.words = (self.words + 1) % 3

    def relayout(self) -> None:
        self.layout += 1

    def redate(self) -> None:
        self.dated = (self.dated + 1) % 4

    def wait(self) -> None:
        self.day += timedelta(days=1)

    def write(self) -> None:
        rows = [f"{name};{street};1234 AB;Plaats\n" for name, street in self.people.values()]
        head = "naam;adres;postcode;plaats\n"
        (self.folder / "lijst.csv").write_text(head + "".join(rows), encoding="utf-8")
        said = f"dagtekening: 2025-05-0{self.dated}\n" if self.dated else ""
        (self.folder / "m.yaml").write_text(
            f"sjabloon: brief.docx\nontvangers: lijst.csv\n{said}bestandsnaam: '{{naam}}'\n"
            f"ondertekening: {{naam: A}}\nvelden: {{velden_tekst: Tekst {self.words}}}\n",
            encoding="utf-8",
        )
        document = new_document()
        for text in (TEXT, "{{ dagtekening | datum }}", REPLACES):
            document.add_paragraph(text)
        document.styles["Normal"].font.size = docx.shared.Pt(8 + self.layout % 5)
        document.save(str(self.folder / "brief.docx"))

    def run(self, how: str, killed_at: int = 0) -> None:
        self.write()
        only = (min(self.people),) if how == "one" else None
        switches = {how: True} if how in {"pdf", "overwrite", "again"} else {}
        names = only and [self.people[who][0] for who in only]
        options = LettersOptions(self.target, only=names, **switches)  # type: ignore[arg-type]
        outcome = LettersOutcome()
        calls = 0

        def write(handle: int, data: bytes) -> None:
            nonlocal calls
            calls += 1
            if calls == killed_at:
                raise Killed
            real(handle, data)

        real = disk.write
        with mock.patch.object(disk, "write", write), suppress(Killed):
            prepared = running.prepare(self.folder / "m.yaml", options, today(), outcome)
            if prepared is not None:
                make = FakeConverter if options.wants_pdf else lambda: None
                running.make_letters(
                    prepared, options, outcome, converter=make,  # type: ignore[arg-type]
                )  # fmt: skip

    def send(self, how: str, at: int) -> None:
        """Mark all, or one of which is known what it is called."""
        if not (self.target / "manifest.jsonl").exists():
            return
        known = sorted(read_made(self.target).current)
        only = None if not how or not known else [str(known[at % len(known)])]
        api.mark_sent(self.target, (), self.day, only=only, how=how)
        self.note()

    def take_back(self, at: int) -> None:
        if known := sorted({number for number, *_ in self.sent}):
            api.mark_sent(self.target, (), self.day, only=[str(known[at % len(known)])], back=True)
            self.note()

    def note(self) -> None:
        """Take in what the manifest says went out, with the bytes of it."""
        last = {(each.nummer, *each.going): each for each in read_made(self.target).sent}
        for (number, file, digest, how), record in last.items():
            key = (number, f"{file} {digest}", how)
            if record.terug:
                self.sent.pop(key, None)
            elif key not in self.sent:
                files = [file, *([f"{file[:-5]}.pdf"] if record.pdf else [])]
                self.sent[key] = {name: (self.target / name).read_bytes() for name in files}

    def look(self) -> None:
        for files in self.sent.values():
            for name, data in files.items():
                assert (self.target / name).read_bytes() == data, name

    def end(self) -> None:
        """See whether the last letter of each says what it is to say, and what it replaces."""
        self.run("all")
        self.run("overwrite")
        self.look()
        made = read_made(self.target)
        by_file = {each.bestand: each for each in made.sent}
        for number, entry in made.current.items():
            if number in made.gone or entry.status != "gemaakt":
                continue
            (street,) = (street for name, street in self.people.values() if name == entry.sleutel)
            text = read(self.target / entry.bestand)
            assert f"Aan {entry.sleutel} in {street}. Tekst {self.words}" in text
            if entry.vervangt:
                day = date.fromisoformat(by_file[entry.vervangt].aan.dagtekening)
                assert f"Vervangt die van {dutch.format_date(day)}" in text
                assert entry.vervangt != entry.bestand
            else:
                assert "Vervangt" not in text


def read(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


@settings(
    max_examples=SEQUENCES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
@given(st.lists(STEPS, min_size=4, max_size=16))
def test_what_went_out_stays_byte_for_byte(steps: list[tuple[str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        make_mailing(Path(name))
        play = Play(Path(name))
        for _ in range(4):
            play.insert()
        for step, *more in [("run", "all"), ("send", "", 0), *steps]:
            moment = datetime.combine(play.day, datetime.min.time(), tzinfo=UTC).timestamp()
            with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=str(int(moment))):
                getattr(play, step)(*more)
            play.look()
        with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=str(int(moment))):
            play.end()
