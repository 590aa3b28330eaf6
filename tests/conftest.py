"""What all tests share: the option that rewrites golden files, and outside programs they need."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import browser
import pytest
import verapdf
from office_faking import why_no_office

from lrtdocs.pdf.office.office import SETTING

if TYPE_CHECKING:
    from pathlib import Path

_DAMAGED = {"test_damaged_templates.py", "test_cut_templates.py"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases", action="store_true", help="rewrite the expected files of golden cases"
    )


@pytest.fixture
def update_cases(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-cases"))


@pytest.fixture
def no_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every LibreOffice away from this machine."""
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("lrtdocs.pdf.office.office._usual_paths", list)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose program is not on this machine; under `CI=true` it fails.

    A mistake of our own is raised as it is; files damaged at random may be wrong in any way.
    """
    os.environ["LRTDOCS_DEBUG"] = "" if item.path.name in _DAMAGED else "1"
    programs = (
        ("office", why_no_office), ("verapdf", verapdf.why_not), ("browser", browser.why_not)
    )  # fmt: skip
    for marker, why_not in programs:
        why = why_not() if item.get_closest_marker(marker) else ""
        if why and os.environ.get("CI") == "true":
            pytest.fail(f"{why}, and under CI=true it has to be there", pytrace=False)
        elif why:
            pytest.skip(why)
