"""The last net for fields of Word: a filled story in which one is not whole is never written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docx_making import body_of, fill, paragraph_of, problems_of, save, texts
from lxml import etree

from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.facts import read_facts
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import W, w
from lrtdocs.word.story.lint import check_package
from lrtdocs.word.tags.fields import field_faults

if TYPE_CHECKING:
    from collections.abc import Callable


def marks(kinds: str) -> str:
    return "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds.split())


@pytest.mark.parametrize(
    ("kinds", "number"),
    [
        ("begin", 1),
        ("begin separate", 1),
        ("end", 1),
        ("begin end", 0),
        ("begin begin separate end separate end", 0),
    ],
)
def test_a_field_has_a_begin_and_an_end(kinds: str, number: int) -> None:
    root = etree.fromstring(f'<w:p xmlns:w="{W}">{marks(kinds)}</w:p>')
    assert len(list(field_faults(root))) == number


def test_a_document_with_half_a_field_would_be_damaged() -> None:
    package = read_package(body_of(paragraph_of(marks("begin"), "x")), "uit.docx")
    (problem,) = check_package(package)
    assert problem.key == "LRT320.veldeinde"


def field(code: str, shown: str = "OUD", mark: str = "") -> str:
    """Return a field whose code stands in two runs."""
    half = len(code) // 2
    codes = "".join(
        f"<w:r><w:instrText>{c}</w:instrText></w:r>" for c in (code[:half], code[half:])
    )
    begin = f'<w:r><w:fldChar w:fldCharType="begin"{mark}/></w:r>'
    end = marks("end")
    return f"{begin}{codes}{marks('separate')}<w:r><w:t>{shown}</w:t></w:r>{end}"


def simple(code: str, shown: str = "OUD") -> str:
    return f'<w:fldSimple w:instr="{code}"><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>'


LIVE = "PAGE; NUMPAGES; STYLEREF Kop1; SEQ Figuur; HYPERLINK https://x.nl; FORMTEXT; MACROBUTTON x"
TEXT = (
    "FILENAME \\p; TEMPLATE; TITLE; DOCPROPERTY Company; DOCVARIABLE x; NUMWORDS; EDITTIME; = 1 + 1"
)
PERSON = "AUTHOR; LASTSAVEDBY; USERNAME; USERINITIALS; USERADDRESS"
DATED = "DATE \\@ &quot;d MMMM yyyy&quot;; TIME; CREATEDATE; SAVEDATE; PRINTDATE"


def _cases() -> list[tuple[str, str, str, bool]]:
    """Return codes, with what is printed, what is told, and whether it is still a field."""
    return [
        (code, *outcome)
        for codes, outcome in (
            (LIVE, ("OUD", "", True)),
            (TEXT, ("OUD", "LRT360.tekst", False)),
            (PERSON, ("", "LRT360.persoon", False)),
            (DATED, ("", "LRT360.datum", False)),
            ("SECTIONPAGES; SECTION", ("OUD", "LRT360.alleen_word", True)),
            ("CITATION x; SYMBOL 183", ("OUD", "", False)),
        )
        for code in codes.split("; ")
    ]


@pytest.mark.parametrize("make", [field, simple])
@pytest.mark.parametrize(("code", "printed", "told", "live"), _cases())
def test_each_kind_of_field_has_its_own_end(
    make: Callable[[str], str], code: str, printed: str, told: str, live: bool
) -> None:
    template = body_of(paragraph_of("van ", make(f" {code} "), " {{ naam }}"))
    if told == "LRT360.datum":
        (problem,) = problems_of(template)
        assert (problem.key, problem.place.paragraph, problem.found) == (told, 1, "OUD")
        return
    warnings = compile_template(template, "x.docx").warnings
    assert [(p.key, p.place.paragraph) for p in warnings] == ([(told, 1)] if told else [])
    document = fill(template)
    assert (
        "".join(text.text or "" for text in document.element.iter(w("t"))) == f"van {printed} Jan"
    )
    xml = document.element.xml
    assert ("instrText" in xml or "fldSimple" in xml) is live


def test_what_is_told_of_a_field_can_be_followed() -> None:
    """Ctrl+Shift+F9 leaves the text; a tag for the date prints the date."""
    assert problems_of(body_of(paragraph_of("van ", "12 maart 2019"))) == []
    assert texts(fill(body_of(paragraph_of("{{ datum | datum }}"))))[-1] == "14 maart 2025"


def test_a_field_that_counts_with_pages_is_refused() -> None:
    code = "<w:r><w:instrText> IF </w:instrText></w:r>" + field("PAGE")
    whole = [marks("begin"), code, marks("separate"), "vervolg", marks("end")]
    (problem,) = problems_of(body_of(paragraph_of(*whole)))
    assert (problem.key, problem.fields["name"]) == ("LRT360.rekent", "IF")


def bookmark(name: str, *inside: str) -> list[str]:
    start = f'<w:bookmarkStart w:id="7" w:name="{name}"/>'
    return [start, *inside, '<w:bookmarkEnd w:id="7"/>']


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        ([bookmark("_Ref1", "kop"), [field("REF _Ref1 \\h")]], ""),
        ([bookmark("_ref1", "kop"), [simple("PAGEREF _Ref1 \\h")]], ""),
        ([["kop"], [field("REF _Ref1 \\h")]], "LRT361.geen"),
        ([["{%p if leeg %}"], bookmark("_Ref1", "a"), ["{%p endif %}"], [field("PAGEREF _Ref1")]],
         "LRT361.blok"),
        ([["{%p if leeg %}"], bookmark("_Ref1", "a"), [field("REF _Ref1")], ["{%p endif %}"]], ""),
        ([["{%p for x in leden %}"], bookmark("_Ref1", "a"), [simple("REF _Ref1")],
          ["{%p endfor %}"]], "LRT361.blok"),
        ([["{%p if leeg %}"], bookmark("_Ref1", "a")[:2], ["{%p endif %}"],
          ["b", '<w:bookmarkEnd w:id="7"/>', field("NOTEREF _Ref1")]], "LRT361.blok"),
    ],
)  # fmt: skip
def test_a_reference_needs_what_it_refers_to(paragraphs: list[list[str]], told: str) -> None:
    template = body_of("".join(paragraph_of(*pieces) for pieces in paragraphs))
    problems = problems_of(template)
    assert [p.key for p in problems] == ([told] if told else [])
    if told:
        assert problems[0].place.paragraph == len(paragraphs) - ("endfor" in paragraphs[-1][0])


def test_of_two_bookmarks_with_one_name_the_first_stays() -> None:
    second = bookmark("Plek", "twee")
    second[0] = second[0].replace('"7"', '"8"')
    second[-1] = second[-1].replace('"7"', '"8"')
    document = fill(body_of(paragraph_of(*bookmark("plek", "een")) + paragraph_of(*second)))
    assert [m.get(w("name")) for m in document.element.iter(w("bookmarkStart"))] == ["plek"]


def contents(*lines: str) -> str:
    """Return a table of contents as Word writes it, one paragraph a line and one behind it."""
    page = (
        marks("begin") + "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>" + marks("separate")
    )
    rows = [
        f'<w:hyperlink w:anchor="_Toc1"><w:r><w:t>{line}</w:t><w:tab/></w:r>{page}'
        f"<w:r><w:t>1</w:t></w:r>{marks('end')}</w:hyperlink>"
        for line in lines
    ]
    rows[0] = (
        f"{marks('begin')}<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
        f"{marks('separate')}{rows[0]}"
    )
    return "".join(f"<w:p>{row}</w:p>" for row in [*rows, marks("end")])


def test_the_lines_of_a_table_of_contents_are_not_those_of_the_template() -> None:
    template = body_of(
        contents("Inleiding", "{{ punt.titel }}", "{% endif %}") + paragraph_of("{{ naam }}")
    )
    document = fill(template)
    first, behind, last = texts(document)[-3:]
    assert first.startswith("Klik hier met de rechtermuisknop")
    assert (behind, last) == ("", "Jan")
    begin = next(document.element.iter(w("fldChar")))
    assert begin.get(w("dirty")) == "true"
    facts = read_facts(save(document))
    assert facts.contents
    assert facts.body == ("Jan\n",)


def test_a_content_control_gets_a_name_too() -> None:
    control = '<w:sdt><w:sdtPr><w:alias w:val="van {{ naam }}"/></w:sdtPr><w:sdtContent>'
    document = fill(body_of(control + paragraph_of("x") + "</w:sdtContent></w:sdt>"))
    assert 'w:alias w:val="van Jan"' in document.element.xml
