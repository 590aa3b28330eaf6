from __future__ import annotations

from pathlib import Path

import pytest

from lrtdocs.run.plan import FolderExpectedError, find_clashes, plan_target

SOURCE = Path("map/lrt.yaml")


@pytest.mark.parametrize(
    ("output", "many", "expected"),
    [
        (None, False, "map/lrt-agenda.docx"),
        (None, True, "map/lrt-agenda.docx"),
        ("uit/", False, "uit/lrt-agenda.docx"),
        ("uit", False, "uit/lrt-agenda.docx"),
        ("uit", True, "uit/lrt-agenda.docx"),
        ("stuk.docx", False, "stuk.docx"),
        ("stuk.PDF", False, "stuk.docx"),
    ],
)
def test_a_document_goes_beside_its_input_or_where_the_user_says(
    output: str | None, many: bool, expected: str
) -> None:
    assert plan_target(SOURCE, "lrt-agenda.docx", output, many=many) == Path(expected)


def test_targets_that_differ_only_in_case_clash() -> None:
    targets = {Path("a.yaml"): Path("uit/LRT.docx"), Path("b.yaml"): Path("uit/lrt.docx")}
    (clash,) = find_clashes(targets)
    assert clash.path == "b.yaml"
    assert "net als dat van a.yaml" in str(clash)


def test_several_documents_cannot_become_one_file() -> None:
    with pytest.raises(FolderExpectedError, match="hoort achter -o een map"):
        plan_target(SOURCE, "lrt-agenda.docx", "stuk.docx", many=True)
