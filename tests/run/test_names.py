from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtdocs.run.folder.names import MAX_BYTES, fold_file, safe_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GM0518-'s-Gravenhage", "GM0518-'s-Gravenhage"),
        ("Su\u0301dwest-Frysla\u0302n", "Súdwest-Fryslân"),
        ("Bergen (NH.)", "Bergen (NH.)"),
        ("a/b\\c:d", "a-b-c-d"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("NUL", "_NUL"),
        ("nul.txt", "_nul.txt"),
        ("CON  ", "_CON"),
        ("COM¹", "_COM¹"),
        ("COM10", "COM10"),
        ("naam. ", "naam"),
        ("~$brief", "_$brief"),
        (" \t ", ""),
        ("...", ""),
        ("a\u202eb\u200b", "ab"),
    ],
)
def test_a_name_is_made_safe(text: str, expected: str) -> None:
    assert safe_name(text) == expected


@given(st.text(max_size=400))
def test_any_text_becomes_a_name_that_every_system_takes(text: str) -> None:
    name = safe_name(text)
    assert len(name.encode()) <= MAX_BYTES + 1
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert not name.endswith((".", " "))
    assert not name.startswith((".", " "))
    assert safe_name(name) == name


def test_names_that_differ_in_case_or_composition_are_one_file() -> None:
    assert fold_file("É.docx") == fold_file("e\u0301.docx")
    assert fold_file("a.docx") != fold_file("b.docx")
