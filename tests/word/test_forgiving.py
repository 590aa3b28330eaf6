"""What Word does to tags and what stands around them: forgiven, or told, and never lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docx_making import (
    WORDS,
    body_of,
    cells,
    docx_of,
    fill,
    members_of,
    new_document,
    paragraph_of,
    problems_of,
    repack,
    save,
    texts,
    with_part,
)

from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import Filler, render
from lrtdocs.word.package.ooxml import MC, V, W, parse_xml, w

if TYPE_CHECKING:
    from collections.abc import Sequence

MAIN = "word/document.xml"
NOTES = "word/footnotes.xml"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


INSIDE = {
    "smart tag": f"<w:smartTag w:element='x'><w:smartTagPr/>{run('naam')}</w:smartTag>",
    "custom XML": f"<w:customXml w:element='x'><w:customXmlPr/>{run('naam')}</w:customXml>",
    "direction": f"<w:dir w:val='ltr'>{run('na')}</w:dir>{run('am')}",
    "hyperlink": f"<w:hyperlink w:anchor='a'>{run('naam')}</w:hyperlink>",
    "content control": f"<w:sdt><w:sdtPr/><w:sdtContent>{run('naam')}</w:sdtContent></w:sdt>",
    "field result": f"<w:fldSimple w:instr=' PAGE '>{run('naam')}</w:fldSimple>",
    "bookmark": run("na") + "<w:bookmarkStart w:id='9' w:name='b'/>" + run("am"),
    "spelling": run("na") + "<w:proofErr w:type='spellStart'/>" + run("am"),
    "permission": run("na") + "<w:permStart w:id='3' w:edGrp='everyone'/>" + run("am"),
    "comment": run("na") + "<w:commentRangeStart w:id='1'/>" + run("am"),
    "page break that Word drew": run("na") + "<w:r><w:lastRenderedPageBreak/></w:r>" + run("am"),
    "soft hyphen": run("na") + "<w:r><w:softHyphen/></w:r>" + run("am"),
    "soft hyphen as a character": run("na\u00ad\u200bam"),
    "tab": "<w:r><w:tab/></w:r>" + run("naam") + "<w:r><w:ptab/></w:r>",
    "line break": "<w:r><w:br/></w:r>" + run("naam") + "<w:r><w:cr/></w:r>",
    "no-break space": run("\u00a0naam\u202f"),
    "no-break hyphen": run("naam[3") + "<w:r><w:noBreakHyphen/></w:r>" + run("3:]"),
    "half bold": f"<w:r><w:rPr><w:b/></w:rPr><w:t>na</w:t></w:r>{run('am')}",
}


@pytest.mark.parametrize("inside", INSIDE.values(), ids=INSIDE)
def test_what_word_puts_inside_a_tag_is_no_part_of_it(inside: str) -> None:
    xml = paragraph_of(run("Dag {{ "), inside, run(" }}!"))
    template = compile_template(body_of(xml), "x.docx")
    main = parse_xml(members_of(render(template, WORDS))[MAIN])
    assert "".join(text.text or "" for text in main.iter(w("t"))) == "Dag Jan!"


@pytest.mark.parametrize(
    "thing",
    [
        "<w:r><w:drawing/></w:r>",
        "<w:r><w:sym w:font='Wingdings' w:char='F0E0'/></w:r>",
        "<w:r><w:br w:type='page'/></w:r>",
        "<w:r><w:footnoteReference w:id='2'/></w:r>",
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>",
    ],
)
def test_what_would_vanish_with_the_tag_it_stands_in_is_told(thing: str) -> None:
    data = body_of(paragraph_of("{{ na", thing, "am }}"))
    assert [(p.code, p.place.paragraph) for p in problems_of(data)] == [("LRT324", 1)]
    comment = body_of(paragraph_of("{# na", thing.replace("footnoteReference", "x"), "am #}ja"))
    assert problems_of(comment) == []


def table(*rows: Sequence[str], spans: Sequence[int] = ()) -> str:
    """Return a w:tbl of `rows`, columns of 1000 wide; `spans` are those of the first row."""
    columns = max(len(row) for row in rows)
    made = []
    for number, row in enumerate(rows):
        widths = spans if spans and number == 0 else [1] * len(row)
        cells_ = [
            f"<w:tc><w:tcPr><w:tcW w:w='{1000 * span}' w:type='dxa'/>"
            f"<w:gridSpan w:val='{span}'/></w:tcPr>{paragraph_of(text)}</w:tc>"
            for text, span in zip(row, widths, strict=True)
        ]
        made.append(f"<w:tr>{''.join(cells_)}</w:tr>")
    grid = "<w:gridCol w:w='1000'/>" * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"


def order_of(data: bytes, words: dict[str, object] = WORDS) -> list[str]:
    """Return what the body of the filled document consists of: p, low p, tbl."""
    body = parse_xml(members_of(render(compile_template(data, "x.docx"), words))[MAIN])[0]
    low = {e for e in body if e.find(f"{w('pPr')}/{w('spacing')}[@{w('line')}='20']") is not None}
    names = [("low " if e in low else "") + str(e.tag).rpartition("}")[2] for e in body]
    return names[:-1]


def test_tables_that_a_loop_repeats_stay_tables_of_their_own() -> None:
    loop = paragraph_of("{% for p in punten %}") + table(["{{ p.titel }}"])
    data = body_of(loop + paragraph_of("{% endfor %}") + paragraph_of("na"))
    assert order_of(data) == ["tbl", "low p", "tbl", "p"]
    assert cells(fill(data)) == [["Opening"], ["Sluiting"]]
    assert order_of(data, {**WORDS, "punten": []}) == ["p"]


def test_tables_between_which_only_tags_stood_stay_tables_of_their_own() -> None:
    tags = paragraph_of("{%p endif %}") + paragraph_of("{%p if getal %}")
    body = paragraph_of("{%p if naam %}") + table(["a"]) + tags + table(["b"])
    data = body_of(body + paragraph_of("{%p endif %}") + paragraph_of("na"))
    assert order_of(data) == ["tbl", "low p", "tbl", "p"]
    assert order_of(data, {**WORDS, "naam": ""}) == ["tbl", "p"]


def test_a_loop_with_text_beside_its_table_gets_nothing_extra() -> None:
    loop = paragraph_of("{% for p in punten %}") + table(["{{ p.titel }}"]) + paragraph_of("x")
    assert order_of(body_of(loop + paragraph_of("{% endfor %}"))) == ["tbl", "p", "tbl", "p"]


@pytest.mark.parametrize("number", [0, 1, 2, 5])
def test_a_loop_over_columns_keeps_the_width_of_the_table_and_its_heading(number: int) -> None:
    columns = ["{%tc for l in leden %}", "{{ l }}", "{%tc endfor %}"]
    body = table(["kop", "rest"], ["N", *columns], ["x", *columns], spans=[1, 3])
    document = fill(body_of(body + "<w:p/>"), {"leden": ["x"] * number})
    found = document.tables[0]._tbl
    grid = [int(c.get(w("w"))) for c in found.tblGrid]
    assert sum(grid) == 4000
    for row in found.tr_lst:
        assert sum(cell.grid_span for cell in row.tc_lst) == len(grid)
        assert sum(int(cell.tcPr.find(w("tcW")).get(w("w"))) for cell in row.tc_lst) == 4000


def test_cells_merged_down_a_loop_and_along_a_row_keep_the_width() -> None:
    rows = [["{%tr for p in punten %}", "", ""], ["{% vm %}g", "{{ p.titel }}", "x"]]
    body = table(*rows, ["{%tr endfor %}", "", ""])
    found = fill(body_of(body + "<w:p/>")).tables[0]._tbl
    assert [len(row.tc_lst) for row in found.tr_lst] == [3, 3]
    along = table(["{%tc for l in leden %}", "{% hm %}{{ l }}", "{%tc endfor %}"], ["a", "b", "c"])
    found = fill(body_of(along + "<w:p/>")).tables[0]._tbl
    assert [cell.grid_span for cell in found.tr_lst[0].tc_lst] == [3]
    assert sum(int(c.get(w("w"))) for c in found.tblGrid) == 3000


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def all_text(data: bytes, words: dict[str, object] = WORDS) -> list[str]:
    root = parse_xml(members_of(save(fill(data, words)))[MAIN])
    found = ("".join(t.text or "" for t in p.iter(w("t"))) for p in root.iter(w("p")))
    return [text for text in found if text]


def cell(text: str) -> str:
    return f"<w:tc><w:tcPr/>{paragraph_of(text)}</w:tc>"


def rows_of(*rows: str) -> str:
    grid = "<w:tblGrid><w:gridCol w:w='9'/><w:gridCol w:w='9'/></w:tblGrid>"
    return f"<w:tbl><w:tblPr/>{grid}{''.join(rows)}</w:tbl><w:p/>"


LOOP = ("{% for l in leden %}", "{{ l }}", "{% endfor %}")
CONTROLS = {
    "block": control("".join(map(paragraph_of, LOOP))),
    "run": paragraph_of(LOOP[0]) + paragraph_of(control(run(LOOP[1]))) + paragraph_of(LOOP[2]),
    "cell": rows_of(f"<w:tr>{control(cell(LOOP[0] + LOOP[1]))}{cell(LOOP[2])}</w:tr>"),
    "row": rows_of(
        *(f"<w:tr>{cell(LOOP[0])}</w:tr>", control(f"<w:tr>{cell(LOOP[1])}</w:tr>")),
        f"<w:tr>{cell(LOOP[2])}</w:tr>",
    ),
    "rows inside": rows_of(control("".join(f"<w:tr>{cell(text)}</w:tr>" for text in LOOP))),
    "loop around": paragraph_of(LOOP[0])
    + control(paragraph_of(LOOP[1]), "<w:id w:val='4'/>")
    + paragraph_of(LOOP[2]),
}


@pytest.mark.parametrize("body", CONTROLS.values(), ids=CONTROLS)
def test_a_loop_works_in_and_around_a_content_control(body: str) -> None:
    assert all_text(body_of(body)) == ["Jan", "Piet", "Klaas"]


@pytest.mark.parametrize("level", ["block", "rows inside"])
def test_a_content_control_that_data_leaves_empty_goes_too(level: str) -> None:
    out = fill(body_of(CONTROLS[level]), {"leden": []})
    assert not list(out.element.iter(w("sdt")))


def test_a_repeating_section_of_word_is_left_alone() -> None:
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    section = f"<w15:repeatingSection xmlns:w15='{w15}'/>"
    body = control(paragraph_of("vast"), f"<w:id w:val='4'/>{section}") + paragraph_of("{{ naam }}")
    main = members_of(save(fill(body_of(body))))[MAIN]
    assert b"repeatingSection" in main
    assert b'<w:id w:val="4"/>' in main


def text_box(choice: str, fallback: str) -> str:
    """Return a paragraph with a text box in both the modern and the old form."""
    wps = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    inner = f"<wps:txbx xmlns:wps='{wps}'><w:txbxContent>{choice}</w:txbxContent></wps:txbx>"
    old = (
        f"<w:pict><v:shape xmlns:v='{V}' id='vak' type='#t'><v:textbox><w:txbxContent>{fallback}"
        "</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    both = f"<mc:Choice Requires='wps'><w:drawing>{inner}</w:drawing></mc:Choice>"
    holder = f"<mc:AlternateContent xmlns:mc='{MC}'>{both}<mc:Fallback>{old}</mc:Fallback>"
    return f"<w:p><w:r>{holder}</mc:AlternateContent></w:r></w:p>"


def test_both_copies_of_a_text_box_are_filled_alike() -> None:
    mark = "<w:bookmarkStart w:id='1' w:name='b'/><w:bookmarkEnd w:id='1'/>"
    choice = paragraph_of("{% for l in leden %}") + paragraph_of("{{ l }}", mark)
    end = paragraph_of("{% endfor %}")
    cut = choice.replace("{{ l }}", "{{ </w:t></w:r><w:r><w:t>l }}")
    box = text_box(choice + end, cut + end)
    assert all_text(body_of(box)) == ["JanPietKlaas" * 2, *["Jan", "Piet", "Klaas"] * 2]
    main = members_of(save(fill(body_of(box))))[MAIN].decode()
    assert len(re.findall("<w:bookmarkStart ", main)) == 3


def test_a_text_box_that_data_leaves_empty_goes_in_both_forms() -> None:
    inner = paragraph_of("{%p if leeg %}") + paragraph_of("x") + paragraph_of("{%p endif %}")
    out = fill(body_of(text_box(inner, inner) + paragraph_of("{{ naam }}")))
    assert texts(out) == ["", "Jan"]
    assert not list(out.element.iter(f"{{{MC}}}AlternateContent"))


def test_old_shapes_and_paragraphs_in_a_loop_have_names_of_their_own() -> None:
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    box = text_box(paragraph_of("{{ l }}"), paragraph_of("{{ l }}"))
    box = box.replace("<w:p>", f"<w:p xmlns:w14='{w14}' w14:paraId='0A0B0C0D'>", 1)
    body = paragraph_of("{%p for l in leden %}") + box + paragraph_of("{%p endfor %}")
    main = members_of(save(fill(body_of(body))))[MAIN].decode()
    assert re.findall(r'<v:shape[^>]* id="(\w+)"', main) == ["vak", "vak_2", "vak_3"]
    assert "paraId" not in main


def test_a_protected_range_in_a_loop_is_no_range_any_more() -> None:
    ranged = ("<w:permStart w:id='4' w:edGrp='everyone'/>", "{{ l }}", "<w:permEnd w:id='4'/>")
    body = paragraph_of("{%p for l in leden %}") + paragraph_of(*ranged)
    out = fill(body_of(body + paragraph_of("{%p endfor %}") + paragraph_of(*ranged[::2], "x")))
    assert len(list(out.element.iter(w("permStart")))) == 1


def noted(body: str, *notes: str) -> bytes:
    """Return a template with footnotes 2, 3 … that say `notes`."""
    lines = "<w:footnote w:id='0' w:type='separator'><w:p/></w:footnote>"
    lines += "".join(
        f"<w:footnote w:id='{number}'>{paragraph_of(text)}</w:footnote>"
        for number, text in enumerate(notes, start=2)
    )
    part = f"<w:footnotes xmlns:w='{W}'>{lines}</w:footnotes>".encode()
    return with_part(body_of(body), NOTES, part, NOTES_TYPE, "footnotes")


def notes_in(data: bytes) -> list[tuple[str, str]]:
    """Return (number in the text, text of that note), and see that the order is the same."""
    members = members_of(data)
    references = [e.get(w("id"), "") for e in parse_xml(members[MAIN]).iter(w("footnoteReference"))]
    notes = [note for note in parse_xml(members[NOTES]) if note.get(w("type")) is None]
    assert [note.get(w("id")) for note in notes] == references
    found = ("".join(t.text or "" for t in note.iter(w("t"))) for note in notes)
    return list(zip(references, found, strict=True))


def reference(number: int) -> str:
    return f"<w:r><w:footnoteReference w:id='{number}'/></w:r>"


def test_a_note_left_out_by_a_condition_takes_its_text_with_it() -> None:
    body = paragraph_of("{%p if leeg %}") + paragraph_of("x", reference(2))
    body += paragraph_of("{%p endif %}") + paragraph_of("{{ naam }}", reference(3))
    template = compile_template(noted(body, "een", "twee {{ naam }}"), "x.docx")
    assert notes_in(render(template, WORDS)) == [("1", "twee Jan")]
    assert notes_in(render(template, {**WORDS, "leeg": 1})) == [("1", "een"), ("2", "twee Jan")]
    assert notes_in(Filler(template, WORDS).render({})) == [("1", "twee Jan")]


def test_a_note_in_a_loop_is_there_for_each_pass() -> None:
    body = paragraph_of("{%p for l in leden %}") + paragraph_of("{{ l }}", reference(2))
    data = noted(body + paragraph_of("{%p endfor %}") + paragraph_of("y", reference(3)), "a", "b")
    made = notes_in(render(compile_template(data, "x.docx"), WORDS))
    assert made == [("1", "a"), ("2", "a"), ("3", "a"), ("4", "b")]


def test_a_note_whose_reference_was_deleted_goes_when_the_change_is_accepted() -> None:
    deleted = f"<w:del w:id='8' w:author='a'>{reference(2)}</w:del>"
    data = noted(paragraph_of(deleted, "{{ naam }}", reference(3)), "een", "twee")
    assert notes_in(render(compile_template(data, "x.docx"), WORDS)) == [("1", "twee")]


def test_endnotes_follow_their_text_like_footnotes() -> None:
    body = (
        paragraph_of("{%p if leeg %}") + paragraph_of(reference(2)) + paragraph_of("{%p endif %}")
    )
    data = noted(body + paragraph_of(reference(3)), "een", "twee")
    members = members_of(data)
    turned = {name: content.replace(b"footnote", b"endnote") for name, content in members.items()}
    turned["word/endnotes.xml"] = turned.pop(NOTES)
    data = repack(data, **{NOTES: None, **turned})
    out = members_of(render(compile_template(data, "x.docx"), WORDS))["word/endnotes.xml"]
    assert b"twee" in out
    assert b"een<" not in out


def test_notes_that_data_cannot_move_are_not_touched() -> None:
    data = noted(paragraph_of("{{ naam }}", reference(2)), "een")
    template = compile_template(data, "x.docx")
    assert template.notes == {}
    assert notes_in(render(template, WORDS)) == [("2", "een")]


def test_a_list_on_two_levels_restarts_on_both_for_each_pass_of_the_loop_outside() -> None:
    document = new_document()
    for text in ("{% for p in punten %}", "kop", "{% for l in p.leden %}"):
        document.add_paragraph(text)
    for level in (0, 1):
        properties = document.add_paragraph("{{ l }}")._p.get_or_add_pPr()
        number = properties._add_numPr()
        number._add_ilvl().val = level
        number._add_numId().val = 1
    for text in ("{% endfor %}", "{% endfor %}"):
        document.add_paragraph(text)
    out = members_of(render(compile_template(save(document), "x.docx"), WORDS))
    used = re.findall(r'<w:numId w:val="(\d+)"/>', out[MAIN].decode())
    assert used[:4] == ["1"] * 4
    assert len(set(used[4:])) == 1
    assert used[4] != "1"
    (fresh,) = re.findall(
        rf'<w:num w:numId="{used[4]}">.*?</w:num>', out["word/numbering.xml"].decode()
    )
    assert 'w:ilvl="0"><w:startOverride w:val="1"' in fresh


def test_a_paragraph_of_tags_and_spaces_only_leaves_no_blank_line() -> None:
    lines = ("a", " {% if naam %} ", "b", "{% endif %}{# niets #}", "c")
    assert texts(fill(docx_of(*lines))) == ["a", "b", "c"]


def test_half_of_a_block_in_a_link_is_told_at_its_beginning() -> None:
    link = f"<w:hyperlink w:anchor='a'>{run('{% if naam %}')}</w:hyperlink>"
    (problem,) = problems_of(body_of(paragraph_of(link, "x{% endif %}")))
    assert (problem.code, problem.found) == ("LRT305", "in een link en in een alinea")
