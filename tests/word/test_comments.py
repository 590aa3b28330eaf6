"""Problems as Word comments: at the right words, nothing else touched, and gone when mended."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

import docx
import pytest
from docx_making import body_of, docx_of, members_of, new_document, paragraph_of, repack
from example_words import TEMPLATES, template_of
from hypothesis import given, settings
from hypothesis import strategies as st
from office_saving import save_again

from lrtdocs.errors import Place, Problem, Severity, TemplateProblemsError
from lrtdocs.word.check.comments import mark_problems
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.package.ooxml import parse_xml, w
from lrtdocs.word.tags.paragraphs import paragraphs_of, pieces_of
from lrtdocs.word.tags.tags import find_tags, narrow_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document

MAIN = "word/document.xml"
APP = "docProps/app.xml"  # says that lrtdocs made the file
HERE = "hoofdtekst"


def problem(
    paragraph: int | None = 1,
    words: str = "",
    text: str = "",
    *,
    found: str = "",
    part: str = HERE,
    start: int | None = None,
) -> Problem:
    """Return a problem at `words` of the paragraph `text`, which is those words unless told."""
    text, place = text or words, Place("x.docx", part=part, paragraph=paragraph)
    if words:
        start = text.index(words) if start is None else start
        place = narrow_place(place, text, start, start + len(words))
    return Problem("LRT303", place, "Dit klopt niet.", found=found, remedy="Doe dit.")


OPEN = problem(1, "{{ naam", "Beste {{ naam")


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def commented(data: bytes) -> list[str]:
    """Return the words in the range of each comment, in the order of their numbers."""
    inside: dict[str, str] = {}
    current: set[str] = set()
    for element in parse_xml(members_of(data)[MAIN]).iter():
        number = element.get(w("id"), "")
        if element.tag == w("commentRangeStart"):
            current.add(number)
            inside[number] = ""
        elif element.tag == w("commentRangeEnd"):
            current.remove(number)
        elif element.tag in {w("t"), w("tab"), w("br")}:
            for open_number in current:
                inside[open_number] += element.text or ("\t" if element.tag == w("tab") else "\n")
    assert not current
    return [inside[number] for number in sorted(inside, key=int)]


def runs(data: bytes) -> list[list[tuple[str, str]]]:
    """Return for each paragraph its characters, each with the formatting of its run."""
    found = []
    for paragraph in parse_xml(members_of(data)[MAIN]).iter(w("p")):
        characters = []
        for piece in pieces_of(paragraph):
            properties = piece.element.getparent().find(w("rPr"))  # type: ignore[union-attr]
            look = "" if properties is None else "".join(str(p.tag) for p in properties)
            characters += [(character, look) for character in piece.text]
        found.append(characters)
    return found


def test_a_comment_tells_level_code_message_and_remedy_in_the_name_of_lrtdocs() -> None:
    document = opened(mark_problems(docx_of("Beste {{ naam"), [OPEN]))
    (comment,) = document.comments
    assert (comment.author, comment.initials) == ("lrtdocs", "lrtdocs")
    assert comment.text == "fout LRT303: Dit klopt niet.\nDoe dit: Doe dit."


@pytest.mark.parametrize(
    ("text", "words", "start"),
    [
        ("Beste {{ naam }}, dag", "{{ naam }}", 6),
        ("a {{ x }} b {{ x }} c", "{{ x }}", 12),
        ("naam {{ namen }} {{ naam }}", "naam {{", 0),
        ("Beste {{ naam, hallo", "{{ naam, hallo", 6),
        ("{{ naam, {{ x }}", "{{ naam, ", 0),
        ("{{ " + "x" * 300 + " }} na", "{{ " + "x" * 300 + " }}", 0),
    ],
)
def test_a_comment_hangs_where_the_place_of_the_problem_is(
    text: str, words: str, start: int
) -> None:
    marked = mark_problems(docx_of("eerst", text), [problem(2, words, text, start=start)])
    assert commented(marked) == [words]
    assert [p.text for p in opened(marked).paragraphs] == ["eerst", text]


@pytest.mark.parametrize(
    ("text", "found", "words"),
    [
        ("a {{ naamm }} b", "naamm", "naamm"),
        ("{%p if x %} en nog iets", "en nog iets", "en nog iets"),
        ("{{ " + "x" * 300 + " }} na", "{{ " + "x" * 197 + " …", "{{ " + "x" * 197),
        ("geen tag", "{{ weg }}", "geen tag"),
        ("geen tag", "", "geen tag"),
    ],
)
def test_without_a_place_in_the_paragraph_it_hangs_at_the_words_or_at_all(
    text: str, found: str, words: str
) -> None:
    marked = mark_problems(docx_of("eerst", text), [problem(2, found=found)])
    assert commented(marked) == [words]


def test_a_place_in_another_text_than_that_of_the_paragraph_is_not_looked_for_in_it() -> None:
    marked = mark_problems(docx_of("een foto"), [problem(1, "{{ x }}", "alt {{ x }}")])
    assert commented(marked) == ["een foto"]


@pytest.mark.parametrize(
    "around",
    [
        "<w:hyperlink w:anchor='a'>{}</w:hyperlink>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:ins w:id='1' w:author='a'>{}</w:ins>",
        "<w:smartTag w:element='x'>{}</w:smartTag>",
        "<w:fldSimple w:instr=' PAGE '>{}</w:fldSimple>",
    ],
)
def test_a_tag_cut_over_runs_and_holders_is_covered_exactly(around: str) -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>am</w:t><w:tab/><w:t xml:space='preserve'> }} na</w:t>"
    xml = paragraph_of(
        "voor {{ n", "<w:proofErr w:type='spellStart'/>", around.format(bold + "</w:r>")
    )
    data = body_of(xml)
    whole = "voor {{ nam\t }} na"
    marked = mark_problems(data, [problem(1, "{{ nam\t }}", whole)])
    assert commented(marked) == ["{{ nam\t }}"]
    assert runs(marked) == runs(data)
    (run,) = (r for r in parse_xml(members_of(marked)[MAIN]).iter(w("commentReference")))
    assert run.getparent().getparent().tag == w("p")  # type: ignore[union-attr]


def test_deleted_text_is_not_counted_and_paragraphs_are_as_the_compiler_counts_them() -> None:
    gone = "<w:del w:id='2' w:author='a'><w:r><w:delText>weg {{ x }} </w:delText></w:r></w:del>"
    mark = "<w:pPr><w:rPr><w:del w:id='5' w:author='a'/></w:rPr></w:pPr>"
    data = body_of(
        paragraph_of(mark, "een") + paragraph_of(gone, "twee {{ y }}") + paragraph_of("{{ z }}")
    )
    marked = mark_problems(data, [problem(1, "{{ y }}", "eentwee {{ y }}"), problem(2, "{{ z }}")])
    assert commented(marked) == ["{{ y }}", "{{ z }}"]
    assert members_of(marked)[MAIN].count(b"delText") == members_of(data)[MAIN].count(b"delText")


def test_a_tag_in_a_table_cell_is_found() -> None:
    marked = mark_problems(docx_of("a", table=[["b", "{{ x }}"]]), [problem(3, "{{ x }}")])
    assert commented(marked) == ["{{ x }}"]


@pytest.mark.parametrize("part", ["koptekst", "voetnoten", "documenteigenschappen"])
def test_what_stands_in_another_part_is_told_at_the_first_paragraph(part: str) -> None:
    marked = mark_problems(
        docx_of("eerste", "tweede"), [problem(2, "{{ x }}", found="{{ x }}", part=part)]
    )
    assert commented(marked) == ["eerste"]
    (comment,) = opened(marked).comments
    assert f"Dit staat in: {part}, alinea 2." in comment.text
    assert "{{ x }}" in comment.text


def test_a_problem_without_a_paragraph_is_told_at_the_first_one() -> None:
    marked = mark_problems(docx_of("eerste"), [problem(None), problem(77, "x")])
    assert commented(marked) == ["eerste", "eerste"]


def test_what_stands_in_a_text_box_is_told_at_the_paragraph_it_hangs_on() -> None:
    box = (
        "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
        f"<w:txbxContent>{paragraph_of('{{ x }}')}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    data = body_of(paragraph_of("a") + paragraph_of("met ", box))
    marked = mark_problems(data, [problem(3, "{{ x }}")])
    root = parse_xml(members_of(marked)[MAIN])
    (start,) = root.iter(w("commentRangeStart"))
    assert next(start.iterancestors(w("txbxContent")), None) is None
    assert "met " in "".join(start.getparent().itertext())  # type: ignore[union-attr]


def with_comment_of_a_person() -> bytes:
    document = new_document()
    paragraph = document.add_paragraph("Beste {{ naam }}")
    document.add_comment(paragraph.runs[0], text="Mooi", author="Petra", initials="P")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def authors(data: bytes) -> list[tuple[str, str]]:
    return [(comment.author, comment.text) for comment in opened(data).comments]


def test_comments_of_people_stay_and_those_of_lrtdocs_go_when_marked_again() -> None:
    data = with_comment_of_a_person()
    twice = [problem(1, "{{ naam }}", "Beste {{ naam }}")] * 2
    once = mark_problems(data, twice)
    assert [author for author, _ in authors(once)] == ["Petra", "lrtdocs", "lrtdocs"]
    assert commented(once) == ["Beste {{ naam }}", "{{ naam }}", "{{ naam }}"]
    assert authors(mark_problems(once, [])) == [("Petra", "Mooi")]
    again = mark_problems(mark_problems(once, [problem(1)]), [])
    assert authors(again) == [("Petra", "Mooi")]
    assert commented(again) == ["Beste {{ naam }}"]


def test_a_mended_template_has_no_trace_of_comments() -> None:
    data = docx_of("Beste {{ naam", "{{ x }}")
    cleaned = mark_problems(mark_problems(data, [OPEN, problem(2, "{{ x }}")]), [])
    before, after = members_of(data), members_of(cleaned)
    assert before.keys() == after.keys()
    assert b"comment" not in after[MAIN]
    assert b"omments" not in after["[Content_Types].xml"] + after["word/_rels/document.xml.rels"]
    assert runs(cleaned) == runs(data)


def test_a_document_without_marks_comes_back_as_it_was() -> None:
    for data in (docx_of("a"), with_comment_of_a_person()):
        before, after = members_of(data), members_of(mark_problems(data, []))
        assert {name for name in after if after[name] != before.get(name)} == {APP}


def test_an_answer_of_a_person_stays_when_the_mark_it_answers_goes() -> None:
    data = mark_problems(docx_of("{{ x }}"), [problem(1, "{{ x }}")])
    members = members_of(data)
    name = next(n for n in members if n.endswith("comments.xml"))
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    reply = (
        f'<w:comment w:id="7" w:author="Petra"><w:p xmlns:w14="{w14}" w14:paraId="0000000B">'
        "<w:r><w:t>Gedaan</w:t></w:r></w:p></w:comment></w:comments>"
    )
    comments = members[name].decode().replace("</w:comments>", reply)
    comments = comments.replace("<w:p>", f'<w:p xmlns:w14="{w14}" w14:paraId="0000000A">', 1)
    extended = (
        f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="0000000A" w15:done="0"/>'
        '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="0"/>'
        "</w15:commentsEx>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
    row = f'<Override PartName="/word/commentsExtended.xml" ContentType="{kind}"/></Types>'
    types = members["[Content_Types].xml"].decode().replace("</Types>", row)
    data = repack(
        data,
        **{
            name: comments.encode(),
            "word/commentsExtended.xml": extended.encode(),
            "[Content_Types].xml": types.encode(),
        },
    )
    cleaned = mark_problems(data, [])
    left = parse_xml(members_of(cleaned)["word/commentsExtended.xml"])
    assert [dict(row.attrib) for row in left] == [
        {f"{{{w15}}}paraId": "0000000B", f"{{{w15}}}done": "0"}
    ]
    assert authors(cleaned) == [("Petra", "Gedaan")]


def test_all_other_members_are_the_same_bytes() -> None:
    data = docx_of("Beste {{ naam", header="{{ x }}")
    before, after = members_of(data), members_of(mark_problems(data, [OPEN]))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        MAIN,
        "word/comments.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        APP,
    }


def test_two_times_gives_the_same_bytes_and_the_date_is_not_of_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    data, found = docx_of("{{ x }}"), [problem(1, "{{ x }}")]
    assert mark_problems(data, found) == mark_problems(data, found)
    assert opened(mark_problems(data, found)).comments.get(0).timestamp.year == 2013  # type: ignore[union-attr]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert opened(mark_problems(data, found)).comments.get(0).timestamp.year == 1970  # type: ignore[union-attr]


def test_levels_are_told_in_dutch_and_signs_no_document_can_hold_are_shown() -> None:
    place = Place("x.docx", part=HERE, paragraph=1)
    tip = Problem("LRT303", place, "Let\x0bop", severity=Severity.TIP)
    assert authors(mark_problems(docx_of("a"), [tip])) == [("lrtdocs", "tip LRT303: Let op")]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04rommel", repack(docx_of("x"), **{MAIN: b"<w:p"})]
)
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateProblemsError):
        mark_problems(data, [problem()])


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]>'


def test_a_document_with_a_doctype_is_refused() -> None:
    xml = members_of(docx_of("a & b"))[MAIN].partition(b"?>")[2].replace(b"&amp;", b"&a;")
    assert b"&a;" in xml
    with pytest.raises(TemplateProblemsError):
        mark_problems(repack(docx_of("x"), **{MAIN: DOCTYPE + xml}), [problem()])


@given(
    st.sampled_from([MAIN, "word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels"]),
    st.integers(0, 3000),
    st.integers(0, 60),
    st.sampled_from([b"", b"<", b"w:tbl", b"/>", b'"']),
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from(["", "Beste {{ naam }}", "{% if x %}"])),
        min_size=1,
        max_size=4,
    ),
)
@settings(max_examples=40, deadline=None)
def test_a_damaged_template_is_marked_or_refused(
    member: str, start: int, length: int, put: bytes, places: list[tuple[int, str]]
) -> None:
    data = docx_of("Beste {{ naam }}", "{% if x %}", table=[["{{ a }}"]])
    xml = members_of(data)[member]
    start %= len(xml)
    damaged = repack(data, **{member: xml[:start] + put + xml[start + length :]})
    try:
        marked = mark_problems(damaged, [problem(*place) for place in places])
    except TemplateProblemsError:
        return
    assert len(commented(marked)) == len(places)


def test_a_marked_template_gives_the_same_problems_as_before() -> None:
    data = docx_of("{% if a %}", "{{ b c }}", "{{ d", table=[["{% endfor %}"]])
    with pytest.raises(TemplateProblemsError) as first:
        compile_template(data, "x.docx")
    with pytest.raises(TemplateProblemsError) as second:
        compile_template(mark_problems(data, first.value.problems), "x.docx")
    assert first.value.problems == second.value.problems


SENTENCE = "Beste {{ naam }}, {% if x %}a\tb{% else %}{{ y|z }}{% endif %} {# weg #}. {{ open"
TAGS = [tag.text for tag in find_tags(SENTENCE, Place(""))[0]]
HOLDERS = [
    "{}",
    "<w:ins w:id='9' w:author='a'>{}</w:ins>",
    "<w:hyperlink w:anchor='a'>{}</w:hyperlink>",
]


def cut(cuts: Sequence[int], looks: Sequence[str], holders: Sequence[str]) -> bytes:
    pieces = []
    for (start, stop), look, holder in zip(
        pairwise([0, *cuts, len(SENTENCE)]), looks, holders, strict=False
    ):
        text = SENTENCE[start:stop].replace("\t", "</w:t><w:tab/><w:t xml:space='preserve'>")
        run = f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"
        pieces.append(holder.format(run))
    return body_of(paragraph_of(*pieces))


@given(
    st.sets(st.integers(1, len(SENTENCE) - 1), max_size=12),
    st.lists(st.sampled_from(TAGS), min_size=1, max_size=6),
    st.lists(st.sampled_from(["", "<w:b/>", "<w:i/>"]), min_size=13, max_size=13),
    st.lists(st.sampled_from(HOLDERS), min_size=13, max_size=13),
)
@settings(max_examples=40, deadline=None)
def test_any_tags_in_runs_cut_anyhow_get_their_comments(
    cuts: set[int], tags: list[str], looks: list[str], holders: list[str]
) -> None:
    data = cut(sorted(cuts), looks, holders)
    marked = mark_problems(data, [problem(1, tag, SENTENCE) for tag in tags])
    assert commented(marked) == tags
    assert runs(marked) == runs(data)
    assert runs(mark_problems(marked, [])) == runs(data)


@pytest.mark.office
def test_libreoffice_keeps_the_comments_at_their_words() -> None:
    xml = paragraph_of(
        "voor {{ n", "<w:hyperlink w:anchor='a'><w:r><w:t>aam }}</w:t></w:r></w:hyperlink>", " na"
    )
    data = body_of(xml + paragraph_of("{%p if x %} te veel"), docx_of(table=[["{{ cel }}"]]))
    found = [problem(1, "{{ cel }}"), problem(2, "{{ naam }}", "voor {{ naam }} na")]
    found.append(problem(3, found="te veel"))
    (saved,) = save_again(mark_problems(data, found))
    assert commented(saved) == ["{{ cel }}", "{{ naam }}", "te veel"]
    assert {author for author, _ in authors(saved)} == {"lrtdocs"}


def at_every_tag(kind: str) -> tuple[bytes, list[str]]:
    """Return the shipped template of `kind` with a comment at each tag, and the tags."""
    data, found, tags = template_of(kind), [], []
    for number, paragraph in paragraphs_of(parse_xml(members_of(data)[MAIN])):
        text = "".join(piece.text for piece in pieces_of(paragraph))
        for tag in find_tags(text, Place(""))[0]:
            found.append(problem(number, tag.text, text, start=tag.start))
            tags.append(tag.text)
    return mark_problems(data, found), tags


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_tag_of_a_shipped_template_can_have_its_comment(kind: str) -> None:
    marked, tags = at_every_tag(kind)
    assert commented(marked) == tags
    assert runs(marked) == runs(template_of(kind))


@pytest.mark.office
def test_libreoffice_loses_no_comment_of_the_shipped_templates() -> None:
    """It forgets how long they are at the first paragraph of a frame, and keeps the rest."""
    marked = [at_every_tag(kind) for kind in TEMPLATES]
    for saved, (_, tags) in zip(save_again(*(data for data, _ in marked)), marked, strict=True):
        assert len(authors(saved)) == len(tags)
        kept = [words for words in commented(saved) if words]
        assert len(kept) >= len(tags) - 8
        assert set(kept) <= set(tags)
