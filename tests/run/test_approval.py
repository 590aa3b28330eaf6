"""The go-ahead for letters: bound to every byte they are made of, and CONCEPT without it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from mailing_making import make_mailing, run
from PIL import Image

from lrtdocs import api
from lrtdocs.errors import ExitCode
from lrtdocs.run.letters.reviewing.approval import Approval, judge_approval, list_files
from lrtdocs.run.load.mailing import load_mailing

if TYPE_CHECKING:
    from lrtdocs.api import Outcome
    from lrtdocs.run.documents.report import LettersOutcome

TEXT = "{{ rubricering }} {% if concept %}(nog niet akkoord){% endif %} Aan {{ naam }}"
HOUSE = "afzenders: {a: {team: T}}\nlogo: logo.png\nakkoord: {namen: 1}\n"
REGISTER = (
    "code;naam;naam_cbs;provincie;inwoners_2025-01-01\n"
    "GM0363;Amsterdam;Amsterdam;Noord-Holland;100\nNL01;;;;100\n"
)


@pytest.fixture
def mailing(tmp_path: Path) -> Path:
    path = make_mailing(tmp_path / "werk", 3, text=TEXT)
    ask(path, 1)
    return path


def ask(path: Path, names: int) -> None:
    text = f"afzenders: {{a: {{team: T}}}}\nakkoord: {{namen: {names}}}\n"
    (path.parent / "huisstijl.yaml").write_text(text, encoding="utf-8")


def approve(path: Path, name: str = "A. Jansen") -> Outcome:
    return api.approve(path, name)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def texts(folder: Path) -> list[str]:
    return [docx.Document(str(one)).paragraphs[0].text for one in sorted(folder.glob("*.docx"))]


def says_concept(path: Path) -> bool:
    """Make the letters of `path`, and tell whether they say that they are a concept."""
    target = path.parent / "uit"
    outcome = run(path, target)
    assert outcome.failed == 0
    found = {"CONCEPT (nog niet akkoord)" in text for text in texts(target)}
    assert len(found) == 1
    return found.pop()


def told(outcome: Outcome | LettersOutcome) -> str:
    return "|".join([*(one.message for one in outcome.problems), *outcome.remarks])


# --- without, with, and not any more


def test_letters_say_concept_until_there_is_a_go_ahead(mailing: Path) -> None:
    assert says_concept(mailing)
    before = {one.name for one in (mailing.parent / "uit").glob("*.docx")}

    outcome = approve(mailing)

    assert outcome.exit_code is ExitCode.DONE
    assert outcome.written == [mailing.with_name("m-akkoord.yaml")]
    assert not says_concept(mailing)
    assert texts(mailing.parent / "uit") == ["  Aan Naam 1", "  Aan Naam 2", "  Aan Naam 3"]
    assert {one.name for one in (mailing.parent / "uit").glob("*.docx")} == before


def test_it_says_for_how_many_letters_it_is_and_what_it_binds(mailing: Path) -> None:
    said = told(approve(mailing))

    assert "voor 3 brieven" in said
    for name in ("m.yaml", "lijst.csv", "brief.docx", "huisstijl.yaml", "lrtdocs 0."):
        assert name in said
    assert "geen elektronische handtekening" in said


def test_the_moment_is_that_of_source_date_epoch(
    mailing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741948200")
    approve(mailing)
    first = mailing.with_name("m-akkoord.yaml").read_bytes()
    mailing.with_name("m-akkoord.yaml").unlink()
    approve(mailing)

    assert mailing.with_name("m-akkoord.yaml").read_bytes() == first
    assert b"datum: 14 maart 2025\n    tijd: 10.30 uur" in first


def test_a_mailing_with_errors_gets_no_go_ahead(mailing: Path) -> None:
    change(mailing, "betreft: Proef", "betreff: Proef")

    outcome = approve(mailing)

    assert outcome.exit_code is ExitCode.PROBLEMS
    assert not mailing.with_name("m-akkoord.yaml").exists()


def test_an_error_in_one_letter_gets_no_go_ahead_either(mailing: Path) -> None:
    make_mailing(mailing.parent, 3, text=TEXT + "{{ 10 / (deler | int) }}")
    ask(mailing, 1)
    change(
        mailing.with_name("lijst.csv"),
        "Naam 2;Straat 2;1234 AB;Plaats;10",
        "Naam 2;Straat 2;1234 AB;Plaats;0",
    )

    assert approve(mailing).exit_code is not ExitCode.DONE
    assert not mailing.with_name("m-akkoord.yaml").exists()


def test_what_changed_since_is_told_with_who_gave_it(mailing: Path) -> None:
    approve(mailing)
    change(mailing.with_name("lijst.csv"), "Straat 2", "Straat 22")

    outcome = run(mailing, mailing.parent / "uit")

    assert "lijst.csv is veranderd sinds het akkoord van A. Jansen op " in told(outcome)
    assert "CONCEPT" in texts(mailing.parent / "uit")[0]


def test_another_version_of_lrtdocs_voids_it(
    mailing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(mailing)
    monkeypatch.setattr("lrtdocs.__version__", "99.1")

    outcome = run(mailing, mailing.parent / "uit")

    assert "lrtdocs is nu versie 99.1" in told(outcome)


def test_a_nearer_house_style_or_register_voids_it(mailing: Path) -> None:
    approve(mailing)
    mailing.with_name("gemeenten.csv").write_text(REGISTER, encoding="utf-8")

    assert "gemeenten.csv) is erbij gekomen" in told(run(mailing, mailing.parent / "uit"))


def test_a_house_that_does_not_ask_has_no_concepts(mailing: Path) -> None:
    mailing.with_name("huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")

    assert "vraagt geen akkoord" in told(approve(mailing))
    assert not says_concept(mailing)


@pytest.mark.parametrize("what", ["controleer", "brieven", "proef", "brief"])
def test_every_way_to_letters_knows(mailing: Path, what: str) -> None:
    make_mailing(mailing.parent, 1, text=TEXT)
    ask(mailing, 1)
    folder = mailing.parent / "uit"

    def look() -> bool:
        if what == "controleer":
            return "LRT725" in {one.code for one in api.check(mailing)}
        if what == "brief":
            made = api.make_letter(mailing).written[0]
            return "CONCEPT" in docx.Document(str(made)).paragraphs[0].text
        run(mailing, folder, **({"proof": 1} if what == "proef" else {}))
        return "CONCEPT" in texts(folder)[0]

    assert look()
    approve(mailing)
    assert not look()


def test_a_proof_says_concept_and_another_list_does_not_slip_in_between(mailing: Path) -> None:
    """A list that changes after it was checked stops the run, also where names stay the same."""
    rows = [f"Naam {i};Straat {i};1234 AB;Plaats;10\n" for i in range(1, 500)]
    lijst = mailing.with_name("lijst.csv")
    lijst.write_text("naam;adres;postcode;plaats;deler\n" + "".join(rows), encoding="utf-8")
    approve(mailing)
    outcome = api.Report()
    from lrtdocs.api import LettersOptions, today
    from lrtdocs.run.letters.run import make_letters, prepare

    options = LettersOptions(mailing.parent / "uit")
    prepared = prepare(mailing, options, today(), outcome)
    assert prepared is not None
    change(lijst, "Straat 450;1234 AB;Plaats;10", "Straat 450;1234 AB;Plaats;99")

    with outcome.gathering():
        make_letters(prepared, options, outcome)

    assert "LRT001" in {one.code for one in outcome.problems}
    assert not any("450" in one.name for one in (mailing.parent / "uit").glob("*.docx"))


# --- who


def test_two_names_are_two_people(mailing: Path) -> None:
    ask(mailing, 2)
    approve(mailing)
    assert says_concept(mailing)

    again = approve(mailing, " a  JANSEN ")
    assert (again.written, "telt één keer" in told(again)) == ([], True)
    assert says_concept(mailing)

    approve(mailing, "B. de Vries")
    assert not says_concept(mailing)


def test_the_second_name_does_not_count_for_what_the_first_did_not_see(mailing: Path) -> None:
    ask(mailing, 2)
    approve(mailing)
    change(mailing, "betreft: Proef", "betreft: Anders")

    outcome = approve(mailing, "B. de Vries")

    assert "Het akkoord van A. Jansen op" in told(outcome)
    assert "is vervallen: m.yaml is veranderd" in told(outcome)
    assert says_concept(mailing)


@pytest.mark.parametrize("name", ["", "  ", "--", "123"])
def test_a_name_is_needed(mailing: Path, name: str) -> None:
    assert approve(mailing, name).exit_code is not ExitCode.DONE
    assert not mailing.with_name("m-akkoord.yaml").exists()


# --- the file itself


def test_no_byte_of_the_go_ahead_itself_can_be_changed_to_another_meaning(mailing: Path) -> None:
    approve(mailing)
    path = mailing.with_name("m-akkoord.yaml")
    data = path.read_bytes()
    loaded = load_mailing(mailing)[0]
    assert loaded
    template = mailing.with_name("brief.docx")
    record = judge_approval(loaded, template).record
    chance = random.Random(11)
    for _ in range(150):
        path.write_bytes(one_byte(data, chance))
        now = judge_approval(loaded, template).record
        assert now is None or now == record


def test_an_edited_go_ahead_is_refused_with_what_to_do(mailing: Path) -> None:
    approve(mailing)
    path = mailing.with_name("m-akkoord.yaml")
    change(path, "A. Jansen", "B. de Vries")

    assert "veranderd nadat lrtdocs het schreef" in told(run(mailing, mailing.parent / "uit"))
    refused = approve(mailing, "C. Bos")
    assert (refused.exit_code, refused.written) == (ExitCode.PROBLEMS, [])
    assert api.check_files([path]).exit_code is ExitCode.PROBLEMS
    path.unlink()  # as the remedy says
    approve(mailing, "C. Bos")
    assert not says_concept(mailing)


def test_controleer_of_all_files_knows_it(mailing: Path) -> None:
    approve(mailing)
    found = api.check_files(sorted(mailing.parent.glob("*.yaml")))
    assert (found.exit_code, {one.code for one in found.problems} & {"LRT201", "LRT725"}) == (
        0,
        set(),
    )
    change(mailing, "betreft: Proef", "betreft: Anders")
    found = api.check_files([mailing.with_name("m-akkoord.yaml")])
    assert [one.code for one in found.problems] == ["LRT725"]


def test_a_go_ahead_is_no_mailing(mailing: Path) -> None:
    approve(mailing)
    outcome = run(mailing.with_name("m-akkoord.yaml"), mailing.parent / "x")
    assert "Dit is een akkoord, geen mailing." in told(outcome)


def test_letters_that_would_say_concept_for_ever_get_no_go_ahead(mailing: Path) -> None:
    change(mailing, "betreft:", "rubricering: Concept\nbetreft:")

    assert "LRT725" in {one.code for one in approve(mailing).problems}
    assert not mailing.with_name("m-akkoord.yaml").exists()


def test_a_template_that_cannot_say_it_makes_no_letters_without(mailing: Path) -> None:
    make_mailing(mailing.parent, 2, text="Aan {{ naam }}")
    ask(mailing, 1)

    outcome = run(mailing, mailing.parent / "uit")

    assert "LRT726" in {one.code for one in outcome.problems}
    assert outcome.total == 0
    assert "LRT726" in {one.code for one in approve(mailing).problems}
    make_mailing(mailing.parent, 2, text="Aan {{ naam }} {% if concept %}CONCEPT{% endif %}")
    ask(mailing, 1)
    assert run(mailing, mailing.parent / "uit").made == 2


# --- sent


def test_letters_that_say_concept_are_not_marked_as_sent(mailing: Path) -> None:
    target = mailing.parent / "uit"
    run(mailing, target)

    refused = api.mark_sent(target)
    assert (refused.exit_code, refused.written) == (ExitCode.PROBLEMS, [])
    assert [one.code for one in refused.problems] == ["LRT727"]
    assert "0001-Naam 1.docx" in told(refused)

    approve(mailing)  # as the remedy says
    run(mailing, target)
    assert api.mark_sent(target).exit_code is ExitCode.DONE


def test_one_letter_that_may_go_may_be_marked_beside_concepts(mailing: Path) -> None:
    target = mailing.parent / "uit"
    approve(mailing)
    run(mailing, target)
    change(mailing, "betreft: Proef", "betreft: Anders")
    run(mailing, target, only=["2"])

    assert api.mark_sent(target).exit_code is ExitCode.PROBLEMS


# --- every byte


def one_byte(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with one byte flipped, put in or taken out."""
    at, way = chance.randrange(len(data)), chance.randrange(3)
    if way == 0:
        return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    return data[:at] + (bytes([chance.randrange(256)]) + data[at:] if way == 1 else data[at + 1 :])


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """Return a mailing with every kind of file that can go into its letters."""
    path = make_mailing(tmp_path / "werk", 2, text=TEXT + " {{ tekst }}")
    folder = path.parent
    (folder / "huisstijl.yaml").write_text(HOUSE, encoding="utf-8")
    for name, colour in (("logo.png", "red"), ("kaart.png", "blue"), ("paraaf.png", "grey")):
        Image.new("RGB", (9, 9), colour).save(folder / name)
    (folder / "gemeenten.csv").write_text(REGISTER, encoding="utf-8")
    (folder / "tabel.csv").write_text("code;gemeente;taakstelling\nGM0363;Amsterdam;9\n")
    (folder / "lijst.csv").write_text(
        "code;gemeente;adres;postcode;plaats\nGM0363;Amsterdam;Straat 1;1011 AA;Amsterdam\n"
    )
    (folder / "rijen.csv").write_text("code;locatie\nGM0363;Noord\nGM0363;Zuid\n", "utf-8")
    more = (
        "taakstelling: {halfjaar: 2026-I, peildatum: 2025-01-01, totaal: 9, tabel: tabel.csv}\n"
        "groepeer: code\nrijen: rijen.csv\n"
        "tekst: |\n  Zie de kaart.\n\n  ![De kaart](kaart.png)\n"
    )
    signed = path.read_text(encoding="utf-8").replace(
        "naam: A}", "naam: A, handtekening: paraaf.png}"
    )
    path.write_text(signed + more, encoding="utf-8")
    return path


def files_of(path: Path) -> list[Path]:
    loaded, problems = load_mailing(path)
    assert loaded, problems
    return [file.path for file in list_files(loaded, path.with_name("brief.docx"))]


def test_every_file_that_a_run_reads_is_bound(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever adds a file to letters and not to the go-ahead is told so here."""
    opened: set[str] = set()
    whole = Path.open

    def watch(self: Path, *arguments: object, **options: object) -> object:
        opened.add(self.name)
        return whole(self, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", watch)
    outcome = run(full, full.parent / "uit")
    assert outcome.made == 1, outcome.problems

    there = {one.name for one in full.parent.iterdir() if one.is_file()}
    assert there & opened == {one.name for one in files_of(full)} == there


def test_a_thousand_changes_of_one_byte_all_void_it(full: Path) -> None:
    assert approve(full).exit_code is ExitCode.DONE, told(approve(full))
    loaded = load_mailing(full)[0]
    assert loaded
    template, chance = full.with_name("brief.docx"), random.Random(2025)
    files = files_of(full)
    assert len(files) == 10
    assert judge_approval(loaded, template).counts
    slipped = []
    for number in range(1000):
        file = chance.choice(files)
        data = file.read_bytes()
        other = one_byte(data, chance)
        file.write_bytes(other)
        if other != data and judge_approval(loaded, template).counts:
            slipped.append((number, file.name))
        file.write_bytes(data)
    assert slipped == []
    assert judge_approval(loaded, template).counts


def test_a_changed_byte_never_makes_a_letter_without_concept(full: Path) -> None:
    approve(full)
    chance = random.Random(7)
    for number in range(40):
        file = files_of(full)[number % 10]
        data = file.read_bytes()
        target = full.parent / "uit"
        other = one_byte(data, chance)
        file.write_bytes(other)
        run(full, target)
        made = texts(target)
        assert other == data or all("nog niet akkoord" in text for text in made)
        shutil.rmtree(target, ignore_errors=True)
        file.write_bytes(data)


def judge(path: Path) -> Approval:
    loaded, problems = load_mailing(path)
    assert loaded, problems
    return judge_approval(loaded, path.with_name("brief.docx"))


def test_other_files_and_another_place_do_not_void_it(full: Path, tmp_path: Path) -> None:
    approve(full)
    (full.parent / "notitie.txt").write_text("x", encoding="utf-8")
    (full.parent / "kaart2.png").write_bytes(b"x")
    run(full, full.parent / "uit")
    assert judge(full).counts

    moved = tmp_path / "elders" / "diep"
    shutil.copytree(full.parent, moved)
    assert judge(moved / "m.yaml").counts


def test_a_house_style_further_up_may_be_that(full: Path, tmp_path: Path) -> None:
    for name in ("huisstijl.yaml", "logo.png"):
        shutil.move(full.parent / name, tmp_path / name)
    approve(full)
    deeper = tmp_path / "een" / "twee"
    shutil.copytree(full.parent, deeper)
    assert judge(deeper / "m.yaml").counts


def test_other_line_ends_void_it(full: Path) -> None:
    approve(full)
    file = full.with_name("lijst.csv")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert not judge(full).counts


def test_two_pictures_that_change_places_void_it(full: Path) -> None:
    text = full.read_text(encoding="utf-8")
    full.write_text(f"{text}\n  ![Nog een](ander.png)\n", encoding="utf-8")
    one, other = full.with_name("kaart.png"), full.with_name("ander.png")
    Image.new("RGB", (9, 9), "green").save(other)
    approve(full)
    assert judge(full).counts
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert not judge(full).counts
