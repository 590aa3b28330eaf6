"""A meeting of which papers were sent: making it, changing it, sending it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from lrtdocs import api

if TYPE_CHECKING:
    from pathlib import Path

    from lrtdocs.api import Outcome

MEETING = """\
overleg: LRT
datum: 2025-06-18
dagtekening: 2025-06-11
agendapunten:
  - titel: Opening
  - titel: Opvang
    bijlagen: [{titel: Dashboard, bestand: dashboard.pdf}]
  - titel: Sluiting
"""
DAY = date(2025, 6, 12)


@pytest.fixture
def meeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "huisstijl.yaml").write_text("afzenders: {a: {team: T}}\n", encoding="utf-8")
    (tmp_path / "dashboard.pdf").write_bytes(b"%PDF-1.7 dashboard")
    path = tmp_path / "2025-06-18-lrt.yaml"
    path.write_text(MEETING, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def make(path: Path, kind: str = "agenda", **options: object) -> Path:
    (made,) = api.make_documents([path], kind, api.Options(**options)).written  # type: ignore[arg-type]
    return made


def send(path: Path, *papers: Path) -> Outcome:
    return api.mark_sent(path, papers, DAY)


def codes(outcome: Outcome) -> list[str]:
    return [each.code for each in outcome.problems]
