"""Saving at once: of two that saw the same file one is told so, and nothing is lost unseen."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from lrtdocs import api
from lrtdocs.errors import UsageError
from lrtdocs.run.folder import write
from lrtdocs.run.meetings import adopting

EXAMPLES = Path(__file__).parents[2] / "examples"
MEETING = "2025-03-19-lrt.yaml"
SAVES = """
import sys
from pathlib import Path
from lrtdocs import api
path = Path(sys.argv[1])
opened = api.open_text(path)
print("klaar", flush=True)
sys.stdin.readline()
try:
    api.save_text(path, opened.text + f"# {sys.argv[2]}\\n", opened.digest)
    print("bewaard")
except api.ChangedOutsideError:
    print("veranderd")
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for name in (MEETING, "huisstijl.yaml"):
        shutil.copy(EXAMPLES / name, tmp_path)
    return tmp_path / MEETING


def test_of_tabs_that_save_at_once_one_saves_and_the_others_are_told(path: Path) -> None:
    for number in range(5):
        opened, begin = api.open_text(path), threading.Barrier(4)
        saved: list[str] = []
        told: list[str] = []

        def save(line: str) -> None:
            begin.wait()  # noqa: B023 - all of them end within the turn
            try:
                api.save_text(path, opened.text + line, opened.digest)  # noqa: B023
                saved.append(line)  # noqa: B023
            except api.ChangedOutsideError:
                told.append(line)  # noqa: B023

        threads = [
            threading.Thread(target=save, args=(f"# {number} {each}\n",)) for each in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert (len(saved), len(told)) == (1, 3)
        assert api.open_text(path).text == opened.text + saved[0]
    assert sorted(each.name for each in path.parent.iterdir()) == [MEETING, "huisstijl.yaml"]


def test_of_pages_that_save_at_once_one_saves_and_the_other_is_told(path: Path) -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", SAVES, str(path), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(3)
    ]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "klaar\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("\n")
        run.stdin.flush()

    said = sorted(run.communicate(timeout=60)[0].strip() for run in runs)

    assert said == ["bewaard", "veranderd", "veranderd"]


def test_what_is_saved_while_minutes_are_adopted_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^vastgesteld:.*\n", "", text), encoding="utf-8")
    opened = api.open_text(path)
    make = adopting.make_draft

    def save_and_make(*given: object, **more: object) -> object:
        api.save_text(path, f"{opened.text}# intussen\n", opened.digest)
        return make(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(adopting, "make_draft", save_and_make)
    outcome = api.adopt(path, date(2025, 4, 16))

    told = [*outcome.problems, *(each for one in outcome.failures for each in one.problems)]
    assert "LRT910" in [each.code for each in told], told
    assert path.read_text(encoding="utf-8") == f"{opened.text}# intussen\n"
    assert sorted(each.name for each in path.parent.iterdir()) == [MEETING, "huisstijl.yaml"]


def test_who_waits_too_long_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_PATIENCE", 0.1)
    opened = api.open_text(path)

    with write.changing(path), pytest.raises(UsageError) as caught:
        api.save_text(path, f"{opened.text}# x\n", opened.digest)

    assert caught.value.problems[0].code == "LRT910"
    assert api.open_text(path).text == opened.text
