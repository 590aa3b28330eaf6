"""What a field of Word says, as an expression of a template.

Word compares texts letter by letter, capitals too, and numbers as numbers; `*` and `?` in the text
behind = and <> stand for other letters. An expression that would say anything else than Word does
is not made: `CannotSayError` tells why.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch
from lrtdocs.messages import FaultError
from lrtdocs.word.mergefields.reading import (
    OPERATORS,
    Argument,
    CannotSayError,
    Text,
    WordField,
    arguments_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lrtdocs.word.mergefields.reading import Item, Part

_NUMBER = re.compile(r"\s*(?:€\s*)?-?[0-9][0-9. ]*(?:,[0-9]+)?\s*")
_DAY = re.compile(r"(19|20)[0-9]{6}")
CONDITION, WILDCARDS = "LRT365.voorwaarde", "LRT365.jokers"
FORMULA, NAMELESS = "LRT365.formule", "LRT365.naamloos"
"""Why something cannot be said."""
IN_ADDRESS = "LRT365.in_adres"
"""What is told of a column that has no word, because it goes into another."""
_JINJA = {"=": "==", "<>": "!="}
_NAMED_VALUES = {"MERGEREC": "volgnummer", "MERGESEQ": "volgnummer"}
AS_DAY = "yyyymmdd"
"""The picture of a date that people compare dates by."""


class Named(NamedTuple):
    """The word for a merge field.

    A column that every list has is `plain` text, or nothing; other columns are values, of which 0
    and nee are something too. `key` is that of what is told of it, or "". One that is `filled` is
    so for everybody.
    """

    word: str
    plain: bool = False
    key: str = ""
    filled: bool = False

    @property
    def there(self) -> str:
        """The condition that there is something."""
        return self.word if self.plain else f'{self.word} != ""'

    @property
    def absent(self) -> str:
        """The condition that there is nothing."""
        return f"not {self.word}" if self.plain else f'{self.word} == ""'


@dataclass(frozen=True)
class Said:
    """An expression, and what is known of it: the text or the column that is all of it.

    `truth` is one that is true or false, which Word writes as 1 and 0; `day` one of a date as eight
    figures.
    """

    source: str
    literal: str | None = None
    named: Named | None = None
    truth: bool = False
    day: bool = False


def quote(text: str) -> str:
    """Return `text` as a text in a tag."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def number_of(text: str) -> str | None:
    """Return the number that `text` is, as it is written in a tag, or None."""
    if _NUMBER.fullmatch(text):
        with suppress(FaultError):
            number = dutch.parse_decimal(text)
            return str(number) if isinstance(number, int) else f"{Decimal(number):f}"
    return None


class Speaker:
    """Says fields as expressions: `name` gives the word of a column, `known` that of a bookmark."""

    def __init__(self, name: Callable[[str], Named], known: Mapping[str, Said]) -> None:
        self.name, self.known = name, known

    def condition(self, arguments: Sequence[Argument]) -> str:
        """Return the condition in `arguments`: a value, an operator and a value."""
        if len(arguments) < 3 or arguments[1].plain not in OPERATORS:
            raise CannotSayError(CONDITION)
        left, right = self.value(arguments[0]), self.value(arguments[2])
        return compare(left, str(arguments[1].plain), right)

    def value(self, argument: Argument) -> Said:
        """Return what `argument` says."""
        plain = argument.plain
        if plain is not None and not argument.quoted and plain.casefold() in self.known:
            return self.known[plain.casefold()]
        if plain is not None:
            return Said(quote(plain), literal=plain)
        said = [self._part(part) for part in argument.parts]
        if len(said) == 1:
            return said[0]
        if any(each.truth or each.day for each in said):
            raise CannotSayError(CONDITION)
        return Said("(" + " ~ ".join(map(_as_text, said)) + ")")

    def _part(self, part: Part) -> Said:
        if isinstance(part, Text):
            return Said(quote(part.text), literal=part.text)
        if isinstance(part, WordField):
            return self.field(part)
        raise CannotSayError(CONDITION)

    def field(self, field: WordField) -> Said:
        """Return what `field` says."""
        name = field.name
        if name in _NAMED_VALUES:
            return Said(_NAMED_VALUES[name])
        say = {
            "MERGEFIELD": self._merge_field,
            "IF": self._if,
            "COMPARE": self._compare,
            "QUOTE": self._quote,
            "=": lambda asked: Formula(self, asked.code).said(),
            "REF": self._reference,
        }.get(name)
        if say is None:
            bare = arguments_of(field.code)
            known = self.known.get((bare[0].plain or "").casefold()) if len(bare) == 1 else None
            if known is None:
                raise CannotSayError(CONDITION)
            return known
        return say(field)

    def _merge_field(self, field: WordField) -> Said:
        name, switches = merge_code(field)
        named = self.name(name)
        if not named.word:
            raise CannotSayError(named.key)
        source, day = named.word, False
        for letter, argument in switches:
            text = (argument.plain or "" if argument else "").strip().lower()
            if letter == "*" and text in {"upper", "lower"}:
                source = f"({source} | {'hoofdletters' if text == 'upper' else 'lower'})"
            elif letter == "@" and text == AS_DAY:
                day = True
            elif letter != "m" and not (letter == "*" and text in NO_CHANGE):
                raise CannotSayError(CONDITION)
        return Said(source, named=named if source == named.word else None, day=day)

    def _if(self, field: WordField) -> Said:
        arguments = if_arguments(field)
        condition = self.condition(arguments[:3])
        true, false = (
            self.value(arguments[at]) if len(arguments) > at else Said('""', literal="")
            for at in (3, 4)
        )
        if (true.literal, false.literal) in {("1", "0"), ("1", "")}:
            return Said(condition, truth=True)
        return Said(f"({_as_text(true)} if {condition} else {_as_text(false)})")

    def _compare(self, field: WordField) -> Said:
        return Said(self.condition(arguments_of(field.code)[1:]), truth=True)

    def _quote(self, field: WordField) -> Said:
        arguments = arguments_of(field.code)
        if len(arguments) != 2:
            raise CannotSayError(CONDITION)
        return self.value(arguments[1])

    def _reference(self, field: WordField) -> Said:
        known = self.known.get(bookmark_of(field))
        if known is None:
            raise CannotSayError(CONDITION)
        return known


def is_switch(argument: Argument) -> bool:
    """Tell whether `argument` is a switch, not a text."""
    return not argument.quoted and (argument.plain or "").startswith("\\")


def if_arguments(field: WordField) -> list[Argument]:
    """Return the arguments of an IF `field` without its switches, which must change nothing."""
    arguments = arguments_of(field.code)[1:]
    at = next((i for i, one in enumerate(arguments) if is_switch(one)), len(arguments))
    formats = [(one.plain or "").lower() for one in arguments[at:]]
    if at > _MOST_OF_IF or set(formats) - {"\\*", *NO_CHANGE}:
        raise CannotSayError(CONDITION)
    return arguments[:at]


_MOST_OF_IF = 5  # two values, an operator, two results
NO_CHANGE = frozenset(["mergeformat", "charformat"])


def bookmark_of(field: WordField) -> str:
    """Return the bookmark that the code of `field` names, or ""."""
    arguments = arguments_of(field.code)
    return (arguments[1].plain or "").casefold() if len(arguments) > 1 else ""


def merge_code(field: WordField) -> tuple[str, list[tuple[str, Argument | None]]]:
    """Return the name of the column in the code of `field`, and its switches with their values."""
    arguments = arguments_of(field.code)[1:]
    name = arguments[0].plain if arguments else None
    if not name or name.startswith("\\"):
        raise CannotSayError(NAMELESS)
    switches: list[tuple[str, Argument | None]] = []
    for argument in arguments[1:]:
        plain = argument.plain
        if plain is not None and not argument.quoted and re.fullmatch(r"\\\S", plain):
            switches.append((plain[1].lower(), None))
        elif switches and switches[-1][1] is None:
            switches[-1] = (switches[-1][0], argument)
        elif not switches and not argument.quoted and plain:
            name += f" {plain}"  # typed without quotes
    return name, switches


def _as_text(said: Said) -> str:
    if said.truth:
        return f'("1" if {said.source} else "0")'
    named = said.named
    return f'({named.word} or "")' if named is not None and named.plain else said.source


# --- comparing


def compare(left: Said, operator: str, right: Said) -> str:
    """Return the condition that `left` and `right` compare so."""
    if left.literal is not None and right.literal is None:
        left, operator, right = right, _turned(operator), left
    if left.truth or right.truth:
        return _compare_truth(left, operator, right)
    if left.day or right.day:
        return _compare_days(left, operator, right)
    if right.literal == "":
        return _compare_with_nothing(left, operator)
    if operator in _JINJA:
        return _equal(left, right, same=operator == "=")
    literal = None if right.literal is None else number_of(right.literal)
    return f"{left.source} {operator} {literal or right.source}"


def _turned(operator: str) -> str:
    return operator.translate(str.maketrans("<>", "><")) if operator != "<>" else operator


def _compare_truth(left: Said, operator: str, right: Said) -> str:
    if not left.truth or right.literal not in {"0", "1"} or operator not in _JINJA:
        raise CannotSayError(CONDITION)
    holds = (right.literal == "1") == (operator == "=")
    return left.source if holds else f"not ({left.source})"


def _compare_days(left: Said, operator: str, right: Said) -> str:
    """Return how dates compare that Word was made to write as eight figures."""
    day = right.literal or ""
    if left.day and right.day:
        return f"{left.source} {_JINJA.get(operator, operator)} {right.source}"
    if not _DAY.fullmatch(day):
        raise CannotSayError(CONDITION)
    written = quote(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    return f"{left.source} {_JINJA.get(operator, operator)} {written}"


def _compare_with_nothing(left: Said, operator: str) -> str:
    if operator in {"=", "<="}:
        return left.named.absent if left.named else f'{left.source} == ""'
    if operator in {"<>", ">"}:
        return left.named.there if left.named else f'{left.source} != ""'
    raise CannotSayError(CONDITION)


def _equal(left: Said, right: Said, *, same: bool) -> str:
    sign = "==" if same else "!="
    text = right.literal
    if text is None or not re.search(r"[*?]", text):
        return f"{left.source} {sign} {right.source}"
    inner = text.strip("*")
    if re.search(r"[*?]", inner) or not inner:
        raise CannotSayError(WILDCARDS)
    if text.startswith("*") and text.endswith("*"):
        return f"{quote(inner)} {'in' if same else 'not in'} {_as_text(left)}"
    part = f"[:{len(inner)}]" if text.endswith("*") else f"[-{len(inner)}:]"
    return f"{_as_sliced(left)}{part} {sign} {quote(inner)}"


def _as_sliced(said: Said) -> str:
    """Return what can be cut: of an empty cell there is nothing to cut."""
    return cuttable(said.named) if said.named else f"({_as_text(said)})"


def cuttable(named: Named) -> str:
    """Return the text of a column, which can be cut where the cell is empty too."""
    return f'({named.word} or "")' if named.plain else f'({named.word} ~ "")'


# --- formulas

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:[.,][0-9]+)?)|(?P<word>[A-Za-z]\w*)|(?P<sign><>|<=|>=|[-+*/()<>=;,%^])"
    r"|(?P<rest>\S))"
)
_Token = tuple[str, str | WordField]


class Formula:
    """The formula in the code of a field `=`, as far as it reckons with columns."""

    def __init__(self, speaker: Speaker, code: Sequence[Item]) -> None:
        self.speaker = speaker
        self.tokens = list(self._read(code))
        self.at = 0

    def said(self) -> Said:
        """Return the formula as an expression."""
        said = self._comparison()
        if self.at != len(self.tokens):
            raise CannotSayError(FORMULA)
        return said

    def _read(self, code: Sequence[Item]) -> Iterator[_Token]:
        started = False
        for argument in arguments_of(code):
            for part in argument.parts:
                if isinstance(part, WordField):
                    yield "field", part
                    continue
                if not isinstance(part, Text):
                    raise CannotSayError(FORMULA)
                text = part.text
                if not started and text.startswith("="):
                    text, started = text[1:], True
                if text.startswith("\\"):
                    return
                for found in _TOKEN.finditer(text):
                    if found["rest"]:
                        raise CannotSayError(FORMULA)
                    yield str(found.lastgroup), found[0].strip()

    def _peek(self) -> str:
        token = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return token[1] if token[0] == "sign" else ""  # type: ignore[return-value]

    def _next(self) -> _Token:
        if self.at >= len(self.tokens):
            raise CannotSayError(FORMULA)
        self.at += 1
        return self.tokens[self.at - 1]

    def _comparison(self) -> Said:
        left = self._sum()
        operator = self._peek()
        if operator not in OPERATORS:
            return left
        self._next()
        right = self._sum()
        return Said(f"{left.source} {_JINJA.get(operator, operator)} {right.source}", truth=True)

    def _sum(self) -> Said:
        return self._row("+-", self._product)

    def _product(self) -> Said:
        return self._row("*/", self._unary)

    def _row(self, signs: str, piece: Callable[[], Said]) -> Said:
        said = piece()
        while self._peek() and self._peek() in signs:
            sign = self._next()[1]
            other = piece()
            if said.truth or other.truth:
                raise CannotSayError(FORMULA)
            said = Said(f"{said.source} {sign} {other.source}")
        return said

    def _unary(self) -> Said:
        if self._peek() == "-":
            self._next()
            return Said(f"-{self._unary().source}")
        said = self._single()
        if self._peek() in {"%", "^"}:
            raise CannotSayError(FORMULA)
        return said

    def _single(self) -> Said:
        kind, text = self._next()
        if isinstance(text, WordField):
            said = self.speaker.field(text)
            if said.literal is not None or said.day:
                raise CannotSayError(FORMULA)
            return said
        if kind == "number":
            return Said(text.replace(",", "."), literal=text)
        if text == "(":
            said = self._comparison()
            self._close()
            return said if said.truth else Said(f"({said.source})")
        if kind == "word":
            return self._function(text.upper())
        raise CannotSayError(FORMULA)

    def _close(self) -> None:
        if self._next()[1] != ")":
            raise CannotSayError(FORMULA)

    def _function(self, name: str) -> Said:
        known = self.speaker.known.get(name.casefold())
        if known is not None and self._peek() != "(":
            return known
        if name not in _FUNCTIONS or self._peek() != "(":
            raise CannotSayError(FORMULA)
        self._next()
        values = [self._comparison()]
        while self._peek() in {";", ","}:
            self._next()
            values.append(self._comparison())
        self._close()
        return _FUNCTIONS[name](values)


def _join_truths(word: str) -> Callable[[list[Said]], Said]:
    def join(values: list[Said]) -> Said:
        return Said(f" {word} ".join(f"({_as_truth(each)})" for each in values), truth=True)

    return join


def _as_truth(said: Said) -> str:
    return said.source if said.truth else f"{said.source} != 0"


def _single_value(form: str, *, truth: bool = False) -> Callable[[list[Said]], Said]:
    def make(values: list[Said]) -> Said:
        if len(values) != 1:
            raise CannotSayError(FORMULA)
        source = _as_truth(values[0]) if truth else values[0].source
        return Said(form.format(source), truth=truth)

    return make


_FUNCTIONS: Mapping[str, Callable[[list[Said]], Said]] = {
    "AND": _join_truths("and"),
    "OR": _join_truths("or"),
    "NOT": _single_value("not ({})", truth=True),
    "ABS": _single_value("(({}) | abs)"),
    "INT": _single_value("(({}) | int)"),
    "SUM": lambda values: Said("(" + " + ".join(each.source for each in values) + ")"),
}
