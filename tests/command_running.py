"""A command run in this process, as a user meets it: its exit code and what it printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from lrtdocs import cli


@dataclass
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


def make_run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs the command line with the arguments it is given."""

    def call(*arguments: object) -> Result:
        with pytest.raises(SystemExit) as stop:
            cli.main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Result(int(stop.value.code or 0), printed.out, printed.err)

    return call
