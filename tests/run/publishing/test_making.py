"""Publication copies on disk: which are made, what they hold, and which are refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from lrtdocs import api
from lrtdocs.errors import ExitCode
from lrtdocs.run.folder.names import is_edited
from lrtdocs.source.files import templates_folder

MEETING = """\
overleg: Overleg
datum: 2025-03-19
dagtekening: 2025-03-12
vastgesteld: 2025-06-18
aanwezig:
  - Mw. Jansen (AenM, voorzitter)
agendapunten:
  - titel: Opening
    verslag: De heer [De Vries]{weglaten=5.1.2e} opent.
"""
HOUSE = """\
afzenders: {a: {team: T}}
openbaar: {weglaten: {ambtenaar: 5.1.2e, burger: 5.1.2e}, tonen: [bewindspersoon, bestuurder]}
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "huisstijl.yaml").write_text(HOUSE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 1 January 2026
    return write(tmp_path / "2025-03-19-lrt.yaml", MEETING)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def made(path: Path, **options: bool) -> tuple[list[str], list[str], api.Outcome]:
    asked = api.PublishOptions(output=f"{path.parent / 'uit'}/", **options)
    outcome = api.publish([path], asked)
    names = [each.name for each in outcome.written]
    return names, [each.key for each in outcome.problems], outcome


def parts(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return "\n".join(
            package.read(name).decode("utf-8", "replace") for name in package.namelist()
        )


def test_agenda_and_minutes_are_made_without_what_is_left_out(path: Path) -> None:
    names, keys, outcome = made(path)

    assert names == ["2025-03-19-lrt-agenda-openbaar.docx", "2025-03-19-lrt-verslag-openbaar.docx"]
    assert (keys, outcome.exit_code) == ([], ExitCode.DONE)
    for each in outcome.written:
        assert not [word for word in ("Jansen", "De Vries", "weglaten=") if word in parts(each)]
        assert "[5.1.2e]" in parts(each)
        assert not is_edited(each)


def test_the_report_tells_what_where_and_why_and_never_the_words(path: Path) -> None:
    _, _, outcome = made(path)

    told = "\n".join(outcome.remarks)
    assert "naam van een aanwezige: 1 keer, 5.1.2e (regel 6)" in told
    assert "tekst bij agendapunt 1: 1 keer, 5.1.2e (regel 9)" in told
    assert "Jansen" not in told
    assert "De Vries" not in told


def test_made_again_the_copies_are_the_same_bytes(path: Path) -> None:
    first = [each.read_bytes() for each in made(path)[2].written]

    assert [each.read_bytes() for each in made(path)[2].written] == first


def test_the_name_of_the_file_may_hold_no_name(path: Path) -> None:
    named = path.with_name("overleg-de-vries.yaml")
    write(named, MEETING + "openbaar: {weglaten: {De Vries: 5.1.2e}}\n")

    assert made(named)[0][0] == "overleg-weggelaten-5.1.2e-agenda-openbaar.docx"


def test_a_concept_is_refused_unless_it_was_asked_for(path: Path) -> None:
    write(path, MEETING.replace("vastgesteld: 2025-06-18\n", ""))

    names, keys, outcome = made(path)
    assert names == ["2025-03-19-lrt-agenda-openbaar.docx"]
    assert (keys, outcome.exit_code) == (["LRT804.verslag"], ExitCode.PROBLEMS)
    assert made(path, concept=True)[0][1] == "2025-03-19-lrt-verslag-concept-openbaar.docx"


def test_a_marked_concept_is_refused_as_a_whole(path: Path) -> None:
    write(path, "rubricering: CONCEPT\n" + MEETING.replace("vastgesteld: 2025-06-18\n", ""))

    assert made(path)[:2] == ([], ["LRT804", "LRT804.verslag"])


def test_a_level_of_secrecy_is_refused_unless_it_was_asked_for(path: Path) -> None:
    write(path, f"rubricering: dep. vertrouwelijk\n{MEETING}")

    assert made(path)[:2] == ([], ["LRT803"])
    assert len(made(path, classified=True)[0]) == 2


def test_a_paper_of_over_five_years_old_asks_a_reason(path: Path) -> None:
    old = MEETING.replace("2025-03-19", "2020-12-31").replace("2025-03-12", "2020-12-24")
    assert made(write(path, old))[:2] == ([], ["LRT809"])

    reason = "openbaar: {reden: De zaak loopt nog.}\n"
    assert len(made(write(path, old + reason))[0]) == 2
    younger = old.replace("2020-12-31", "2021-01-01").replace("2020-12-24", "2021-01-01")
    assert len(made(write(path, younger))[0]) == 2


def test_absolute_grounds_ask_no_reason(path: Path) -> None:
    old = MEETING.replace("2025-03-19", "2019-01-01").replace("2025-03-12", "2019-01-01")
    old = old.replace("5.1.2e", "5.1.1d").replace("Mw. Jansen (AenM, voorzitter)", "BZK")

    assert len(made(write(path, old))[0]) == 2


def test_what_was_judged_not_to_be_public_is_not_made(path: Path) -> None:
    names, keys, outcome = made(write(path, f"{MEETING}openbaar: {{beoordeling: niet}}\n"))

    assert (names, keys) == ([], [])
    assert "niet openbaar" in outcome.remarks[0]


def test_public_with_something_left_out_is_a_contradiction(path: Path) -> None:
    names, keys, _ = made(write(path, f"{MEETING}openbaar: {{beoordeling: openbaar}}\n"))

    assert (names, keys) == ([], ["LRT807.openbaar"])


def test_partly_public_with_nothing_left_out_is_odd(path: Path) -> None:
    text = MEETING.replace("[De Vries]{weglaten=5.1.2e}", "A").replace("Mw. Jansen", "Minister B")
    names, keys, _ = made(write(path, f"{text}openbaar: {{beoordeling: deels}}\n"))

    assert (len(names), keys) == (2, ["LRT807.deels"])


def test_words_that_stand_nowhere_are_told(path: Path) -> None:
    text = f"{MEETING}openbaar: {{weglaten: {{De Vries: 5.1.2e, Nergens: 5.1.2e}}}}\n"
    _, keys, outcome = made(write(path, text))

    assert keys == ["LRT808"]
    assert "Nergens" not in str(outcome.problems[0])


def test_without_a_table_it_is_told_that_somebody_must_decide(path: Path) -> None:
    write(path.with_name("huisstijl.yaml"), "afzenders: {a: {team: T}}\n")

    assert made(path)[1] == ["LRT806"]


def test_without_a_house_style_it_is_told_how_to_begin_one_that_will_do(path: Path) -> None:
    path.with_name("huisstijl.yaml").unlink()
    _, keys, outcome = made(path)
    assert keys == ["LRT806.geen"]
    remedy = str(outcome.problems[0].remedy)
    typed = remedy.split("zet dat erin: ")[1]
    house = Path(remedy.split(" -o ")[1].split(". ", maxsplit=1)[0])
    assert house == path.with_name("huisstijl.yaml")
    api.start_file("huisstijl", house)
    write(house, f"{house.read_text(encoding='utf-8')}\n{typed}\n")

    assert made(path)[1] == []


def test_a_kind_that_is_both_shown_and_left_out_is_told(path: Path) -> None:
    house = HOUSE.replace("burger: 5.1.2e}", "burger: 5.1.2e, bestuurder: 5.1.2e}")
    write(path.with_name("huisstijl.yaml"), house)

    assert made(path)[1] == ["LRT806.beide"]


def test_a_file_with_errors_is_told_and_not_made(path: Path) -> None:
    names, keys, outcome = made(write(path, MEETING.replace("5.1.2e}", "5.1.2x}")))

    assert (names, keys, outcome.exit_code) == ([], ["LRT800"], ExitCode.PROBLEMS)


def test_a_paper_in_which_a_template_says_what_is_left_out_is_not_made(path: Path) -> None:
    folder = path.with_name("sjablonen")
    folder.mkdir()
    template = docx.Document(str(templates_folder() / "verslag.docx"))
    template.sections[0].header.add_paragraph("Vragen? Bel mevrouw Jansen.")
    template.save(str(folder / "verslag.docx"))

    names, keys, outcome = made(path)

    assert names == ["2025-03-19-lrt-agenda-openbaar.docx"]
    assert (set(keys), outcome.exit_code) == ({"LRT830.maak"}, ExitCode.PROBLEMS)
    told = str(outcome.problems[0])
    assert "koptekst" in told
    assert "eigen sjabloon" in told
    assert "Jansen" not in told
    write(path, MEETING + 'openbaar: {toelaten: ["Bel mevrouw Jansen"]}\n')
    assert made(path)[1] == []


def test_the_house_style_is_called_the_same_in_each_message(path: Path) -> None:
    write(path.with_name("huisstijl.yaml"), "afzenders: {a: {team: T}}\n")

    outcome = api.publish([path], api.PublishOptions(package="uit.zip"))

    told = {each.code: each.place.file for each in outcome.problems}
    assert (told["LRT806"], told["LRT851"]) == ("huisstijl.yaml", "huisstijl.yaml")


def test_a_name_in_a_text_is_told_where_it_was_typed_and_the_paper_is_made(path: Path) -> None:
    write(path, MEETING.replace("opent.", "opent, en Jansen sluit."))

    names, keys, _ = made(path)

    assert (len(names), keys) == (2, ["LRT820"])


def test_a_level_of_secrecy_and_a_reason_each_have_their_own_place(path: Path) -> None:
    old = MEETING.replace("2025-03-19", "2019-01-01").replace("2025-03-12", "2019-01-01")
    write(path, f"rubricering: dep. vertrouwelijk\n{old}openbaar: {{beoordeling: deels}}\n")

    lines = {each.code: each.place.line for each in made(path)[2].problems}

    assert lines == {"LRT803": 1, "LRT809": 11}
