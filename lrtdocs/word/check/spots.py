"""A template to be looked at: each problem a link around the words that it is about.

A PDF made of it has the links as rectangles, so that a picture of a page can show where each
problem is. Links change nothing of how a page looks. The text is the one that is filled: tracked
changes are accepted and comments left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING

from lrtdocs.errors import Place, TemplateProblemsError
from lrtdocs.messages import problem as make_problem
from lrtdocs.word.check.cutting import Words, run_from, run_until
from lrtdocs.word.package.archive import write_package
from lrtdocs.word.package.elements import add, make
from lrtdocs.word.package.guards import read_package
from lrtdocs.word.package.ooxml import R, w
from lrtdocs.word.package.package import Package, part_names
from lrtdocs.word.story.load import load_twin
from lrtdocs.word.tags.paragraphs import runs_of, set_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml import etree

    from lrtdocs.errors import Problem

ADDRESS = "https://plek.invalid/"
"""How the links begin; behind it stand the numbers of the problems, counted from 0."""
_NUMBERS = re.compile(rf"{re.escape(ADDRESS)}(\d+(?:,\d+)*)")
_LINK = w("hyperlink")
_OF_FIELDS = (w("fldChar"), w("instrText"))
_NO_TEXT = "\u200b"


def link_problems(
    data: bytes, name: str, problems: Sequence[Problem], *, more_pages: bool = False
) -> bytes:
    """Return the template `data`, called `name`, with a link at each of `problems` with a place.

    With `more_pages` it has an empty page at the end: one page alone does not show what stands
    above and below the text of later ones. Raises TemplateProblemsError for what a template may not
    carry: that is not to be opened.
    """
    package = read_package(data, name)
    by_part: dict[str, dict[int, Problem]] = defaultdict(dict)
    for number, problem in enumerate(problems):
        if problem.place.part and problem.place.paragraph:
            by_part[problem.place.part][number] = problem
    try:
        for part, called in part_names(package).items():
            _link_part(package, part, by_part.get(called, {}))
        if more_pages:
            _add_page(package)
        return write_package(package)
    except Exception as error:
        raise TemplateProblemsError(make_problem("LRT504.opmerkingen", Place(name))) from error


def numbers_of(address: str) -> list[int]:
    """Return which problems the link to `address` stands for, [] for a link of somebody else."""
    found = _NUMBERS.fullmatch(address)
    return [int(number) for number in found[1].split(",")] if found else []


def _link_part(package: Package, part: str, problems: Mapping[int, Problem]) -> None:
    """Put the links for `problems`, by number, in `part` of `package`."""
    root = load_twin(package.parse(part), Place("")).root
    words = Words(root)
    for problem in problems.values():
        words.find(problem)  # cuts, so that what is found below is not cut again
    numbers: dict[etree._Element, list[int]] = defaultdict(list)
    for number, problem in problems.items():
        for run in _runs_of(words, problem):
            numbers[run].append(number)
    wanted, links = package.free_id(part, "rIdLrtSpot"), dict[str, str]()
    for run, those in numbers.items():
        address = ADDRESS + ",".join(map(str, those))
        _link(run, links.setdefault(address, f"{wanted}{len(links)}"))
    if links:
        package.relate_links(part, links)
    package.write(part, root)


def _add_page(package: Package) -> None:
    """Add an empty page to the text of `package`."""
    root = package.parse(package.main)
    body = next(root.iter(w("body")))
    paragraph = make("p")
    add(add(paragraph, "r"), "br", type="page")
    set_text(add(add(paragraph, "r"), "t"), _NO_TEXT)  # LibreOffice drops an empty last page
    last = body.find(w("sectPr"))
    body.insert(len(body) if last is None else body.index(last), paragraph)
    package.write(package.main, root)


def _runs_of(words: Words, problem: Problem) -> list[etree._Element]:
    """Return the runs of the words that `problem` is about, or all of its paragraph.

    One is made where nothing in the paragraph has a place of its own in a PDF, as in a text box.
    """
    paragraph = words.paragraph(problem)
    if paragraph is None:
        return []
    runs = [_cut_free(text) for text in words.find(problem)] or list(runs_of(paragraph))
    found = list(dict.fromkeys(run for run in runs if not _is_field(run)))
    outer = [paragraph, *paragraph.iterancestors(w("p"))][-1]
    if outer is not paragraph or not any(run.find(w("t")) is not None for run in found):
        run = add(outer, "r")
        set_text(add(run, "t"), _NO_TEXT)
        found.append(run)
    return found


def _cut_free(text: etree._Element) -> etree._Element:
    """Return a run that holds `text` and nothing else."""
    run_from(text)
    return run_until(text)


def _is_field(run: etree._Element) -> bool:
    """Tell whether `run` is part of a field of Word: a link in there would break it."""
    return any(child.tag in _OF_FIELDS for child in run)


def _link(run: etree._Element, rel_id: str) -> None:
    """Put `run` in a link; a link that it is in already leads there then."""
    around = takewhile(lambda element: element.tag != w("p"), run.iterancestors())
    link = next((element for element in around if element.tag == _LINK), None)
    if link is None:
        link = make("hyperlink")
        run.addprevious(link)
        link.append(run)
    link.attrib.pop(w("anchor"), "")
    link.set(f"{{{R}}}id", rel_id)
