"""Letters that went out are never written over; later ones come beside them."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

import docx
import pytest
from mailing_making import make_mailing, run, snapshot

from lrtdocs import api
from lrtdocs.errors import ExitCode
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


def test_another_template_makes_a_version_of_each(mailing: Path, sent: Path) -> None:
    before = {name: (sent / name).read_bytes() for name in letters(sent)}
    template = docx.Document(str(mailing.parent / "brief.docx"))
    template.add_paragraph("Tot ziens")
    template.save(str(mailing.parent / "brief.docx"))

    assert run(mailing, sent).made == 3
    assert len(letters(sent)) == 6
    assert {name: (sent / name).read_bytes() for name in before} == before


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
