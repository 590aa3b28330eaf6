"""Pictures in the texts of a file: sought beside it, told of at their line, new when changed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx_making import docx_of
from mailing_making import make_mailing, run
from PIL import Image

from lrtdocs.api.checking import check
from lrtdocs.api.documents import fill_file, make_documents
from lrtdocs.run.documents.report import Options

if TYPE_CHECKING:
    import io

    from lrtdocs.errors import Problem

MEETING = "overleg: LRT\ndatum: 2025-03-19\ndagtekening: 2025-03-14\nagendapunten:\n"
TEXT = "  - titel: Opening\n    verslag: |\n      Zie de kaart.\n      {line}\n"


def write_picture(path: Path, colour: str = "blue", kind: str = "PNG") -> None:
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (40, 20), colour).save(path, kind)


def write_meeting(folder: Path, line: str) -> Path:
    (folder / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    path = folder / "lrt.yaml"
    path.write_bytes((MEETING + TEXT.format(line=line)).replace("\n", "\r\n").encode("utf-8"))
    return path


def told(path: Path) -> list[Problem]:
    return [each for each in check(path) if each.code == "LRT298"]


def media(docx_file: Path) -> list[str]:
    with zipfile.ZipFile(docx_file) as package:
        return [name for name in package.namelist() if "media/lrt-" in name]


@pytest.mark.parametrize(
    ("file", "asked"),
    [
        ("kaart van ede (1).png", "kaart van ede (1).png"),
        ("kaart van ede.png", "kaart%20van%20ede.png"),
        ("beeld/kaart.jpg", "beeld\\kaart.jpg"),
        ("caf\u00e9.png", "cafe\u0301.png"),
        ("cafe\u0301.png", "caf\u00e9.png"),
    ],
)
def test_a_picture_is_found_as_people_call_it(tmp_path: Path, file: str, asked: str) -> None:
    write_picture(tmp_path / file, kind="JPEG" if file.endswith("jpg") else "PNG")
    path = write_meeting(tmp_path, f"![De kaart van Ede]({asked})")
    assert told(path) == []
    (made,) = make_documents([path], "verslag", Options()).written
    assert len(media(made)) == 1


def test_a_picture_that_is_not_there_is_told_at_its_line_with_the_name_that_is(
    tmp_path: Path,
) -> None:
    write_picture(tmp_path / "kaart.png")
    path = write_meeting(tmp_path, "![De kaart van Ede](kart.png)")
    (problem,) = told(path)
    assert (problem.key, problem.place.line, problem.place.column) == ("LRT298.bestand", 8, 7)
    assert "kaart.png" in problem.remedy
    outcome = make_documents([path], "agenda", Options())
    assert [each.key for each in outcome.problems if each.code == "LRT298"] == [problem.key]
    assert outcome.written == []
    path.write_bytes(path.read_bytes().replace(b"kart.png", b"kaart.png"))
    assert told(path) == []


def test_other_capitals_are_told_with_what_to_write(tmp_path: Path) -> None:
    write_picture(tmp_path / "beeld" / "Kaart.PNG")
    path = write_meeting(tmp_path, "![De kaart van Ede](beeld/kaart.png)")
    (problem,) = told(path)
    assert problem.key == "LRT298.letters"
    asked = problem.remedy.removeprefix("Schrijf ")
    path.write_text(path.read_text(encoding="utf-8").replace("beeld/kaart.png", asked), "utf-8")
    assert told(path) == []


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("kaart.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "LRT298.beeld"),
        ("kaart.png", b"\x89PNG\r\n\x1a\nstuk", "LRT298.beeld"),
        ("kaart.png", b"", "LRT298.beeld"),
        ("https://www.ede.nl/kaart.png", None, "LRT298.web"),
        (".", None, "LRT298.bestand"),
    ],
)
def test_what_cannot_be_shown_is_told(tmp_path: Path, name: str, data: bytes, key: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    path = write_meeting(tmp_path, f"![De kaart van Ede]({name})")
    assert [each.key for each in told(path)] == [key]


def test_a_picture_that_is_too_large_has_advice_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lrtdocs.run.load.pictures.MAX_PICTURE", 50)
    write_picture(tmp_path / "kaart.png")
    (problem,) = told(write_meeting(tmp_path, "![De kaart van Ede](kaart.png)"))
    assert problem.key == "LRT298.groot"


def test_the_names_in_a_photo_do_not_come_along(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[315] = "Jan de Vries"
    Image.new("RGB", (8, 8)).save(tmp_path / "foto.jpg", exif=exif)
    path = write_meeting(tmp_path, "![De hal van het gebouw](foto.jpg)")
    (made,) = make_documents([path], "verslag", Options()).written
    with zipfile.ZipFile(made) as package:
        assert not any(b"Vries" in package.read(name) for name in package.namelist())


def test_vul_seeks_pictures_beside_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "gegevens"
    write_picture(folder / "kaart.png")
    template, data = tmp_path / "x.docx", folder / "x.yaml"
    template.write_bytes(docx_of("{{ t | tekst }}"))
    data.write_text("t: |\n  Kijk.\n  ![De kaart](kaart.png)\n  ![De kaart](kaart.png)\n", "utf-8")
    (made,) = fill_file(template, data, Options()).written
    assert len(docx.Document(str(made)).inline_shapes) == 2
    assert len(media(made)) == 1
    (folder / "kaart.png").unlink()
    (problem,) = fill_file(template, data, Options()).problems
    assert (problem.key, problem.place.file, problem.place.line) == ("LRT298.bestand", str(data), 1)


LETTERS = "tekst: |\n  Kijk.\n\n  ![De kaart van Ede](kaart.png)\n"


def mailing(folder: Path) -> Path:
    path = make_mailing(folder, 3, LETTERS, "{{ tekst | tekst }}")
    write_picture(folder / "kaart.png")
    return path


def test_letters_are_made_anew_when_a_picture_changed_and_it_says_so(tmp_path: Path) -> None:
    path = mailing(tmp_path)
    assert run(path, tmp_path / "uit").made == 3
    assert run(path, tmp_path / "uit").same == 3
    write_picture(tmp_path / "kaart.png", "red")
    again = run(path, tmp_path / "uit")
    assert again.made == 3
    assert "afbeeldingen" in "".join(again.reasons)


def test_letters_show_the_picture_also_from_other_processes(tmp_path: Path) -> None:
    path = mailing(tmp_path)
    run(path, tmp_path / "een")
    run(path, tmp_path / "twee", workers=2)
    for name in sorted(each.name for each in (tmp_path / "een").glob("*.docx")):
        assert media(tmp_path / "een" / name)
        first, second = ((tmp_path / one / name).read_bytes() for one in ("een", "twee"))
        assert first == second


def test_a_picture_is_read_once_for_all_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    real = Path.open

    def watched(self: Path, *arguments: object, **options: object) -> io.IOBase:
        opened.append(self)
        return real(self, *arguments, **options)  # type: ignore[call-overload, no-any-return]

    path = mailing(tmp_path)
    monkeypatch.setattr(Path, "open", watched)
    run(path, tmp_path / "uit")
    assert [each.name for each in opened].count("kaart.png") == 1


def test_a_mailing_with_a_picture_that_is_not_there_makes_no_letter(tmp_path: Path) -> None:
    path = mailing(tmp_path)
    (tmp_path / "kaart.png").unlink()
    outcome = run(path, tmp_path / "uit")
    assert [(each.key, each.place.line) for each in outcome.problems if each.code == "LRT298"] == [
        ("LRT298.bestand", 9)
    ]
    assert outcome.made == 0


RICH = """Zie[^1]:

      ![De kaart van Ede](kaart.png "Figuur 1")

      ### Kop

      | a | b |
      |---|---|
      | c | d |

      [^1]: Bron: [COA](https://www.coa.nl/cijfers).
"""


def test_a_paper_of_ours_with_all_that_a_text_can_hold_has_nothing_to_tell(tmp_path: Path) -> None:
    write_picture(tmp_path / "kaart.png")
    path = write_meeting(tmp_path, RICH)
    (made,) = make_documents([path], "verslag", Options()).written
    assert [str(each) for each in check(made)] == []
