"""Letters that went out are never written over; later ones come beside them."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.shared import Pt
from docx_making import new_document
from mailing_making import make_mailing, run, snapshot, write_list

from lrtdocs import api
from lrtdocs.errors import ExitCode
from lrtdocs.run.documents.report import Options
from lrtdocs.run.folder.manifest import read_made, still_sent

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.api import Outcome

DAY = date(2025, 6, 12)


@pytest.fixture
def mailing(tmp_path: Path) -> Path:
    return make_mailing(tmp_path, 3)


def send(folder: Path, day: date = DAY, **told: Any) -> Outcome:
    return api.mark_sent(folder, (), day, **told)


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "lijst.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def letters(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.docx"))


@pytest.fixture
def sent(mailing: Path) -> Path:
    target = mailing.parent / "uit"
    run(mailing, target)
    assert send(target).exit_code is ExitCode.DONE
    return target


def test_the_manifest_tells_what_went_out_and_on_which_day(mailing: Path, sent: Path) -> None:
    records = read_made(sent).sent

    assert [(each.verzonden, each.nummer) for each in records] == [
        ("2025-06-12", 1), ("2025-06-12", 2), ("2025-06-12", 3),
    ]  # fmt: skip
    assert len(read_made(sent).sent) == 3


def test_a_day_that_is_still_to_come_is_told(mailing: Path) -> None:
    target = mailing.parent / "uit"
    run(mailing, target)
    told = send(target, date(2999, 1, 1), only=["1"]).problems
    assert [(one.key, "1 januari 2999" in one.message) for one in told] == [("LRT089.later", True)]
    assert send(target, date(2999, 1, 1), only=["1"], back=True).problems == []
    assert send(target, DAY, only=["1"]).problems == []


def test_sending_again_changes_nothing_and_says_so(sent: Path) -> None:
    before = snapshot(sent)

    outcome = send(sent)

    assert (outcome.written, snapshot(sent)) == ([], before)
    assert "Er is niets veranderd." in outcome.remarks[0]


def test_letters_that_did_not_change_stay_as_they_are(mailing: Path, sent: Path) -> None:
    before = snapshot(sent)

    outcome = run(mailing, sent)

    assert (outcome.same, outcome.made) == (3, 0)
    assert snapshot(sent) == before


def test_a_letter_that_changed_comes_beside_the_one_that_went_out(
    mailing: Path, sent: Path
) -> None:
    before = (sent / "0002-Naam 2.docx").read_bytes()
    change(mailing.parent, "Naam 2;Straat 2;1234 AB;Plaats", "Naam 2;Straat 2;1234 AB;Elders")

    outcome = run(mailing, sent)

    assert (outcome.same, outcome.made) == (2, 1)
    assert letters(sent) == [
        "0001-Naam 1.docx", "0002-Naam 2-v2.docx", "0002-Naam 2.docx", "0003-Naam 3.docx",
    ]  # fmt: skip
    assert (sent / "0002-Naam 2.docx").read_bytes() == before
    assert (
        "te Elders, nummer 2" in docx.Document(str(sent / "0002-Naam 2-v2.docx")).paragraphs[0].text
    )


def test_a_version_that_did_not_go_out_is_replaced_and_one_that_did_is_not(
    mailing: Path, sent: Path
) -> None:
    change(mailing.parent, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")
    run(mailing, sent)
    change(mailing.parent, "Straat 2;1234 AB;Elders", "Straat 2;1234 AB;Overal")
    assert run(mailing, sent).made == 1
    assert letters(sent).count("0002-Naam 2-v2.docx") == len(letters(sent)) - 3 == 1
    assert run(mailing, sent).same == 3
    send(sent)
    change(mailing.parent, "Straat 2;1234 AB;Overal", "Straat 2;1234 AB;Ergens")

    run(mailing, sent)

    assert [name for name in letters(sent) if "Naam 2" in name] == [
        "0002-Naam 2-v2.docx", "0002-Naam 2-v3.docx", "0002-Naam 2.docx",
    ]  # fmt: skip


def test_a_template_that_was_saved_anew_makes_no_new_versions(mailing: Path, sent: Path) -> None:
    before = letters(sent)
    template = docx.Document(str(mailing.parent / "brief.docx"))
    template.add_paragraph("{% if false %}x{% endif %}")
    template.save(str(mailing.parent / "brief.docx"))
    template = docx.Document(str(mailing.parent / "brief.docx"))
    paragraph = template.paragraphs[-1]._p
    paragraph.getparent().remove(paragraph)
    template.save(str(mailing.parent / "brief.docx"))

    run(mailing, sent)

    assert letters(sent) == before


def save_template(folder: Path, *texts: str, size: int = 11) -> None:
    document = new_document()
    for text in texts:
        document.add_paragraph(text)
    document.styles["Normal"].font.size = Pt(size)
    document.save(str(folder / "brief.docx"))


TEXT = "Aan {{ naam }} te {{ plaats }}, nummer {{ volgnummer }}"
REPLACES = (
    "{%p if vervangt %}",
    "Vervangt {{ vervangt.datum | datum }}, {{ vervangt.kenmerk }}",
    "{%p endif %}",
)


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_another_text_in_the_template_makes_a_version_of_each(mailing: Path, sent: Path) -> None:
    before = {name: (sent / name).read_bytes() for name in letters(sent)}
    save_template(mailing.parent, TEXT, *REPLACES, "Tot ziens")

    assert run(mailing, sent).made == 3
    assert len(letters(sent)) == 6
    assert {name: (sent / name).read_bytes() for name in before} == before


@pytest.mark.parametrize("switches", [{}, {"again": True}, {"overwrite": True}])
def test_another_layout_date_or_version_of_lrtdocs_makes_none(
    mailing: Path, sent: Path, switches: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: (sent / name).read_bytes() for name in letters(sent)}
    save_template(mailing.parent, TEXT, *REPLACES, size=14)
    change_mailing(mailing, "dagtekening: 2025-03-19", "dagtekening: 2025-06-20")
    monkeypatch.setattr("lrtdocs.run.letters.job.maker", lambda: ("9.9", "x"))

    for _ in range(2):
        outcome = run(mailing, sent, **switches)
        assert (outcome.same, outcome.made, outcome.failed) == (3, 0, 0)

    assert {name: (sent / name).read_bytes() for name in letters(sent)} == before


def change_mailing(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_version_names_the_letter_it_replaces_and_bears_the_day_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_mailing(tmp_path, 2, 'onze_referentie: "K-{volgnummer:03}"\n')
    save_template(tmp_path, TEXT, *REPLACES, "{{ dagtekening | datum }} {{ onze_referentie }}")
    target = tmp_path / "uit"
    run(path, target)
    send(target)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2025, 6, 20, tzinfo=UTC).timestamp())))
    change(tmp_path, "Naam 1;Straat 1;1234 AB;Plaats", "Naam 1;Straat 1;1234 AB;Elders")

    outcome = run(path, target)

    second = target / "0001-Naam 1-v2.docx"
    assert text_of(second).split("\n")[1:] == [
        "Vervangt 19 maart 2025, K-001", "20 juni 2025 K-001",
    ]  # fmt: skip
    assert "Ernaast staat een nieuwe versie: 0001-Naam 1-v2.docx" in outcome.remarks[0]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2025, 6, 25, tzinfo=UTC).timestamp())))
    assert run(path, target).same == 2
    send(target, only=["1"])
    change(tmp_path, "1234 AB;Elders", "1234 AB;Overal")
    run(path, target)
    assert text_of(target / "0001-Naam 1-v3.docx").split("\n")[1:] == [
        "Vervangt 20 juni 2025, K-001", "25 juni 2025 K-001",
    ]  # fmt: skip
    change_mailing(path, "dagtekening: 2025-03-19", "dagtekening: 2025-07-01")
    run(path, target)
    assert "1 juli 2025 K-001" in text_of(target / "0001-Naam 1-v3.docx")
    assert "19 maart 2025" in text_of(target / "0002-Naam 2.docx")


def test_a_version_is_not_dated_before_the_letter_it_replaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_mailing(tmp_path, 1)
    save_template(tmp_path, TEXT, *REPLACES, "{{ dagtekening | datum }}")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2025, 3, 18, tzinfo=UTC).timestamp())))
    run(path, tmp_path / "uit")
    send(tmp_path / "uit")
    change(tmp_path, "1234 AB;Plaats", "1234 AB;Elders")
    run(path, tmp_path / "uit")
    assert text_of(tmp_path / "uit" / "0001-Naam 1-v2.docx").endswith("19 maart 2025")


def test_who_gets_another_name_gets_a_version_that_says_so(mailing: Path, sent: Path) -> None:
    save_template(mailing.parent, TEXT, *REPLACES)
    before = (sent / "0002-Naam 2.docx").read_bytes()
    change(mailing.parent, "Naam 2;", "Naam Twee;")

    outcome = run(mailing, sent)

    assert (outcome.made, [each.code for each in outcome.problems]) == (1, [])
    assert "Vervangt 19 maart 2025" in text_of(sent / "0002-Naam Twee-v2.docx")
    assert (sent / "0002-Naam 2.docx").read_bytes() == before
    assert run(mailing, sent).same == 3
    change(mailing.parent, "Naam Twee;", "Naam 2;")
    outcome = run(mailing, sent)
    assert outcome.same == 3
    assert {"LRT710"} == {each.code for each in outcome.problems}


def test_a_version_that_is_not_needed_any_more_is_told(mailing: Path, sent: Path) -> None:
    save_template(mailing.parent, TEXT, *REPLACES)
    change(mailing.parent, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")
    run(mailing, sent)
    change(mailing.parent, "Straat 2;1234 AB;Elders", "Straat 2;1234 AB;Plaats")

    for _ in range(2):
        outcome = run(mailing, sent)
        assert (outcome.same, [each.code for each in outcome.problems]) == (3, ["LRT752"])

    assert read_made(sent).current[2].bestand == "0002-Naam 2.docx"


def test_a_letter_does_not_take_the_name_of_one_that_went_to_somebody_else(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, 1, "bestandsnaam: '{plaats}'\n")
    save_template(tmp_path, TEXT, *REPLACES)
    target = tmp_path / "uit"
    run(path, target)
    send(target)
    before = (target / "Plaats.docx").read_bytes()
    moved = "Naam 1;Straat 1;1234 AB;Elders;10\n"
    write_list(tmp_path, [moved, "Naam 2;Straat 2;1234 AB;Plaats;10\n"])

    outcome = run(path, target)

    assert (outcome.made, outcome.failed) == (1, 1)
    assert [(each.code, each.fields["number"]) for each in outcome.problems] == [("LRT750", 1)]
    assert (target / "Plaats.docx").read_bytes() == before
    assert "Vervangt 19 maart 2025" in text_of(target / "Elders-v2.docx")
    change_mailing(path, "'{plaats}'", "'{volgnummer:04}-{naam}'")
    assert run(path, target).failed == 0


def test_many_versions_are_told_before_any_is_made(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, 24)
    save_template(tmp_path, TEXT, *REPLACES)
    target = tmp_path / "uit"
    run(path, target)
    send(target)
    save_template(tmp_path, TEXT, *REPLACES, "Tot ziens")
    change(tmp_path, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")
    before = snapshot(target)

    outcome = run(path, target)

    (problem,) = outcome.problems
    assert problem.message.startswith(
        "24 van de 24 verzonden brieven zouden nu iets anders zeggen: 23 sjabloon anders en 1 "
    )
    assert "--alleen 1-24" in (problem.remedy or "")
    assert len(letters(target)) == 24
    assert [name for name in before if before[name] != snapshot(target)[name]] in (
        [], ["manifest.jsonl"],
    )  # fmt: skip
    assert problem in api.check(path)
    assert run(path, target, only=["2"]).made == 1
    assert run(path, target, only=["1-24"]).made == 23
    assert run(path, target).same == 24


def test_a_template_that_does_not_say_what_a_letter_replaces_is_told(
    mailing: Path, sent: Path
) -> None:
    change(mailing.parent, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")

    assert [each.key for each in run(mailing, sent).problems] == ["LRT753.zonder"]


def test_an_edited_letter_that_went_out_gets_no_version_without_the_edit_by_itself(
    mailing: Path,
) -> None:
    target = mailing.parent / "uit"
    save_template(mailing.parent, TEXT, *REPLACES)
    run(mailing, target)
    letter = target / "0002-Naam 2.docx"
    document = docx.Document(str(letter))
    document.add_paragraph("Met de hand")
    document.save(str(letter))
    send(target)
    edited = letter.read_bytes()
    change(mailing.parent, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")

    for _ in range(2):
        outcome = run(mailing, target)
        assert [each.key for each in outcome.problems] == ["LRT707.verzonden"]
        assert len(letters(target)) == 3
    run(mailing, target, only=["2"], overwrite=True)

    assert "te Elders" in text_of(target / "0002-Naam 2-v2.docx")
    assert letter.read_bytes() == edited
    assert run(mailing, target).same == 3


def test_a_sent_letter_that_was_changed_or_lost_is_told_and_not_made_otherwise(
    mailing: Path, sent: Path
) -> None:
    (sent / "0001-Naam 1.docx").write_bytes(b"anders")
    before = (sent / "0002-Naam 2.docx").read_bytes()
    (sent / "0002-Naam 2.docx").unlink()
    (sent / "0003-Naam 3.docx").unlink()
    change(mailing.parent, "Straat 3;1234 AB;Plaats", "Straat 3;1234 AB;Plaats ")
    save_template(mailing.parent, TEXT, *REPLACES)

    outcome = run(mailing, sent)

    assert [each.key for each in outcome.problems] == [
        "LRT751.anders", "LRT751.weg", "LRT751.weg",
    ]  # fmt: skip
    assert letters(sent) == ["0001-Naam 1.docx"]
    assert (sent / "0001-Naam 1.docx").read_bytes() == b"anders"
    save_template(mailing.parent, TEXT)
    run(mailing, sent)
    assert before


def test_a_pdf_that_went_out_is_not_made_again(mailing: Path) -> None:
    target = mailing.parent / "uit"
    run(mailing, target)
    (target / "0001-Naam 1.pdf").write_bytes(b"%PDF- uit Word")
    send(target)
    before = snapshot(target)

    run(mailing, target, pdf=True)

    assert snapshot(target)["0001-Naam 1.pdf"] == before["0001-Naam 1.pdf"]


def test_lines_of_an_older_run_still_count(mailing: Path, sent: Path) -> None:
    """They told no text, no date and no address."""
    path = sent / "manifest.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    old = [
        {name: value for name, value in line.items() if name not in {"aan", "tekst", "sleutel"}}
        for line in lines
    ]
    old[0]["formaat"] = 1
    path.write_text("".join(json.dumps(line) + "\n" for line in old), encoding="utf-8")
    before = letters(sent)
    save_template(mailing.parent, TEXT, *REPLACES, size=14)
    change(mailing.parent, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")

    outcome = run(mailing, sent)

    assert (outcome.same, outcome.made) == (2, 1)
    assert letters(sent) == [before[0], "0002-Naam 2-v2.docx", *before[1:]]
    assert "Vervangt 19 maart 2025" in text_of(sent / "0002-Naam 2-v2.docx")


def test_an_edited_letter_that_went_out_is_not_written_over(mailing: Path) -> None:
    target = mailing.parent / "uit"
    run(mailing, target)
    letter = target / "0001-Naam 1.docx"
    document = docx.Document(str(letter))
    document.add_paragraph("Met de hand")
    document.save(str(letter))
    edited = letter.read_bytes()
    send(target)

    assert run(mailing, target).edited == 1
    run(mailing, target, overwrite=True)

    assert letter.read_bytes() == edited
    assert "0001-Naam 1-v2.docx" in letters(target)


def test_a_run_that_is_broken_off_still_knows_what_went_out(mailing: Path, sent: Path) -> None:
    change(mailing.parent, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")
    run(mailing, sent)
    run(mailing, sent, again=True)

    assert [each.bestand for each in read_made(sent).sent] == [
        "0001-Naam 1.docx", "0002-Naam 2.docx", "0003-Naam 3.docx",
    ]  # fmt: skip
    assert len(letters(sent)) == 4


def test_a_folder_without_letters_is_told(tmp_path: Path) -> None:
    assert [each.code for each in send(tmp_path).problems] == ["LRT748"]


def test_the_manifest_tells_who_got_it_by_what_and_what_it_said(mailing: Path, sent: Path) -> None:
    send(sent, how="post", only=["2"])

    (record,) = [each for each in read_made(sent).sent if each.hoe]

    assert (record.nummer, record.hoe, record.bladzijden) == (2, "post", 0)
    assert record.aan.adres == ("Naam 2", "Straat 2", "1234 AB  PLAATS")
    assert (record.aan.naam, record.aan.dagtekening) == ("Naam 2", "2025-03-19")
    assert len(record.tekst) == 32
    run(mailing, sent)
    assert record in read_made(sent).sent


def test_a_letter_that_went_by_post_and_by_mail_has_two_lines(sent: Path) -> None:
    send(sent, how="post", only=["1", "Naam 3"])
    again = send(sent, how="post", only=["1"])
    send(sent, date(2025, 6, 14), how="mail", only=["3"])

    told = [(each.nummer, each.hoe, each.verzonden) for each in read_made(sent).sent if each.hoe]

    assert told == [
        (1, "post", "2025-06-12"), (3, "post", "2025-06-12"), (3, "mail", "2025-06-14"),
    ]  # fmt: skip
    assert "Er is niets veranderd." in again.remarks[0]


def test_letters_that_went_out_are_not_told_by_mail_unless_they_are_named(
    mailing: Path, sent: Path
) -> None:
    change(mailing.parent, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")
    run(mailing, sent)

    outcome = send(sent, how="mail")

    assert [each.bestand for each in read_made(sent).sent if each.hoe] == ["0002-Naam 2-v2.docx"]
    assert outcome.remarks[1].startswith("2 brieven waren al verzonden")


def test_only_letters_that_are_named_are_marked(mailing: Path) -> None:
    target = mailing.parent / "uit"
    run(mailing, target)

    send(target, only=["1-2"])

    assert [each.nummer for each in read_made(target).sent] == [1, 2]
    assert "Naam 9" in str(send(target, only=["Naam 9"]).failures[0])
    assert len(read_made(target).sent) == 2


def test_two_recipients_of_one_name_are_both_marked(mailing: Path) -> None:
    change(mailing.parent, "Naam 2;Straat 2", "Naam 1;Straat 2")
    target = mailing.parent / "uit"
    run(mailing, target)

    send(target)

    assert [each.nummer for each in read_made(target).sent] == [1, 2, 3]


def test_what_was_marked_by_mistake_is_taken_back_and_that_stays_known(
    mailing: Path, sent: Path
) -> None:
    assert send(sent, back=True, only=["2"]).exit_code is ExitCode.DONE
    change(mailing.parent, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")

    run(mailing, sent)

    assert letters(sent) == ["0001-Naam 1.docx", "0002-Naam 2.docx", "0003-Naam 3.docx"]
    records = read_made(sent).sent
    assert [each.nummer for each in still_sent(records)] == [1, 3]
    assert [(each.nummer, each.terug) for each in records if each.nummer == 2] == [
        (2, ""), (2, "2025-06-12"),
    ]  # fmt: skip
    send(sent)
    assert [each.nummer for each in still_sent(read_made(sent).sent)] == [1, 3, 2]


def test_nothing_is_taken_back_of_a_letter_that_did_not_go_out(sent: Path) -> None:
    before = snapshot(sent)
    send(sent, how="post", only=["1"])
    marked = snapshot(sent)

    assert [each.code for each in send(sent, back=True, only=["1-2"], how="post").problems] == [
        "LRT089"
    ]
    assert [each.code for each in send(sent, back=True, only=["2"], how="mail").problems] == [
        "LRT089"
    ]
    assert snapshot(sent) == marked != before


def test_a_letter_without_its_pdf_is_told_where_others_have_one(mailing: Path) -> None:
    target = mailing.parent / "uit"
    run(mailing, target)
    manifest = target / "manifest.jsonl"
    text = manifest.read_text(encoding="utf-8")
    digest = hashlib.sha256(b"%PDF-").hexdigest()
    first = '"bestand": "0001-Naam 1.docx"'
    manifest.write_text(text.replace(first, f'{first}, "pdf": "{digest}"'), encoding="utf-8")
    (target / "0001-Naam 1.pdf").write_bytes(b"%PDF-")

    outcome = send(target)

    assert [(each.code, each.fields["n"]) for each in outcome.problems] == [("LRT089", 2)]
    assert [bool(each.pdf) for each in read_made(target).sent] == [True, False, False]


def test_who_left_the_list_is_not_marked_unless_named(mailing: Path) -> None:
    target = mailing.parent / "uit"
    run(mailing, target)
    change(mailing.parent, "Naam 3;Straat 3;1234 AB;Plaats;10\n", "")
    run(mailing, target)

    outcome = send(target)

    assert [each.code for each in outcome.problems] == ["LRT089"]
    assert [each.nummer for each in read_made(target).sent] == [1, 2]
    assert not send(target, only=["3"]).problems
    assert [each.nummer for each in read_made(target).sent] == [1, 2, 3]


def test_options_for_letters_are_refused_for_a_meeting(tmp_path: Path) -> None:
    for told in ({"only": ["1"]}, {"how": "post"}, {"back": True}):
        outcome = api.mark_sent(tmp_path / "lrt.yaml", **told)  # type: ignore[arg-type]
        assert "geen map" in str(outcome.failures[0])


# --- other commands, other texts


def test_one_letter_is_not_made_over_one_that_went_out(mailing: Path, sent: Path) -> None:
    change(mailing.parent, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")
    before = snapshot(sent)

    outcome = api.make_letter(mailing, Options(output=str(sent), overwrite=True), ["2"])

    assert [each.code for each in outcome.problems] == ["LRT757"]
    assert snapshot(sent) == before


def test_a_pdf_that_went_out_is_not_made_over_by_the_command_for_that(mailing: Path) -> None:
    target = mailing.parent / "uit"
    run(mailing, target)
    (target / "0001-Naam 1.pdf").write_bytes(b"%PDF- uit Word")
    send(target)

    outcome = api.make_pdfs([target / "0001-Naam 1.docx"])

    assert [each.key for each in outcome.problems] == ["LRT757.pdf"]
    assert (target / "0001-Naam 1.pdf").read_bytes() == b"%PDF- uit Word"


def test_where_a_link_leads_to_is_read_too(tmp_path: Path) -> None:
    path = make_mailing(tmp_path, 2, "tekst: Zie [de regeling](https://voorbeeld.nl/een).\n")
    save_template(tmp_path, TEXT, "{{ tekst | tekst }}", *REPLACES)
    target = tmp_path / "uit"
    run(path, target)
    send(target)
    assert run(path, target, again=True).same == 2
    change_mailing(path, "/een", "/twee")

    assert run(path, target).made == 2


def test_letters_are_compared_as_they_are_read_today(mailing: Path, sent: Path) -> None:
    """What was noted may be of an lrtdocs that read letters otherwise."""
    path = sent / "manifest.jsonl"
    text = re.sub('"tekst": "[0-9a-f]+"', '"tekst": "anders"', path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    save_template(mailing.parent, TEXT, *REPLACES, size=14)

    assert run(mailing, sent).same == 3


def test_a_text_that_says_its_date_keeps_it_in_a_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_mailing(tmp_path, 2, "tekst: Op {dagtekening} in {plaats}.\n")
    save_template(tmp_path, "{{ dagtekening | datum }}", "{{ tekst | tekst }}", *REPLACES)
    target = tmp_path / "uit"
    run(path, target)
    send(target)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2025, 6, 20, tzinfo=UTC).timestamp())))
    change(tmp_path, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")
    run(path, target)

    said = text_of(target / "0002-Naam 2-v2.docx").replace("\u00a0", " ")

    assert said.startswith("19 maart 2025\nOp 19 maart 2025 in Elders.")


def test_without_a_new_go_ahead_what_went_out_stays_and_the_version_is_a_concept(
    tmp_path: Path,
) -> None:
    path = make_mailing(tmp_path, 3)
    house = "afzenders: {a: {team: T}}\nakkoord: {namen: 1}\n"
    (tmp_path / "huisstijl.yaml").write_text(house, encoding="utf-8")
    save_template(tmp_path, TEXT, *REPLACES, "{{ rubricering }}")
    target = tmp_path / "uit"
    assert api.approve(path, "A. Akkoord").exit_code is ExitCode.DONE
    run(path, target)
    send(target)
    before = letters(target)
    change(tmp_path, "Straat 2;1234 AB;Plaats", "Straat 2;1234 AB;Elders")

    outcome = run(path, target)

    assert (outcome.made, outcome.same) == (1, 2)
    assert letters(target) == [*before[:1], "0002-Naam 2-v2.docx", *before[1:]]
    assert "CONCEPT" in text_of(target / "0002-Naam 2-v2.docx")
    api.approve(path, "A. Akkoord")
    assert run(path, target).made == 1
    assert "CONCEPT" not in text_of(target / "0002-Naam 2-v2.docx")
    send(target)
    assert len(still_sent(read_made(target).sent)) == 4
