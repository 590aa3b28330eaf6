from __future__ import annotations

import os
from pathlib import Path

import pytest

from lrtdocs.errors import FileProblemError
from lrtdocs.run.folder.write import owner_names, write_atomic


def write(path: Path, data: bytes = b"") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


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
    write(tmp_path / "~$agenda.docx")
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


@pytest.mark.parametrize("call", ["fsync", "write"])
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


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("brief.docx", "~$brief.docx"),
        ("verslag.docx", "~$erslag.docx"),
        ("agendapunt.docx", "~$endapunt.docx"),
        ("verslag.docx", ".~lock.verslag.docx#"),
    ],
)
def test_a_document_open_in_any_program_is_not_replaced(tmp_path: Path, name: str, sign: str):
    path = write(tmp_path / name, b"oud")
    write(tmp_path / sign)
    with pytest.raises(FileProblemError) as error:
        write_atomic(path, b"nieuw")
    (problem,) = error.value.problems
    assert problem.key == "LRT001.open"
    assert path.read_bytes() == b"oud"
    assert (tmp_path / str(problem.fields["name"])).read_bytes() == b"nieuw"


def test_the_sign_of_another_document_is_none_of_this_one(tmp_path: Path):
    path = write(tmp_path / "agenda.docx", b"oud")
    write(tmp_path / "~$enda.docx")
    write_atomic(path, b"nieuw")
    assert path.read_bytes() == b"nieuw"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("brief.docx", "~$brief.docx"),
        ("brieven.docx", "~$ieven.docx".replace("ieven", "rieven")),
        ("GM0363-Amsterdam.docx", "~$0363-Amsterdam.docx"),
    ],
)
def test_word_writes_its_sign_over_the_first_letters(name: str, expected: str) -> None:
    assert owner_names(name) == (expected, f".~lock.{name}#")
