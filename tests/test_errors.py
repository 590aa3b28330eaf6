from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from lrtdocs.messages import system_reason

if TYPE_CHECKING:
    from pathlib import Path


def test_what_the_system_says_is_told_in_dutch(tmp_path: Path) -> None:
    with pytest.raises(OSError) as missing:  # noqa: PT011 - any that the system gives
        (tmp_path / "weg").read_bytes()
    assert system_reason(missing.value) == "het bestand of de map is er niet"
    full = OSError(errno.ENOSPC, "No space left on device")
    assert system_reason(full) == "de schijf is vol"


@pytest.mark.parametrize("error", [OSError(9999, "Something odd"), OSError("Something odd")])
def test_what_has_no_dutch_words_is_told_by_its_number(error: OSError) -> None:
    assert system_reason(error) == f"fout {error.errno or 0} van het systeem"
