"""Shipped templates damaged at random: only problems come of it, never an exception."""

from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile
from functools import cache

import pytest
from broken_cases.making import FIELDS
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from lrtdocs.errors import LrtdocsError, Problem
from lrtdocs.word.check.template import check_template
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import render
from lrtdocs.word.house.build import build_templates

KINDS = ("agenda", "verslag", "brief", "taakstelling")
STORIES = re.compile(r"word/(document|header\d|footer\d)\.xml")
MARKS = (
    "{{",
    "}}",
    "{%",
    "%}",
    "{",
    "}",
    "%",
    "'",
    "“",
    "”",
    "–",
    "…",
    "≥",
    "\u00a0",
    "{%p",
    "{%tr",
)


@cache
def shipped() -> dict[str, bytes]:
    return build_templates()


@cache
def members(kind: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(shipped()[f"{kind}.docx"])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(files: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def flip_bytes(kind: str, dice: random.Random) -> bytes:
    """Change some bytes of the file as it lies on disk."""
    data = bytearray(shipped()[f"{kind}.docx"])
    for _ in range(dice.randint(1, 20)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)


def cut_file(kind: str, dice: random.Random) -> bytes:
    data = shipped()[f"{kind}.docx"]
    return data[: dice.randrange(len(data))]


def lose_member(kind: str, dice: random.Random) -> bytes:
    files = list(members(kind).items())
    del files[dice.randrange(len(files))]
    return pack(files)


def swap_members(kind: str, dice: random.Random) -> bytes:
    files = dict(members(kind))
    one, other = dice.sample(sorted(files), 2)
    files[one], files[other] = files[other], files[one]
    return pack(list(files.items()))


def spoil_member(kind: str, dice: random.Random) -> bytes:
    """Change bytes inside one member, which is packed well again."""
    files = dict(members(kind))
    name = dice.choice(sorted(files))
    data = bytearray(files[name])
    for _ in range(dice.randint(1, 5)):
        data[dice.randrange(len(data))] = dice.randrange(32, 127)
    return pack(list({**files, name: bytes(data)}.items()))


def spoil_tree(kind: str, dice: random.Random) -> bytes:
    """Remove, double or move elements of one part."""
    files = dict(members(kind))
    name = dice.choice([n for n in sorted(files) if n.endswith((".xml", ".rels"))])
    root = etree.fromstring(files[name])
    for _ in range(dice.randint(1, 6)):
        inside = [element for element in root.iter() if element is not root]
        if not inside:
            break
        _spoil(dice.choice(inside), dice.choice(inside), dice)
    return pack(list({**files, name: etree.tostring(root)}.items()))


def _spoil(element: etree._Element, other: etree._Element, dice: random.Random) -> None:
    parent = element.getparent()
    assert parent is not None
    action = dice.choice(("remove", "double", "move", "rename", "strip"))
    if action == "remove":
        parent.remove(element)
    elif action == "double":
        parent.append(etree.fromstring(etree.tostring(element)))
    elif action == "move" and other is not element and element not in other.iterancestors():
        other.append(element)
    elif action == "rename":
        element.tag = other.tag
    elif element.attrib:
        del element.attrib[dice.choice(sorted(element.attrib))]


def spoil_text(kind: str, dice: random.Random) -> bytes:
    """Spoil tags: cut in two, doubled, quotes turned, words changed, marks put anywhere.

    Of parts that are the same one is spoiled, and none that has no tags.
    """
    files = dict(members(kind))
    tagged = [name for name in files if STORIES.fullmatch(name) and b"{{" in files[name]]
    name = dice.choice(sorted({files[name]: name for name in tagged}.values()))
    root = etree.fromstring(files[name])
    texts = [element for element in root.iter() if element.text and element.text.strip()]
    for element in dice.sample(texts, min(len(texts), dice.randint(1, 8))):
        element.text = _spoil_words(str(element.text), dice)
    return pack(list({**files, name: etree.tostring(root)}.items()))


def _spoil_words(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) + 1)
    return dice.choice(
        (
            text[:at],
            text[at:],
            text[:at] + text[at + 1 :],
            text[:at] + dice.choice(MARKS) + text[at:],
            text + text,
            text.replace("'", "’").replace(" ", "\u00a0"),
            text.replace("if", "als").replace("end", "eind"),
            text.replace(".", "..").replace("|", "||"),
        )
    )


DAMAGE = (
    *(flip_bytes, cut_file, lose_member, swap_members, spoil_member),
    *(spoil_tree, spoil_text, spoil_tree, spoil_text),
)


@pytest.mark.parametrize("kind", KINDS)
@example(spoil_tree, 3298999586)
@given(st.sampled_from(DAMAGE), st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_a_damaged_template_gives_problems_and_no_exception(
    kind: str, damage: object, seed: int
) -> None:
    data = damage(kind, random.Random(seed))  # type: ignore[operator]
    problems = check_template(data, "x.docx", fields=FIELDS)
    assert all(isinstance(problem, Problem) for problem in problems)
    assert all(problem.place.file == "x.docx" for problem in problems)
    assert all(str(problem) and problem.as_dict() for problem in problems)
    if damage is spoil_text:
        assert "LRT504" not in {problem.code for problem in problems}
    with contextlib.suppress(LrtdocsError):
        render(compile_template(data, "x.docx"), {})
