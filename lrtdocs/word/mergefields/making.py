"""What becomes of each field of a Word mail merge: pieces of text and tags.

A field that no tag can say stays as it is. It is told, and keeps a letter from being made, so that
nobody sends what Word would not have written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtdocs.word.mergefields.expressions import (
    AS_DAY,
    FORMULA,
    IN_ADDRESS,
    NO_CHANGE,
    Formula,
    Named,
    Said,
    Speaker,
    bookmark_of,
    cuttable,
    if_arguments,
    is_switch,
    merge_code,
    quote,
)
from lrtdocs.word.mergefields.pieces import Choice, Node, Piece, Remark, Words
from lrtdocs.word.mergefields.reading import (
    MERGING,
    Argument,
    Break,
    CannotSayError,
    Text,
    WordField,
    arguments_of,
    look_of,
    run_text,
    runs_with_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lxml import etree

DATES = frozenset(["DATE", "CREATEDATE", "SAVEDATE", "PRINTDATE"])
_REASONS = {
    "NEXT": "LRT365.volgende",
    "NEXTIF": "LRT365.volgende",
    "SKIPIF": "LRT365.overslaan",
    "DATABASE": "LRT365.gegevens",
    "INCLUDEPICTURE": "LRT365.afbeelding",
    "INCLUDETEXT": "LRT365.bestand",
}
_DATE_FILTERS = {
    "d mmmm yyyy": "{} | datum",
    "dd mmmm yyyy": "{} | datum",
    "d-m-yyyy": "{} | datum_kort",
    "d mmmm": "({} | datum)[:-5]",
    "mmmm yyyy": "({} | datum)[2:] | trim",
    "yyyy": "({} | datum)[-4:]",
    AS_DAY: "",
}
_LOOKS_OTHERWISE, _UNKNOWN, _LINK = "LRT365.anders", "LRT365.onbekend", "LRT365.link"
ELSEWHERE = "LRT365.cellen"
_NUMERIC = re.compile(r"[#0.,x ]*")


class Maker:
    """Makes pieces of fields: `speaker` knows the words, `fixed` what bookmarks hold.

    `made` counts the fields that became something else.
    """

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.made = 0

    def wants(self, field: WordField) -> bool:
        """Tell whether `field` is one to convert: it, or a field in its code, is of the merge."""
        name, known = field.name, self.speaker.known
        if name in MERGING or name in DATES or any(map(self.wants, field.inner)):
            return True
        if name in {"SET", "REF"}:
            return bookmark_of(field) in known
        if name == "IF":
            return any(
                not one.quoted and (one.plain or "").casefold() in known
                for one in arguments_of(field.code)[1:4]
            )
        return self._bare(field) in known

    def pieces(self, field: WordField) -> list[Piece]:
        """Return what stands in the place of `field`; raise CannotSayError if that is unknown."""
        if field.end is None:
            raise CannotSayError(ELSEWHERE)
        if field.name in _REASONS:
            raise CannotSayError(_REASONS[field.name])
        makers: Mapping[str, Callable[[WordField], list[Piece]]] = {
            "MERGEFIELD": self._merge_field,
            "IF": self._if,
            "ADDRESSBLOCK": self._address,
            "GREETINGLINE": lambda one: [self._tag(one, "aanhef")],
            "MERGEREC": lambda one: [self._tag(one, "volgnummer")],
            "MERGESEQ": lambda one: [self._tag(one, "volgnummer")],
            "FILLIN": self._fill_in,
            "ASK": self._ask,
            "SET": self._set,
            "=": self._formula,
            "QUOTE": self._quote,
            "HYPERLINK": self._link,
            **dict.fromkeys(DATES, self._date),
        }
        make = makers.get(field.name, self._reference)
        found = make(field)
        self.made += 1
        return found

    # --- looks

    def _look(self, field: WordField) -> etree._Element | None:
        """Return how what `field` prints looks: as its result, or as the first letter of its code.

        That is what CHARFORMAT asks for.
        """
        texts, shown = runs_with_text(field.code), runs_with_text(field.result)
        of_code = "charformat" in "".join(map(run_text, texts)).lower()
        runs = texts if of_code or not shown else shown
        return look_of(runs[0] if runs else field.begin)

    def _tag(self, field: WordField, source: str, remarks: Sequence[Remark] = ()) -> Words:
        return Words(f"{{{{ {source} }}}}", self._look(field), remarks)

    # --- columns

    def _merge_field(self, field: WordField) -> list[Piece]:
        name, switches = merge_code(field)
        named = self.speaker.name(name)
        remarks = [Remark(named.key, {"name": name, "word": named.word})] if named.key else []
        if not named.word and named.key != IN_ADDRESS:
            raise CannotSayError(named.key)
        if not named.word:
            return [Words("", self._look(field), remarks)]
        source = named.word
        before: list[Piece] = []
        behind: list[Piece] = []
        guarded = False
        for letter, argument in switches:
            if letter in {"b", "f"} and argument is not None:
                (before if letter == "b" else behind).extend(self._parts(argument))
                continue
            source, told, needs = _with_switch(source, named, letter, argument)
            guarded = guarded or needs
            if told:
                found = f"\\{letter} {argument.plain if argument else ''}".strip()
                remarks.append(Remark(told, {"found": found, "word": named.word}))
        tag = self._tag(field, source, remarks)
        if before or behind or guarded:
            return [Choice(named.there, [*before, tag, *behind], look=tag.look)]
        tag.there = "" if named.filled else named.there
        return [tag]

    def _date(self, field: WordField) -> list[Piece]:
        picture = _switch(field, "@") or "d MMMM yyyy"
        source, told = _date_source("dagtekening", picture)
        remarks = [Remark("LRT365.datum", {"name": field.name})]
        remarks += [Remark(told, {"found": picture, "word": "dagtekening"})] if told else []
        return [self._tag(field, source, remarks)]

    # --- conditions

    def _if(self, field: WordField) -> list[Piece]:
        arguments = if_arguments(field)
        condition = self.speaker.condition(arguments[:3])
        then, other = (self._parts(arguments[at]) if len(arguments) > at else [] for at in (3, 4))
        look = self._look(field)
        if not then and other:
            return [Choice(_opposite(condition), other, [], look)]
        return [Choice(condition, then, other, look)] if then else []

    def _parts(self, argument: Argument) -> list[Piece]:
        """Return what `argument` prints."""
        found: list[Piece] = []
        for part in argument.parts:
            if isinstance(part, Text):
                found.append(Words(part.text, part.look))
            elif isinstance(part, WordField):
                found += self.inside(part)
            elif isinstance(part, Break):
                found.append(part)
            else:
                found.append(Node(part))
        return found

    def inside(self, field: WordField) -> list[Piece]:
        """Return what stands for `field` in another one: a field of another kind as it is."""
        if self.wants(field):
            return self.pieces(field)
        return list(_as_it_is(field))

    # --- others

    def _address(self, field: WordField) -> list[Piece]:
        look = self._look(field)
        lines = "ontvanger.adresregels"
        return [Words(f'{{{{ {lines} | join("\\n") }}}}', look, loop=lines)]

    def _formula(self, field: WordField) -> list[Piece]:
        said = Formula(self.speaker, field.code).said()
        if said.truth:
            raise CannotSayError(FORMULA)
        picture = _switch(field, "#")
        if picture is None:
            return [self._tag(field, f"{_whole(said.source)} | getal")]
        source, told, _ = _with_number(_whole(said.source), picture)
        remarks = [Remark(told, {"found": f"\\# {picture}", "word": said.source})] if told else []
        return [self._tag(field, source, remarks)]

    def _quote(self, field: WordField) -> list[Piece]:
        found: list[Piece] = []
        for argument in arguments_of(field.code)[1:]:
            if not is_switch(argument):
                found += self._parts(argument)
        return found

    def _link(self, field: WordField) -> list[Piece]:
        arguments = arguments_of(field.code)[1:]
        if not arguments or any(is_switch(one) for one in arguments):
            raise CannotSayError(_LINK)
        said = self.speaker.value(arguments[0])
        shown = "".join(map(run_text, runs_with_text(field.result))).strip()
        inner = [item for item in field.result if isinstance(item, WordField)]
        if inner and shown:
            raise CannotSayError(_LINK)
        look = self._look(field)
        if not shown or "«" in shown:
            return [Words(f"{{{{ {said.source} | link }}}}", look)]
        return [Words(f"{{{{ {said.source} | link({quote(shown)}) }}}}", look)]

    def _bare(self, field: WordField) -> str:
        arguments = arguments_of(field.code)
        return (arguments[0].plain or "").casefold() if len(arguments) == 1 else ""

    def _reference(self, field: WordField) -> list[Piece]:
        known = self.speaker.known.get(bookmark_of(field)) or self.speaker.known.get(
            self._bare(field)
        )
        if known is None or known.truth or known.day:
            raise CannotSayError(_UNKNOWN)
        if known.literal is not None:
            return [Words(known.literal, self._look(field))]
        return [self._tag(field, known.source)]

    def _ask(self, field: WordField) -> list[Piece]:
        name = bookmark_of(field)
        known = self.speaker.known.get(name)
        if known is None:
            raise CannotSayError(_UNKNOWN)
        arguments = arguments_of(field.code)
        prompt = arguments[2].plain or "" if len(arguments) > 2 else ""
        return [Words("", None, [Remark("LRT365.vraag", {"word": known.source, "prompt": prompt})])]

    def _set(self, field: WordField) -> list[Piece]:
        if bookmark_of(field) not in self.speaker.known:
            raise CannotSayError(_UNKNOWN)
        return []

    def _fill_in(self, field: WordField) -> list[Piece]:
        arguments = arguments_of(field.code)[1:]
        prompt = arguments[0].plain or "" if arguments and not is_switch(arguments[0]) else ""
        word = word_of(prompt) or "invullen"
        remark = Remark("LRT365.vraag", {"word": word, "prompt": prompt})
        return [self._tag(field, word, [remark])]


_WORD = re.compile(r"[^a-z0-9]+")


def word_of(prompt: str) -> str:
    """Return a word for what a question asks: "Wat is de datum?" → "wat_is_de_datum"."""
    plain = _WORD.sub("_", prompt.lower()).strip("_")[:40].strip("_")
    return f"kolom_{plain}" if plain[:1].isdigit() else plain


def find_bookmarks(fields: Iterable[WordField], speaker: Speaker) -> dict[str, Said]:
    """Return what the bookmarks that ASK and SET fill hold; one that is set twice is left out."""
    found: dict[str, Said] = {}
    twice: set[str] = set()
    for field in fields:
        if field.name not in {"ASK", "SET"}:
            continue
        arguments, name = arguments_of(field.code), bookmark_of(field)
        word = word_of(name)
        if not word:
            continue
        if name in found:
            twice.add(name)
            continue
        if field.name == "ASK":
            found[name] = Said(word, named=Named(word))
            continue
        try:
            found[name] = speaker.value(arguments[2]) if len(arguments) > 2 else Said('""', "")
        except CannotSayError:
            twice.add(name)
    return {name: said for name, said in found.items() if name not in twice}


def _as_it_is(field: WordField) -> Iterator[Piece]:
    """Yield `field` unchanged, but that what it shows is no longer in the code of another field."""
    whole = WordField(field.begin, field.code, field.separate, [], None)
    for one in whole.items():
        yield one if isinstance(one, Break) else Node(one)
    for item in field.result:
        if isinstance(item, WordField):
            yield from _as_it_is(item)
        elif isinstance(item, Break):
            yield item
        else:
            text = run_text(item)
            yield Words(text, look_of(item)) if text else Node(item)
    if field.end is not None:
        yield Node(field.end)


def _switch(field: WordField, letter: str) -> str | None:
    """Return what stands behind the switch `letter` of `field`, or None."""
    arguments = arguments_of(field.code)
    for at, argument in enumerate(arguments):
        if not argument.quoted and (argument.plain or "") == f"\\{letter}":
            return arguments[at + 1].plain if len(arguments) > at + 1 else ""
    return None


def _opposite(condition: str) -> str:
    turned = {" == ": " != ", " != ": " == "}
    for sign, other in turned.items():
        if condition.count(sign) == 1 and not re.search(r" (and|or|if|in) |^not ", condition):
            return condition.replace(sign, other)
    if re.fullmatch(r"[\w.]+", condition):
        return f"not {condition}"
    if re.fullmatch(r"not [\w.]+", condition):
        return condition.removeprefix("not ")
    return f"not ({condition})"


def _whole(source: str) -> str:
    return source if re.fullmatch(r"[\w.]+|\([^()]*\)", source) else f"({source})"


# --- switches


def _with_switch(
    source: str, named: Named, letter: str, argument: Argument | None
) -> tuple[str, str, bool]:
    """Return `source` with a switch, what is told of it, and whether it must not be empty."""
    text = (argument.plain or "" if argument else "").strip()
    if letter == "*":
        return _with_format(source, named, text.lower())
    if letter == "@":
        made, told = _date_source(source, text)
        return made, told, "[" in made
    if letter == "#":
        return _with_number(source, text)
    return source, "" if letter == "m" else _LOOKS_OTHERWISE, False


def _with_format(source: str, named: Named, text: str) -> tuple[str, str, bool]:
    if text in NO_CHANGE:
        return source, "", False
    if text == "firstcap" and source == named.word:
        whole = cuttable(named)
        return f"({whole}[:1] | hoofdletters) ~ {whole}[1:]", "", False
    filters = {"upper": "hoofdletters", "lower": "lower", "cardtext": "telwoord", "arabic": ""}
    if text not in filters:
        return source, _LOOKS_OTHERWISE, False
    return f"{source} | {filters[text]}" if filters[text] else source, "", False


def _date_source(source: str, picture: str) -> tuple[str, str]:
    """Return `source` as a date like `picture`, and the key of what is told of it."""
    plain = " ".join(re.sub(r"[/.]", "-", picture.lower()).split())
    exact = _DATE_FILTERS.get(plain) or _DATE_FILTERS.get(plain.replace("dd", "d"))
    if exact:
        return exact.format(source), ""
    if re.fullmatch(r"d{1,2}-m{1,2}-y{2,4}", plain):
        told = "" if plain == "dd-mm-yyyy" else _LOOKS_OTHERWISE
        return f"{source} | datum_kort", told
    if re.search(r"[hms]:?", plain) and "y" not in plain and "d" not in plain:
        return f"{source} | tijd", _LOOKS_OTHERWISE
    return f"{source} | datum", _LOOKS_OTHERWISE


def _with_number(source: str, picture: str) -> tuple[str, str, bool]:
    """Return `source` as a number like `picture`, what is told, and whether it must be there."""
    bare = picture.replace("'", "").strip()
    rest = re.sub(r"€|\bEUR\b|\beuro\b", "", bare, flags=re.IGNORECASE).strip()
    money = rest != bare
    if not _NUMERIC.fullmatch(rest) or not rest:
        return f"{source} | {'bedrag' if money else 'getal'}", _LOOKS_OTHERWISE, False
    decimals = re.search(r"[.,](0+|#+|x+)$", rest)
    cents = decimals is not None and decimals[1] == "00"
    thousands = (
        decimals is not None and len(decimals[1]) == 3 and not re.search(r"[.,].*[.,]", rest)
    )
    if money:
        return f"{source} | bedrag", "" if cents else _LOOKS_OTHERWISE, False
    if cents:
        return f"({source} | bedrag)[2:]", "", True
    told = "" if decimals is None or thousands else _LOOKS_OTHERWISE
    return f"{source} | getal", told, False
