"""A story with less XML in it and the same content: what each document then need not write.

Word cuts a sentence into runs wherever something was typed later, and declares thirty namespaces
in a footer of one line. Joined once, when the template is compiled, neither is filled, checked and
compressed again for every document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from lrtdocs.word.package.elements import content_of, drop
from lrtdocs.word.package.ooxml import XML_SPACE, w
from lrtdocs.word.tags.paragraphs import Marks, set_text

if TYPE_CHECKING:
    from collections.abc import Iterable

_R, _T, _RPR, _PROOF = w("r"), w("t"), w("rPr"), w("proofErr")
_JOINED = frozenset(map(w, ("t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "rPr")))
_USED_ANYWAY = frozenset(["w", "r", "w14"])
"""The prefixes that values may use: ready-made formatting, links, paragraphs."""
_DECLARED = re.compile(r' xmlns:([\w.-]+)="[^"]*"')
_LISTED = re.compile(r' (\w+):Ignorable="([^"]*)"')


def join_runs(root: etree._Element, marks: Marks) -> None:
    """Join neighbouring runs of the story `root` that have the same formatting.

    A tag that eats the spaces beside it (`{%-`) keeps a run of its own, to eat no more than before.
    """
    for proof in list(root.iter(_PROOF)):
        if not proof.tail:
            drop(proof)
    for run in list(root.iter(_R)):
        previous = run.getprevious()
        if previous is not None and previous.tag == _R and _joins(previous, run, marks):
            _join(previous, run)


def _joins(first: etree._Element, second: etree._Element, marks: Marks) -> bool:
    if first.tail or first.text or second.text or len(first) == 0 or first[-1].tail:
        return False
    if any(child.tail for child in second) or first.attrib != second.attrib:
        return False
    content = [*first, *second]
    if any(tag.trim_before or tag.trim_after for c in content for tag in marks.inside(c.text)):
        return False
    plain = all(child.tag in _JOINED and _is_exact(child) for child in content)
    return plain and _formatting(first) == _formatting(second)


def _formatting(run: etree._Element) -> bytes:
    properties = run.find(_RPR)
    return b"" if properties is None else etree.tostring(properties, with_tail=False)


def _join(first: etree._Element, second: etree._Element) -> None:
    """Move the content of `second` into `first`, text to text."""
    for child in content_of(second):
        if child.tag == _T and first[-1].tag == _T:
            set_text(first[-1], (first[-1].text or "") + (child.text or ""))
        else:
            first.append(child)
    first.tail = second.tail
    drop(second)


def _is_exact(element: etree._Element) -> bool:
    """Tell whether the text of `element` has no spaces at its ends that Word leaves out."""
    text = element.text or ""
    return element.get(XML_SPACE) == "preserve" or text == text.strip()


def drop_namespaces(xml: str, others: Iterable[str]) -> str:
    """Return the part `xml` without declarations of prefixes that nothing in it uses.

    `others` are pieces of XML that documents put into it. A prefix that occurs as a word anywhere
    is kept, also when that word stands in a sentence.
    """
    start = xml.index("<", 5)
    end = xml.index(">", start) + 1
    head, body = xml[start:end], xml[end:]
    words = set(re.findall(r"[\w.-]+", _DECLARED.sub("", _LISTED.sub("", head)) + body))
    words = words.union(_USED_ANYWAY, *(re.findall(r"[\w.-]+", other) for other in others))
    found = _LISTED.search(head)
    if found is not None:
        listed = " ".join(prefix for prefix in found[2].split() if prefix in words)
        kept = f' {found[1]}:Ignorable="{listed}"' if listed else ""
        head = head[: found.start()] + kept + head[found.end() :]
        words |= {found[1]} if listed else set()
    head = _DECLARED.sub(lambda match: match[0] if match[1] in words else "", head)
    return xml[:start] + head + body
