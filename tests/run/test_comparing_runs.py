"""What two runs of letters differ in: all and only the letters that do, text apart from layout."""

from __future__ import annotations

import json
import shutil
import time
from typing import TYPE_CHECKING

import docx
import pytest
from docx.shared import Pt
from mailing_making import run

from lrtdocs import api
from lrtdocs.run.folder.manifest import NAME
from lrtdocs.shipped import templates_folder
from lrtdocs.source.lists.register import load_register

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.run.documents.report import Told

MAILING = """\
sjabloon: brief
ontvangers: lijst.csv
dagtekening: 2025-03-19
betreft: Werksessie
onze_referentie: LRT-{volgnummer:04}
tekst: |
  U krijgt {bedrag} euro voor dit jaar, en dat is het.

  Komt u naar de werksessie?
ondertekening: {naam: A. Jansen}
"""
HEAD = "code;gemeente;postbus;postcode;plaats;bedrag"


def make_folder(folder: Path, number: int = 342) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    register = load_register()
    gemeenten = register.at(register.peildata[-1]).gemeenten[:number]
    rows = [
        f"{one.code};{one.naam};Postbus {at};1234 AB;Plaats;{at + 5000}"
        for at, one in enumerate(gemeenten, start=1)
    ]
    (folder / "lijst.csv").write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    path = folder / "m.yaml"
    path.write_text(MAILING, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a mailing of 342 letters, which are made in `eerst`."""
    path = make_folder(tmp_path_factory.mktemp("runs"))
    assert run(path, path.parent / "eerst").made == 342
    return path


@pytest.fixture
def mailing(first: Path, tmp_path: Path) -> Path:
    shutil.copytree(first.parent, tmp_path / "werk")
    return tmp_path / "werk" / "m.yaml"


def edit_rows(mailing: Path, rows: dict[int, tuple[str, str]]) -> list[str]:
    """Replace a text in each of `rows`, and return the files of the letters to them."""
    path = mailing.with_name("lijst.csv")
    lines = path.read_text(encoding="utf-8").split("\n")
    for at, (old, new) in rows.items():
        assert old in lines[at]
        lines[at] = lines[at].replace(old, new)
    path.write_text("\n".join(lines), encoding="utf-8")
    cells = [lines[at].split(";") for at in rows]
    return sorted(f"{code}-{name}.docx" for code, name, *_ in cells)


ELEVEN = {
    **{at: (f"Postbus {at};", f"Postbus {9000 + at};") for at in (3, 50, 117, 200)},
    **dict.fromkeys((7, 310), ("1234 AB", "1234 XY")),
    **{at: (f";{at + 5000}", f";{at + 7000}") for at in (1, 90, 91, 300, 342)},
}


def change_template(mailing: Path, *, word: bool) -> None:
    """Give the mailing a template of its own, with another word or another looks."""
    folder = mailing.parent / "sjablonen"
    folder.mkdir()
    template = docx.Document(str(templates_folder() / "brief.docx"))
    if word:
        found = [p for p in template.paragraphs if p.text == "Met vriendelijke groet,"]
        found[0].runs[0].text = "Met hartelijke groet,"
    else:
        template.styles["Body Text"].paragraph_format.space_after = Pt(19)
    template.save(str(folder / "brief.docx"))


def compare(mailing: Path, target: str = "daarna") -> list[Told]:
    outcome = run(mailing, mailing.parent / target)
    assert outcome.failed == 0, outcome.problems
    return api.compare(mailing.parent / "eerst", mailing.parent / target).differences


def files(told: list[Told], what: str = "tekst") -> list[str]:
    """Return the letters of which it is told that they differ in their text, or only in looks."""
    found = {
        file
        for one in told
        if (one.data["wat"] == what if "wat" in one.data else what == "tekst")
        for file in one.data["bestanden"]
    }
    return sorted(found)


def test_eleven_edits_of_342_are_all_and_only_the_letters_that_are_named(mailing: Path) -> None:
    edited = edit_rows(mailing, ELEVEN)
    assert run(mailing, mailing.parent / "daarna").made == 342
    start = time.perf_counter()

    told = api.compare(mailing.parent / "eerst", mailing.parent / "daarna").differences

    assert time.perf_counter() - start < 10
    assert (files(told), len(edited)) == (edited, 11)
    said = "\n".join(one.sentence for one in told)
    assert all(file in said for file in edited)
    assert "staat nu '1234 XY PLAATS'; dat was '1234 AB PLAATS'." in said


def test_a_word_of_the_template_is_told_once_and_the_edits_beside_it(mailing: Path) -> None:
    edited = edit_rows(mailing, ELEVEN)
    change_template(mailing, word=True)

    told = compare(mailing)

    whole = [one for one in told if len(one.data["bestanden"]) == 342]
    assert [one.sentence for one in whole] == [
        "In alle 342 brieven staat nu 'Met hartelijke groet,'; dat was 'Met vriendelijke groet,'."
    ]
    assert files([one for one in told if one not in whole]) == edited


def test_another_layout_is_told_apart_from_the_text(mailing: Path) -> None:
    edited = edit_rows(mailing, ELEVEN)
    change_template(mailing, word=False)

    told = compare(mailing)

    assert files(told) == edited
    looks = files(told, "opmaak")
    assert (len(looks), set(looks) & set(edited)) == (331, set())
    (line,) = [one.sentence for one in told if one.data.get("wat") == "opmaak"]
    assert line.startswith("331 brieven zien er alleen anders uit (sjabloon anders); de tekst is")


def test_what_is_another_thing_in_each_letter_is_told_as_one_place(tmp_path: Path) -> None:
    path = make_folder(tmp_path, 30)
    run(path, tmp_path / "eerst")
    edit_rows(path, {at: (f";{at + 5000}", f";{at + 8000}") for at in range(1, 31)})

    differences = compare(path)
    assert len(differences) == 1, [one.sentence for one in differences]
    (told,) = differences

    assert told.sentence.startswith(
        "In alle 30 brieven is 'U krijgt … euro voor dit' anders: GM0014-"
    )
    assert "'5001', nu '8001'" in told.sentence
    assert told.sentence.endswith("; en nog 10.")
    assert len(told.data["tekst"]) == 30


def test_a_word_in_a_sentence_that_has_another_amount_in_each_is_one_change(tmp_path: Path) -> None:
    path = make_folder(tmp_path, 12)
    run(path, tmp_path / "eerst")
    path.write_text(MAILING.replace("euro voor dit jaar", "euro voor elk jaar"), encoding="utf-8")

    differences = compare(path)
    assert len(differences) == 1, [one.sentence for one in differences]
    (told,) = differences

    assert told.sentence == (
        "In alle 12 brieven staat nu 'euro voor elk jaar, en dat …'; "
        "dat was 'euro voor dit jaar, en dat …'."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{0}\n\n  Neem een pas mee.\n", "In alle 5 brieven staat nu ook 'Neem een pas mee.'."),
        ("", "In alle 5 brieven staat niet meer 'Komt u naar de werksessie?'."),
    ],
)
def test_paragraphs_that_come_and_go(tmp_path: Path, text: str, sentence: str) -> None:
    path = make_folder(tmp_path, 5)
    run(path, tmp_path / "eerst")
    last = "  Komt u naar de werksessie?"
    path.write_text(MAILING.replace(last, text.format(last)), encoding="utf-8")

    assert sentence in [one.sentence for one in compare(path)]


def test_new_letters_gone_ones_and_other_names(tmp_path: Path) -> None:
    path = make_folder(tmp_path, 5)
    run(path, tmp_path / "eerst")
    lines = path.with_name("lijst.csv").read_text(encoding="utf-8").split("\n")
    gone = lines.pop(2)
    lines.insert(2, "GM0363;Amsterdam;Postbus 1;1011 AA;Amsterdam;9")
    path.with_name("lijst.csv").write_text("\n".join(lines), encoding="utf-8")

    said = [one.sentence for one in compare(path)]

    assert "1 brief is nieuw: GM0363-Amsterdam.docx." in said
    code, name, *_ = gone.split(";")
    assert f"1 brief is er niet meer: {code}-{name}.docx." in said


def test_files_with_another_name_and_number(tmp_path: Path) -> None:
    path = make_folder(tmp_path, 3)
    run(path, tmp_path / "eerst")
    path.write_text(f"{MAILING}bestandsnaam: brief-{{code}}\n", encoding="utf-8")
    lines = path.with_name("lijst.csv").read_text(encoding="utf-8").split("\n")
    lines[1], lines[2] = lines[2], lines[1]
    path.with_name("lijst.csv").write_text("\n".join(lines), encoding="utf-8")

    told = {one.data.get("wat", "tekst"): one.sentence for one in compare(path)}

    assert "GM0014-Groningen.docx heet nu brief-GM0014.docx" in told["hernoemd"]
    assert "2 brieven hebben een ander volgnummer: " in told["hernummerd"]
    assert "brief-GM0014.docx: 1, nu 2" in told["hernummerd"]
    assert "tekst" in told  # the reference has the number


def test_who_got_another_name_is_the_same_recipient(tmp_path: Path) -> None:
    path = make_folder(tmp_path, 0)
    head = "naam;adres;postcode;plaats;bedrag"
    rows = f"{head}\nJansen;Straat 1;1234 AB;Ede;1\nPot;Weg 2;1234 AB;Ede;1\n"
    path.with_name("lijst.csv").write_text(rows, encoding="utf-8")
    run(path, tmp_path / "eerst")
    path.with_name("lijst.csv").write_text(rows.replace("Jansen", "Janssen"), encoding="utf-8")

    told = compare(path)

    assert {one.data.get("wat", "tekst") for one in told} == {"tekst", "hernoemd"}


def test_a_letter_that_somebody_edited_is_told_with_what_it_says(mailing: Path) -> None:
    target = mailing.parent / "daarna"
    run(mailing, target)
    letter = target / "GM0363-Amsterdam.docx"
    document = docx.Document(str(letter))
    document.paragraphs[-1].runs[-1].text += " (waarnemend)"
    document.save(str(letter))

    said = [one.sentence for one in api.compare(mailing.parent / "eerst", target).differences]

    assert said == [
        "GM0363-Amsterdam.docx: er staat nu 'A. Jansen (waarnemend)'; dat was 'A. Jansen'.",
        "1 brief is bewerkt, in Word of een ander programma: GM0363-Amsterdam.docx.",
    ]


def test_letters_that_are_not_there_are_told(mailing: Path) -> None:
    target = mailing.parent / "daarna"
    run(mailing, target)
    (target / "GM0363-Amsterdam.docx").unlink()

    said = [one.sentence for one in api.compare(mailing.parent / "eerst", target).differences]

    assert said == ["1 brief staat niet meer in de map: GM0363-Amsterdam.docx."]


def test_a_folder_of_an_older_version_is_compared_as_well(mailing: Path) -> None:
    edited = edit_rows(mailing, ELEVEN)
    manifest = mailing.parent / "eerst" / NAME
    old = []
    for line in manifest.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        if "basis" in data or "kenmerken" in data:
            continue
        old.append({key: one for key, one in data.items() if key not in ("woorden", "aan")})
    manifest.write_text("".join(f"{json.dumps(one)}\n" for one in old), encoding="utf-8")

    assert files(compare(mailing)) == edited


def test_no_difference_is_no_sentence(mailing: Path) -> None:
    assert compare(mailing) == []


def test_letters_to_people_of_one_name_and_copies_of_one_letter_are_all_compared(
    tmp_path: Path,
) -> None:
    copies = "".join(
        f"  - {{naam: {name}, adres: Plein 1, postcode: 2511 CR, plaats: Den Haag}}\n"
        for name in ("de Raad", "de Bond")
    )
    path = make_folder(tmp_path, 1)
    path.write_text(f"{MAILING}kopie_aan:\n{copies}", encoding="utf-8")
    rows = ["Jan;Weg 1;1234 AB;Ede;10", "Jan;Weg 2;1234 AB;Ede;20", "Piet;Weg 3;1234 AB;Ede;30"]
    head = "naam;adres;postcode;plaats;bedrag"

    def make(name: str, lines: list[str]) -> Path:
        (tmp_path / "lijst.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")
        assert run(path, tmp_path / name, copies=True).made == 3
        return tmp_path / name

    before = make("eerst", rows)
    first = rows[0].replace("10", "11")
    now = make("daarna", [first, *rows[1:]])

    assert changed(before, now) == {"0001-Jan.docx"}
    folder = "afschriften"
    of_jan = {f"0001-Jan-afschrift-{name}.docx" for name in ("Raad", "Bond")}
    assert changed(before / folder, now / folder) == of_jan
    moved = make("anders", [rows[1], first, rows[2]])
    assert changed(before, moved) == {"0002-Jan.docx"}


def changed(before: Path, now: Path) -> set[str]:
    """Return the letters in which the amount of 10 is another one."""
    told = [one.data for one in api.compare(before, now).differences]
    texts = [one for one in told if any(part["nu"] == "11" for part in one.get("tekst", ()))]
    return {file for one in texts for file in one["bestanden"]}
