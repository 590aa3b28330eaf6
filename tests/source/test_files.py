from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtdocs.errors import FileProblemError, Severity
from lrtdocs.shipped import examples_folder
from lrtdocs.source.files import (
    find_huisstijl,
    find_template,
    find_upwards,
    read_bytes,
    read_text,
)

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    ["é".encode(), b"\xef\xbb\xbf" + "é".encode(), "é".encode("utf-16")],
    ids=["utf-8", "with a mark", "utf-16"],
)
def test_unicode_is_read_without_a_word(tmp_path: Path, data: bytes):
    assert read_text(write(tmp_path / "v.yaml", data)) == ("é", [])


def test_an_old_windows_encoding_is_read_and_told_at_its_first_letter(tmp_path: Path):
    path = write(tmp_path / "v.yaml", "a: 1\r\nb: één €".encode("cp1252"))
    text, (problem,) = read_text(path)
    assert text == "a: 1\r\nb: één €"
    assert problem.severity is Severity.WARNING
    assert (problem.code, problem.place.line, problem.place.column) == ("LRT140", 2, 4)


@pytest.mark.parametrize(
    ("text", "place", "word", "letter"),
    [
        ("# Fryslân\r\nnaam: Cafÿ", (2, 10), "Caf\ufffd", "ÿ"),
        ("een: “twee” ÿ en ÿ", (1, 13), "\ufffd", "ÿ"),
        ("naam: Ÿÿdwest", (1, 8), "Ÿ\ufffddwest", "ÿ"),
        ("naam: ΑΒΓ ÿ", (1, 11), "\ufffd", "ÿ"),
        ("🙂: ÿ", (1, 4), "\ufffd", "ÿ"),
        ("\ufeffnaam: ÿ", (1, 8), "\ufffd", "ÿ"),
    ],
)
def test_one_odd_byte_never_makes_windows_text_of_a_file_in_utf8(
    tmp_path: Path, text: str, place: tuple[int, int], word: str, letter: str
):
    data = text.encode().replace("ÿ".encode(), b"\xff")
    with pytest.raises(FileProblemError) as caught:
        read_text(write(tmp_path / "v.yaml", data))
    (problem,) = caught.value.problems
    assert problem.key == "LRT141.byte"
    assert (problem.place.line, problem.place.column, problem.found) == (*place, word)
    # what the remedy says: the letter typed again, the file saved as UTF-8
    mended = write(tmp_path / "v.yaml", data.replace(b"\xff", letter.encode()))
    assert read_text(mended) == (text.removeprefix("\ufeff"), [])


@pytest.mark.parametrize(
    "text",
    ["Súdwest", "één", "«café»…", "CAFÉ’s één", "“België” – € 5", "ŽIŽEK ‘t", "Ede • Assen", "À"],
)
def test_what_windows_wrote_is_read_and_told(tmp_path: Path, text: str):
    read, told = read_text(write(tmp_path / "v.yaml", text.encode("cp1252")))
    assert (read, [problem.code for problem in told]) == (text, ["LRT140"])


@pytest.mark.parametrize("codec", ["cp850", "cp437", "mac_roman"])
def test_letters_of_ms_dos_and_older_macs_are_refused_at_their_place(tmp_path: Path, codec: str):
    with pytest.raises(FileProblemError) as caught:
        read_text(write(tmp_path / "v.yaml", "a: Súdwest-Fryslân".encode(codec)))
    assert (caught.value.problems[0].key, caught.value.problems[0].place.line) == ("LRT141.dos", 1)


@pytest.mark.parametrize("data", [b"\x00\x01\xff", b"PK\x03\x04\x81\x8d", b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes):
    with pytest.raises(FileProblemError, match="geen tekst"):
        read_text(write(tmp_path / "v.yaml", data))


def test_a_missing_file_is_refused_with_the_nearest_name(tmp_path: Path):
    write(tmp_path / "vergadering.yaml")
    with pytest.raises(FileProblemError, match=r"Bedoelde u 'vergadering.yaml'"):
        read_text(tmp_path / "vergadring.yaml")


def test_a_folder_is_refused(tmp_path: Path):
    with pytest.raises(FileProblemError, match="een map"):
        read_text(tmp_path)


def test_more_than_the_limit_is_refused(tmp_path: Path):
    with pytest.raises(FileProblemError, match="groter dan 5 MB"):
        read_bytes(write(tmp_path / "v.yaml", b"x" * 5_000_001))


def test_a_name_is_found_in_a_folder_above(tmp_path: Path):
    style = write(tmp_path / "huisstijl.yaml")
    start = tmp_path / "2025" / "maart" / "v.yaml"
    assert find_upwards(start, "huisstijl.yaml") == style
    assert find_huisstijl(start) == style
    assert find_upwards(start, "bestaat-niet.yaml") is None


def test_without_its_own_huisstijl_the_packaged_one_goes(tmp_path: Path):
    assert find_huisstijl(tmp_path / "v.yaml").parent == examples_folder()


def test_the_nearest_template_wins_and_then_those_above(tmp_path: Path):
    above = write(tmp_path / "sjablonen" / "verslag.docx")
    write(tmp_path / "sjablonen" / "agenda.docx")
    near = write(tmp_path / "a" / "sjablonen" / "agenda.docx")
    start = tmp_path / "a" / "v.yaml"
    assert find_template("agenda", start) == near
    assert find_template("verslag", start) == above
    assert find_template("bestaat-niet", start) is None


def test_a_template_can_be_given_as_a_path(tmp_path: Path):
    path = write(tmp_path / "eigen.docx")
    assert find_template(str(path), tmp_path / "v.yaml") == path


def test_a_folder_is_not_offered_as_the_file_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / "nope").mkdir()
    with pytest.raises(FileProblemError) as missing:
        read_bytes(tmp_path / "nop")
    assert missing.value.remedy == "Kijk de naam na."
