"""What tags print, as XML: texts, links, and a parsed `Tekst` in the styles of its template.

Formatting comes from styles by name (List Bullet 2, Strong …); only what a template lacks is made
with direct formatting, so that a text is never flattened without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Undefined, pass_context

from lrtdocs.messages import FaultError
from lrtdocs.model.tekst import (
    Afbeelding,
    Alinea,
    Block,
    Citaat,
    Inline,
    Lijst,
    Regeleinde,
    Tabel,
    Tekst,
    Tekstdeel,
    Voetnoot,
    without_marks,
)
from lrtdocs.word.package.ooxml import escape
from lrtdocs.word.values.context import WRITER, budget_of
from lrtdocs.word.values.drawing import fit_hand, fit_picture, picture_xml
from lrtdocs.word.values.filters import Link, unfit
from lrtdocs.word.values.formatting import TagFormatting
from lrtdocs.word.values.numbering import Lists, ListStyle, Styles, continue_indent
from lrtdocs.word.values.tables import table_xml
from lrtdocs.word.values.values import (
    as_text,
    check_characters,
    foreign_writer,
    markup_xml,
    plain_xml,
    text_run,
    text_xml,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2.runtime import Context

    from lrtdocs.word.package.pictures import Picture
    from lrtdocs.word.values.context import Budget, Registry

_DEPTHS = 4
_PARAGRAPH_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"/>')
_BEGINNING = re.compile(r"<w:pPr>(?:<w:pStyle [^>]*/>)?")
_NOT_IN_URI = re.compile(r"[\[\]<>\"{}|\\^`]")
_QUOTE_INDENT = '<w:ind w:left="567" w:right="567"/>'
_POINT_HIGH = ' w:after="0" w:line="20" w:lineRule="exact"/>'
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_NO_LIST = '<w:numPr><w:numId w:val="0"/></w:numPr>'
_SMALL = '<w:sz w:val="16"/><w:szCs w:val="16"/>'
_HAND = '<w:keepNext/><w:spacing w:before="0" w:after="0" w:line="960" w:lineRule="atLeast"/>'
"""The paragraph of a signature where a template has no style for it: four blank lines high."""
_NO_HANG = '<w:ind w:firstLine="0"/>'
_LOOKS = {
    "Hyperlink": ("", '<w:color w:val="0563C1"/><w:u w:val="single"/>'),
    "Strong": ("<w:b/><w:bCs/>", ""),
    "Emphasis": ("<w:i/><w:iCs/>", ""),
}
"""The character styles, and the marks and colour that do for one that the template lacks."""


PictureFinder = Callable[[Afbeelding], "Picture"]
"""Finds what is shown where a text has a picture; raises FaultError where there is none."""


def find_nothing(picture: Afbeelding) -> Picture:
    """Refuse every picture: there is no folder to seek it in."""
    raise FaultError("LRT298.map", name=picture.bestand)


@dataclass(eq=False)
class Writer:
    """Writes values that are more than plain text, in the formatting of the tag they stand for."""

    budget: Budget
    registry: Registry
    lists: Lists
    formattings: Sequence[TagFormatting]
    styles: Styles
    find_picture: PictureFinder = find_nothing

    @property
    def used(self) -> bool:
        """Tell whether anything was handed out that other parts of the document must know of."""
        return self.registry.used or self.lists.used

    def blocks(self, value: Any, formatting_id: int) -> str:
        """Return `value` as paragraphs."""
        form = self.formattings[formatting_id]
        if isinstance(value, Tekst):
            return "".join(self._blocks(value.blocks, form))
        if value is None or value == "":
            return ""
        if foreign := foreign_writer(value.__class__):
            return str(foreign.blocks_xml(value, self, formatting_id))
        if hasattr(value, "__html__") and "<w:p" in (xml := markup_xml(value)):
            self.registry.raw = True
            return xml
        return f"<w:p>{form.paragraph}{text_run(text_xml(value), form.run_properties())}</w:p>"

    def rest(self, value: Any, formatting_id: int) -> str:
        """Return the paragraphs of `value` that `inline` left over."""
        if not isinstance(value, Tekst) or not value.blocks:
            return ""
        form = self.formattings[formatting_id]
        if not _is_paragraph(value.blocks[0]):
            return "".join(self._blocks(value.blocks, form))
        form = form._replace(paragraph=self._going_on(form.paragraph))
        return "".join(self._blocks(value.blocks[1:], form, value.blocks[0]))

    def inline(self, value: Any, formatting_id: int, whole: bool) -> str:
        """Return the first paragraph of `value`, all there is when `whole`, for inside a run."""
        form = self.formattings[formatting_id]
        return _interrupt(self._first(value, form, whole=whole), form)

    def run(self, value: Any, formatting_id: int) -> str:
        """Return `value` as runs."""
        form = self.formattings[formatting_id]
        if isinstance(value, Link):
            return self._hyperlink(value.url, value.text, form)
        if foreign := foreign_writer(value.__class__):
            return str(foreign.run_xml(value, self, formatting_id))
        if hasattr(value, "__html__") and "<w:" in (xml := markup_xml(value)):
            self.registry.raw = True
            return xml
        return self._first(value, form, whole=True)

    def text(self, value: Any) -> str:
        """Return `value`, no plain text, for the middle of a sentence."""
        foreign = foreign_writer(value.__class__)
        return text_xml(value) if foreign is None else foreign.text_xml(value, self)

    def link(self, value: Any, formatting_id: int) -> str:
        """Return `value` for the middle of a run: as a link, or as text when it is none."""
        if not isinstance(value, Link):
            return text_xml(value)
        form = self.formattings[formatting_id]
        return _interrupt(self._hyperlink(value.url, value.text, form), form)

    def _first(self, value: Any, form: TagFormatting, *, whole: bool) -> str:
        if not isinstance(value, Tekst):
            text = as_text(value)
            return text_run(text_xml(text), form.run_properties()) if text else ""
        first = value.blocks[0] if value.blocks else None
        if whole and first and (len(value.blocks) > 1 or not _is_paragraph(first)):
            raise FaultError("LRT314.regel")
        shown = first if isinstance(first, Alinea) and not first.kop else None
        return self._inlines(shown.inhoud, form) if shown else ""

    def _blocks(
        self, blocks: Sequence[Block], form: TagFormatting, above: Block | None = None
    ) -> Iterator[str]:
        """Yield `blocks` as paragraphs and tables, below the block `above` if there is one."""
        paragraph = form.paragraph
        around = zip([above, *blocks], blocks, [*blocks[1:], None], strict=False)
        for before, block, following in around:
            if isinstance(block, Alinea) and block.kop:
                yield self._heading(block, form)
                goes_on = self.styles.following.get(self._heading_style(form).style_id)
                style = f'<w:pStyle w:val="{goes_on}"/>'
                paragraph = form.paragraph
                paragraph = _PARAGRAPH_STYLE.sub(style, paragraph, 1) if goes_on else paragraph
                continue
            if isinstance(block, Alinea):
                properties = _kept(paragraph, following)
                yield f"<w:p>{properties}{self._inlines(block.inhoud, form)}</w:p>"
            elif isinstance(block, Citaat):
                yield from self._quote(block, form)
            elif isinstance(block, Tabel):
                yield from self._table(before, block, following, form)
            elif isinstance(block, Afbeelding):
                yield from self._picture(block, form)
            else:
                yield from self._list(block, form, 1)
            paragraph = self._going_on(paragraph)

    def _quote(self, block: Citaat, form: TagFormatting) -> Iterator[str]:
        """Yield the paragraphs of a quote, in the style that Word has for it."""
        style = _style_xml(self.styles.list_style("Quote"))
        own = _PARAGRAPH_STYLE.search(form.paragraph)
        direct = f"{own[0] if own else ''}{_QUOTE_INDENT}"
        for alinea in block.alineas:
            text = self._inlines(alinea.inhoud, form)
            yield f"<w:p><w:pPr>{style or direct}</w:pPr>{text}</w:p>"

    def _table(
        self, before: Block | None, block: Tabel, following: Block | None, form: TagFormatting
    ) -> Iterator[str]:
        """Yield a table, kept off what stands above it, and behind the last one a paragraph.

        Word makes one table of two, and wants a paragraph behind the last.
        """
        is_heading = isinstance(before, Alinea) and before.kop
        above = 2 if isinstance(before, Tabel) else int(before is None or is_heading)
        spacer = self._spacer("LRT Tabelruimte", '<w:keepNext/><w:spacing w:before="100"')
        yield spacer * above
        caption = str(before).strip() if is_heading else ""
        yield table_xml(block, form, self.styles, self._inlines, caption)
        if following is None:
            yield self._spacer("LRT Anker", '<w:spacing w:before="0"')

    def _spacer(self, name: str, direct: str) -> str:
        """Return an empty paragraph, a point high, in style `name` or with `direct` formatting."""
        style = _style_xml(self.styles.list_style(name))
        return f"<w:p><w:pPr>{style or f'{direct}{_POINT_HIGH}'}</w:pPr></w:p>"

    def _going_on(self, paragraph: str) -> str:
        """Return the properties `paragraph` with the style that the template goes on in."""
        return _PARAGRAPH_STYLE.sub(
            lambda found: f'<w:pStyle w:val="{self.styles.following.get(found[1], found[1])}"/>',
            paragraph,
            count=1,
        )

    def _heading_style(self, form: TagFormatting) -> ListStyle:
        found = _PARAGRAPH_STYLE.search(form.paragraph)
        sub = " sub" if found and found[1].endswith("Sub") else ""
        return self.styles.list_style(f"LRT Tussenkop{sub}")

    def _heading(self, block: Alinea, form: TagFormatting) -> str:
        """Return a heading, a level below that of the item whose text it stands in."""
        found = _PARAGRAPH_STYLE.search(form.paragraph)
        style = _style_xml(self._heading_style(form))
        own = found[0] if found else ""
        properties = style or f'{own}<w:keepNext/><w:outlineLvl w:val="2"/>'
        bold = [  # what is bold in a style that is bold is not
            replace(part, vet=not style) if isinstance(part, Tekstdeel) else part
            for part in block.inhoud
        ]
        return f"<w:p><w:pPr>{properties}</w:pPr>{self._inlines(bold, form)}</w:p>"

    def _picture(self, block: Afbeelding, form: TagFormatting) -> Iterator[str]:
        """Yield the paragraph of a picture, and that of its caption, on the same page."""
        picture = self.find_picture(block)
        size = fit_hand(picture, form.room) if block.hand else fit_picture(picture, form.room)
        run = picture_xml(picture, self.registry, size, block.beschrijving)
        if block.hand:
            hand = self._apart(self.styles.list_style("LRT Handtekening"), form, _HAND)
            yield f"<w:p>{hand}{run}</w:p>"
            return
        caption = block.onderschrift
        style = self.styles.list_style(f"LRT Afbeelding{' met bijschrift' if caption else ''}")
        keep = "<w:keepNext/>" if caption and not style.style_id else ""
        # a line of exact height would show a strip of it
        own = f'{keep}{_NO_LIST}<w:spacing w:line="240" w:lineRule="auto"/>{_NO_HANG}'
        yield f"<w:p>{self._apart(style, form, own)}{run}</w:p>"
        if caption:
            style = self.styles.list_style("caption")
            parts = caption if style.style_id else [_italic(part) for part in caption]
            text = self._inlines(parts, form._replace(run="") if style.style_id else form)
            yield f"<w:p>{self._apart(style, form, f'{_NO_LIST}{_NO_HANG}')}{text}</w:p>"

    def _apart(self, style: ListStyle, form: TagFormatting, own: str) -> str:
        """Return the properties of a paragraph in `style`, else of the tag, with its `own`."""
        found = _PARAGRAPH_STYLE.search(form.paragraph)
        given = _style_xml(style) or (found[0] if found else "") + own
        return f"<w:pPr>{given}</w:pPr>"

    def _list(self, block: Lijst, form: TagFormatting, depth: int) -> Iterator[str]:
        properties = self._list_properties(block, depth)
        for item in block.items:
            first = item[0] if item and isinstance(item[0], Alinea) else None
            text = self._inlines(first.inhoud, form) if first else ""
            yield f"<w:p>{_kept(properties, item[1] if len(item) > 1 else None)}{text}</w:p>"
            for inner in item[1 if first else 0 :]:
                if isinstance(inner, Lijst):
                    yield from self._list(inner, form, depth + 1)
                elif isinstance(inner, Alinea):
                    text = self._inlines(inner.inhoud, form)
                    yield f"<w:p>{self._continue_properties(depth)}{text}</w:p>"

    def _list_properties(self, block: Lijst, depth: int) -> str:
        name = "List Number" if block.genummerd else "List Bullet"
        style = self.styles.list_style(_style_name(name, depth))
        inner = _style_xml(style)
        if block.genummerd:
            number, level = self.lists.new_ordered(style, depth, block.start, letters=block.letters)
            inner += _number_xml(number, level)
        elif not style.num_id:
            inner += _number_xml(self.lists.bullets(), min(depth, 9) - 1)
        return f"<w:pPr>{inner}</w:pPr>"

    def _continue_properties(self, depth: int) -> str:
        style = self.styles.list_style(_style_name("List Continue", depth))
        indent = "" if style.style_id else f'<w:ind w:left="{continue_indent(depth)}"/>'
        return f"<w:pPr>{_style_xml(style)}{indent}</w:pPr>"

    def _inlines(self, parts: Sequence[Inline], form: TagFormatting) -> str:
        parts = without_marks(parts)
        if not any(map(_address, parts)):
            return "".join([self._part(part, form) for part in parts])
        pieces = []
        for url, together in groupby(parts, key=_address):
            runs = "".join(self._part(part, form) for part in together)
            pieces.append(self._hyperlink_around(url, runs) if url else runs)
        return "".join(pieces)

    def _part(self, part: Inline, form: TagFormatting) -> str:
        if isinstance(part, Regeleinde):
            return f"<w:r>{form.run_properties()}<w:br/></w:r>"
        if isinstance(part, Voetnoot):
            return self._note(part, form)
        return text_run(text_xml(part.tekst), self._format(part, form))

    def _note(self, note: Voetnoot, form: TagFormatting) -> str:
        """Return the number of a footnote, which stands at the foot of the page."""
        if not form.room.note:
            raise FaultError("LRT299.plaats")
        own = self.styles.character_id("footnote reference")
        raised = "" if own else '<w:vertAlign w:val="superscript"/>'
        style = self.styles.list_style("footnote text")
        plain = TagFormatting("", "" if style.style_id else _SMALL)

        def write() -> str:
            properties = _style_xml(style) or '<w:spacing w:after="0"/>'
            number = f"<w:r>{plain.run_properties(own, colour=raised)}<w:footnoteRef/></w:r>"
            text = text_run(" ", plain.run_properties()) + self._inlines(note.inhoud, plain)
            return f"<w:p><w:pPr>{properties}</w:pPr>{number}{text}</w:p>"

        number = self.registry.add_note(write)
        properties = form.run_properties(own, colour=raised)
        return f'<w:r>{properties}<w:footnoteReference w:id="{number}"/></w:r>'

    def _format(self, part: Tekstdeel, form: TagFormatting) -> str:
        """Return the properties of a run; it has one character style, the rest is direct."""
        if not (part.vet or part.cursief or part.link):
            return form.run_properties(language=part.taal or "")
        style = marks = colour = ""
        asked = zip(_LOOKS.items(), (part.link, part.vet, part.cursief), strict=True)
        for name, direct in (row for row, wanted in asked if wanted):
            own = "" if style else self.styles.character_id(name)
            style = style or own
            if not own:
                marks, colour = marks + direct[0], colour + direct[1]
        return form.run_properties(style, marks, colour, part.taal or "")

    def _hyperlink(self, url: str, text: str, form: TagFormatting) -> str:
        part = Tekstdeel(tekst=text or url, vet=False, cursief=False, link=url)
        return self._hyperlink_around(url, self._part(part, form))

    def _hyperlink_around(self, url: str, runs: str) -> str:
        check_characters(url)
        return (
            f'<w:hyperlink r:id="{self.registry.link_id(_as_uri(url))}" w:history="1" '
            f'w:tooltip="{escape(url)}">{runs}</w:hyperlink>'
        )


def _is_paragraph(block: Block) -> bool:
    return isinstance(block, Alinea) and not block.kop


def _italic(part: Inline) -> Inline:
    return replace(part, cursief=True) if isinstance(part, Tekstdeel) else part


def _address(part: Inline) -> str:
    return (part.link or "") if isinstance(part, Tekstdeel) else ""


def _as_uri(url: str) -> str:
    """Return `url` with the characters that no address may hold written as codes."""
    return _NOT_IN_URI.sub(lambda match: quote(match[0]), url)


def _kept(properties: str, following: Block | None) -> str:
    """Return the properties of a paragraph, kept on the page of what it leads to, if it does."""
    leads = isinstance(following, Citaat | Lijst | Tabel)
    if not leads or "<w:keepNext" in properties:
        return properties
    if not properties:
        return "<w:pPr><w:keepNext/></w:pPr>"
    return _BEGINNING.sub(r"\g<0><w:keepNext/>", properties, count=1)


def _style_name(name: str, depth: int) -> str:
    depth = min(depth, _DEPTHS)
    return name if depth == 1 else f"{name} {depth}"


def _style_xml(style: ListStyle) -> str:
    return f'<w:pStyle w:val="{escape(style.style_id)}"/>' if style.style_id else ""


def _number_xml(number: str, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _interrupt(inside: str, form: TagFormatting) -> str:
    """Return XML that closes the run it stands in, puts `inside` behind it and opens it again."""
    again = f'<w:r>{form.run_properties()}<w:t xml:space="preserve">'
    return f"</w:t></w:r>{inside}{again}"


# --- the hidden filters, put around each tag when a template is compiled
#     (`compile.printing`); a template cannot use a name that begins with an underscore


@pass_context
def _text(context: Context, value: Any) -> str:
    """Print text; of docxtpl's values also what is more than that."""
    if type(value) is str and value.isprintable():
        return escape(value)
    writer: Writer = context.parent[WRITER]
    return text_xml(value) if isinstance(value, str) else writer.text(value)


def _count(value: Any) -> str:
    """Print a number of columns."""
    try:
        number = int(as_text(value))
    except ValueError:
        number = 0
    if not 1 <= number <= 63:
        raise unfit(value, "LRT311.kolommen")
    return str(number)


def _colour(value: Any) -> str:
    """Print a colour of six hexadecimal digits."""
    text = as_text(value).strip()
    found = _COLOUR.fullmatch(text)
    if found is None and text not in {"", "auto"}:
        raise unfit(value, "LRT311.kleur")
    return found[1].upper() if found else "auto"


@pass_context
def _loop(context: Context, value: Any) -> list[Any] | tuple[Any, ...]:
    """Return what a loop goes over, counted against the budget of the document."""
    if value is None:
        return []
    if isinstance(value, str | int | float) or not isinstance(value, Iterable | Undefined):
        raise FaultError("LRT311.lus", text=as_text(value)[:40])
    return budget_of(context).count_loop(value)


def _of_writer(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return `method`, of the writer of the document that is being filled, as a filter."""

    @pass_context
    def call(context: Context, *arguments: Any) -> Any:
        return method(context.parent[WRITER], *arguments)

    return call


OUTPUT_FILTERS: dict[str, Callable[..., Any]] = {
    "_text": _text,
    "_plain": plain_xml,
    "_count": _count,
    "_colour": _colour,
    "_loop": _loop,
    "_fresh": _of_writer(lambda writer, key: writer.registry.fresh(key)),
    "_latest": _of_writer(lambda writer, key: writer.registry.latest(key)),
    "_number": _of_writer(lambda writer, number: writer.lists.current(number)),
    "_restart": _of_writer(lambda writer, number: writer.lists.restart(number)),
    "_blocks": _of_writer(Writer.blocks),
    "_rest": _of_writer(Writer.rest),
    "_inline": _of_writer(Writer.inline),
    "_link": _of_writer(Writer.link),
    "_run": _of_writer(Writer.run),
}
