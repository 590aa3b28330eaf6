import pytest
from pdf_documents import build_letter

from lrtdocs.errors import Severity
from lrtdocs.pdf.office import fonts
from lrtdocs.pdf.office.fonts import _covered, font_warnings, sign_faults, write_fontconfig
from lrtdocs.word.facts import read_facts


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


SCRIPTS = (
    "عربي հայ বাং 漢字 кирил देव አማ ქარ ελλ ગુજ ਪੰਜ 한국 עבר ひら "
    "ಕನ್ カタ ខ្មែ ລາວ മല ᠮᠣ မြန සිං ܣܘܪ தமி తెలు ދިވ ไทย བོད ⵜⵉ"
)


def test_characters_of_other_scripts_are_told_with_their_font(monkeypatch):
    monkeypatch.setattr("lrtdocs.pdf.office.fonts._covered", lambda: frozenset(range(0x530)))
    told = {}
    for word in SCRIPTS.split():
        for fault in sign_faults(read_facts(build_letter(f"Naam {word}"))):
            told.setdefault(word, set()).add(fault.fields["font"])
            assert fault.fields["text"] == f"Naam {word}"
            assert fault.fields["sign"] in word

    assert set(SCRIPTS.split()) - set(told) == {"кирил", "ελλ"}  # those are shown
    assert all(len(fonts) == 1 and "Noto" in min(fonts) for fonts in told.values())
    assert len({min(fonts) for fonts in told.values()}) >= 20


@pytest.mark.parametrize(
    ("sign", "key", "package"),
    [
        ("😀", "LRT431", "fonts-noto-color-emoji"),
        ("☔", "LRT431", "fonts-noto-core"),
        ("\u0378", "LRT431.geen", ""),
    ],
)
def test_a_sign_is_told_with_what_has_it(monkeypatch, sign, key, package):
    monkeypatch.setattr("lrtdocs.pdf.office.fonts._covered", lambda: frozenset(range(0x180)))
    (fault,) = sign_faults(read_facts(build_letter(f"teken {sign}")))

    assert fault.key.startswith(key)
    assert fault.fields.get("package", "") == package


@pytest.mark.parametrize("text", ["é ‑ \u200d \ufe0f \u2028 \ue000", "zonder"])
def test_of_what_needs_no_font_nothing_is_told(monkeypatch, text):
    monkeypatch.setattr("lrtdocs.pdf.office.fonts._covered", lambda: frozenset({0x2011}))

    assert sign_faults(read_facts(build_letter(text))) == ()


@pytest.mark.usefixtures("has_fontconfig")
def test_what_the_fonts_of_this_machine_have_is_known():
    assert {ord("A"), ord("€"), 0x2011} <= _covered()
    assert 0x0378 not in _covered()
