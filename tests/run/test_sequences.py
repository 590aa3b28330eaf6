"""Any sequence of changes to a list, of edits by hand and of runs leaves the right letters.

`LRTDOCS_SEQUENCES=1000` tries as many sequences; here are some of them.
"""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mailing_making import make_mailing, run

SEQUENCES = int(os.environ.get("LRTDOCS_SEQUENCES", "12"))
CODES = {"GM0363": "Amsterdam", "GM0034": "Almere", "GM0599": "Rotterdam", "GM0344": "Utrecht"}
STEPS = st.one_of(
    st.tuples(st.just("insert"), st.integers(0, 9), st.booleans()),
    st.tuples(st.sampled_from(["delete", "rename", "move", "edit"]), st.integers(0, 9)),
    st.tuples(st.just("sort"), st.booleans()),
    st.tuples(st.just("run"), st.sampled_from(["all", "proof", "overwrite", "again"])),
)


@dataclass
class Person:
    """A recipient: who it is, and what the list says."""

    key: int
    code: str
    name: str
    street: str
    touched: bool = False  # since the last run: of who has no code only one thing can change

    @property
    def printed(self) -> tuple[str, str]:
        """Return what the letter says: of a gemeente the name is made even."""
        return self.name.removeprefix("Gemeente "), self.street


@dataclass
class Play:
    """A mailing in a folder, with what happened to it."""

    folder: Path
    people: list[Person] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    edited: list[bytes] = field(default_factory=list)
    fresh: count[int] = field(default_factory=count)
    codes: list[str] = field(default_factory=lambda: list(CODES))

    @property
    def target(self) -> Path:
        return self.folder / "uit"

    def insert(self, at: int, coded: bool) -> None:
        number = next(self.fresh)
        code = self.codes.pop() if coded and self.codes else ""
        name = CODES.get(code, f"Naam {number}")
        person = Person(number, code, name, f"Straat {number}", touched=True)
        self.people.insert(at % (len(self.people) + 1), person)

    def delete(self, at: int) -> None:
        if len(self.people) > 1:
            self.people.pop(at % len(self.people))

    def rename(self, at: int) -> None:
        person = self.people[at % len(self.people)]
        whole = f"Gemeente {person.name.removeprefix('Gemeente ')}"
        self.change(at, "name", whole if person.code else f"Naam {next(self.fresh)}")

    def move(self, at: int) -> None:
        self.change(at, "street", f"Weg {next(self.fresh)}")

    def change(self, at: int, what: str, text: str) -> None:
        person = self.people[at % len(self.people)]
        if person.code or not person.touched:
            setattr(person, what, text)
            person.touched = True

    def sort(self, backward: bool) -> None:
        self.people.sort(key=lambda person: person.name, reverse=backward)

    def edit(self, at: int) -> None:
        """Edit a letter by hand."""
        if letters := sorted(self.target.glob("*.docx")):
            path = letters[at % len(letters)]
            self.edited = [data for data in self.edited if data != path.read_bytes()]
            with zipfile.ZipFile(path, "a") as package:
                package.writestr(f"door-mij/{next(self.fresh)}.xml", "<met-de-hand/>")
            self.edited.append(path.read_bytes())

    def run(self, how: str) -> None:
        """Make letters, and see whether all numbers are what they were, and nothing is lost."""
        self.write()
        options = {"proof": {"proof": 2}, "all": {}}.get(how, {how: True})
        outcome = run(self.folder / "m.yaml", self.target, **options)
        assert outcome.total
        for person in self.people:
            person.touched = False
        self.look()

    def write(self) -> None:
        rows = [f"{p.code};{p.name};{p.street};1234 AB;Plaats\n" for p in self.people]
        text = "code;naam;adres;postcode;plaats\n" + "".join(rows)
        (self.folder / "lijst.csv").write_text(text, encoding="utf-8")

    def look(self) -> None:
        kept = {path.read_bytes() for path in self.target.glob("*.docx")}
        assert all(data in kept for data in self.edited)
        by_name = read_letters(self.target)
        for person in self.people:
            for number in by_name.get(person.printed, ()):
                assert self.numbers.setdefault(person.key, number) == number
        assert len(set(self.numbers.values())) == len(self.numbers)

    def end(self) -> None:
        """See whether the folder has what a fresh one has, but for the numbers."""
        self.run("overwrite")
        run(self.folder / "m.yaml", self.folder / "vers")
        there, fresh = read_letters(self.target), read_letters(self.folder / "vers")
        assert fresh.keys() == {person.printed for person in self.people}
        assert fresh.keys() <= there.keys()
        assert {person.key for person in self.people} <= self.numbers.keys()
        again = run(self.folder / "m.yaml", self.target)
        assert (again.same, again.failed) == (len(self.people), 0)


def read_letters(folder: Path) -> dict[tuple[str, str], set[int]]:
    """Return the numbers in the letters in `folder`, by the name and street in them."""
    found: dict[tuple[str, str], set[int]] = {}
    for path in folder.glob("*.docx"):
        with zipfile.ZipFile(path) as package:
            text = re.sub("<[^>]*>", "", package.read("word/document.xml").decode())
        match = re.search(r"Aan (.*) in (.*), nummer (\d+)", text)
        assert match
        found.setdefault((match[1], match[2]), set()).add(int(match[3]))
    return found


@settings(
    max_examples=SEQUENCES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # to find the least sequence would take long
)
@given(st.lists(STEPS, min_size=4, max_size=14))
def test_a_number_stays_with_its_recipient_and_no_edit_is_lost(steps: list[tuple[str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = "Aan {{ naam }} in {{ adres }}, nummer {{ volgnummer }}"
        pattern = 'bestandsnaam: "{volgnummer:04}-{naam}"\n'
        make_mailing(folder, text=text, extra=pattern)
        play = Play(folder)
        for coded in (True, False, True, False):
            play.insert(9, coded)
        play.run("all")
        for step, *more in steps:
            getattr(play, step)(*more)
        play.end()
