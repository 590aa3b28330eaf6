"""Repairs of the structure tree: what LibreOffice leaves in an order no one would read aloud.

* A frame (sender, title) is tagged inside the paragraph it is anchored to, after its text;
  it is lifted out and put before that paragraph.
* A list in a list that has a numbering of its own is tagged beside it; it is put inside the
  item it belongs to, as are further paragraphs of an item. The item after all that may stand
  outside any list; it goes on where its list was interrupted.
* A bullet in a symbol font has no meaning of its own; it is called a bullet.
* What a row of a table is about becomes its row header.
* The paragraphs of a quote are paragraphs like any other; together they become one quote.
* A style that is called as something the standard knows (Quote) changes what that means, which is
  forbidden; its paragraphs are called what they are.
* Who is present stands in lines under one label; that becomes a list.
* Letters of other scripts are all called Arabic, or Dutch; they get a language of their script.
* Words on both sides of a tab, or of a line broken by hand, are one word; a space is put between.
* Each line of a link that runs over several lines is a link of its own: read aloud that is two
  links, each with half a name. They become one, clickable on every line.
* Bookmarks of headings in frames (the title on page 1) come after those of the body; they are put
  in the order in which the document is read, nested by their level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, NumberTree, Object, OutlineItem, Pdf, String

from lrtdocs.language import Taal
from lrtdocs.model.openbaar.aloud import aloud_in
from lrtdocs.model.openbaar.gronden import GRONDEN, MARK
from lrtdocs.pdf.scripts import SCRIPTS, is_other, script_of
from lrtdocs.pdf.structure.text import PageTexts, has_private_signs
from lrtdocs.pdf.structure.tree import (
    HEADINGS,
    PARAGRAPHS,
    STANDARD,
    Content,
    Element,
    Tree,
    add_attribute,
    attribute,
    below,
    elements,
    is_element,
    is_reference,
    keep_annotations,
    kids,
    link_annotations,
    name_tree,
    numbered,
    set_kids,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BULLET = "•"
_CONTINUATION = re.compile(r"^/(List|Numbering) \d Cont\.$")
_IN_LIST = re.compile(r"^/LRT (?:Aanwezig|Afwezig|Kopie|Bijlage)$")
_BESIDE_TITLE = "/LRT Licht"  # the time at which an item of an agenda begins
_QUOTES = {"/Quote", "/Intense Quote", "/Quotations"}
_FRAMES = {"Div", "Sect"}
_MAY_GO = PARAGRAPHS | _FRAMES | {"Span"}
_SAME_INDENT = 0.01
_LABEL_KINDS = (
    (re.compile(r"\d"), "Decimal"),
    (re.compile(r"[ivx]+\W*$"), "LowerRoman"),
    (re.compile(r"[IVX]+\W*$"), "UpperRoman"),
    (re.compile(r"[a-z]"), "LowerAlpha"),
    (re.compile(r"[A-Z]"), "UpperAlpha"),
)


def repair_structure(tree: Tree, texts: PageTexts) -> None:
    """Put the elements of `tree` in the order and the nesting in which they are meant."""
    if tree.root is None:
        return
    _lift_frames(tree, tree.root)
    _join_quotes(tree)
    _name_plainly(tree, tree.root)
    found = list(tree.find("L", "LI", "Lbl", "Table"))
    lists = [element for element in found if tree.role(element) in {"L", "LI"}]
    if lists:
        for container in _parents(lists):
            if tree.role(container) != "L":
                _ListNesting(tree, texts).nest(container)
        found = list(tree.find("L", "Lbl", "Table"))
    names: dict[bytes, Element] = {}
    for element in found:
        role = tree.role(element)
        if role == "L" and attribute(element, "/ListNumbering") is None:
            if label := _first_label(tree, texts, element):
                kind = Name(f"/{_label_kind(label)}")
                add_attribute(element, "/List", "/ListNumbering", kind)
        elif role == "Lbl" and has_private_signs(texts.text(element)):
            element["/ActualText"] = BULLET
        elif role == "Table":
            _mark_row_headers(tree, texts, element, names)
    if names:
        notes = (note for note in tree.find("Note") if "/ID" in note)
        names |= {bytes(note["/ID"]): note for note in notes}
        tree.root["/IDTree"] = name_tree(names)


def _join_quotes(tree: Tree) -> None:
    """Put the paragraphs of each quote in `tree` together, in an element that says it is one."""
    quotes = (e for e in tree.find("P") if str(e["/S"]) in _QUOTES)
    for parent in _parents(quotes):
        kept: list[Content] = []
        for style, run in groupby(kids(parent), _style):
            together = list(run)
            quoted = style in _QUOTES and tree.role(parent) != "BlockQuote"
            kept += [tree.wrap("BlockQuote", *together)] if quoted else together
        set_kids(parent, kept)


def _name_plainly(tree: Tree, root: Element) -> None:
    """Name what the role map of `root` calls by a standard name by what it is, and unmap that."""
    roles = root.get("/RoleMap", Dictionary())
    wrong = {name for name in dict(roles.items()) if name.lstrip("/") in STANDARD}
    for element in tree.walk() if wrong else ():
        if str(element["/S"]) in wrong:
            element["/S"] = Name(f"/{tree.role(element)}")
    for name in wrong:
        del roles[name]


def list_people(tree: Tree) -> None:
    """Make a list of lines that stand under one label, such as those of who is present."""
    for parent in _parents(e for e in tree.find("P") if _IN_LIST.match(str(e["/S"]))):
        kept: list[Content] = []
        for style, run in groupby(kids(parent), _style):
            lines = list(run)
            listed = _IN_LIST.match(style) and len(lines) > 1
            kept += [_as_list(tree, list(filter(is_element, lines)))] if listed else lines
        set_kids(parent, kept)


def _style(kid: Content) -> str:
    return str(kid["/S"]) if is_element(kid) else ""


def _as_list(tree: Tree, lines: list[Element]) -> Element:
    """Return `lines` as a list; the label that the first begins with becomes its caption."""
    first = kids(lines[0])
    labels = [kid for kid in first[:1] if is_element(kid) and tree.role(kid) == "Span"]
    set_kids(lines[0], first[len(labels) :])
    items = [tree.wrap("Caption", label) for label in labels]
    items += [tree.wrap("LI", tree.wrap("LBody", line)) for line in lines]
    whole = tree.wrap("L", *items)
    add_attribute(whole, "/List", "/ListNumbering", Name("/None"))
    return whole


def part_words(tree: Tree, texts: PageTexts, body: Iterable[str]) -> None:
    """Put a space in `tree` where in `body` only a break by hand or a tab parts two words."""
    breaks: dict[str, set[tuple[str, str]]] = {}
    for before, after in (pair for text in body for pair in pairwise(_plain(text).split("\v"))):
        if before[-1:].strip() and after[:1].strip():
            words = before.split()[-1], after.split()[0]
            breaks.setdefault(words[0][-1] + words[1][0], set()).add(words)
    for paragraph in tree.find(*PARAGRAPHS) if breaks else ():
        pieces = [piece for piece in _pieces(texts, paragraph) if piece[2]]
        for (parent, place, text), (_, _, more) in pairwise(pieces):
            line, after = _plain(text), _plain(more)
            known = breaks.get(line[-1:] + after[:1], ())
            if any(
                a.endswith(line.split()[-1]) and b.startswith(after.split()[0]) for a, b in known
            ):
                _say(tree, parent, place, f"{text} ")


def _plain(text: str) -> str:
    return text.replace("\u00ad", "").replace("\u200b", "").casefold()


def _pieces(texts: PageTexts, element: Element) -> Iterator[tuple[Element, int, str]]:
    """Yield the content in `element`, in order: under what it hangs, as how manieth, its text."""
    for place, kid in enumerate(kids(element)):
        if is_element(kid):
            yield from _pieces(texts, kid)
        elif not is_reference(kid):
            yield element, place, texts.piece(element, kid)


def _say(tree: Tree, parent: Element, place: int, text: str) -> None:
    """Let `text` be read for the content at `place` in `parent`."""
    inside = kids(parent)
    content = inside[place]
    page, number = parent.get("/Pg"), content
    if isinstance(content, Object):
        page, number = content.get("/Pg", page), content["/MCID"]
    if tree.root is None or page is None or "/ParentTree" not in tree.root:
        return
    inside[place] = span = tree.wrap("Span", content)
    span["/Pg"], span["/ActualText"] = page, text
    set_kids(parent, inside)
    NumberTree(tree.root["/ParentTree"])[int(page["/StructParents"])][int(number)] = span


def mark_languages(tree: Tree, texts: PageTexts) -> None:
    """Tell of text in another script in which language it is read aloud, where nobody said."""
    for element in tree.walk():
        text = texts.own_text(element)
        if not is_other(text) or not (script := script_of(text)):
            continue
        languages = SCRIPTS[script].languages.split() if script in SCRIPTS else []
        told = str(element.get("/Lang", "")).partition("-")[0]
        if languages and told not in languages:
            element["/Lang"] = languages[0]
        elif told and not languages:
            del element["/Lang"]


def _parents(some: Iterable[Element]) -> list[Element]:
    """Return the elements right above `some`, each once."""
    return list({element["/P"].objgen: element["/P"] for element in some}.values())


def _lift_frames(tree: Tree, parent: Element, *, inside: bool = False) -> list[Element]:
    """Put frames before the paragraph they are in, and drop paragraphs and frames left empty.

    `inside` tells that `parent` is a paragraph or in one; its frames, those of its spans too, are
    taken out and returned.
    """
    before = kids(parent)
    kept: list[Content] = []
    lifted: list[Element] = []
    for kid in before:
        if is_element(kid):
            role = tree.role(kid)
            frame = inside and role in _FRAMES
            within = not frame and (inside or role in PARAGRAPHS)
            (lifted if inside else kept).extend(_lift_frames(tree, kid, inside=within))
            if role in _MAY_GO and not kids(kid):
                continue
            if frame:
                lifted.append(kid)
                continue
        kept.append(kid)
    if lifted or list(map(id, kept)) != list(map(id, before)):
        set_kids(parent, kept)
    return lifted


@dataclass(slots=True)
class _OpenList:
    """A list that may still grow: `interrupted` once something was put inside its last item."""

    element: Element
    indent: float
    interrupted: bool = False


class _ListNesting:
    """Nests neighbouring lists by their indents, as they were nested in the document."""

    def __init__(self, tree: Tree, texts: PageTexts) -> None:
        self._tree, self._texts = tree, texts
        self._open: list[_OpenList] = []

    def nest(self, container: Element) -> None:
        """Move the lists and continuations directly in `container` where they belong."""
        kept: list[Content] = []
        for kid in kids(container):
            role = self._tree.role(kid) if is_element(kid) else ""
            whole = self._tree.wrap("L", kid) if is_element(kid) and role == "LI" else kid
            if is_element(whole) and role in {"L", "LI"}:
                moved = self._place_list(whole, loose=role == "LI")
            elif is_element(kid) and _CONTINUATION.match(str(kid["/S"])):
                moved = self._place_continuation(kid)
            else:
                self._open.clear()
                moved = False
            if not moved:
                kept.append(whole)
        set_kids(container, kept)

    def _place_list(self, element: Element, *, loose: bool) -> bool:
        indent = _list_indent(element)
        while self._open and self._open[-1].indent > indent + _SAME_INDENT:
            self._open.pop()
        if self._open and self._open[-1].indent > indent - _SAME_INDENT:
            beside = self._open[-1]
            if loose or (beside.interrupted and self._continues(beside.element, element)):
                set_kids(beside.element, kids(beside.element) + kids(element))
                beside.interrupted = False
                return True
            self._open.pop()
        moved = bool(self._open) and self._put_inside(self._open[-1], element)
        self._open.append(_OpenList(element, indent))
        return moved

    def _place_continuation(self, paragraph: Element) -> bool:
        indent = _indent(paragraph)
        while self._open and self._open[-1].indent > indent - _SAME_INDENT:
            self._open.pop()
        return bool(self._open) and self._put_inside(self._open[-1], paragraph)

    def _put_inside(self, outer: _OpenList, element: Element) -> bool:
        """Put `element` at the end of the last item of `outer`; tell whether there was one."""
        bodies = [
            body
            for item in elements(outer.element)[-1:]
            for body in elements(item)
            if self._tree.role(body) == "LBody"
        ]
        if not bodies:
            return False
        set_kids(bodies[-1], [*kids(bodies[-1]), element])
        outer.interrupted = True
        return True

    def _continues(self, before: Element, after: Element) -> bool:
        """Tell whether `after` goes on where `before` was interrupted, rather than starts anew."""
        old = _first_label(self._tree, self._texts, before)
        new = _first_label(self._tree, self._texts, after)
        if not any(character.isalnum() for character in old + new):
            return old == new
        return _label_kind(old) == _label_kind(new) and old != new


def _first_label(tree: Tree, texts: PageTexts, element: Element) -> str:
    labels = (part for part in tree.walk(element) if tree.role(part) == "Lbl")
    first = next(labels, None)
    return "" if first is None else texts.text(first).strip()


def _label_kind(label: str) -> str:
    """Return the ListNumbering that goes with a list whose first label is `label`."""
    return next((kind for pattern, kind in _LABEL_KINDS if pattern.match(label)), "None")


def _list_indent(element: Element) -> float:
    for item in elements(element)[:1]:
        for body in elements(item):
            for paragraph in elements(body)[:1]:
                return _indent(paragraph)
    return 0.0


def _indent(paragraph: Element) -> float:
    found = attribute(paragraph, "/StartIndent")
    return 0.0 if found is None else float(found)


def _mark_row_headers(
    tree: Tree, texts: PageTexts, table: Element, names: dict[bytes, Element]
) -> None:
    """Make row headers of what a row is about: its first cell, and that of each record in it.

    A row holds more records where the header row says the same again: Gemeente, Aantal, Gemeente,
    Aantal. Then each cell tells which headers are its own, by `names`, to which those are added.
    Of two columns the header row says enough; without it they are labels and values.
    """
    rows = [
        [cell for cell in elements(row) if tree.role(cell) in {"TH", "TD"}]
        for row in tree.walk(table)
        if tree.role(row) == "TR"
    ]
    heads = [row for row in rows[:1] if all(tree.role(cell) == "TH" for cell in row)]
    records = [row for row in rows[len(heads) :] if row]
    width = _record_width([texts.text(cell).strip() for cell in heads[0]]) if heads else 2
    count = len(heads[0]) if heads else 2
    if width < 2 or (heads and count == 2) or any(len(row) != count for row in records):
        return
    if any(tree.role(cell) == "TH" for row in records for cell in row):
        return
    for row in records:
        for at in range(0, count, width):
            label = row[at]
            if heads and not texts.text(label).strip():
                continue
            label["/S"] = Name("/TH")
            add_attribute(label, "/Table", "/Scope", Name.Row)
            for column in range(at + 1, at + width) if width < count else ():
                own = [_named(names, header) for header in (heads[0][column], label)]
                add_attribute(row[column], "/Table", "/Headers", Array(own))


def _named(names: dict[bytes, Element], header: Element) -> String:
    """Return the name of `header`, one of `names` from now on."""
    if "/ID" not in header:
        header["/ID"] = String(b"%04d" % len(names))
        names[bytes(header["/ID"])] = header
    return String(bytes(header["/ID"]))


def _record_width(heads: list[str]) -> int:
    """Return after how many of `heads` the same ones come again; else how many there are."""
    count = len(heads)
    widths = (n for n in range(1, count) if count % n == 0 and heads[:n] * (count // n) == heads)
    return next(widths, count)


def join_links(tree: Tree) -> None:
    """Make one link of neighbours in `tree` that lead to the same address."""
    if tree.root is None or "/ParentTree" not in tree.root:
        return
    parents = NumberTree(tree.root["/ParentTree"])
    for parent in _parents(tree.find("Link")):
        kept: list[Content] = []
        for kid in kids(parent):
            before = kept[-1] if kept else None
            if is_element(before) and is_element(kid) and _same_address(tree, before, kid):
                _absorb(parents, before, kid)
            else:
                kept.append(kid)
        set_kids(parent, kept)


def _absorb(parents: NumberTree, link: Element, more: Element) -> None:
    """Put `more`, a link, inside `link`: as text, with its annotations handed over.

    Its text stays in an element of its own, which knows the page it is on.
    """
    references = [kid for kid in kids(more) if is_reference(kid)]
    set_kids(more, (kid for kid in kids(more) if not is_reference(kid)))
    more["/S"] = Name.Span
    for reference in references:
        if "/Pg" not in reference and "/Pg" in more:
            reference["/Pg"] = more["/Pg"]
        parents[int(reference["/Obj"]["/StructParent"])] = link
    set_kids(link, [*kids(link), *references, more])


def drop_loose_jumps(pdf: Pdf, tree: Tree) -> None:
    """Drop the links to a place in `pdf` itself that belong to nothing in `tree`.

    LibreOffice makes one of each field in a header that repeats a text of the page.
    """
    tagged = {one.objgen for link in tree.find("Link") for one in link_annotations(link)}
    pages = [page.obj for page in pdf.pages]
    for page in pages:
        keep_annotations(page, lambda one: one.objgen in tagged or not _is_jump(one))
    if tree.root is not None and "/ParentTreeNextKey" in tree.root:
        numbers = [int(thing[key]) for thing, key in numbered(pages) if key in thing]
        tree.root["/ParentTreeNextKey"] = max(numbers, default=-1) + 1


def _is_jump(annotation: Object) -> bool:
    action = annotation.get("/A")
    return annotation.get("/Subtype") == "/Link" and (
        "/Dest" in annotation or (action is not None and action.get("/S") == "/GoTo")
    )


def describe_links(tree: Tree, texts: PageTexts) -> None:
    """Give each link that only tells its address its own text as its description."""
    for link in tree.find("Link"):
        for annotation in link_annotations(link):
            told, target = str(annotation.get("/Contents", "")).strip(), _target(annotation)
            if told in {"", target}:
                text = " ".join(texts.text(link).split()) or target or "Koppeling"
                mail = target.startswith("mailto:") and "@" in text
                annotation["/Contents"] = f"E-mail {text}" if mail else text


_NOTES = {
    "nl": ("Noot {}", "Terug naar de tekst bij noot {}"),
    "en": ("Note {}", "Back to the text at note {}"),
}
"""What the links to a footnote and back are called, by the language of the document."""


def describe_notes(tree: Tree, texts: PageTexts, language: str) -> None:
    """Let the link to each footnote, and the one back, say that it is one: not only its number.

    They do so in the `language` of the document.
    """
    there, here = _NOTES[language.partition("-")[0]]
    labels, back = list[str](), set[object]()
    for note in tree.find("Note"):
        links = [e for e in below(note) if tree.role(e) == "Link"][:1]  # that in its label
        labels += [" ".join(texts.text(link).split()) for link in links]
        for annotation in (one for link in links for one in link_annotations(link)):
            annotation["/Contents"] = here.format(labels[-1])
            back.add(annotation.objgen)
    for link in tree.find("Link") if labels else ():
        annotations = [one for one in link_annotations(link) if one.objgen not in back]
        jumps = annotations and all(map(_is_jump, annotations))
        if labels and jumps and " ".join(texts.text(link).split()) == labels[0]:
            label = labels.pop(0)
            for annotation in annotations:
                annotation["/Contents"] = there.format(label)


def describe_marks(tree: Tree, texts: PageTexts, language: str = Taal.NL.tag) -> None:
    """Let each mark of what was left out say so in `language`, with its article, not its code."""
    taal = Taal.EN if language == Taal.EN.tag else Taal.NL
    for link in tree.find("Link"):
        found = MARK.fullmatch("".join(texts.text(link).split()))
        annotations = [one for one in link_annotations(link) if _is_jump(one)] if found else []
        if found and annotations:
            link["/Alt"] = aloud_in(GRONDEN[found[1]], taal)
            for annotation in annotations:
                annotation["/Contents"] = aloud_in(GRONDEN[found[1]], taal)


def _same_address(tree: Tree, *links: Element) -> bool:
    """Tell whether all `links` are links, and lead to one and the same web or mail address."""
    addresses = {
        _target(annotation) if tree.role(link) == "Link" else ""
        for link in links
        for annotation in link_annotations(link) or [Dictionary()]
    }
    return len(addresses) == 1 and addresses != {""}


def _target(annotation: Object) -> str:
    action = annotation.get("/A")
    address = None if action is None else action.get("/URI")
    return "" if address is None else str(address)


def write_bookmarks(pdf: Pdf, tree: Tree, texts: PageTexts) -> None:
    """Replace the bookmarks of `pdf` by its headings; what LibreOffice knew of them is kept."""
    known: dict[str, list[tuple[str, Array]]] = {}
    with pdf.open_outline() as outline:
        for item in _flatten(outline.root):
            if isinstance(item.destination, Array):
                known.setdefault(_key(item.title), []).append((item.title, item.destination))
        top: list[OutlineItem] = []
        path: list[tuple[int, OutlineItem]] = []
        for element in tree.find(*HEADINGS):
            whole = " ".join(texts.text(element).split())
            level = int(tree.role(element)[1])
            found = known.get(_key(whole))
            title, place = found.pop(0) if found else (whole, _page_of(tree, element))
            title = max(" ".join(title.split()), whole, key=len)
            for beside in (kid for kid in elements(element) if kid["/S"] == _BESIDE_TITLE):
                title = title.removesuffix(" ".join(texts.text(beside).split())).rstrip()
            if not title or place is None:
                continue
            item = OutlineItem(title, destination=place)
            while path and path[-1][0] >= level:
                path.pop()
            (path[-1][1].children if path else top).append(item)
            path.append((level, item))
        if top:
            outline.root[:] = top


def _flatten(items: list[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _flatten(item.children)


def _key(title: str) -> str:
    return "".join(title.split()).casefold()


def _page_of(tree: Tree, element: Element) -> Array | None:
    for part in [element, *tree.walk(element)]:
        if "/Pg" in part:
            return Array([part["/Pg"], Name.Fit])
    return None
