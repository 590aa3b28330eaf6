"""The real soffice, and fakes of it that each fail in one way."""

from __future__ import annotations

import functools
import sys
from io import BytesIO
from pathlib import Path

import pikepdf

from lrtdocs.pdf import OfficeError, probe
from lrtdocs.pdf.office.office import _probe_path
from lrtdocs.pdf.office.server import find_python

FAKES = Path(__file__).parent / "fakes"


@functools.cache
def why_no_office() -> str:
    """Return why there is no LibreOffice to test with, or ""."""
    try:
        office = probe()
    except OfficeError as error:
        return f"no LibreOffice: {error}"
    return "" if office.makes_accessible_pdf else f"LibreOffice {office.version_text} is too old"


def install_fake(folder: Path, name: str) -> Path:
    """Write the fake called `name` as a program into `folder`; return its path."""
    target = folder / "office" / "soffice"
    write_program(target, name)
    (target.parent / "sample.pdf").write_bytes(sample_pdf())
    return target


def write_program(target: Path, fake: str) -> None:
    """Write the fake called `fake` as a program that can be run."""
    target.parent.mkdir(exist_ok=True)
    script = (FAKES / f"{fake}.py").read_text(encoding="utf-8")
    target.write_text(f"#!{sys.executable} -IS\n{script}", encoding="utf-8")
    target.chmod(0o755)


def forget_offices() -> None:
    """Forget which LibreOffices were found, and which Pythons can talk to them."""
    _probe_path.cache_clear()
    find_python.cache_clear()


@functools.cache
def sample_pdf() -> bytes:
    """Return a small whole PDF without tags: one empty page."""
    target = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target)
    return target.getvalue()
