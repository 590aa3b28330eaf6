from __future__ import annotations

import os
from pathlib import Path

import pytest

from lrtdocs.errors import FileProblemError, Severity
from lrtdocs.source import files
from lrtdocs.source.files import (
    find_huisstijl,
    find_template,
    find_upwards,
    read_bytes,
    read_text,
    write_atomic,
)


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
    assert find_huisstijl(tmp_path / "v.yaml").parent == files.examples_folder()


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


def test_writing_replaces_the_whole_file_and_leaves_nothing_behind(tmp_path: Path):
    path = write(tmp_path / "uit" / "a.docx", b"oud")
    write_atomic(path, b"nieuw")
    assert path.read_bytes() == b"nieuw"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.docx"]


def test_a_missing_folder_is_made(tmp_path: Path):
    write_atomic(tmp_path / "nieuw" / "map" / "a.docx", b"x")
    assert (tmp_path / "nieuw" / "map" / "a.docx").read_bytes() == b"x"


def test_a_file_open_in_word_is_kept_and_the_new_one_goes_beside_it(tmp_path: Path):
    path = write(tmp_path / "agenda.docx", b"oud")
    write(tmp_path / "~$enda.docx")
    with pytest.raises(FileProblemError, match=r"open in Word.*agenda-nieuw1\.docx"):
        write_atomic(path, b"nieuw")
    assert path.read_bytes() == b"oud"
    assert (tmp_path / "agenda-nieuw1.docx").read_bytes() == b"nieuw"


def test_a_file_windows_will_not_replace_is_open_in_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = write(tmp_path / "agenda.docx", b"oud")
    real = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == path:
            raise PermissionError(13, "denied")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileProblemError, match="open in Word"):
        write_atomic(path, b"nieuw")
    assert path.read_bytes() == b"oud"


@pytest.mark.parametrize("call", ["fsync", "fdopen"])
def test_a_full_disk_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
):
    path = write(tmp_path / "agenda.docx", b"oud")

    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(FileProblemError, match="schijf is vol"):
        write_atomic(path, b"nieuw")
    monkeypatch.undo()
    assert path.read_bytes() == b"oud"
    assert [entry.name for entry in tmp_path.iterdir()] == ["agenda.docx"]


def test_a_name_that_is_too_long_is_told(tmp_path: Path):
    with pytest.raises(FileProblemError, match="te lang"):
        write_atomic(tmp_path / ("a" * 300), b"x")


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path):
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(FileProblemError):
        write_atomic(tmp_path / "a.docx", b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.docx"]


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path: Path):
    write_atomic(tmp_path / "a", b"x")
    (tmp_path / "b").write_bytes(b"x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_folder_is_not_offered_as_the_file_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / "nope").mkdir()
    with pytest.raises(FileProblemError) as missing:
        read_bytes(tmp_path / "nop")
    assert missing.value.remedy == "Kijk de naam na."
