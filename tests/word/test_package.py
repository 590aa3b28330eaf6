"""The zip around a document: every byte string ends in a package or a refusal."""

from __future__ import annotations

import io
import struct
import zipfile

import docx
import pytest
from docx_making import body_of, change, docx_of, members_of, repack
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtdocs.errors import TemplateProblemsError
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.package.archive import write_package
from lrtdocs.word.package.guards import read_package

GOOD = docx_of("Hallo {{ naam }}")
MAIN = "word/document.xml"
RELS = "word/_rels/document.xml.rels"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def codes(data: bytes) -> set[str]:
    with pytest.raises(TemplateProblemsError) as caught:
        read_package(data, "x.docx")
    assert all(problem.remedy or problem.message for problem in caught.value.problems)
    return {problem.code for problem in caught.value.problems}


def document_or_problems(data: bytes) -> object:
    try:
        return read_package(render(compile_template(data, "x.docx"), {"naam": "Jan"}), "uit.docx")
    except TemplateProblemsError as error:
        return error.problems


def with_rel(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    row = f'<Relationship Id="rIdX" Type="{REL}{kind}" Target="{target}"{mode}/></Relationships>'
    return change(GOOD, RELS, "</Relationships>", row)


def test_a_good_document_is_read_whole() -> None:
    assert read_package(GOOD, "x.docx").members == members_of(GOOD)


def test_written_packages_are_the_same_bytes_in_any_order() -> None:
    members = members_of(GOOD)
    backwards = dict(reversed(list(members.items())))
    assert write_package(members) == write_package(backwards)


def test_the_content_types_come_first_and_dates_are_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(write_package(members_of(GOOD)))) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert not any(entry.flag_bits & 8 for entry in entries)


def test_a_template_made_by_word_as_dotx_becomes_a_document() -> None:
    data = change(GOOD, "[Content_Types].xml", "document.main+xml", "template.main+xml")
    out = render(compile_template(data, "x.dotx"), {"naam": "Jan"})
    assert docx.Document(io.BytesIO(out)).paragraphs[0].text == "Hallo Jan"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "LRT501"),
        (b"<html>", "LRT501"),
        (b"{\\rtf1}", "LRT501"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "LRT502"),
        (GOOD[: len(GOOD) // 2], "LRT504"),
        (repack(GOOD, **{"[Content_Types].xml": None}), "LRT501"),
        (repack(GOOD, **{MAIN: None}), "LRT515"),
        (change(GOOD, "[Content_Types].xml", "wordprocessingml.document.main", "x.main"), "LRT503"),
        (repack(GOOD, **{"../evil.xml": b"<a/>"}), "LRT506"),
        (repack(GOOD, **{"/evil.xml": b"<a/>"}), "LRT506"),
        (repack(GOOD, **{"word\\evil.xml": b"<a/>"}), "LRT506"),
        (repack(GOOD, **{"C:evil.xml": b"<a/>"}), "LRT506"),
        (repack(GOOD, **{"word/DOCUMENT.xml": b"<a/>"}), "LRT506"),
        (repack(GOOD, **{"word/big.bin": b"\0" * (42 << 20)}), "LRT505"),
        (repack(GOOD, **{"word/bomb.bin": b"\0" * (3 << 20)}), "LRT505"),
        (repack(GOOD, **{"word/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "LRT508"),
        (repack(GOOD, **{"word/x.xml": '<!DOCTYPE a SYSTEM "b"><a/>'.encode("utf-16")}), "LRT508"),
        (repack(GOOD, **{"word/x.xml": b"<a><b></a>"}), "LRT509"),
        (repack(GOOD, **{"word/x.xml": b""}), "LRT509"),
        (repack(GOOD, **{"word/x.xml": b"<a>" * 300 + b"</a>" * 300}), "LRT514"),
        (with_rel("image", "https://evil.example/x.png"), "LRT511"),
        (with_rel("hyperlink", "file:///etc/passwd"), "LRT511"),
        (with_rel("hyperlink", "javascript:alert(1)"), "LRT511"),
        (with_rel("attachedTemplate", "https://evil.example/x.dotm"), "LRT511"),
        (with_rel("attachedTemplate", "\\\\server\\x.dotm"), "LRT511"),
        (with_rel("attachedTemplate", "file://server/x.dotm"), "LRT511"),
        (with_rel("oleObject", "embeddings/x.bin", ""), "LRT510"),
        (with_rel("aFChunk", "x.html", ""), "LRT513"),
        (with_rel("subDocument", "x.docx", ""), "LRT513"),
        (body_of('<w:altChunk r:id="rId1"/>'), "LRT513"),
        (body_of('<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\x cmd"/></w:p>'), "LRT512"),
        (
            body_of(
                '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE'
                '</w:instrText></w:r><w:r><w:instrText>PICTURE "http://x"</w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
            ),
            "LRT512",
        ),
        (body_of("<w:p><w:r><w:object/></w:r></w:p>"), "LRT510"),
        (
            change(
                repack(GOOD, **{"word/vbaProject.bin": b"x"}),
                "[Content_Types].xml",
                "</Types>",
                '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
                "</Types>",
            ),
            "LRT510",
        ),
    ],
)
def test_a_foreign_package_is_refused_with_a_code(data: bytes, code: str) -> None:
    assert code in codes(data)


def with_main(name: str, xml: bytes) -> bytes:
    """Return a document whose main part is called `name` and holds `xml`."""
    members = members_of(GOOD)
    moved = {name: xml, f"word/_rels/{name[5:]}.rels": members[RELS], MAIN: None, RELS: None}
    data = change(repack(GOOD, **moved), "[Content_Types].xml", f"/{MAIN}", f"/{name}")
    return change(data, "_rels/.rels", MAIN, name)


def test_xml_is_judged_whatever_the_member_is_called() -> None:
    xml = members_of(GOOD)[MAIN].split(b"?>", 1)[1].strip()
    assert read_package(with_main("word/document.bin", xml), "x.docx")
    chunk = xml.replace(b"<w:sectPr", b"<w:altChunk/><w:sectPr")
    assert codes(with_main("word/document.bin", chunk)) == {"LRT513"}
    hidden = b"<?x?><!DOCTYPE a []>" + xml
    assert codes(with_main("word/document.bin", hidden)) == {"LRT508"}


def test_two_main_parts_are_refused() -> None:
    row = f'<Relationship Id="z" Type="{REL}officeDocument" Target="word/styles.xml"/>'
    data = change(GOOD, "_rels/.rels", "</Relationships>", row + "</Relationships>")
    assert codes(data) == {"LRT515"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_content_types_with_a_prefix_or_in_utf16_are_added_to_all_the_same(encoding: str) -> None:
    types = members_of(GOOD)["[Content_Types].xml"].decode().split("?>", 1)[1]
    for name in ("Types", "Default", "Override"):
        types = types.replace(f"<{name}", f"<c:{name}").replace(f"</{name}", f"</c:{name}")
    types = f'<?xml version="1.0" encoding="{encoding}"?>' + types.replace("xmlns=", "xmlns:c=")
    data = repack(docx_of("{{ naam }}"), **{"[Content_Types].xml": types.encode(encoding)})
    out = render(
        compile_template(repack(data, **{"docProps/app.xml": None}), "x.docx"), {"naam": 1}
    )
    assert docx.Document(io.BytesIO(out)).paragraphs[0].text == "1"


def test_all_reasons_to_refuse_are_told_at_once() -> None:
    data = with_rel("image", "https://evil.example/x.png")
    row = f'<Relationship Id="rIdY" Type="{REL}oleObject" Target="x.bin"/></Relationships>'
    assert codes(change(data, RELS, "</Relationships>", row)) == {"LRT510", "LRT511"}


def test_links_that_people_click_are_allowed() -> None:
    for target in ("https://www.rijksoverheid.nl", "mailto:a@b.nl", "tel:+31701234567", "#kop"):
        assert read_package(with_rel("hyperlink", target), "x.docx").warnings == ()


def test_a_template_on_this_computer_is_left_out_with_a_warning() -> None:
    package = read_package(with_rel("attachedTemplate", "file:///C:\\Sjablonen\\x.dotm"), "x.docx")
    assert [problem.code for problem in package.warnings] == ["LRT516"]
    assert b"attachedTemplate" not in package.members[RELS]


def test_overlapping_members_are_refused() -> None:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream) as archive:
        first, second = archive.infolist()[:2]
    start = GOOD.index(b"PK\x01\x02", GOOD.index(b"PK\x01\x02") + 4)
    data = bytearray(GOOD)
    struct.pack_into("<I", data, start + 42, first.header_offset)
    assert second.header_offset != first.header_offset
    assert codes(bytes(data)) & {"LRT504", "LRT507"}


def test_a_member_that_lies_about_its_size_does_no_harm() -> None:
    bomb = repack(GOOD, **{"word/bomb.bin": b"\0" * (8 << 20)})
    start = bomb.rindex(b"word/bomb.bin") - 46
    data = bytearray(bomb)
    struct.pack_into("<I", data, start + 24, 1000)
    assert codes(bytes(data)) & {"LRT504", "LRT505"}


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=50, deadline=None)
def test_any_bytes_are_refused_without_a_traceback(data: bytes, zip_like: bool) -> None:
    assert codes(b"PK\x03\x04" + data if zip_like else data)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_damage_to_a_good_file_ends_in_a_document_or_a_refusal(data: st.DataObject) -> None:
    mutant = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(0, len(mutant) - 1))
        if data.draw(st.booleans()):
            mutant[position] ^= data.draw(st.integers(1, 255))
        else:
            del mutant[position : position + data.draw(st.integers(1, 40))]
    assert document_or_problems(bytes(mutant))


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_any_damage_to_the_text_ends_in_a_document_or_a_refusal(data: st.DataObject) -> None:
    text = members_of(GOOD)[MAIN].decode()
    start = data.draw(st.integers(0, len(text) - 1))
    stop = start + data.draw(st.integers(0, 60))
    insert = data.draw(
        st.sampled_from(["", "<w:p>", "</w:r>", "{{", "%}", "&", "<w:tbl/>", "\x00"])
    )
    mutant = repack(GOOD, **{MAIN: (text[:start] + insert + text[stop:]).encode()})
    assert document_or_problems(mutant)


@pytest.mark.parametrize(
    ("member", "data"),
    [
        ("word/fonts/font1.odttf", b"<\x9f geen XML maar een lettertype"),
        ("word/media/image1.emf", bytes(11 << 20)),
    ],
    ids=["a font that begins as XML does", "a picture that packs to next to nothing"],
)
def test_fonts_and_pictures_are_let_through(member: str, data: bytes) -> None:
    kind = "obfuscatedFont" if member.endswith("odttf") else "emf"
    row = f'<Override PartName="/{member}" ContentType="application/x-{kind}"/></Types>'
    made = change(repack(GOOD, **{member: data}), "[Content_Types].xml", "</Types>", row)
    assert read_package(made, "x.docx")[member] == data


def test_the_address_of_a_site_is_made_whole_and_any_other_is_told() -> None:
    package = read_package(with_rel("hyperlink", "www.rijksoverheid.nl"), "x.docx")
    assert [problem.code for problem in package.warnings] == ["LRT519"]
    assert b'"https://www.rijksoverheid.nl"' in package.members[RELS]

    for target in ("memo.pdf", "file:///C:/memo.pdf", "about:blank"):
        with pytest.raises(TemplateProblemsError) as refused:
            read_package(with_rel("hyperlink", target), "x.docx")
        assert [problem.key for problem in refused.value.problems] == ["LRT511.link"]


@pytest.mark.parametrize(
    "row",
    [
        "<Override ContentType='x/y'/>",
        "<Default ContentType='x/y'/>",
        "<Default Extension='q' ContentType='x/y'><Override ContentType='x/y'/></Default>",
    ],
)
def test_a_content_type_of_nothing_is_left_out_and_told(row: str) -> None:
    package = read_package(
        change(GOOD, "[Content_Types].xml", "</Types>", f"{row}</Types>"), "x.docx"
    )
    assert [problem.code for problem in package.warnings] == ["LRT520"]
    opened = docx.Document(io.BytesIO(write_package(package.members)))
    assert opened.paragraphs
