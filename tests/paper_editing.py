"""A paper opened and edited as people do in Word: words, paragraphs, tracked changes, remarks."""

from __future__ import annotations

import copy
import io
from typing import TYPE_CHECKING

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = {"Heading2", "LRTPunt", "LRTSlotgegeven", "LRTSlotkop"}
WHO = {"w:author": "J. Jansen", "w:date": "2025-03-20T10:12:00Z"}


class Editor:
    """A Word document in the hands of somebody; `tracked` when Word keeps track of changes."""

    def __init__(self, data: bytes, *, tracked: bool = False) -> None:
        self.document = docx.Document(io.BytesIO(data))
        self.tracked = tracked
        self._number = 100

    def save(self) -> bytes:
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield all paragraphs of the text, those in tables too."""
        for element in self.document.element.body.iter(qn("w:p")):
            yield Paragraph(element, self.document._body)

    def find(self, text: str, *, nth: int = 0) -> Paragraph:
        """Return the paragraph, the `nth` from 0, in which `text` stands."""
        return [one for one in self.paragraphs() if text in one.text][nth]

    def replace(self, old: str, new: str, *, nth: int = 0) -> None:
        """Type `new` over `old`, which may stand in several runs."""
        paragraph = self.find(old, nth=nth)
        runs = [run for run in paragraph._p.iter(qn("w:r"))]  # noqa: C416
        for run in runs:
            texts = run.findall(qn("w:t"))
            for text in texts:
                if old in (text.text or ""):
                    self._type_over(run, text, old, new)
                    return
        raise AssertionError(f"{old!r} stands in several runs")

    def replace_in(self, run, old: str, new: str) -> None:  # type: ignore[no-untyped-def]
        """Type `new` over `old` in the run `run`."""
        text = next(one for one in run.findall(qn("w:t")) if old in (one.text or ""))
        self._type_over(run, text, old, new)

    def add_before(self, paragraph: Paragraph, new: str, style: str) -> None:
        """Type `new` in a paragraph of its own before `paragraph`."""
        added = paragraph.insert_paragraph_before(new, style=self.document.styles[style])
        if self.tracked:
            for run in added.runs:
                inserted = self._change("w:ins")
                run._r.addprevious(inserted)
                inserted.append(run._r)
            self._mark(added, "w:ins")

    def _type_over(self, run, text, old: str, new: str) -> None:  # type: ignore[no-untyped-def]
        before, _, after = (text.text or "").partition(old)
        if not self.tracked:
            _set(text, before + new + after)
            return
        last = copy.deepcopy(run)
        gone, fresh = copy.deepcopy(run), copy.deepcopy(run)
        for one, words in ((gone, old), (fresh, new), (last, after)):
            for child in [c for c in one if c.tag != qn("w:rPr")]:
                one.remove(child)
            kind = "w:delText" if one is gone else "w:t"
            element = OxmlElement(kind)
            _set(element, words)
            one.append(element)
        following = [c for c in run[run.index(text) + 1 :]]  # noqa: C416
        _set(text, before)
        for child in following:
            last.append(child)
        deleted, inserted = self._change("w:del"), self._change("w:ins")
        deleted.append(gone)
        inserted.append(fresh)
        parts = [deleted, *([inserted] if new else []), last]
        for element in reversed(parts):
            run.addnext(element)

    def _change(self, name: str):  # type: ignore[no-untyped-def]
        self._number += 1
        element = OxmlElement(name)
        element.set(qn("w:id"), str(self._number))
        for key, value in WHO.items():
            element.set(qn(key), value)
        return element

    def add_after(
        self, text: str, new: str, *, style: str | None = None, nth: int = 0
    ) -> Paragraph:
        """Press Enter behind the paragraph in which `text` stands, and type `new`."""
        paragraph = self.find(text, nth=nth)
        element = copy.deepcopy(paragraph._p)
        for child in [c for c in element if c.tag != qn("w:pPr")]:
            element.remove(child)
        paragraph._p.addnext(element)
        added = Paragraph(element, paragraph._parent)
        if style is not None:
            added.style = self.document.styles[style]
        run = added.add_run(new)
        if self.tracked:
            inserted = self._change("w:ins")
            run._r.addprevious(inserted)
            inserted.append(run._r)
            self._mark(added, "w:ins")
        return added

    def _mark(self, paragraph: Paragraph, name: str) -> None:
        properties = paragraph._p.get_or_add_pPr()
        marks = properties.find(qn("w:rPr"))
        if marks is None:
            marks = OxmlElement("w:rPr")
            properties.append(marks)
        marks.insert(0, self._change(name))

    def delete(self, text: str, *, nth: int = 0) -> None:
        """Take the whole paragraph in which `text` stands out."""
        paragraph = self.find(text, nth=nth)
        if not self.tracked:
            paragraph._p.getparent().remove(paragraph._p)
            return
        for run in list(paragraph._p.iter(qn("w:r"))):
            deleted = self._change("w:del")
            run.addprevious(deleted)
            deleted.append(run)
            for element in run.findall(qn("w:t")):
                element.tag = qn("w:delText")
        self._mark(paragraph, "w:del")

    def move_before(self, text: str, other: str) -> None:
        """Drag the paragraph in which `text` stands to before the one with `other`."""
        self.find(other)._p.addprevious(self.find(text)._p)

    def move_item(self, title: str, before: str) -> None:
        """Drag a whole item, from its heading to the next one, to before another heading."""
        target = self.find(before)._p
        element = self.find(title)._p
        moving = [element]
        while (element := element.getnext()) is not None and not _is_heading(element):
            moving.append(element)
        for one in moving:
            target.addprevious(one)

    def comment(self, text: str, words: str, author: str = "J. Jansen") -> None:
        """Hang a remark on the paragraph in which `text` stands."""
        self.document.add_comment(self.find(text).runs, text=words, author=author, initials="JJ")


def _is_heading(element) -> bool:  # type: ignore[no-untyped-def]
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style is not None and style.get(qn("w:val")) in _OPENING


def _set(element, text: str) -> None:  # type: ignore[no-untyped-def]
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
