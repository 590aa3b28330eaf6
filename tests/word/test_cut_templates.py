"""The shipped templates with their tags cut anyhow, as Word cuts them, make the same documents."""

from __future__ import annotations

import copy
import random
from functools import cache

import pytest
from docx_making import members_of, repack
from example_words import TEMPLATES, filled_text, template_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lrtdocs.word.package.ooxml import STORY_TYPES, XML_SPACE, parse_xml, serialize_xml, w
from lrtdocs.word.package.package import Types

LOOKS = ("b", "i", "noProof", "rtl", "webHidden", "caps")
BETWEEN = (
    '<w:proofErr xmlns:w="{w}" w:type="spellStart"/>',
    (
        '<w:bookmarkStart xmlns:w="{w}" w:id="{n}" w:name="_b{n}"/><w:bookmarkEnd xmlns:w="{w}" '
        'w:id="{n}"/>'
    ),
    '<w:commentRangeStart xmlns:w="{w}" w:id="{n}"/>',
    '<w:permStart xmlns:w="{w}" w:id="{n}" w:edGrp="everyone"/>',
)


def cut_text(text: etree._Element, chance: random.Random, density: float) -> None:
    """Cut the run of one w:t at random characters, each piece with formatting of its own."""
    run, whole = text.getparent(), text.text or ""
    assert run is not None
    edges = [n for n in range(1, len(whole)) if chance.random() < density]
    for start, stop in zip([0, *edges], [*edges, len(whole)], strict=True):
        piece = copy.deepcopy(run)
        for old in [child for child in piece if child.tag not in {w("rPr"), w("t")}]:
            piece.remove(old)
        kept = piece.find(w("t"))
        assert kept is not None
        kept.text = whole[start:stop]
        kept.set(XML_SPACE, "preserve")
        if edges:
            format_piece(piece, chance)
        run.addprevious(piece)
        if edges and chance.random() < 0.3:
            put_between(run, chance)
    run.getparent().remove(run)  # type: ignore[union-attr]


def format_piece(piece: etree._Element, chance: random.Random) -> None:
    properties = piece.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        piece.insert(0, properties)
    look = w(chance.choice(LOOKS))
    if properties.find(look) is None and chance.random() < 0.7:
        etree.SubElement(properties, look)


def put_between(run: etree._Element, chance: random.Random) -> None:
    number, namespace = str(chance.randrange(10_000, 99_000)), run.nsmap["w"]
    pieces = chance.choice(BETWEEN).format(n=number, w=namespace)
    for element in etree.fromstring(f"<x>{pieces}</x>"):
        run.addprevious(element)


def cut_template(data: bytes, chance: random.Random, density: float) -> bytes:
    """Return the template `data` with all its tags cut over runs."""
    members = members_of(data)
    types = Types(members["[Content_Types].xml"])
    changes: dict[str, bytes] = {}
    for member in [name for name in members if types.of(name) in STORY_TYPES]:
        root = parse_xml(members[member])
        for text in list(root.iter(w("t"))):
            run = text.getparent()
            assert run is not None
            plain = [child.tag for child in run if child.tag != w("rPr")]
            if "{" in (text.text or "") and plain == [w("t")]:
                cut_text(text, chance, density)
        changes[member] = serialize_xml(root)
    return repack(data, **changes)


@cache
def expected(kind: str) -> dict[str, list[str]]:
    return filled_text(kind, template_of(kind))


@pytest.mark.parametrize("kind", TEMPLATES)
@given(st.integers(0, 2**32), st.sampled_from([0.05, 0.3, 1.0]))
@settings(max_examples=6, deadline=None)
def test_any_cut_of_any_tag_gives_the_same_text(kind: str, seed: int, density: float) -> None:
    cut = cut_template(template_of(kind), random.Random(seed), density)
    assert filled_text(kind, cut) == expected(kind)
