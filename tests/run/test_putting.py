"""A template that is offered: judged, tried, put in force, and the one before put back."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import docx
import pytest

from lrtdocs import api
from lrtdocs.errors import ExitCode, FileProblemError, Severity
from lrtdocs.run.folder.lock import lock_folder
from lrtdocs.shipped import examples_folder, templates_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHIPPED = (templates_folder() / "agenda.docx").read_bytes()


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1742378400")  # 19 March 2025


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "map"
    made.mkdir()
    for name in ("2025-03-19-lrt.yaml", "huisstijl.yaml"):
        shutil.copy(examples_folder() / name, made)
    return made


def with_line(text: str) -> bytes:
    document = docx.Document(io.BytesIO(SHIPPED))
    document.add_paragraph(text, style="Body Text")
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.fixture
def offered(tmp_path: Path) -> Callable[[str], api.Offered]:
    def offer(text: str, name: str = "agenda.docx") -> api.Offered:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.docx"
        path.write_bytes(with_line(text))
        return api.offer_template(path, name)

    return offer


def agenda_of(folder: Path) -> str:
    made = api.render_one(folder / "2025-03-19-lrt.yaml", "agenda")
    return "\n".join(p.text for p in docx.Document(io.BytesIO(made)).paragraphs)


def test_one_without_errors_is_in_force_at_once(
    folder: Path, offered: Callable[..., api.Offered]
) -> None:
    outcome = api.put_in_force(offered("Neem uw pas mee."), "agenda", folder)

    assert outcome.exit_code is ExitCode.DONE
    assert outcome.written == [folder / "sjablonen" / "agenda.docx"]
    assert "Neem uw pas mee." in agenda_of(folder)


def test_one_with_errors_changes_nothing(folder: Path, offered: Callable[..., api.Offered]) -> None:
    outcome = api.put_in_force(offered("{{ plats }}"), "agenda", folder)

    assert [problem.code for problem in outcome.problems] == ["LRT955"]
    assert not (folder / "sjablonen").exists()


def test_the_one_before_is_kept_under_its_day_and_is_no_template_in_force(
    folder: Path, offered: Callable[..., api.Offered]
) -> None:
    for text in ("Een.", "Twee.", "Drie."):
        api.put_in_force(offered(text), "agenda", folder)

    kept = [one.path.name for one in api.list_earlier(folder, "agenda")]
    assert kept == ["agenda-2025-03-19-2.docx", "agenda-2025-03-19.docx"]
    own = [t for t in api.list_templates(folder).templates if t.path.is_relative_to(folder)]
    assert [t.name for t in own] == ["agenda"]


def test_one_from_before_is_put_back_and_the_other_kept(
    folder: Path, offered: Callable[..., api.Offered]
) -> None:
    for text in ("Een.", "Twee."):
        api.put_in_force(offered(text), "agenda", folder)
    (first,) = api.list_earlier(folder, "agenda")

    api.put_template_back("agenda", folder, first.path.name)

    assert "Een." in agenda_of(folder)
    assert len(api.list_earlier(folder, "agenda")) == 2


def test_the_shipped_one_is_put_back_and_the_own_one_kept(
    folder: Path, offered: Callable[..., api.Offered]
) -> None:
    api.put_in_force(offered("Een."), "agenda", folder)

    outcome = api.put_template_back("agenda", folder)

    assert outcome.exit_code is ExitCode.DONE
    assert "Een." not in agenda_of(folder)
    assert len(api.list_earlier(folder, "agenda")) == 1


def test_what_changed_since_it_was_seen_is_not_replaced(
    folder: Path, offered: Callable[..., api.Offered]
) -> None:
    seen = api.digest_in_force(folder, "agenda")
    api.put_in_force(offered("Van een ander."), "agenda", folder)

    outcome = api.put_in_force(offered("Van mij."), "agenda", folder, seen)

    assert [problem.code for problem in outcome.problems] == ["LRT958"]
    assert "Van een ander." in agenda_of(folder)


@pytest.mark.parametrize("name", ["", "../agenda", "/tmp/agenda", "brief", "nieuw", "a\x00b"])
def test_it_gets_no_name_but_that_of_its_kind(
    folder: Path, offered: Callable[..., api.Offered], name: str
) -> None:
    outcome = api.put_in_force(offered("Een."), name, folder)

    assert [error.problems[0].key for error in outcome.failures] == ["LRT956.naam"]
    assert not (folder / "sjablonen").exists()


@pytest.mark.parametrize("earlier", ["../../huisstijl.yaml", "agenda.docx", "/etc/passwd", "x"])
def test_nothing_is_put_back_that_was_not_kept(
    folder: Path, offered: Callable[..., api.Offered], earlier: str
) -> None:
    api.put_in_force(offered("Een."), "agenda", folder)

    outcome = api.put_template_back("agenda", folder, earlier)

    assert [problem.key for problem in outcome.problems] == ["LRT957"]
    assert "Een." in agenda_of(folder)


def test_one_that_is_open_in_word_is_not_taken_away(
    folder: Path, offered: Callable[..., api.Offered]
) -> None:
    api.put_in_force(offered("Een."), "agenda", folder)
    (folder / "sjablonen" / "~$agenda.docx").touch()

    outcome = api.put_template_back("agenda", folder)

    assert [problem.code for problem in outcome.problems] == ["LRT959"]
    assert "Een." in agenda_of(folder)


def test_two_at_once_do_not_mix(folder: Path, offered: Callable[..., api.Offered]) -> None:
    (folder / "sjablonen").mkdir()
    with lock_folder(folder / "sjablonen"):
        outcome = api.put_in_force(offered("Een."), "agenda", folder)

    assert [problem.key for problem in outcome.problems] == ["LRT959.bezig"]
    assert "Een." not in agenda_of(folder)


def test_a_letter_may_have_a_template_with_a_name_of_its_own(folder: Path, tmp_path: Path) -> None:
    for name in ("brief.yaml", "ontvangers-brief.csv"):
        shutil.copy(examples_folder() / name, folder)
    path = tmp_path / "een.docx"
    shutil.copy(templates_folder() / "brief.docx", path)
    found = api.offer_template(path, "brief-subsidie.docx")
    assert api.names_for(found, folder) == ["brief", "brief-subsidie"]
    assert [one.path.name for one in api.papers_with("brief", folder)] == ["brief.yaml"]

    api.put_in_force(found, "brief-subsidie", folder)

    mailing = folder / "brief.yaml"
    text = mailing.read_text(encoding="utf-8")
    mailing.write_text(text.replace("sjabloon: brief", "sjabloon: brief-subsidie"), "utf-8")
    assert api.papers_with("brief", folder) == []
    assert [one.path for one in api.papers_with("brief-subsidie", folder)] == [mailing]


def test_errors_come_first_and_what_has_a_place_before_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "een.docx"
    document = docx.Document()
    document.add_paragraph("{{ plats }}")
    document.save(str(path))

    found = api.offer_template(path, "agenda.docx").problems

    order = [(one.severity, one.place.paragraph is None) for one in found]
    levels = list(Severity)
    assert order == sorted(order, key=lambda pair: (levels.index(pair[0]), pair[1]))
    assert order[0] == (Severity.ERROR, False)


def test_what_is_told_names_the_file_as_it_came(offered: Callable[..., api.Offered]) -> None:
    found = offered("{{ plats }}", "Nieuwe agenda.docx")

    assert {one.place.file for one in found.problems} == {"Nieuwe agenda.docx"}
    assert found.file.kind == "agenda"


def test_a_house_style_that_trusts_templates_does_not_trust_one_that_is_offered(
    folder: Path, offered: Callable[..., api.Offered]
) -> None:
    house = folder / "huisstijl.yaml"
    house.write_text(f"vertrouwd: ja\n{house.read_text(encoding='utf-8')}", encoding="utf-8")

    found = offered("{{ ''.__class__ }}")

    assert found.errors
    with pytest.raises(Exception, match="__class__"):
        api.try_template(found, folder, source=folder / "2025-03-19-lrt.yaml")


def test_it_is_tried_with_examples_and_with_a_meeting(
    folder: Path, offered: Callable[..., api.Offered]
) -> None:
    found = offered("Neem uw pas mee.")

    for tried in (
        api.try_template(found, folder, sample=api.Sample.FULL),
        api.try_template(found, folder, source=folder / "2025-03-19-lrt.yaml"),
    ):
        texts = [p.text for p in docx.Document(io.BytesIO(tried.docx)).paragraphs]
        assert "Neem uw pas mee." in texts


def test_it_is_tried_with_a_mailing(folder: Path, tmp_path: Path) -> None:
    for name in ("brief.yaml", "ontvangers-brief.csv"):
        shutil.copy(examples_folder() / name, folder)
    path = tmp_path / "een.docx"
    shutil.copy(templates_folder() / "brief.docx", path)

    tried = api.try_template(
        api.offer_template(path, "brief.docx"), folder, source=folder / "brief.yaml"
    )

    assert docx.Document(io.BytesIO(tried.docx)).paragraphs


def test_mended_problems_are_counted(offered: Callable[..., api.Offered]) -> None:
    before, now = offered("{{ plats }} {{ dtum }}"), offered("{{ plats }}")

    progress = api.tell_progress(before, now)

    assert (progress.solved, progress.new) == (1, 0)


def test_the_papers_that_change_are_those_without_a_nearer_template(
    folder: Path, offered: Callable[..., api.Offered]
) -> None:
    below = folder / "elders"
    (below / "sjablonen").mkdir(parents=True)
    shutil.copy(folder / "2025-03-19-lrt.yaml", below / "ander.yaml")
    (below / "sjablonen" / "agenda.docx").write_bytes(SHIPPED)

    assert [one.path.name for one in api.papers_with("agenda", folder)] == ["2025-03-19-lrt.yaml"]
    assert len(api.papers_with("verslag", folder)) == 2


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblemError):
        api.offer_template(tmp_path / "weg.docx", "weg.docx")


def test_each_problem_of_a_paragraph_gets_a_link(offered: Callable[..., api.Offered]) -> None:
    found = offered("{{ plats }}")
    linked = docx.Document(io.BytesIO(api.link_offered(found)))

    (number,) = (n for n, p in enumerate(found.problems) if p.severity is Severity.ERROR)
    links = {rel.target_ref for rel in linked.part.rels.values() if rel.is_external}
    assert f"https://plek.invalid/{number}" in links
    (link,) = (h for p in linked.paragraphs for h in p.hyperlinks if "plats" in h.text)
    assert link.text == "{{ plats }}"
