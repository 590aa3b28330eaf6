"""Fill a compiled template: words in, the bytes of a document out, or all problems at once.

Each part is filled exactly once, so data that looks like a tag stays data. What depends on the data
is checked here for each document; what does not was checked when the template was compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from lrtdocs.errors import Place, Problem, TemplateProblemsError, sort_problems
from lrtdocs.word.ledger import Ledger, Limits
from lrtdocs.word.lint import check_members, mend_part
from lrtdocs.word.markdown import Writer
from lrtdocs.word.numbering import Lists
from lrtdocs.word.ooxml import CONTENT_TYPES
from lrtdocs.word.output import LEDGER
from lrtdocs.word.package import Packed, pack_member, write_packed
from lrtdocs.word.problems import template_problem
from lrtdocs.word.relations import add_links, add_numbering
from lrtdocs.word.template import Part, Template, check_names
from lrtdocs.word.values import find_illegal
from lrtdocs.word.variants import make_variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TRUSTED_LIMITS = Limits(passes=3_000_000, seconds=120.0)
LIMITS = Limits()
_NOTHING: Mapping[str, bytes] = {}


def render(
    template: Template,
    words: Mapping[str, object],
    *,
    pictures: Mapping[str, bytes] = _NOTHING,
    font: str | None = None,
) -> bytes:
    """Return `template` filled with `words`, as the bytes of a .docx.

    `pictures` replace the drawings with those names, inside their boxes; `font` replaces Verdana.
    Raise TemplateProblemsError with all problems: a word that is not known, a value that cannot be
    printed, a document that Word would have to repair.
    """
    if pictures or font:
        template = make_variant(template, pictures, font)
    _check_words(template, words)
    limits = TRUSTED_LIMITS if template.trusted else LIMITS
    lists = Lists(template.numbering)
    ledger = Ledger(limits, lists, template.first_id, template.link_prefix)
    ledger.writer = Writer(ledger, template.shapes, template.styles)
    changed = _fill(template, {**words, LEDGER: ledger}, ledger)
    _add_shared(template, ledger, changed)
    problems = _check_document(template, changed, raw=ledger.writer.raw)
    if problems:
        raise TemplateProblemsError(sort_problems(problems))
    return _write(template, changed)


def _check_words(template: Template, words: Mapping[str, object]) -> None:
    problems = [
        template_problem(
            "LRT313",
            Place(template.name),
            f"De waarde van '{path}' bevat {reason}.",
            found=path,
            remedy="Haal dat teken uit de gegevens.",
        )
        for path, reason in find_illegal(words)
    ]
    if not template.names.keys() <= words.keys():
        problems += check_names(template, words)
    if problems:
        raise TemplateProblemsError(sort_problems(problems))


def _fill(template: Template, words: dict[str, Any], ledger: Ledger) -> dict[str, bytes]:
    """Return the filled parts by member; raise with the first problem of each part."""
    changed: dict[str, bytes] = {}
    problems: list[Problem] = []
    for part in template.parts:
        ledger.part = part.member
        try:
            changed[part.member] = _fill_part(part, words, ledger)
        except MemoryError:
            message = "Het document wordt te groot voor het geheugen."
            problems.append(template_problem("LRT312", part.program.place, message))
        except Exception as error:  # noqa: BLE001 - whatever a template does ends in a problem with a place
            problems.append(part.program.explain(error, words))
    if problems:
        raise TemplateProblemsError(sort_problems(problems))
    return changed


def _fill_part(part: Part, words: dict[str, Any], ledger: Ledger) -> bytes:
    pieces = []
    for piece in part.program.pieces(words):
        pieces.append(piece)
        ledger.count_output(len(piece))
    text = "".join(pieces)
    return (mend_part(text) if part.mend else text).encode()


def _add_shared(template: Template, ledger: Ledger, changed: dict[str, bytes]) -> None:
    """Add the members that the parts call for: relationships of links, and numbering."""
    members = template.package.members
    for member, links in ledger.links.items():
        name, data = add_links(members, member, links)
        changed[name] = data
    if ledger.lists.changed:
        changed[template.numbering.member] = ledger.lists.part()
        if not template.numbering.exists:
            add_numbering(members, changed, template.numbering.member)


def _check_document(
    template: Template, changed: Mapping[str, bytes], *, raw: bool
) -> list[Problem]:
    """Check what the data could have spoiled.

    Ids, links, lists and structure are right by the way they are made; that is proven on the first
    document of a template, and each time when ready-made XML came in from outside.
    """
    place = Place(template.name)
    problems = []
    for member, data in changed.items():
        try:
            expat.ParserCreate().Parse(data, True)
        except expat.ExpatError as error:
            message = f"Dit document zou in Word beschadigd zijn: {member} is geen XML ({error})."
            problems.append(template_problem("LRT320", place, message))
    if problems:
        return problems
    if template.proven and not raw:
        return []
    problems = check_members({**template.package.members, **template.replaced, **changed}, place)
    template.proven = template.proven or not problems
    return problems


def _write(template: Template, changed: Mapping[str, bytes]) -> bytes:
    packed = {
        **template.static,
        **{name: pack_member(name, data) for name, data in changed.items()},
    }
    return write_packed(_in_order(packed.values()))


def _in_order(members: Iterable[Packed]) -> list[Packed]:
    first = CONTENT_TYPES.encode()
    return sorted(members, key=lambda member: (member.name != first, member.name))
