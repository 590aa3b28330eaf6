"""Places where a tag would stay as it stands: told when a template is compiled, never printed.

Formulas, charts and SmartArt have text of their own kind, and the address behind a link is no text
at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from lrtdocs import messages
from lrtdocs.errors import Place
from lrtdocs.word.package.elements import ancestor, is_on
from lrtdocs.word.package.ooxml import A, M, R, owner_of_rels, parse_xml, w
from lrtdocs.word.tags.paragraphs import is_filled, nearest_place, pieces_of, printed_runs, text_of
from lrtdocs.word.tags.tags import has_tag, narrow_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

    from lrtdocs.errors import Problem
    from lrtdocs.word.package.package import Package
    from lrtdocs.word.story.load import Story

_DRAWN = {
    "drawingml.chart+xml": ("een grafiek", "LRT306.grafiek"),
    "drawingml.diagramData+xml": ("SmartArt", "LRT306.smartart"),
}


_SAID, _ID = (w("t"), w("drawing"), w("pict")), f"{{{R}}}id"
_NAMES = ("name", w("name"), w("id"))


def check_unfilled(package: Package, names: Mapping[str, str]) -> list[Problem]:
    """Return a problem for each tag in a chart, in SmartArt, or in the address of a link."""
    problems = []
    for member, data in package.items():
        kind = package.types.of(member).rpartition("openxmlformats-officedocument.")[2]
        if kind in _DRAWN:
            part, key = _DRAWN[kind]
            problems += [
                _problem(Place(package.name, part=part), text, key)
                for text in _with_tags(parse_xml(data).iter(f"{{{A}}}p"))
            ]
        elif member.endswith(".rels"):
            place = Place(package.name, part=names.get(owner_of_rels(member)))
            problems += [
                messages.problem("LRT306.adres", place, found=address, target=target)
                for target, address in _addresses(data)
                if has_tag(address)
            ]
    return problems


def check_unshown(package: Package, names: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each header and footer that no page has, and for pages without one.

    Word keeps those of the first page, or of even ones, when that is no longer asked for.
    """
    rows, settings = package.relations(package.main), package.related(package.main, "settings")
    sections = list(package.tree(package.main).iter(w("sectPr")))
    even = bool(settings) and is_on(package.tree(settings).find(w("evenAndOddHeaders")))
    kept: dict[bool, dict[str, str]] = {True: {}, False: {}}  # by whether a page has it
    for number, section in enumerate(sections):
        titled = any(is_on(later.find(w("titlePg"))) for later in sections[number:])
        shown = {"default", "first" if titled else "", "even" if even else ""}
        for reference in section.iter(w("headerReference"), w("footerReference")):
            kind, row = reference.get(w("type"), "default"), rows.get(reference.get(_ID, ""))
            if row is not None and row.part in package and _says_something(package.tree(row.part)):
                kept[kind in shown][row.part] = kind
    for part in kept[False].keys() - kept[True].keys():
        key = "LRT362.even" if kept[False][part] == "even" else "LRT362.first"
        yield messages.problem(key, Place(package.name, part=names.get(part)))
    if even and "even" not in kept[True].values() and "default" in kept[True].values():
        yield messages.problem("LRT362.oneven", Place(package.name))


def _says_something(root: etree._Element) -> bool:
    return any(e.tag != w("t") or (e.text or "").strip() for e in root.iter(*_SAID))


def check_paragraph(paragraph: etree._Element, place: Place) -> list[Problem]:
    """Return a problem for each tag in a field code or formula of `paragraph`."""
    fields = paragraph.iter(w("instrText"), w("fldSimple"))
    code = "".join(field.get(w("instr"), "") + (field.text or "") for field in fields)
    problems = [_problem(place, code, "LRT306.veldcode")] if has_tag(code) else []
    formulas = _with_tags(paragraph.iter(f"{{{M}}}oMath"))
    return problems + [_problem(place, text, "LRT306.formule") for text in formulas]


def check_outside(story: Story) -> list[Problem]:
    """Return a problem for each tag in `story` outside the runs of its paragraphs.

    In the name of something it is only a warning: nobody reads that, and nothing goes wrong. So it
    is in hidden text, where it is filled and nobody sees it.
    """
    hidden = _check_hidden(story)
    return [*_check_texts(story.root, story.place), *_check_attributes(story), *hidden]


def _check_hidden(story: Story) -> Iterator[Problem]:
    """Yield a warning for each tag that prints in text that Word hides."""
    runs = {ancestor(mark, "r") for mark in story.root.iter(w("vanish")) if is_on(mark)}
    for paragraph, where in story.places.items() if runs else ():
        for run, start, end in printed_runs(paragraph):
            place = narrow_place(where, text_of(paragraph), start, end)
            found = (place.text or "")[start:end].strip()
            if run in runs and "{" in found:
                how = messages.text("deel.onzichtbaar_verborgen")
                yield messages.problem("LRT362.tag", place, how=how, found=found)


def _check_attributes(story: Story) -> Iterator[Problem]:
    for element in story.root.iter():
        for name, value in element.attrib.items():
            told = name == w("instr") or is_filled(element, str(name))
            if has_tag(str(value)) and not told:
                key = "LRT306.naam" if name in _NAMES else "LRT306.eigenschap"
                yield _problem(nearest_place(element, story.places), str(value), key)


def _check_texts(root: etree._Element, place: Place) -> list[Problem]:
    filled: dict[etree._Element | None, set[etree._Element]] = {None: set()}
    problems = []
    for element in root.iter(w("t")):
        if not element.text or not has_tag(element.text):
            continue
        paragraph = ancestor(element, "p")
        if paragraph is not None and paragraph not in filled:
            filled[paragraph] = {piece.element for piece in pieces_of(paragraph)}
        if element not in filled[paragraph]:
            problems.append(_problem(place, element.text, "LRT306.elders"))
    return problems


def _with_tags(elements: Iterable[etree._Element]) -> Iterator[str]:
    texts = ("".join(map(str, element.itertext())) for element in elements)
    return (text for text in texts if has_tag(text))


def _addresses(rels: bytes) -> Iterator[tuple[str, str]]:
    """Yield the addresses of links, as they stand there and as people read them."""
    for row in parse_xml(rels):
        if row.get("Type", "").endswith("/hyperlink"):
            target = row.get("Target", "")
            yield target, unquote(target).strip()


def _problem(place: Place, text: str, key: str) -> Problem:
    return messages.problem(key, place, found=text.strip())
