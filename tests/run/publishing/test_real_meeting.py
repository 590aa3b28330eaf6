"""The real meeting as a publication copy: thirty marks, a contact, what is not public at all."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
import verapdf

from lrtdocs import api
from lrtdocs.run.load.meeting import load_vergadering
from lrtdocs.run.publishing.redact import redact_meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[3] / "examples"
TABLE = "openbaar: {weglaten: {ambtenaar: 5.1.2e, burger: 5.1.2e}, tonen: [bewindspersoon]}\n"
GROUNDS = ("5.1.2e", "5.1.2i", "5.1.1c", "5.2", "5.1.5")
WORDS = (
    *("Ter Apel", "Budel", "Zevenaar", "Defensie", "notitie", "directeur OEK", "corporaties"),
    *("minister-president", "Randstad", "UWV", "uitvoeringstoets", "rechtszaken", "woningmarkt"),
    *("Nederlanders", "Syriërs", "vreemdelingenvoorziening", "debat", "koepels", "bedden"),
    *("impactanalyse", "inburgering", "statushouders", "flexwoningen", "gemeenten", "reacties"),
    *("secretaris", "leden", "wetsvoorstellen", "zomer", "hotels", "moratorium"),
)


@cache
def marked() -> str:
    """Return the meeting with each of the words marked once, and two things that are not public."""
    text = (EXAMPLES / "2025-03-19-lrt.yaml").read_text(encoding="utf-8")
    head, minutes, rest = text.partition("    verslag: |\n")
    for number, word in enumerate(WORDS):
        ground = GROUNDS[number % len(GROUNDS)]
        mark = rf"\g<0>]{{weglaten={ground}}}"
        rest = re.sub(rf"(?<= ){re.escape(word)}(?=[ .,;:])", f"[{mark}", rest, count=1)
    hidden = "  - titel: Taakstelling 2025-II\n"
    rest = rest.replace(hidden, f"{hidden}    vertrouwelijk: ja\n")
    decision = "      - Het verslag van de LRT van 18 december is ongewijzigd vastgesteld.\n"
    rest = rest.replace(decision, f"      - {{tekst: {decision[8:-1]}, publiek: nee}}\n")
    return head + minutes + rest


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("echt")
    house = (EXAMPLES / "huisstijl.yaml").read_text(encoding="utf-8")
    (folder / "huisstijl.yaml").write_text(house + TABLE, encoding="utf-8")
    path = folder / "2025-03-19-lrt.yaml"
    path.write_text(marked(), encoding="utf-8")
    return path


def test_the_meeting_has_thirty_marks_and_all_of_them_are_left_out(path: Path) -> None:
    loaded, problems = load_vergadering(path, None)
    assert loaded is not None, list(map(str, problems))
    assert marked().count("{weglaten=") >= 30

    what = [one.what for one in redact_meeting(loaded).omissions]
    assert sum(each.startswith("tekst bij agendapunt") for each in what) >= 28
    assert what.count("naam van een aanwezige") == 12
    assert {"agendapunt 3, heel", "besluit bij agendapunt 1"} <= set(what)


def links_of(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    def walk(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                yield from walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if node["/S"] == "/Link":
                yield node
            yield from walk(node.get("/K", pikepdf.Array()))

    yield from walk(pdf.Root.StructTreeRoot["/K"])


@pytest.mark.office
@pytest.mark.verapdf
def test_its_pdfs_are_accessible_and_each_mark_is_read_as_what_it_is(
    path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "uit"
    options = api.PublishOptions(output=f"{target}/", pdf=True)
    outcome = api.publish([path], options)

    made = sorted(target.glob("*.pdf"))
    assert [each.name for each in made] == [
        "2025-03-19-lrt-agenda-openbaar.pdf",
        "2025-03-19-lrt-verslag-openbaar.pdf",
    ]
    assert not outcome.failures
    for each in made:
        assert verapdf.failed_rules(each, "ua1") == []
        assert verapdf.failed_rules(each, "2a") == []
    with pikepdf.open(made[1]) as pdf:
        told = [str(link.Alt) for link in links_of(pdf) if "/Alt" in link]
        described = [
            str(one.Contents)
            for page in pdf.pages
            for one in page.get("/Annots", [])
            if "/Dest" in one
        ]
    # contact, people, chair, who took the minutes, the marks, an item and a decision (twice)
    assert len(told) >= 45
    assert set(told) == set(described)
    assert "weggelaten, artikel 5.1, tweede lid, onder e" in told
    assert "weggelaten, artikel 5.1, vijfde lid" in told


@pytest.mark.office
def test_it_passes_its_own_proof_and_the_normal_papers_do_not(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "uit"
    api.publish([path], api.PublishOptions(output=f"{target}/", pdf=True, appointment=True))
    api.make_documents([path], "verslag", api.Options(output=f"{tmp_path / 'vol'}/", pdf=True))

    copy = api.prove_copy(target, [path])
    normal = api.prove_copy(tmp_path / "vol", [path])

    assert len(list(target.iterdir())) == 5
    assert [each.code for each in copy.problems if each.code != "LRT833"] == []
    assert copy.exit_code == 0
    found = [each for each in normal.problems if each.code == "LRT830"]
    assert {"LRT830.word", "LRT830.pdf"} == {each.key for each in found}
    assert len({each.fields["source"] for each in found}) > 30


@pytest.mark.office
def test_bundle_and_appointment_are_of_what_may_be_published(path: Path, tmp_path: Path) -> None:
    import pymupdf
    from PIL import Image

    folder = tmp_path / "echt"
    shutil.copytree(path.parent, folder)
    Image.new("RGB", (40, 40), "navy").save(folder / "open.png")
    Image.new("RGB", (40, 40), "navy").save(folder / "dicht.png")
    text = marked().replace(
        '  - {nummer: "1", titel: Verslag van de vorige Landelijke Regietafel}\n',
        '  - {nummer: "1", titel: Open stuk, bestand: open.png, publiek: ja}\n'
        '  - {nummer: "9", titel: Gesloten stuk, bestand: dicht.png}\n',
    )
    (folder / path.name).write_text(text, encoding="utf-8")
    target = tmp_path / "uit"
    options = api.PublishOptions(output=f"{target}/", bundle=True, appointment=True)
    outcome = api.publish([folder / path.name], options)

    assert "LRT805" in [each.key for each in outcome.problems]
    with pymupdf.open(target / "2025-03-19-lrt-bundel-openbaar.pdf") as bundle:
        shown = " ".join(" ".join(page.get_text().split()) for page in bundle)
        marks = " ".join(str(row[1]) for row in bundle.get_toc())
    calendar = (target / "2025-03-19-lrt-afspraak-openbaar.ics").read_text(encoding="utf-8")
    calendar = calendar.replace("\r\n ", "").replace("\n ", "")
    assert "Open stuk" in shown
    assert "Zit niet in deze bundel" in shown
    for said in (marks, calendar):
        assert "(vertrouwelijk) [5.1.2i]" in said
    for said in (shown, marks, calendar):
        assert not [
            word for word in ("Taakstelling 2025", "Hollander", "Voorbeeld") if word in said
        ]
    assert "ATTENDEE" not in calendar
    assert "ORGANIZER" not in calendar


def test_lists_of_several_meetings_leave_out_the_same(path: Path, tmp_path: Path) -> None:
    decided = api.list_decisions([path], tmp_path / "besluiten.csv", public=True)
    actions = api.list_actions([path], tmp_path / "acties.docx", public=True)

    table = (tmp_path / "besluiten.csv").read_text(encoding="utf-8-sig")
    assert "[5.1.2i]" in table
    assert "ongewijzigd vastgesteld" not in table
    assert "bijgesteld" not in table
    assert decided.table is not None
    assert actions.exit_code == 0
    assert "weggelaten" in " ".join(decided.remarks)


def test_what_is_no_public_paper_is_not_in_a_public_list(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "huisstijl.yaml", tmp_path)
    whole = tmp_path / "a.yaml"
    whole.write_text(marked() + "openbaar: {beoordeling: niet}\n", encoding="utf-8")
    concept = tmp_path / "b.yaml"
    concept.write_text(marked().replace("vastgesteld: 2025-06-18", ""), encoding="utf-8")

    outcome = api.list_decisions([whole, concept], public=True)
    keys = [each.key for each in outcome.problems if each.code == "LRT810"]
    assert keys == ["LRT810.niet", "LRT810"]
    assert outcome.table is None or not outcome.table.rows
