"""Documents say that lrtdocs made them; a copy of a template says where it came from."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import docx
import pytest
from docx_making import docx_of, members_of, repack

from lrtdocs.kinds import KINDS
from lrtdocs.shipped import templates_folder
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.provenance import (
    Origin,
    copy_template,
    digest_template,
    drop_origin,
    read_origin,
    sign,
)

APP = "docProps/app.xml"
CUSTOM = "docProps/custom.xml"
NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/"


def origin_of(data: bytes) -> Origin | None:
    return read_origin(read_package(data, "x.docx"))


def shipped(kind: str = "agenda") -> bytes:
    return (templates_folder() / f"{kind}.docx").read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_says_of_which_version_of_which_template_it_is(kind: str) -> None:
    data = shipped(kind)
    assert origin_of(copy_template(data, kind)) == Origin(kind, digest_template(data))
    assert origin_of(data) is None


def test_a_copy_is_the_same_bytes_each_time_and_of_a_copy_too() -> None:
    once = copy_template(shipped(), "agenda")
    assert copy_template(shipped(), "agenda") == once
    again = read_package(copy_template(once, "brief"), "x.docx")
    drop_origin(again)
    assert again.keys() == members_of(shipped()).keys()


def test_a_copy_opens_in_python_docx() -> None:
    assert docx.Document(io.BytesIO(copy_template(shipped(), "agenda"))).paragraphs


def test_a_document_made_with_a_copy_is_that_of_the_template_itself() -> None:
    data, words = docx_of("{{ naam }}"), {"naam": "Jan"}
    made = members_of(render(compile_template(copy_template(data, "agenda"), "x.docx"), words))
    plain = members_of(render(compile_template(data, "x.docx"), words))
    assert made.keys() == plain.keys()
    assert b"lrtdocs versie" not in b"".join(made.values())
    assert made["word/document.xml"] == plain["word/document.xml"]


def test_properties_of_the_user_stay() -> None:
    own = (
        f'<Properties xmlns="{NAMESPACE}custom-properties" xmlns:vt="{NAMESPACE}docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="7" name="Zaak">'
        "<vt:lpwstr>12</vt:lpwstr></property></Properties>"
    ).encode()
    copied = members_of(copy_template(docx_of("x"), "agenda"))
    both = copy_template(repack(copy_template(docx_of("x"), "agenda"), **{CUSTOM: own}), "agenda")
    assert CUSTOM in copied
    assert b'pid="8" name="lrtdocs sjabloon"' in members_of(both)[CUSTOM]
    package = read_package(both, "x.docx")
    drop_origin(package)
    assert b"Zaak" in package[CUSTOM]
    assert b"lrtdocs" not in package[CUSTOM]


def without_app(data: bytes) -> bytes:
    members = members_of(data)
    types = re.sub(rb"<Override[^>]*app.xml[^>]*/>", b"", members["[Content_Types].xml"])
    rels = re.sub(rb"<Relationship [^>]*app.xml[^>]*/>", b"", members["_rels/.rels"])
    return repack(data, **{APP: None, "[Content_Types].xml": types, "_rels/.rels": rels})


@pytest.mark.parametrize("data", [docx_of("x"), without_app(docx_of("x"))])
def test_a_document_names_lrtdocs_as_its_application(data: bytes) -> None:
    app = members_of(render(compile_template(data, "x.docx"), {}))[APP].decode()
    assert re.findall("<(?:\\w+:)?Application>(lrtdocs [0-9a-f]{16})<", app)
    assert "AppVersion" not in app
    assert "Template>" not in app


def test_signing_twice_changes_nothing() -> None:
    package = read_package(without_app(docx_of("x")), "x.docx")
    sign(package)
    once = dict(package.members)
    sign(package)
    assert package.members == once


def test_to_ask_who_made_a_file_does_not_load_the_engine() -> None:
    code = "import lrtdocs.word.provenance, sys; print(*(n for n in sys.modules if 'word.' in n))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[2] for name in out.stdout.split() if name.startswith("lrtdocs.word.")}
    assert loaded == {"package", "provenance"}
