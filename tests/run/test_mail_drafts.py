"""Mail drafts for the letters of a run: to whom, with which PDF, and who gets none."""

from __future__ import annotations

import email
from datetime import date
from email import policy
from typing import TYPE_CHECKING

import pytest
from mailing_making import make_mailing, run, snapshot

from lrtdocs import api
from lrtdocs.errors import ExitCode
from lrtdocs.run.folder.manifest import read_made

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from lrtdocs.api import Outcome

HEAD = "naam;adres;postcode;plaats;email;bedrag\n"
ROWS = (
    "Naam 1;Straat 1;1234 AB;Plaats;een@voorbeeld.nl;1250\n",
    "Naam 2;Straat 2;1234 AB;Plaats;;900\n",
    "Naam 3;Straat 3;1234 AB;Plaats;drie@voorbeeld.nl;75\n",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder in which each letter has a PDF, made by hand."""
    path = make_mailing(tmp_path, 3, 'onze_referentie: "K-{volgnummer:03}"\n')
    write_list(tmp_path, ROWS)
    run(path, tmp_path / "uit")
    for number in (1, 2, 3):
        make_pdf(tmp_path, number)
    return tmp_path


def make_pdf(folder: Path, number: int) -> None:
    path = folder / "uit" / f"000{number}-Naam {number}.pdf"
    path.write_bytes(f"%PDF-1.7 {number}".encode())


def write_list(folder: Path, rows: tuple[str, ...]) -> None:
    (folder / "lijst.csv").write_text(HEAD + "".join(rows), encoding="utf-8")


def mail(folder: Path, text: str = "", *only: str) -> Outcome:
    path = folder / "mail.md"
    path.write_text(text, encoding="utf-8")
    asked = path if text else None
    return api.make_mails(folder / "uit", folder / "concepten", asked, only=only or None)


def read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=policy.default)  # type: ignore[return-value]


def drafts(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "concepten").glob("*"))


def test_a_mail_goes_to_both_addresses_in_a_cell_and_to_no_half_address(folder: Path) -> None:
    rows = (ROWS[0].replace("een@", "post@voorbeeld.nl, een@"), ROWS[1], ROWS[2].replace("@", " "))
    write_list(folder, rows)
    told = run(folder / "m.yaml", folder / "uit").problems
    assert [problem.fields["text"] for problem in told if problem.code == "LRT623"] == [
        "drie voorbeeld.nl"
    ]
    make_pdf(folder, 1)

    (absent,) = mail(folder).problems

    assert (absent.key, absent.fields["names"]) == ("LRT756.adres", "Naam 2 en Naam 3")
    to = read(folder / "concepten" / "0001-Naam 1.eml")["To"]
    assert [one.addr_spec for one in to.addresses] == ["post@voorbeeld.nl", "een@voorbeeld.nl"]


def test_drafts_of_before_that_are_not_made_again_are_told(folder: Path) -> None:
    mail(folder)
    api.mark_sent(folder / "uit", only=["1"])

    told = {problem.key: problem for problem in mail(folder).problems}

    assert told["LRT756.eerder"].fields["names"] == "0001-Naam 1.eml"


def test_each_letter_with_an_address_gets_a_draft_with_its_pdf(folder: Path) -> None:
    outcome = mail(folder)

    assert drafts(folder) == ["0001-Naam 1.eml", "0003-Naam 3.eml"]
    assert [(each.key, each.fields["names"]) for each in outcome.problems] == [
        ("LRT756.adres", "Naam 2")
    ]
    assert outcome.exit_code is ExitCode.DONE
    draft = read(folder / "concepten" / "0001-Naam 1.eml")
    assert (draft["X-Unsent"], draft["To"]) == ("1", "Naam 1 <een@voorbeeld.nl>")
    assert draft["Subject"] == "Proef (K-001)"
    (pdf,) = draft.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("0001-Naam 1.pdf", b"%PDF-1.7 1")
    text = draft.get_body().get_content()  # type: ignore[union-attr]
    assert text.startswith("Geachte heer, mevrouw,")
    assert "onze brief van 19 maart 2025 met kenmerk K-001." in text


def test_the_same_command_gives_the_same_bytes(folder: Path) -> None:
    mail(folder)
    before = snapshot(folder / "concepten")

    mail(folder)

    assert snapshot(folder / "concepten") == before


def test_an_own_text_has_words_of_the_recipient(folder: Path) -> None:
    text = (
        "Onderwerp: {betreft}, {naam}\n\nHet is {bedrag:bedrag} op {dagtekening}.\n\n- {kenmerk}\n"
    )

    assert mail(folder, text).exit_code is ExitCode.DONE

    draft = read(folder / "concepten" / "0003-Naam 3.eml")
    assert draft["Subject"] == "Proef, Naam 3"
    body = draft.get_body().get_content()  # type: ignore[union-attr]
    assert body.replace("\u00a0", " ").split("\r\n\r\n") == [
        "Het is € 75,00 op 19 maart 2025.", "- K-003\r\n",
    ]  # fmt: skip


def test_a_word_that_is_none_is_told_with_its_line_and_nothing_is_written(folder: Path) -> None:
    outcome = mail(folder, "Beste {naam},\n\n{bedrg} en {plaatss}\n")

    told = [(each.code, each.place.line) for each in outcome.problems]
    assert told == [("LRT705", 3), ("LRT705", 3)]
    assert not (folder / "concepten").exists()


def test_a_letter_without_its_pdf_or_with_an_old_one_gets_none_and_the_remedy(folder: Path) -> None:
    (folder / "uit" / "0001-Naam 1.pdf").unlink()

    outcome = mail(folder)

    assert drafts(folder) == ["0003-Naam 3.eml"]
    problem = next(each for each in outcome.problems if each.key == "LRT755.pdf")
    assert problem.fields["names"] == "Naam 1"
    assert "lrtdocs brieven" in (problem.remedy or "")
    assert outcome.exit_code is ExitCode.LETTERS


def test_a_letter_that_went_out_is_not_mailed_again_unless_it_is_named(folder: Path) -> None:
    api.mark_sent(folder / "uit", (), date(2025, 6, 12), how="post", only=["1"])

    assert "LRT756.verzonden" in {each.key for each in mail(folder).problems}
    assert drafts(folder) == ["0003-Naam 3.eml"]
    assert "LRT756.nog-eens" in {each.key for each in mail(folder, "", "1").problems}
    assert drafts(folder) == ["0001-Naam 1.eml", "0003-Naam 3.eml"]


def test_the_address_is_that_of_when_the_letter_was_made(folder: Path) -> None:
    write_list(folder, (ROWS[0].replace("een@", "ander@"), *ROWS[1:]))

    mail(folder)

    assert "een@voorbeeld.nl" in str(read(folder / "concepten" / "0001-Naam 1.eml")["To"])


def test_a_word_of_the_list_that_changed_since_the_letter_was_made_is_told(folder: Path) -> None:
    write_list(folder, (ROWS[0].replace("1250", "9999"), *ROWS[1:]))

    outcome = mail(folder, "Het gaat om {bedrag}.\n")

    assert drafts(folder) == ["0003-Naam 3.eml"]
    problem = next(each for each in outcome.problems if each.key == "LRT755.lijst")
    assert problem.fields["names"] == "Naam 1"


def test_who_is_named_and_not_there_is_told(folder: Path) -> None:
    assert "Niemand" in str(mail(folder, "", "Niemand").failures[0])
    assert len(read_made(folder / "uit").current) == 3


def test_the_mail_around_an_english_letter_is_in_english(folder: Path) -> None:
    path = folder / "m.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "taal: en\n", encoding="utf-8")
    run(path, folder / "uit")
    for number in (1, 2, 3):
        (folder / "uit" / f"000{number}-Naam {number}.pdf").write_bytes(b"%PDF-1.7")

    mail(folder)

    draft = read(folder / "concepten" / "0001-Naam 1.eml")
    text = draft.get_body().get_content().replace("\r\n", "\n")  # type: ignore[union-attr]
    assert "Please find attached our letter of 19 March 2025 with reference K-001.\n" in text
    assert "Kind regards," in text
