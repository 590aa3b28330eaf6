"""What there is to decide of a publication: found, and decided in the text of the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lrtdocs import api
from lrtdocs.api.publishing import Answer, Decision, PublishOptions, Review, decide, review
from lrtdocs.errors import ProblemsFoundError
from lrtdocs.model.openbaar.vermoeden import Soort

HOUSE = "afzenders: {a: {team: T}}\nopenbaar: {weglaten: {ambtenaar: 5.1.2e, burger: 5.1.2e}}\n"
MEETING = """\
# van ons
overleg: Regietafel
datum: 2026-03-19
dagtekening: 2026-03-12
vastgesteld: 2026-06-18
aanwezig:
  - Mw. Uitermark (AenM, voorzitter)   # zit voor
  - {aanhef: Dhr., naam: Groothuis, organisatie: VNG, publiek: ja}
agendapunten:
  - titel: Opening door mevrouw Pietersen
    verslag: |
      - Mevrouw Uitermark opent. Bel haar op 06-12345678. Dat mag.
      - Bel anders 06-12345678, of mail naar **j.jansen@voorbeeld.nl**.

      Meer bij [de website](mailto:info@voorbeeld.nl), zegt [Kok]{weglaten=5.1.2b}.
    actiepunten:
      - {wat: De heer Verhoeven bellen, wie: VNG, gereed: 2026-05-01}
  - titel: Geheim
    vertrouwelijk: 5.1.2h
    verslag: De kluis staat open.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "huisstijl.yaml").write_text(HOUSE, encoding="utf-8")
    path = tmp_path / "tafel.yaml"
    path.write_text(MEETING, encoding="utf-8")
    return path


def _words(seen: Review) -> list[str]:
    return [one.context.words for one in seen.suggestions]


def _decide(path: Path, answer: Answer, *words: str, grond: str = "") -> Review:
    """Give `answer` to all suggestions with these `words`, and return what is there to see then."""
    text = path.read_text(encoding="utf-8")
    chosen = [one for one in review(path).suggestions if one.context.words in words]
    made = decide(path, text, [Decision(one.key, answer, grond) for one in chosen])
    assert (made.problems, made.done) == ([], len(chosen))
    path.write_text(made.text, encoding="utf-8")
    return review(path)


def _take_back(path: Path, *keys: str) -> Review:
    text = path.read_text(encoding="utf-8")
    made = decide(path, text, [Decision(key, Answer.TERUG) for key in keys])
    assert made.problems == []
    path.write_text(made.text, encoding="utf-8")
    return review(path)


def test_a_suggestion_says_where_it_stands_in_its_sentence(path: Path) -> None:
    one = next(one for one in review(path).suggestions if one.soort is Soort.TELEFOON)

    assert one.context == ("Bel haar op ", "06-12345678", ".")
    assert (one.place.line, one.place.column) == (12, 46)
    assert (one.what, one.grond) == ("tekst bij agendapunt 1", "5.1.2e")
    assert one.loc == ("agendapunten", 0, "verslag")


def test_what_is_marked_in_a_sentence_is_not_told_again(path: Path) -> None:
    one = next(one for one in review(path).suggestions if "info@" in one.context.words)

    assert one.context.behind == "), zegt [weggelaten]."


@pytest.mark.parametrize(
    "words", ["Pietersen", "06-12345678", "j.jansen@voorbeeld.nl", "Verhoeven"]
)
def test_what_is_confirmed_is_marked_where_it_stands_and_nothing_else_changes(
    path: Path, words: str
) -> None:
    before = path.read_text(encoding="utf-8")

    seen = _decide(path, Answer.HIER, words, grond="5.1.2i")

    marked = f"[{words}]{{weglaten=5.1.2i}}"
    assert path.read_text(encoding="utf-8").replace('"', "").replace(marked, words) == before
    assert words not in _words(seen)
    assert any(one.words == words and one.grond == "5.1.2i" for one in seen.left_out)


def test_one_of_two_is_confirmed_and_the_other_is_still_there(path: Path) -> None:
    numbers = [one for one in review(path).suggestions if one.context.words == "06-12345678"]

    made = decide(path, path.read_text(encoding="utf-8"), [Decision(numbers[1].key, Answer.HIER)])

    assert "- Bel anders [06-12345678]{weglaten=5.1.2e}" in made.text
    assert "haar op 06-12345678." in made.text
    assert [one.key for one in review(path, made.text).suggestions if one.soort is Soort.TELEFOON]


def test_words_are_left_out_anywhere_by_a_block_that_was_not_there(path: Path) -> None:
    seen = _decide(path, Answer.OVERAL, "06-12345678")

    assert path.read_text(encoding="utf-8").startswith(MEETING)
    assert path.read_text(encoding="utf-8").endswith(
        "openbaar:\n  weglaten:\n    06-12345678: 5.1.2e\n"
    )
    assert "06-12345678" not in _words(seen)


def test_what_may_stay_is_no_suggestion_any_more(path: Path) -> None:
    seen = _decide(path, Answer.TOELATEN, "06-12345678", "j.jansen@voorbeeld.nl")
    seen = _decide(path, Answer.TOELATEN, "Pietersen")

    assert [one.words for one in seen.allowed] == [
        "06-12345678",
        "j.jansen@voorbeeld.nl",
        "Pietersen",
    ]
    assert not {one.words for one in seen.allowed} & {*_words(seen)}


def test_a_name_that_may_stay_is_told_to_be_shown_elsewhere(path: Path) -> None:
    one = next(one for one in review(path).suggestions if one.soort is Soort.WEGGELATEN)

    made = decide(path, MEETING, [Decision(one.key, Answer.TOELATEN)])

    assert (one.context.words, made.shown) == ("Uitermark", 1)


def test_an_address_in_a_link_cannot_be_marked_and_can_be_left_out_anywhere(path: Path) -> None:
    one = next(one for one in review(path).suggestions if "info@" in one.context.words)

    made = decide(path, MEETING, [Decision(one.key, Answer.HIER)])

    assert made.text == MEETING
    assert [each.key for each in made.problems] == ["LRT940"]
    assert one.context.words not in _words(_decide(path, Answer.OVERAL, one.context.words))


def test_of_many_those_that_cannot_be_are_told_and_the_others_made(path: Path) -> None:
    mails = [one for one in review(path).suggestions if one.soort is Soort.MAIL]

    made = decide(path, MEETING, [Decision(one.key, Answer.HIER) for one in mails])

    assert (made.done, [each.key for each in made.problems]) == (1, ["LRT940"])
    assert "**[j.jansen@voorbeeld.nl]{weglaten=5.1.2e}**" in made.text


def test_a_decision_about_what_is_gone_is_told(path: Path) -> None:
    made = decide(path, MEETING, [Decision("0" * 16, Answer.HIER)])

    assert (made.text, [each.key for each in made.problems]) == (MEETING, ["LRT941"])


def test_everything_that_is_left_out_tells_by_what(path: Path) -> None:
    found = {one.words: (one.said.name, one.grond) for one in review(path).left_out}

    assert found["Kok"] == ("MERK", "5.1.2b")
    assert found["Mw. Uitermark"] == ("TABEL", "5.1.2e")
    assert found["Geheim"] == ("KEUZE", "5.1.2h")


def test_all_that_was_said_can_be_taken_back_until_the_file_is_as_it_was(path: Path) -> None:
    _decide(path, Answer.HIER, "Pietersen", "06-12345678")
    _decide(path, Answer.OVERAL, "j.jansen@voorbeeld.nl")
    seen = _decide(path, Answer.TOELATEN, "Verhoeven")

    keys = {one.key for one in seen.left_out if one.key and one.words != "Kok"}
    seen = _take_back(path, *(key for key in keys if key not in _keys(path, "Geheim")))
    seen = _take_back(path, *(one.key for one in seen.allowed))

    assert path.read_text(encoding="utf-8").startswith(MEETING)
    assert "Pietersen" in _words(seen)


def _keys(path: Path, words: str) -> set[str]:
    return {one.key for one in review(path).left_out if one.words == words}


def test_an_item_that_is_confidential_can_be_shown_again(path: Path) -> None:
    seen = _take_back(path, *_keys(path, "Geheim"))

    assert path.read_text(encoding="utf-8") == MEETING.replace("    vertrouwelijk: 5.1.2h\n", "")
    assert "Geheim" not in {one.words for one in seen.left_out}


def test_a_list_of_what_may_stay_that_was_typed_as_text_is_kept(path: Path) -> None:
    path.write_text(f"{MEETING}openbaar:\n  toelaten: info@voorbeeld.nl\n", encoding="utf-8")

    seen = _decide(path, Answer.TOELATEN, "06-12345678")
    assert [one.words for one in seen.allowed] == ["info@voorbeeld.nl", "06-12345678"]

    path.write_text(f"{MEETING}openbaar:\n  toelaten: info@voorbeeld.nl\n", encoding="utf-8")
    seen = _take_back(path, review(path).allowed[0].key)
    assert seen.allowed == []
    assert "info@voorbeeld.nl" in _words(seen)


def test_a_file_with_errors_has_only_those(path: Path) -> None:
    path.write_text(MEETING.replace("2026-03-19", "morgen"), encoding="utf-8")

    seen = review(path)

    assert not seen.readable
    assert [one.place.line for one in seen.problems] == [3]
    with pytest.raises(ProblemsFoundError):
        decide(path, path.read_text(encoding="utf-8"), [])


def test_after_all_decisions_the_copy_is_made_and_its_proof_is_clean(path: Path) -> None:
    for _ in range(5):
        seen = review(path)
        for one in seen.suggestions:
            answer = Answer.HIER if "info@" not in one.context.words else Answer.OVERAL
            if any(each.key == one.key for each in review(path).suggestions):
                made = decide(path, path.read_text(encoding="utf-8"), [Decision(one.key, answer)])
                path.write_text(made.text, encoding="utf-8")
    assert review(path).suggestions == []

    folder = path.parent / "uit"
    made = api.publish([path], PublishOptions(output=str(folder), html=True))
    proof = api.prove_copy(folder, [path])

    assert len(made.written) == 4
    assert [one.code for one in proof.problems if one.severity == "fout"] == []
    assert not any(one.code in {"LRT820", "LRT821"} for one in made.problems)


def test_letters_are_reviewed_by_what_they_share(tmp_path: Path) -> None:
    for name in ("brief.yaml", "ontvangers-brief.csv", "huisstijl.yaml"):
        shutil.copy(Path("examples") / name, tmp_path)
    path = tmp_path / "brief.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("tekst: |\n", "tekst: |\n  Bel 06-12345678.\n\n", 1), encoding="utf-8"
    )
    seen = review(path)

    assert seen.is_mailing
    assert "06-12345678" in _words(seen)
    assert "06-12345678" not in _words(_decide(path, Answer.HIER, "06-12345678"))


def test_the_example_has_nothing_left_to_decide() -> None:
    seen = review(Path("examples/openbaar/2026-10-07-opvang.yaml"))

    assert seen.suggestions == []
    assert {one.said.name for one in seen.left_out} == {"MERK", "OVERAL", "KEUZE", "TABEL"}
