"""Two hundred mailings of all sorts: no string that was to be left out is in any file of them."""

from __future__ import annotations

import random
import zipfile
from typing import TYPE_CHECKING, NamedTuple

import pytest

from lrtdocs import api
from lrtdocs.errors import Severity
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.publishing.mailings.make import plan_letters_of
from lrtdocs.run.publishing.make import PublishOptions
from lrtdocs.run.publishing.proof import Wanted, prove

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.model.openbaar.omission import Omission

HUIS = "huisstijl.yaml"
HOUSE = """\
afzenders: {a: {team: T, retouradres: Postbus 1 2500 EH  Den Haag}}
openbaar: {weglaten: {ambtenaar: 5.1.2e, burger: 5.1.2e}, tonen: [bewindspersoon, bestuurder]}
"""
_SURNAMES = ("Zwartveld", "Quispel", "Wijnbergen", "Jonkvorst", "Kloosterziel", "Xanthopol")
_PREFIXES = ("", "van der", "de", "ter", "van 't")
_STREETS = ("Kwikstaartpad", "Zilverschoonlaan", "Ypenburgdreef", "Jachtwagenweg")


class Made(NamedTuple):
    """A mailing in a file, and the words that may be in no file of its copies."""

    path: Path
    gone: tuple[str, ...]


class Writer:
    """Writes a mailing that is another one for each `seed`, and keeps what is to be `gone`."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed, self.dice = folder, seed, random.Random(seed)
        self.gone: list[str] = []
        self.in_parts = self.dice.random() < 0.5
        self.bodies = not self.in_parts and self.dice.random() < 0.4
        self.own = self.dice.choice(["", "ja", "nee", "5.1.1d"])

    def secret(self, kind: str) -> str:
        """Return a word that must be in no file."""
        self.gone.append(f"{kind}{self.seed}q{len(self.gone)}")
        return self.gone[-1]

    def surname(self) -> str:
        """Return a name that must be in no file."""
        tail = "".join(self.dice.choices("abcdefgh", k=5))
        self.gone.append(f"{self.dice.choice(_SURNAMES)}{tail}")
        return self.gone[-1]

    def row(self, number: int) -> str:
        """Return a row of the list."""
        dice, prefix, name = self.dice, self.dice.choice(_PREFIXES), self.surname()
        initials = f"{dice.choice('ABCDEFG')}.{dice.choice('HJKLM')}."
        who = " ".join(filter(None, (initials, prefix, name)))
        if self.in_parts:
            who = f"{dice.choice('mvx')};{initials};{prefix};{name}"
        elif self.bodies:
            who = f"Stichting Kade {dice.choice('ABC')};{dice.choice(['mw. ', 'dhr. '])}{who}"
        street = f"{dice.choice(_STREETS)}{self.seed} {dice.randint(1, 99)}"
        file = f"dossier{self.seed}z{number}"
        self.gone += [] if self.bodies else [street.split(maxsplit=1)[0]]
        if self.own in ("nee", "5.1.1d") or not (self.own or self.bodies):
            self.gone.append(file)
        rest = f"{file};x{self.seed};{dice.choice(['nl', 'en', ''])}"
        return f"{who};{street};9401 AA;Assen;{name.lower()}@voorbeeld.nl;{rest}"

    def lines(self) -> list[str]:
        """Return the mailing itself."""
        secret, hidden, signer = self.secret, self.secret("overal"), self.surname()
        contact, number = self.surname(), f"06{self.seed:03}{self.dice.randint(10000, 99999)}"
        self.gone.append(number)
        word = "ter_attentie_van" if self.bodies else "naam"
        return [
            "sjabloon: brief", "ontvangers: lijst.csv", "dagtekening: 2025-03-14",
            f"betreft: 'Over [{secret('zaak')}]{{weglaten=5.1.1c}} en {{naam}}'",
            (f"contactpersoon: {{naam: A. {contact}, telefoon: '{number}', "
            f"email: {contact}@voorbeeld.nl}}"),
            f"ondertekening: {{ambt: De minister, functie: de directeur, naam: B. {signer}}}",
            f"kopie_aan: [het IPO, 'mw. C. {self.surname()}']",
            f"bijlagen: ['Plan {{dossier}}', '[{secret('plan')}]{{weglaten=5.1.2b}}']",
            f"openbaar: {{weglaten: {{{hidden}: 5.1.5}}}}",
            *([f"kolommen: {{dossier: {{publiek: {self.own}}}}}"] if self.own else []),
            *(['bestandsnaam: "{volgnummer:02} {naam}"'] if self.seed % 2 else []),
            "tekst: |",
            f"  Beste lezer, brief {self.seed} over {{dossier}} voor {{{word}}} aan {{adres}}.\n",
            f"  Er was [iets met {secret('geheim')} en {{dossier}}]{{weglaten=5.1.2i}} mis.\n",
            f"  - Punt met {hidden.upper()} erin",
            f"  - Punt met [{secret('punt')}]{{weglaten=5.2}}",
            "vertaling:", f"  betreft: About [{secret('case')}]{{weglaten=5.1.1c}}", "  tekst: |",
            f"    For {{naam}}: [{secret('text')} of {{dossier}}]{{weglaten=5.1.2a}}.",
            f"  ondertekening: {{ambt: The Minister, functie: Director, naam: B. {signer}}}",
        ]  # fmt: skip

    def write(self) -> Made:
        """Write all files."""
        self.folder.mkdir(parents=True)
        named = "geslacht;voorletters;voorvoegsel;achternaam" if self.in_parts else "naam"
        named = "organisatie;t.a.v." if self.bodies else named
        rows = [f"{named};adres;postcode;plaats;email;dossier;keuze;taal"]
        rows += [self.row(number) for number in range(1, self.dice.randint(2, 4))]
        path = self.folder / f"verzending-{self.seed}.yaml"
        for name, lines in {"lijst.csv": rows, path.name: self.lines(), HUIS: [HOUSE]}.items():
            (self.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return Made(path, tuple(self.gone))


def make_mailing(folder: Path, seed: int) -> Made:
    """Write the mailing of a `seed` into `folder`."""
    return Writer(folder, seed).write()


def texts_of(path: Path) -> str:
    """Return the name and all that is in a file, in small letters."""
    data = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            data = b"\n".join(package.read(name) for name in package.namelist())
    return (path.name + data.decode("utf-8", "replace")).lower()


def publish(made: Made, target: Path, **options: bool) -> list[Path]:
    """Make the copies of a mailing, and return every file that came of it."""
    asked = PublishOptions(output=str(target), **options)  # type: ignore[arg-type]
    outcome = api.publish([made.path], asked)
    assert not [str(one) for one in outcome.problems if one.severity is Severity.ERROR], (
        outcome.problems
    )
    assert not outcome.failures
    assert outcome.written
    return [path for path in target.rglob("*") if path.is_file()]


@pytest.mark.parametrize("first", range(0, 200, 25))
def test_nothing_that_is_left_out_is_in_any_document_or_page(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + 25):
        made = make_mailing(tmp_path / str(seed), seed)
        files = publish(made, tmp_path / f"uit{seed}", html=True)
        for path in files:
            text = texts_of(path)
            found = [word for word in made.gone if word.lower() in text]
            assert found == [], (seed, path.name, found)
        assert all("[5.1.2e]" in texts_of(path) for path in files)


def test_the_proof_finds_nothing_and_would_have(tmp_path: Path) -> None:
    for seed in range(200, 204):
        made = make_mailing(tmp_path / str(seed), seed)
        publish(made, tmp_path / f"uit{seed}", html=True)
        planned = plan_letters_of(made.path, PublishOptions(output="x"), Outcome())
        assert planned is not None
        omissions: list[Omission] = list(planned.omissions)
        told = "\n".join(text for one in omissions for text in one.texts).lower()
        assert not [word for word in made.gone if word.lower() not in told.replace(" ", "")]
        outcome = Outcome()
        prove(tmp_path / f"uit{seed}", Wanted(omissions), outcome)
        assert [str(one) for one in outcome.problems if one.code == "LRT830"] == []


@pytest.mark.office
def test_nothing_that_is_left_out_is_in_any_pdf(tmp_path: Path) -> None:
    import pymupdf

    for seed in range(300, 306):
        made = make_mailing(tmp_path / str(seed), seed)
        files = publish(made, tmp_path / f"uit{seed}", pdf=True)
        pdfs = [path for path in files if path.suffix == ".pdf"]
        assert len(pdfs) * 2 == len(files)
        for path in pdfs:
            with pymupdf.open(path) as pdf:
                text = "\n".join([*(page.get_text() for page in pdf), str(pdf.metadata)]).lower()
            assert [word for word in made.gone if word.lower() in text.replace("\n", "")] == []
