"""Fake soffices, each of which fails in one way, put in the place of the real one."""

from __future__ import annotations

import functools
import sys
from io import BytesIO
from pathlib import Path

import pikepdf

FAKES = Path(__file__).parent / "fakes"


def install_fake(folder: Path, name: str) -> Path:
    """Write the fake called `name` as a program into `folder`; return its path."""
    target = folder / "office" / "soffice"
    target.parent.mkdir(exist_ok=True)
    script = (FAKES / f"{name}.py").read_text(encoding="utf-8")
    target.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    target.chmod(0o755)
    (target.parent / "sample.pdf").write_bytes(sample_pdf())
    return target


@functools.cache
def sample_pdf() -> bytes:
    """Return a small whole PDF without tags: one empty page."""
    target = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target)
    return target.getvalue()
