"""The benchmark runs, and all its ways make the same letter; nothing is timed here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("mailmerge")
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import measure
import ways
from letters import make_records


def test_all_ways_make_the_same_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "install_node", lambda: "")
    times = measure.measure_ways(tmp_path, 3)
    assert {"docxtpl", "docx-mailmerge2", "lrtdocs, zlib", measure.FLOOR} <= times.keys()


def test_a_letter_that_differs_is_noticed(tmp_path: Path) -> None:
    one, other = make_records(2)
    write = ways.open_lrtdocs_zlib(tmp_path)
    paths = {name: tmp_path / f"{name}.docx" for name in ("a", "b")}
    write(one, paths["a"])
    write(other, paths["b"])
    with pytest.raises(measure.DifferentTextError):
        measure._check_equal(paths)
