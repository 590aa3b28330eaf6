"""The example of a meeting that becomes public: made, packed and proved as its first lines say."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from lrtdocs import api

EXAMPLES = Path(__file__).parents[3] / "examples"
NAME = "2026-10-07-opvang"
SECRETS = ("Peeters", "Wolters", "Kuipers", "ongeluk", "eigenaar", "politie", "brief van de bew")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLES / "openbaar", tmp_path / "openbaar")
    monkeypatch.chdir(tmp_path / "openbaar")
    return Path(f"{NAME}.yaml")


def test_its_copy_names_who_may_be_named_and_leaves_the_rest_out(path: Path) -> None:
    outcome = api.publish([path], api.PublishOptions(output="uit/", html=True))

    assert outcome.problems == []
    assert sorted(each.name for each in Path("uit").iterdir()) == [
        f"{NAME}-{kind}-openbaar.{suffix}"
        for kind in ("agenda", "verslag")
        for suffix in ("docx", "html")
    ]
    minutes = Path("uit", f"{NAME}-verslag-openbaar.html").read_text(encoding="utf-8")
    assert [name for name in ("Hofstra", "Amrani", "010 123 45 67") if name not in minutes] == []
    assert [secret for secret in SECRETS if secret in minutes] == []
    assert api.prove_copy(Path("uit"), [path]).problems == []


def test_its_normal_minutes_do_not_pass_for_a_copy(path: Path) -> None:
    api.make_documents([path], "verslag")

    proved = api.prove_copy(Path(f"{NAME}-verslag.docx"), [path])

    told = {one.fields["what"] for one in proved.problems if one.code == "LRT830"}
    assert {"naam van een aanwezige", "besluit bij agendapunt 2", "agendapunt 3, heel"} <= told


def test_the_letters_to_persons_are_made_and_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "verzendingen"
    shutil.copytree(EXAMPLES / "verzendingen" / "personen", work)
    shutil.copy(EXAMPLES / "openbaar" / "huisstijl.yaml", work)
    monkeypatch.chdir(work)
    mailing = Path("personen.yaml")
    text = mailing.read_text(encoding="utf-8").replace(": spreidingswet", ": opvang")
    mailing.write_text(text, encoding="utf-8")

    made = api.publish([mailing], api.PublishOptions(output="uit", html=True))
    proved = api.prove_copy(Path("uit"), [mailing])

    assert (len(made.written), proved.problems) == (50, [])


@pytest.mark.office
def test_it_is_packed_for_a_platform_and_kept_for_the_archive(path: Path) -> None:
    packed = api.publish([path], api.PublishOptions(package="opvang-openbaar.zip"))
    kept = api.archive([path], "opvang-archief.zip")

    assert (packed.exit_code, kept.exit_code) == (0, 0)
    assert api.prove_copy(Path("opvang-openbaar.zip"), [path]).problems == []
    with zipfile.ZipFile("opvang-openbaar.zip") as archive:
        names = archive.namelist()
    assert [one for one in names if one.endswith("openbaar.pdf")] == [
        f"{NAME}-agenda-openbaar.pdf",
        f"{NAME}-verslag-openbaar.pdf",
    ]
    with zipfile.ZipFile("opvang-archief.zip") as archive:
        assert any(name.endswith("huisstijl.yaml") for name in archive.namelist())
