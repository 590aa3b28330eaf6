"""Fill a compiled template: words in, the bytes of a document out, or all problems at once.

Each part is filled exactly once, so data that looks like a tag stays data. What depends on the data
is checked here for each document; what does not was checked when the template was compiled, and
what depends on words that all documents of a run share is done once for that run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from lrtdocs import messages
from lrtdocs.errors import Place, Problem, TemplateProblemsError, sort_problems
from lrtdocs.language import Taal, writing
from lrtdocs.word.compile.template import Template, check_names, compile_package
from lrtdocs.word.fill.deferred import place_deferred
from lrtdocs.word.fill.variants import Fonts, change_package
from lrtdocs.word.package.archive import FASTEST, Compressor, lay_out, pack_member, write_archive
from lrtdocs.word.package.ooxml import APP_TYPE, CONTENT_TYPES, NUMBERING_TYPE
from lrtdocs.word.package.package import Package
from lrtdocs.word.package.pictures import EXTENSIONS
from lrtdocs.word.provenance import seal
from lrtdocs.word.story.cleanup import mend_part
from lrtdocs.word.story.lint import check_package
from lrtdocs.word.story.notes import add_notes, order_notes
from lrtdocs.word.values.context import WRITER, Budget, Limits, Registry
from lrtdocs.word.values.numbering import Lists
from lrtdocs.word.values.tracing import TRAIL
from lrtdocs.word.values.values import find_illegal
from lrtdocs.word.values.writer import Writer, find_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lrtdocs.word.compile.program import Program
    from lrtdocs.word.package.archive import Packed
    from lrtdocs.word.values.tracing import Trail
    from lrtdocs.word.values.writer import PictureFinder

TRUSTED_LIMITS = Limits(passes=3_000_000, seconds=120.0)
LIMITS = Limits()
_NOTHING: Mapping[str, Any] = {}
_PICTURES = tuple(f".{extension}" for extension in EXTENSIONS.values())
_VARIANTS_KEPT = 4
_PACKED_KEPT = 32
_TOGETHER = 64
"""Pieces of output between two looks at how much there is."""


def render(
    template: Template,
    words: Mapping[str, object],
    *,
    pictures: Mapping[str, bytes] = _NOTHING,
    font: str | None = None,
    find_picture: PictureFinder = find_nothing,
) -> bytes:
    """Return `template` filled with `words`, as the bytes of a .docx.

    `pictures` replace the drawings with those names, inside their boxes; `font` replaces Verdana;
    `find_picture` finds those that stand in a text.
    Raise TemplateProblemsError with all problems: a word that is not known, a value that cannot be
    printed, a document that Word would have to repair.
    """
    filler = Filler(template, pictures=pictures, font=font, find_picture=find_picture)
    return filler.render(words)


def make_variant(
    template: Template, pictures: Mapping[str, bytes], fonts: Fonts, taal: Taal = Taal.NL
) -> Template:
    """Return `template` with other `pictures` or other `fonts`, or in `taal`, compiled once."""
    digests = tuple(sorted((k, hashlib.sha256(v).digest()) for k, v in pictures.items()))
    key = (digests, fonts, taal)
    if key not in template.variants:
        package = change_package(template.package, pictures, fonts, taal)
        variant = compile_package(package, trusted=template.trusted)
        while len(template.variants) >= _VARIANTS_KEPT:
            template.variants.pop(next(iter(template.variants)))
        template.variants[key] = variant
    return template.variants[key]


class Filler:
    """Fills one template many times, in `taal`, with `shared` words and those of each document.

    Shared words are checked once, and a part that needs no others is filled once. Raise
    TemplateProblemsError when a shared word cannot stand in a document.
    """

    def __init__(
        self,
        template: Template,
        shared: Mapping[str, object] = _NOTHING,
        *,
        pictures: Mapping[str, bytes] = _NOTHING,
        font: str | None = None,
        kix: tuple[str, int] | None = None,
        find_picture: PictureFinder = find_nothing,
        compressor: Compressor = FASTEST,
        taal: Taal = Taal.NL,
    ) -> None:
        if pictures or font or kix or taal is not Taal.NL:
            template = make_variant(template, pictures, Fonts(font, kix), taal)
        self._taal = taal
        self._template, self._shared = template, dict(shared)
        self._compressor, self._find_picture = compressor, find_picture
        self._kept: dict[str, tuple[bytes, Packed]] = {}
        _raise_all(_check_values(template, self._shared))
        self._needed = template.names.keys() - self._shared.keys()
        with writing(taal):
            self._common = self._fill_common() if shared else {}
        self.parts = template.parts
        self._parts = [part for part in template.parts if part.member not in self._common]
        self._common_words = {
            word for part in template.parts if part.member in self._common for word in part.words
        }
        self._static = template.static.plus(self._pack(self._common))
        self._app = template.package.part_of_type(APP_TYPE)

    def _fill_common(self) -> dict[str, bytes]:
        """Return the parts that need shared words only and leave no trace in other parts."""
        common: dict[str, bytes] = {}
        apart = {self._template.package.main, *self._template.notes}
        for part in self._template.parts:
            if self._template.notes and part.member in apart:
                continue
            if part.words.keys() <= self._shared.keys():
                writer = _make_writer(self._template, self._find_picture)
                with suppress(Exception):  # told for each document, as when nothing is shared
                    data = _fill_part(part, {**self._shared, WRITER: writer}, writer)
                    if not writer.used and not _check_xml({part.member: data}, Place("")):
                        common[part.member] = data
        return common

    def render(
        self,
        words: Mapping[str, object],
        trail: Trail | None = None,
        settle: Callable[[bytes, bool], bytes] | None = None,
    ) -> bytes:
        """Return the document with the shared words and `words`, which win; see `render`.

        With a `trail` it is filled by the traced programs, and each filled part goes through
        `settle`, which takes the marks out and is told if it was parsed and written anew: see
        `trace`.
        """
        template, own = self._template, dict(words)
        known: dict[str, Any] = {**self._shared, **own}
        if trail is not None:
            known = {**trail.follow(known), TRAIL: trail}
        problems = _check_values(template, own, trail)
        if not self._needed <= own.keys():
            problems += check_names(template, known)
        _raise_all(problems)
        known[WRITER] = writer = _make_writer(template, self._find_picture)
        apart = not self._common_words.isdisjoint(own)
        with writing(self._taal):
            changed = _fill(template.parts if apart else self._parts, known, writer)
        _add_shared(template, writer, _NOTHING if apart else self._common, changed)
        notes = dict(template.notes)
        if writer.registry.notes:
            notes[writer.registry.notes_part] = "footnote"
        if notes:
            _order_notes(template, changed, notes)
        if settle is not None:
            anew = {template.package.main, *notes} if notes else ()
            for part in template.parts:
                written = part.mend or part.member in anew
                changed[part.member] = settle(changed[part.member], written)
        common = _NOTHING if apart else self._common
        _raise_all(_check_document(template, common, changed, raw=writer.registry.raw))
        return self._write(changed, day_of(known))

    def _pack(self, members: Mapping[str, bytes]) -> dict[str, Packed]:
        return {name: self._pack_one(name, data) for name, data in members.items()}

    def _pack_one(self, name: str, data: bytes) -> Packed:
        """Return `data` packed; links and pictures of one letter are often those of the next."""
        if not name.endswith((".rels", *_PICTURES)):
            return pack_member(name, data, self._compressor)
        if self._kept.get(name, ("", None))[0] != data:
            while len(self._kept) >= _PACKED_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[name] = data, pack_member(name, data, self._compressor)
        return self._kept[name][1]

    def _write(self, changed: Mapping[str, bytes], day: date | None) -> bytes:
        packed = self._pack(changed)
        rest = {**self._static.members, **packed, self._app: None}.items()
        app = changed.get(self._app) or self._common.get(self._app)
        app = app or self._template.package[self._app]
        others = ((name, member.crc) for name, member in rest if member)
        sealed = seal(app, others, day.isoformat() if day else "")
        packed[self._app] = self._pack_one(self._app, sealed)
        if CONTENT_TYPES in packed:
            return write_archive(lay_out({**self._static.members, **packed}.values()))
        return write_archive(self._static.without(frozenset(packed)), packed.values())


def day_of(words: Mapping[str, object]) -> date | None:
    """Return the day that a document with these `words` bears; of one that changed that of it."""
    change = words.get("wijziging")
    own = change.get("datum") if isinstance(change, Mapping) else None
    return next((day for day in (own, words.get("dagtekening")) if isinstance(day, date)), None)


def _raise_all(problems: list[Problem], cause: Exception | None = None) -> None:
    if problems:
        raise TemplateProblemsError(*sort_problems(problems)) from cause


def _make_writer(template: Template, find_picture: PictureFinder) -> Writer:
    budget = Budget(TRUSTED_LIMITS if template.trusted else LIMITS)
    registry = Registry(template.first_id, template.link_prefix, *template.footnotes)
    lists = Lists(template.numbering)
    formattings, styles = template.formattings, template.styles
    return Writer(budget, registry, lists, formattings, styles, find_picture)


def _check_values(
    template: Template, words: Mapping[str, object], trail: Trail | None = None
) -> list[Problem]:
    place = Place(template.name)
    problems = [
        messages.problem("LRT313.woord", place, word=path, reason=reason)
        for path, reason in find_illegal(words)
    ]
    return [trail.at_source(problem) for problem in problems] if trail else problems


def _fill(parts: Sequence[Program], words: dict[str, Any], writer: Writer) -> dict[str, bytes]:
    """Return the filled `parts` by member; raise with the first problem of each part."""
    changed: dict[str, bytes] = {}
    problems: list[Problem] = []
    cause: Exception | None = None
    for part in parts:
        try:
            changed[part.member] = _fill_part(part, words, writer)
        except MemoryError:
            problems.append(messages.problem("LRT312.geheugen", part.place))
        except Exception as error:  # noqa: BLE001 - whatever a template does ends in a problem with a place
            problem = (part.traced if TRAIL in words else part).explain(error, words)
            trail: Trail | None = words.get(TRAIL)
            problems.append(trail.at_source(problem, error) if trail else problem)
            cause = cause or error
    _raise_all(problems, cause)
    return changed


def _fill_part(part: Program, words: dict[str, Any], writer: Writer) -> bytes:
    registry = writer.registry
    registry.part = part.member
    pieces = (part.traced if TRAIL in words else part).pieces(words)
    text = "".join(_counted(pieces, writer.budget))
    if registry.deferred:
        text = place_deferred(text, registry.pop_deferred())
    return (mend_part(text) if part.mend else text).encode()


def _counted(pieces: Iterator[str], budget: Budget) -> Iterator[str]:
    """Yield `pieces` joined, and book how much there is."""
    while together := list(islice(pieces, _TOGETHER)):
        text = "".join(together)
        budget.count_output(len(text))
        yield text


def _add_shared(
    template: Template, writer: Writer, common: Mapping[str, bytes], changed: dict[str, bytes]
) -> None:
    """Add the parts that others call for: relationships of links, pictures, numbering, notes.

    Those that were filled are in `common`, or in `changed`.
    """
    package, numbering = template.package.copy(), template.numbering.member
    registry, lists = writer.registry, writer.lists
    for part, links in registry.links.items():
        package.relate_links(part, links)
    for part, shown in registry.pictures.items():
        for picture, rel_id in shown.items():
            package.add_picture(part, rel_id, picture)
    if lists.changed and template.numbering.exists:
        package[numbering] = lists.part()
    elif lists.changed:
        data, main = lists.part(), package.main
        package.add_part(numbering, data, NUMBERING_TYPE, "numbering", "rIdLrtNumbering", main)
    if registry.notes:
        member = registry.notes_part
        if filled := changed.get(member) or common.get(member):
            package[member] = filled
        add_notes(package, member, registry.notes)
    changed.update(package.changes(template.package))


def _order_notes(template: Template, changed: dict[str, bytes], notes: Mapping[str, str]) -> None:
    """Lay out anew the members with `notes` of a kind, after the text that refers to them."""
    members = {**template.package.members, **changed}
    main = template.package.main
    for member, kind in notes.items():
        changed[main], changed[member] = order_notes(members[main], members[member], kind)
        members.update(changed)


def _check_xml(members: Mapping[str, bytes], place: Place) -> list[Problem]:
    problems = []
    for member, data in members.items():
        if member.endswith(_PICTURES):
            continue
        try:
            expat.ParserCreate().Parse(data, True)
        except expat.ExpatError as error:
            problem = messages.problem("LRT320.xml", place, member=member, error=str(error))
            problems.append(problem)
    return problems


def _check_document(
    template: Template, common: Mapping[str, bytes], changed: Mapping[str, bytes], *, raw: bool
) -> list[Problem]:
    """Check what the data could have spoiled.

    Ids, links, lists and structure are right by the way they are made; that is proven on the first
    document of a template, and each time when ready-made XML came in from outside.
    """
    place = Place(template.name)
    problems = _check_xml(changed, place)
    if problems or (template.proven and not raw):
        return problems
    members = {**template.package.members, **common, **changed}
    problems = check_package(Package(template.name, members))
    template.proven = template.proven or not problems
    return problems
