import pytest

from lrtdocs.errors import Severity
from lrtdocs.pdf.office import fonts
from lrtdocs.pdf.office.fonts import font_warnings, write_fontconfig


@pytest.fixture
def without_verdana(monkeypatch):
    monkeypatch.setattr(
        fonts, "find_replacement", lambda font: "DejaVu Sans" if font == "Verdana" else ""
    )


@pytest.mark.usefixtures("without_verdana")
def test_a_missing_verdana_is_told_with_what_takes_its_place():
    (problem,) = font_warnings(["Verdana"], "agenda.docx")

    assert problem.code == "LRT402"
    assert problem.severity is Severity.WARNING
    assert problem.place.file == "agenda.docx"
    assert problem.message == "Verdana is er niet; de PDF gebruikt DejaVu Sans."
    assert "installeer Verdana" in problem.remedy


def test_a_missing_stand_in_is_told_with_its_packages(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(fonts, "find_replacement", lambda font: "Noto Serif")

    (problem,) = font_warnings(["Verdana"], "agenda.docx")

    assert "fonts-dejavu-core fonts-dejavu-extra" in problem.remedy


def test_a_machine_that_cannot_be_asked_gives_no_warning(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    fonts.find_replacement.cache_clear()

    assert font_warnings(["Onbekend Nul"], "agenda.docx") == []
    fonts.find_replacement.cache_clear()


@pytest.mark.usefixtures("has_fontconfig")
def test_a_font_nobody_has_is_replaced_and_one_that_is_there_is_not():
    fonts.find_replacement.cache_clear()

    assert fonts.find_replacement("Bestaat Echt: Niet-1") != ""
    assert fonts.find_replacement(fonts.find_replacement("Bestaat Echt: Niet-1")) == ""


@pytest.mark.parametrize(
    ("system", "listing"), [("win32", "_fonts_of_windows"), ("darwin", "_fonts_of_mac")]
)
def test_windows_and_macos_are_asked_in_their_own_way(monkeypatch, system, listing):
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr(fonts, listing, lambda: iter(["Verdana Bold (TrueType)", "Comic Sans"]))
    fonts.find_replacement.cache_clear()

    assert fonts.find_replacement("Verdana") == ""
    assert fonts.find_replacement("Georgia") == "een ander lettertype"
    fonts.find_replacement.cache_clear()


def test_the_names_of_font_files_are_the_fonts_of_macos(monkeypatch, tmp_path):
    (tmp_path / "Verdana Bold.ttf").touch()
    monkeypatch.setattr(fonts, "_MAC_FOLDERS", (str(tmp_path), "/nergens"))

    assert list(fonts._fonts_of_mac()) == ["Verdana Bold"]


def test_the_font_configuration_keeps_the_system_s_own_and_the_user_s_folders(
    tmp_path, monkeypatch
):
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "fonts").mkdir()

    written = write_fontconfig(tmp_path).read_text(encoding="utf-8")

    assert '<include ignore_missing="yes">fonts.conf</include>' in written
    assert f"<dir>{tmp_path}/fonts</dir>" in written
