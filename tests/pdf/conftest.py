"""Fixtures of the PDF tests: fake soffices, and the real one where there is one."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

HERE = Path(__file__).parent
for folder in (HERE, HERE.parent):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from office_faking import forget_offices, install_fake, write_program  # noqa: E402
from pdf_converting import KeptHelper  # noqa: E402

from lrtdocs.pdf import probe  # noqa: E402
from lrtdocs.pdf.office.office import SETTING  # noqa: E402
from lrtdocs.pdf.office.server import find_python  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def kept_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all batches share the process that finishes PDFs; runs start their own."""
    monkeypatch.setattr("lrtdocs.pdf.convert.Helper", KeptHelper)


@pytest.fixture
def fake_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Return a function that puts the fake of a given name in the place of soffice."""

    def install(name: str) -> Path:
        target = install_fake(tmp_path, name)
        monkeypatch.setenv(SETTING, str(target))
        return target

    monkeypatch.setattr(
        "lrtdocs.pdf.office.server._candidates",
        lambda office: [str(path) for path in [Path(office).with_name("python")] if path.exists()],
    )
    forget_offices()
    yield install
    forget_offices()


@pytest.fixture
def fake_server(fake_office: Callable[[str], Path]) -> Callable[[str, str], Path]:
    """Return a function that puts fakes in the place of soffice and of a Python with uno."""

    def install(server: str, office: str) -> Path:
        path = fake_office(office)
        write_program(path.with_name("python"), server)
        return path

    return install


@pytest.fixture
def has_uno() -> None:
    """Skip the test where no Python can talk to LibreOffice."""
    if not find_python(probe()):
        pytest.skip("no Python with uno (python3-uno)")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which, during this test, temporary folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def has_fontconfig() -> None:
    if shutil.which("fc-match") is None:
        pytest.skip("fontconfig is not on this machine")
