"""Documents say that lrtdocs made them."""

from __future__ import annotations

import re

import pytest
from docx_making import docx_of, members_of, repack

from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.provenance import sign_package

APP = "docProps/app.xml"


def without_app(data: bytes) -> bytes:
    members = members_of(data)
    types = re.sub(rb"<Override[^>]*app.xml[^>]*/>", b"", members["[Content_Types].xml"])
    rels = re.sub(rb"<Relationship [^>]*app.xml[^>]*/>", b"", members["_rels/.rels"])
    return repack(data, **{APP: None, "[Content_Types].xml": types, "_rels/.rels": rels})


@pytest.mark.parametrize("data", [docx_of("x"), without_app(docx_of("x"))])
def test_a_document_names_lrtdocs_as_its_application(data: bytes) -> None:
    app = members_of(render(compile_template(data, "x.docx"), {}))[APP].decode()
    assert re.findall("<(?:\\w+:)?Application>(.*?)<", app) == ["lrtdocs"]
    assert "AppVersion" not in app
    assert "Template>" not in app


def test_signing_twice_changes_nothing() -> None:
    once = sign_package(without_app(docx_of("x")))
    assert sign_package(once) == once
