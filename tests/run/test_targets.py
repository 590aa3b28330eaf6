from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from lrtdocs.errors import UsageError
from lrtdocs.run.documents.finish import Draft, drop_clashes
from lrtdocs.run.documents.report import Outcome
from lrtdocs.run.folder.names import is_edited, plan_target
from lrtdocs.run.folder.write import write_atomic

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
    targets = {"a.yaml": "uit/LRT.docx", "b.yaml": "uit/lrt.docx"}
    drafts = [Draft(Path(source), Path(target), b"", None) for source, target in targets.items()]
    outcome = Outcome()
    assert drop_clashes(drafts, outcome) == drafts[:1]
    (clash,) = outcome.problems
    assert (clash.place.file, clash.key) == ("b.yaml", "LRT001.dezelfde-naam")
    assert clash.fields["other"] == Path("a.yaml")


def test_several_documents_cannot_become_one_file() -> None:
    with pytest.raises(UsageError, match="hoort achter -o een map"):
        plan_target(SOURCE, "lrt-agenda.docx", "stuk.docx", many=True)


@pytest.mark.parametrize("types", [None, "<Types", "<Types/>"])
def test_a_package_that_lrtdocs_cannot_read_counts_as_somebodys_work(
    tmp_path: Path, types: str | None
) -> None:
    path = tmp_path / "stuk.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("tekst.txt", "van iemand")
        if types is not None:
            package.writestr("[Content_Types].xml", types)
    assert is_edited(path)


@pytest.mark.parametrize(("suffix", "kept"), [(".docx", True), (".pdf", False)])
def test_a_document_that_no_longer_opens_is_kept_when_it_is_replaced(
    tmp_path: Path, suffix: str, kept: bool
) -> None:
    path = tmp_path / f"stuk{suffix}"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "werk van iemand " * 100)
    broken = path.read_bytes()[:-50]
    path.write_bytes(broken)

    told = write_atomic(path, b"nieuw")

    assert path.read_bytes() == b"nieuw"
    assert [problem.key for problem in told] == ["LRT001.oud-stuk"] * kept
    assert not kept or (tmp_path / "stuk-oud.docx").read_bytes() == broken


@pytest.mark.parametrize(
    ("data", "edited"),
    [
        (None, False),
        (b"", False),
        (bytes(5000), False),
        (b"PK\x03\x04 half", False),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 with a password", True),
        (b"{\\rtf1 from WordPad}", True),
    ],
)
def test_half_a_package_is_nobodys_document_and_any_other_file_is_somebodys(
    tmp_path: Path, data: bytes | None, edited: bool
) -> None:
    path = tmp_path / "stuk.docx"
    if data is not None:
        path.write_bytes(data)
    assert is_edited(path) == is_edited(path, known=True) == edited
