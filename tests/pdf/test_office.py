import pickle
import sys

import pytest

from lrtdocs.errors import ExitCode, Severity
from lrtdocs.messages import text
from lrtdocs.pdf import Office, OfficeError, office_warnings, probe
from lrtdocs.pdf.office.office import SETTING, _linux_install_key, install_line


def test_a_soffice_named_in_the_environment_is_taken_with_its_version(fake_office):
    path = fake_office("works")

    assert probe() == Office(str(path), (25, 2, 3, 2))


def test_a_soffice_on_the_path_is_found(fake_office, monkeypatch):
    path = fake_office("works")
    monkeypatch.delenv(SETTING)
    monkeypatch.setenv("PATH", str(path.parent))

    assert probe().path == str(path)


def test_a_soffice_where_installers_put_it_is_found(fake_office, no_office, monkeypatch):
    path = fake_office("works")
    monkeypatch.delenv(SETTING)
    monkeypatch.setattr("lrtdocs.pdf.office.office._usual_paths", lambda: [str(path)])

    assert probe().path == str(path)


@pytest.mark.usefixtures("no_office")
def test_no_libreoffice_anywhere_ends_in_exit_4_and_an_install_line():
    with pytest.raises(OfficeError) as caught:
        probe()

    assert caught.value.exit_code is ExitCode.OFFICE
    assert caught.value.problems[0].code == "LRT403"
    assert caught.value.remedy == install_line()


def test_a_setting_that_points_nowhere_names_the_setting_and_the_path(monkeypatch):
    monkeypatch.setenv(SETTING, "/nergens/soffice")

    with pytest.raises(OfficeError, match="LRT404: LRTDOCS_SOFFICE wijst naar '/nergens/soffice'"):
        probe()


def test_a_program_that_is_not_libreoffice_is_refused_with_its_own_words(fake_office):
    fake_office("is_something_else")

    with pytest.raises(OfficeError, match=r"LRT405.*--blow-up"):
        probe()


def test_a_program_that_cannot_be_started_is_refused(fake_office):
    path = fake_office("works")
    path.write_text("#!/nergens/python\n", encoding="utf-8")

    with pytest.raises(OfficeError, match="LRT405"):
        probe()


def test_a_libreoffice_older_than_6_4_4_is_refused(fake_office):
    fake_office("is_too_old")

    with pytest.raises(OfficeError, match=r"LRT406.*6\.4\.3\.2"):
        probe()


def test_libreoffice_7_4_is_told_not_to_make_accessible_pdf(fake_office):
    fake_office("is_old")

    (problem,) = office_warnings(probe())

    assert problem.code == "LRT401"
    assert problem.severity is Severity.WARNING
    assert "niet toegankelijk te maken met LibreOffice 7.4.7.2" in problem.message


def test_a_new_libreoffice_gives_no_warning():
    assert office_warnings(Office("soffice", (26, 8))) == []


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ({"ID": "debian", "VERSION_ID": "12"}, "-t bookworm-backports"),
        ({"ID": "debian", "VERSION_ID": "13"}, "sudo apt install"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "sudo apt install"),
        ({"ID": "fedora"}, "sudo dnf install"),
        ({"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "sudo zypper install"),
        ({"ID": "arch"}, "sudo pacman -S"),
        ({}, "pakketbeheer"),
    ],
)
def test_the_install_line_fits_the_linux_at_hand(release, expected):
    assert expected in text(_linux_install_key(release))


@pytest.mark.parametrize(("system", "expected"), [("win32", "winget"), ("darwin", "brew")])
def test_the_install_line_fits_windows_and_macos(monkeypatch, system, expected):
    monkeypatch.setattr(sys, "platform", system)

    assert expected in install_line()


def test_the_errors_survive_a_process_boundary(monkeypatch):
    monkeypatch.setenv(SETTING, "/nergens/soffice")
    with pytest.raises(OfficeError) as caught:
        probe()

    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
