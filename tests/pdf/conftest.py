"""Fixtures of the PDF tests: fake soffices, and the real one where there is one."""

from __future__ import annotations

import functools
import shutil
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

HERE = Path(__file__).parent
for folder in (HERE, HERE.parent):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from lrtdocs.pdf import OfficeError, probe  # noqa: E402
from lrtdocs.pdf.office import SETTING, _probe_path  # noqa: E402
from lrtdocs.pdf.unopython import _find, find_python  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FAKES = HERE.parent / "fakes"


@functools.cache
def _why_no_office() -> str:
    try:
        office = probe()
    except OfficeError as error:
        return f"no LibreOffice: {error}"
    return "" if office.makes_accessible_pdf else f"LibreOffice {office.version_text} is too old"


@pytest.fixture(autouse=True)
def _office_or_skip(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("office") is not None and _why_no_office():
        pytest.skip(_why_no_office())


@pytest.fixture
def fake_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Return a function that puts the fake of a given name in the place of soffice."""

    def install(name: str) -> Path:
        target = tmp_path / "office" / "soffice"
        _write_program(target, name)
        (target.parent / "sample.pdf").write_bytes(sample_pdf())
        monkeypatch.setenv(SETTING, str(target))
        return target

    monkeypatch.setattr(
        "lrtdocs.pdf.unopython._candidates",
        lambda office: [str(path) for path in [Path(office).with_name("python")] if path.exists()],
    )
    _forget()
    yield install
    _forget()


@pytest.fixture
def fake_server(fake_office: Callable[[str], Path]) -> Callable[[str, str], Path]:
    """Return a function that puts fakes in the place of soffice and of a Python with uno."""

    def install(server: str, office: str) -> Path:
        path = fake_office(office)
        _write_program(path.with_name("python"), server)
        return path

    return install


def _write_program(target: Path, fake: str) -> None:
    target.parent.mkdir(exist_ok=True)
    script = (FAKES / f"{fake}.py").read_text(encoding="utf-8")
    target.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    target.chmod(0o755)


def _forget() -> None:
    _probe_path.cache_clear()
    _find.cache_clear()


@pytest.fixture
def has_uno() -> None:
    """Skip the test where no Python can talk to LibreOffice."""
    if not find_python(probe()):
        pytest.skip("no Python with uno (python3-uno)")


@functools.cache
def sample_pdf() -> bytes:
    """Return a small whole PDF without tags: one empty page."""
    target = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target)
    return target.getvalue()


@pytest.fixture
def no_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every LibreOffice away from this machine."""
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("lrtdocs.pdf.office._usual_paths", list)


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
