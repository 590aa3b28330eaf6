"""Public names: each stands once, and is looked up when it is first used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import lrtdocs
from lrtdocs import api


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
