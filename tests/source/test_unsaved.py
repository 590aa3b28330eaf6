"""Text that is not saved yet, read in the place of its file."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from lrtdocs.source.files import read_text, unsaved

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_reads_as_its_unsaved_text_in_the_context_alone(tmp_path: Path) -> None:
    path, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_text("overleg: oud\n", encoding="utf-8")
    other.write_text("overleg: ander\n", encoding="utf-8")

    with unsaved(path, "overleg: é 😀\r\n"):
        assert read_text(tmp_path / "." / "a.yaml")[0] == "overleg: é 😀\r\n"
        assert read_text(other)[0] == "overleg: ander\n"
        elsewhere: list[str] = []
        thread = threading.Thread(target=lambda: elsewhere.append(read_text(path)[0]))
        thread.start()
        thread.join()
    assert [read_text(path)[0], *elsewhere] == ["overleg: oud\n"] * 2


def test_without_unsaved_text_the_file_itself_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("overleg: oud\n", encoding="utf-8")

    with unsaved(path, None):
        assert read_text(path)[0] == "overleg: oud\n"
