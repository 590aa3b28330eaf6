"""A file filled in by its fields: what nobody touched stays byte for byte."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meeting_generating import meeting_text

from lrtdocs.api.checking import problems_in
from lrtdocs.api.editing import (
    ChangedOutsideError,
    NotTakenError,
    Sort,
    add_item,
    fill_in,
    form_of,
    loc_of,
    move_item,
    open_text,
    place_in_form,
    read_sheet,
    remove_item,
    save_text,
    text_with,
)
from lrtdocs.errors import FileProblemError, ProblemsFoundError
from lrtdocs.run.editing.changing import why_not
from lrtdocs.run.editing.shown import walk_form
from lrtdocs.run.load.model import FILES, kind_of_file, model_of
from lrtdocs.source.yaml.edit import data_of

if TYPE_CHECKING:
    from lrtdocs.api.editing import Sheet
    from lrtdocs.run.editing.shown import Shown

EXAMPLES = Path(__file__).parents[2] / "examples"
FILLED = [
    path
    for path in sorted(EXAMPLES.rglob("*.yaml"))
    if not path.name.startswith(".") and kind_of_file(path) in {"vergadering", "mailing"}
]
HOUSE = EXAMPLES / "huisstijl.yaml"
ODD = [
    "<script>alert(1)</script>", '"quotes" \'single\' `back`', "{{ titel }} {% if x %} {# y #}",
    "---", "- streepje: # geen opmerking", "&anker *ster !tag %x @y", "ja", "null", "~", "0123",
    "2025-02-30", "é 😀 \u202fx", "[a, b]", "{a: b}", "|", ">", "a: b", "#", "\\n \\t C:\\temp",
    "x" * 5000, "'", '"', ":", "-", "?", "? a", "a # b", ", b",
]  # fmt: skip


def sheet_of(path: Path) -> Sheet:
    return read_sheet(kind_of_file(path), open_text(path).text)


def values_of(sheet: Sheet) -> dict[str, str]:
    """Return all that a page would send of a form that nobody touched."""
    shown = [one for one in walk_form(sheet.form) if not one.foreign]
    values = {one.name: one.value.replace("\n", "\r\n") for one in shown if one.field.is_leaf}
    return values | {f"{one.name}.sleutel": one.key for one in shown if one.key}


def leaves(sheet: Sheet) -> list[Shown]:
    return [one for one in walk_form(sheet.form) if one.field.is_leaf and not one.foreign]


def changed_lines(before: str, after: str) -> list[str]:
    found = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in found if line[:1] in "+-"]


def comments(text: str) -> list[str]:
    return sorted(line.strip() for line in text.splitlines() if line.strip()[:2] in {"#", "# "})


@pytest.mark.parametrize("kind", sorted(set(FILES) - {"akkoord"}))
def test_every_field_of_the_model_has_its_place_and_meaning_in_the_form(kind: str) -> None:
    fields = [field for group in form_of(kind) for field in group.fields]

    assert sorted(field.name for field in fields) == sorted(model_of(kind).model_fields)
    assert [field.name for field in fields if not field.meaning or not field.label] == []


@pytest.mark.parametrize("path", [*FILLED, HOUSE], ids=lambda path: path.stem)
def test_a_form_that_nobody_touched_is_the_file_byte_for_byte(path: Path) -> None:
    sheet = sheet_of(path)

    assert fill_in(sheet, values_of(sheet)).text == sheet.text


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_so_it_is_for_any_meeting(number: int) -> None:
    sheet = read_sheet("vergadering", meeting_text(number))

    assert fill_in(sheet, values_of(sheet)).text == sheet.text


@pytest.mark.parametrize("path", [*FILLED, HOUSE], ids=lambda path: path.stem)
def test_one_field_changed_changes_its_lines_alone_and_reads_back_as_typed(path: Path) -> None:
    sheet = sheet_of(path)
    fields = leaves(sheet)

    for one in fields[:: max(len(fields) // 40, 1)]:
        made = fill_in(sheet, values_of(sheet) | {one.name: "Iets: nieuws"})
        again = read_sheet(sheet.kind, made.text)
        assert again.named(one.name).value == "Iets: nieuws", one.name  # type: ignore[union-attr]
        assert comments(made.text) == comments(sheet.text), one.name
        others = [
            each for each in leaves(again) if not each.name.startswith(one.name.rpartition(".")[0])
        ]
        told = {each.name: each.value for each in fields}
        assert [each.name for each in others if each.value != told.get(each.name, "")] == []


def test_nothing_but_an_odd_space_is_nothing() -> None:
    sheet = sheet_of(FILLED[0])

    shown = fill_in(sheet, {"overleg": "\u00a0"}).named("overleg")

    assert shown is not None
    assert not shown.value


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_typed_in_a_field_comes_back_as_it_was_typed(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILLED))
    sheet = sheet_of(path)
    one = data.draw(st.sampled_from(leaves(sheet)))
    plain = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60)
    typed = data.draw(st.one_of(st.sampled_from(ODD), plain))

    typed = typed.replace("\r", "")
    if typed.strip() and why_not(typed):  # nothing but spaces is nothing
        with pytest.raises(NotTakenError) as error:
            fill_in(sheet, {one.name: typed})
        assert set(error.value.fields) == {one.name}
        return
    shown = fill_in(sheet, {one.name: typed}).named(one.name)
    if shown is None or one.sort is Sort.LINES:
        return
    kept = typed.replace("\u200b", "").replace("\u2060", "").replace("\ufeff", "")
    if one.sort is Sort.TEXT:
        kept = "\n".join(row if row.strip() else "" for row in kept.split("\n"))
    assert shown.value == (kept if kept.strip() else "").rstrip("\n")


def lists_of(sheet: Sheet) -> list[Shown]:
    shown = walk_form(sheet.form)
    return [one for one in shown if one.sort is Sort.LIST and not one.groups and not one.foreign]


@pytest.mark.parametrize("path", FILLED, ids=lambda path: path.stem)
def test_items_can_be_added_to_every_list_and_go_again(path: Path) -> None:
    sheet = sheet_of(path)
    lists = lists_of(sheet)

    for one in lists[:: max(len(lists) // 25, 1)]:
        for index in {0, len(one.items)}:
            done = add_item(sheet, one.name, index)
            again = read_sheet(sheet.kind, done.sheet.text).named(one.name)
            assert again is not None
            assert len(again.items) == len(one.items) + 1, one.name
            assert not again.items[index].filled
            assert done.sheet.named(done.focus) is not None
            assert comments(done.sheet.text) == comments(sheet.text)
            back = remove_item(done.sheet, f"{one.name}.{index}").sheet
            kept = back.named(one.name)
            assert kept is not None
            assert [data_of(each.node) for each in kept.items] == [
                data_of(each.node) for each in one.items
            ]


@pytest.mark.parametrize("path", FILLED, ids=lambda path: path.stem)
def test_items_of_every_list_move_as_they_are_typed_with_their_comments(path: Path) -> None:
    sheet = sheet_of(path)

    for one in lists_of(sheet):
        if len(one.items) < 2:
            continue
        done = move_item(sheet, f"{one.name}.0", 1)
        moved = done.sheet.named(one.name)
        before = [data_of(item.node) for item in one.items]
        assert moved is not None
        assert [data_of(item.node) for item in moved.items] == [before[1], before[0], *before[2:]]
        assert done.focus == f"{one.name}.1"
        assert sorted(done.sheet.text.split()) == sorted(sheet.text.split())
        assert move_item(sheet, f"{one.name}.0", -1).sheet.text == sheet.text


def test_a_person_stays_one_line_until_more_is_said_of_him() -> None:
    sheet = read_sheet("vergadering", "aanwezig:\n  - Mw. Faber (AenM, lid)  # let op\n  - Jan\n")

    assert fill_in(sheet, {"aanwezig.1.naam": "Piet"}).text.endswith("  - Piet\n")
    more = fill_in(sheet, {"aanwezig.0.bericht": "met"}).text
    assert data_of(read_sheet("vergadering", more).root)["aanwezig"][0] == {  # type: ignore[call-overload,index]
        "aanhef": "Mw.", "naam": "Faber", "organisatie": "AenM", "rol": "lid", "bericht": "met"
    }  # fmt: skip
    assert "# let op" in more


def test_people_in_groups_are_filled_in_group_by_group() -> None:
    text = "genodigden:\n  Leden:\n    - Jan\n  Gasten en pers:\n    - Piet\n    - Klaas\n"
    sheet = read_sheet("vergadering", text)

    made = fill_in(sheet, {"genodigden.g1.0.naam": "Joris"}).text
    assert made == text.replace("Piet", "Joris")
    done = add_item(sheet, "genodigden.g0", 1)
    assert fill_in(done.sheet, {done.focus: "Els"}).text == text.replace(
        "Jan\n", "Jan\n    - Els\n"
    )


def test_what_no_form_has_is_told_and_stays() -> None:
    text = "overleg: X  # zo\nonbekend: {a: [b]}\nplaats: [een, lijst]\ntijd: 10:00\n"
    sheet = read_sheet("vergadering", text)

    assert [one.name for one in walk_form(sheet.form) if one.foreign] == ["plaats"]
    assert fill_in(sheet, {"plaats": "Hier", "tijd": "11:00"}).text == text.replace(
        "10:00", "11:00"
    )


def test_keys_of_ones_own_are_added_renamed_and_taken_out() -> None:
    sheet = read_sheet(
        "vergadering", "openbaar:\n  weglaten:\n    De Vries: 5.1.2e\n    Bos: 5.1.2e\n"
    )

    filled = {
        "openbaar.weglaten.0.sleutel": "Jansen: zn",
        "openbaar.weglaten.1.sleutel": "",
        "openbaar.weglaten.nieuw.sleutel": "Smit",
        "openbaar.weglaten.nieuw.waarde": "5.1.2i",
    }
    assert data_of(read_sheet("vergadering", fill_in(sheet, filled).text).root) == {
        "openbaar": {"weglaten": {"Jansen: zn": "5.1.2e", "Smit": "5.1.2i"}}
    }
    with pytest.raises(NotTakenError) as twice:
        fill_in(sheet, {"openbaar.weglaten.nieuw.sleutel": "Bos"})
    assert set(twice.value.fields) == {"openbaar.weglaten.nieuw.sleutel"}
    with pytest.raises(NotTakenError):
        fill_in(sheet, {"openbaar.weglaten.nieuw.waarde": "5.1.2i"})


def test_what_cannot_stand_in_a_file_is_told_at_its_field_and_nothing_changes() -> None:
    sheet = read_sheet("vergadering", "overleg: X\ndatum: 2025-01-01\n")

    with pytest.raises(NotTakenError) as error:
        fill_in(sheet, {"overleg": "a\tb", "plaats": "x" * 100_000, "tijd": "10:00"})
    assert {name: each.code for name, each in error.value.fields.items()} == {
        "overleg": "LRT103", "plaats": "LRT107"
    }  # fmt: skip
    with pytest.raises(ProblemsFoundError):
        read_sheet("vergadering", "overleg: [\n")


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    for name in ("2025-03-19-lrt.yaml", "huisstijl.yaml"):
        shutil.copy(EXAMPLES / name, tmp_path)
    return tmp_path / "2025-03-19-lrt.yaml"


@pytest.mark.parametrize(
    ("encoding", "end"),
    [
        ("utf-8", "\n"),
        ("utf-8", "\r\n"),
        ("utf-8-sig", "\r\n"),
        ("cp1252", "\r\n"),
        ("utf-16", "\n"),
    ],
)
def test_line_ends_mark_and_encoding_of_a_file_stay(
    tmp_path: Path, encoding: str, end: str
) -> None:
    path = tmp_path / "a.yaml"
    text = "overleg: Café\n# wél\ndatum: 2025-01-01\nagendapunten:\n  - titel: Één\n"
    before = text.replace("\n", end).encode(encoding)
    path.write_bytes(before)
    opened = open_text(path)

    made = text_with("vergadering", opened.text, {"agendapunten.0.verslag": "a\r\nb"})
    save_text(path, made, opened.digest)
    after = f"{text}    verslag: |\n      a\n      b\n".replace("\n", end).encode(encoding)
    assert path.read_bytes() == after
    as_page = open_text(path).text.replace("\r\n", "\n").replace("Één", "Twee")
    save_text(path, as_page, open_text(path).digest)
    assert path.read_bytes().decode(encoding) == after.decode(encoding).replace("Één", "Twee")


def test_a_file_that_was_changed_outside_is_never_written_over(meeting: Path) -> None:
    opened = open_text(meeting)
    other = meeting.read_text(encoding="utf-8").replace("Turfmarkt", "Plein")
    meeting.write_text(other, encoding="utf-8")

    with pytest.raises(ChangedOutsideError) as error:
        save_text(meeting, opened.text.replace("10:00-11:30", "9:00"), opened.digest)
    assert meeting.read_text(encoding="utf-8") == other
    assert error.value.theirs.text == other
    assert error.value.problems[0].key == "LRT910"
    again, _ = save_text(meeting, opened.text, error.value.theirs.digest)
    assert meeting.read_text(encoding="utf-8") == opened.text == again.text


def test_a_file_that_is_gone_is_told(meeting: Path) -> None:
    opened = open_text(meeting)
    meeting.unlink()

    with pytest.raises(FileProblemError) as error:
        save_text(meeting, opened.text, opened.digest)
    assert error.value.problems[0].key == "LRT910.weg"
    assert not meeting.exists()


def test_problems_of_text_that_is_not_saved_lead_to_their_fields(meeting: Path) -> None:
    text = open_text(meeting).text.replace("datum: 2025-03-19", "datum: 2025-02-30")
    text = text.replace("  - titel: Taakstelling 2025-II\n    tijd", "  - tijd")
    form = read_sheet("vergadering", text).form

    found = problems_in(meeting, text)
    assert problems_in(meeting, text, whole=False) == [one for one in found if one.code != "LRT270"]
    where = [place_in_form(form, loc_of(text, problem)) for problem in found]
    assert [one.name for one in where if one] == ["datum", "agendapunten.2.titel"]
    assert problems_in(meeting, None) != found
    assert "2025-02-30" not in meeting.read_text(encoding="utf-8")
