"""Public names: each stands once, and is looked up when it is first used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import lrtdocs
from lrtdocs import api

EXAMPLE = Path(__file__).parents[1] / "examples" / "2025-03-19-lrt.yaml"


@pytest.mark.parametrize("package", [lrtdocs, api])
def test_every_name_of_the_package_is_there(package: object) -> None:
    names = package.__all__  # type: ignore[attr-defined]

    assert len(names) > 8
    assert all(getattr(package, name) is not None for name in names)


def test_a_name_that_is_not_there_is_told_as_python_does() -> None:
    with pytest.raises(AttributeError, match="module 'lrtdocs' has no attribute 'nothing'"):
        _ = lrtdocs.nothing


def test_importing_the_package_and_its_commands_loads_no_model_and_no_engine() -> None:
    script = "import sys, lrtdocs, lrtdocs.cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )
    loaded = set(done.stdout.split())

    assert "lrtdocs.cli.templates" in loaded
    assert not loaded & {"pydantic", "jinja2", "lxml.etree", "yaml", "tomllib"}


def test_an_agenda_without_problems_loads_no_catalogue(
    tmp_path: Path,
) -> None:
    made = f"['agenda', {str(EXAMPLE)!r}, '-o', {str(tmp_path)!r}]"
    script = f"""if True:
        import sys, lrtdocs.cli
        try:
            lrtdocs.cli.main({made})
        finally:
            print(*sys.modules)"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    loaded = set(done.stdout.split())

    assert done.returncode == 0
    assert "jinja2" in loaded
    assert "tomllib" not in loaded
