"""Which template is in force, copies, and the kind of document a template is for."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from lrtdocs.errors import FileProblemError, Place
from lrtdocs.kinds import KINDS
from lrtdocs.run.documents.make import TemplateMissingError
from lrtdocs.run.templates.templates import (
    HERE,
    InForce,
    State,
    copy_shipped,
    describe_copy,
    guess_kind,
    open_template,
    templates_in_force,
)
from lrtdocs.shipped import templates_folder
from lrtdocs.word.check.words import Use
from lrtdocs.word.provenance import Origin, copy_template


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def in_force(name: str, start: str = HERE) -> InForce:
    return next(one for one in templates_in_force(Path(start)) if one.name == name)


def edit(path: Path, text: str = "Erbij") -> None:
    document = docx.Document(str(path))
    document.add_paragraph(text)
    document.save(str(path))


def test_without_copies_the_shipped_templates_are_in_force() -> None:
    found = templates_in_force(Path(HERE))
    assert [one.name for one in found] == list(KINDS)
    assert {one.state for one in found} == {State.SHIPPED}


def test_a_copy_goes_before_the_shipped_template_and_is_still_the_same() -> None:
    path = copy_shipped("agenda", None, overwrite=False).written[0]
    found = in_force("agenda")
    assert path == Path("sjablonen/agenda.docx")
    assert found.path == path.absolute()
    assert found.state is State.SAME
    assert found.behind == (templates_folder() / "agenda.docx",)
    assert "gaat voor op het sjabloon dat bij lrtdocs hoort" in found.reason


def test_an_edited_copy_is_told_to_be_edited() -> None:
    edit(copy_shipped("agenda", None, overwrite=False).written[0])
    assert in_force("agenda").state is State.EDITED


def test_a_copy_of_an_older_version_is_told_with_what_to_do() -> None:
    older = (templates_folder() / "brief.docx").read_bytes()
    Path("sjablonen").mkdir()
    Path("sjablonen/agenda.docx").write_bytes(copy_template(older, "agenda"))
    found = in_force("agenda")
    assert found.state is State.OLD
    assert "sjabloon kopieer agenda -o nieuw-agenda.docx" in found.remedy


def test_the_nearest_copy_wins_and_the_other_is_named() -> None:
    copy_shipped("agenda", None, overwrite=False)
    below = copy_shipped("agenda", "team/sjablonen", overwrite=False).written[0]
    found = in_force("agenda", "team/vergadering.yaml")
    assert found.path == below.absolute()
    assert len(found.behind) == 2
    assert str(Path("sjablonen").absolute()) in found.reason


def test_a_template_of_another_name_a_strange_one_and_a_broken_one_are_listed() -> None:
    Path("sjablonen").mkdir()
    for name in ("uitnodiging", "verslag"):
        docx.Document().save(f"sjablonen/{name}.docx")
    Path("sjablonen/brief.docx").write_bytes(b"geen zip")
    Path("sjablonen/~$brief.docx").write_bytes(b"")
    assert in_force("uitnodiging").state is State.OWN
    assert in_force("verslag").state is State.UNKNOWN
    assert in_force("brief").state is State.UNREADABLE
    assert len(templates_in_force(Path(HERE))) == len(KINDS) + 1


def test_a_copy_is_never_replaced_unless_asked() -> None:
    path = copy_shipped("agenda", None, overwrite=False).written[0]
    edit(path)
    before = path.read_bytes()
    with pytest.raises(FileProblemError) as caught:
        copy_shipped("agenda", None, overwrite=False)
    assert path.read_bytes() == before
    assert [problem.key for problem in caught.value.problems] == ["LRT001.sjabloon-bestaat"]
    outcome = copy_shipped("agenda", None, overwrite=True)
    assert [problem.key for problem in outcome.problems] == ["LRT001.oud"]
    assert path.with_name("agenda-oud.docx").read_bytes() == before
    assert not copy_shipped("agenda", None, overwrite=True).problems
    assert in_force("agenda").state is State.SAME


def test_only_what_is_shipped_can_be_copied() -> None:
    with pytest.raises(TemplateMissingError, match="bedoelde u 'agenda'"):
        copy_shipped("agendo", None, overwrite=False)
    assert KINDS.keys() == {path.stem for path in templates_folder().glob("*.docx")}


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (None, "geldt vanaf nu voor alle bestanden"),
        ("mijn.docx", "--sjabloon mijn.docx"),
        ("sjablonen/lrt.docx", "--sjabloon lrt"),
    ],
)
def test_a_copy_tells_for_which_files_it_is_in_force(output: str | None, told: str) -> None:
    assert told in describe_copy(
        copy_shipped("agenda", output, overwrite=False).written[0], "agenda"
    )


def uses(*paths: str) -> list[Use]:
    return [Use(path, Place("x")) for path in paths]


@pytest.mark.parametrize(
    ("stem", "origin", "paths", "kind"),
    [
        ("agenda", None, (), "agenda"),
        ("2025 Brief-uitnodiging", None, ("overleg",), "brief"),
        ("uitnodiging", Origin("brief", "x"), ("overleg",), "brief"),
        ("agenda-en-verslag", Origin("verslag", "x"), (), "verslag"),
        ("x", None, ("overleg", "agendapunten[].titel"), "agenda"),
        ("x", None, ("agendapunten[].verslag",), "verslag"),
        ("x", None, ("ontvanger.naam",), "brief"),
        ("x", None, ("aanhef", "landelijk.totaal"), "taakstelling"),
        ("x", None, ("naam",), None),
        ("x", None, (), None),
    ],
)
def test_the_kind_follows_from_the_name_the_origin_or_the_words(
    stem: str, origin: Origin | None, paths: tuple[str, ...], kind: str | None
) -> None:
    assert guess_kind(stem, origin, uses(*paths))[0] == kind


def test_a_template_is_opened_by_name_or_path_and_the_kind_may_be_told() -> None:
    path = copy_shipped("brief", "uitnodiging.docx", overwrite=False).written[0]
    assert open_template("agenda", None).kind == "agenda"
    known = open_template(str(path), None)
    assert (known.kind, known.reason) == ("brief", "het is een kopie van brief")
    assert open_template(str(path), "verslag").kind == "verslag"
    assert {use.path.partition(".")[0] for use in known.uses or ()} >= {"aanhef", "ontvanger"}


def test_a_file_that_is_no_document_is_opened_without_words() -> None:
    Path("x.docx").write_bytes(b"geen zip")
    known = open_template("x.docx", None)
    assert known.uses is known.kind is None
    assert [problem.code for problem in known.refusals] == ["LRT501"]


def test_a_template_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(TemplateMissingError, match="agenda"):
        open_template("nergens.docx", None)
