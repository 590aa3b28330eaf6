"""Which letters there will be: every one gone through and checked before the first is made.

The recipients are gone through twice: once for the plan, which keeps names only, and once while the
letters are made. So memory hardly grows with the number of letters.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from lrtdocs import dutch, messages
from lrtdocs.documents.letter_texts import COLUMNS, LINES, MADE, WITH_WORDS, WordsError
from lrtdocs.documents.letters import letter_words, pattern_words, word_parts
from lrtdocs.errors import Problem, Severity, has_errors, suggest
from lrtdocs.findings import Findings
from lrtdocs.messages import FaultError
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.ontvanger import DOUBLE, MORE, check_ontvangers
from lrtdocs.model.patroon import WORD, find_words, is_escaped, parse_patroon, parse_woord
from lrtdocs.model.taakstelling import stand_of
from lrtdocs.model.typed import LITERAL
from lrtdocs.model.value import FILTERS, Value
from lrtdocs.run.folder.names import fold_file, safe_name
from lrtdocs.run.letters.letter import Letter
from lrtdocs.run.load.model import view_of
from lrtdocs.run.load.number_conflicts import find_differences
from lrtdocs.source.build.build import find_tags
from lrtdocs.source.build.reading import Fields, Reading, place_of
from lrtdocs.source.lists.columns import refused
from lrtdocs.source.sheet import normalize_heading
from lrtdocs.source.yaml.nodes import ScalarNode
from lrtdocs.word.house.measure import break_address, find_wide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence, Set

    from lrtdocs.documents.letter_texts import WordFault
    from lrtdocs.documents.words import Words
    from lrtdocs.errors import Place
    from lrtdocs.model.ontvanger import Ontvanger
    from lrtdocs.model.patroon import Patroon
    from lrtdocs.model.taakstelling import Verdeling
    from lrtdocs.run.load.mailing import LoadedMailing
    from lrtdocs.source.build.reading import Loc
    from lrtdocs.source.yaml.nodes import Node

PATTERNS = ("bestandsnaam", "onze_referentie")
_WORD = re.compile(r"[a-z_]\w*")
_SURELY = ("{{", "{%", "[[", "<<")
_WITH_CODE, _WITHOUT_CODE = parse_patroon("{code}-{naam}"), parse_patroon("{volgnummer:04}-{naam}")


def walk_letters(loaded: LoadedMailing) -> Iterator[Letter]:
    """Yield the letters of a mailing that was planned without errors."""
    for number, ontvanger in zip(loaded.walk_numbers(), loaded.recipients, strict=False):
        yield make_letter(loaded, ontvanger, number)


def make_letter(loaded: LoadedMailing, ontvanger: Ontvanger, number: int) -> Letter:
    """Return the letter to `ontvanger`.

    Raises KeyError if a pattern asks for a word that is not there, WordsError for words that cannot
    be printed.
    """
    code = ontvanger.code or ""
    gemeente = loaded.register.find(code) if code else None
    toedeling = loaded.verdeling.rijen.get(code) if loaded.verdeling else None
    if toedeling is not None:
        toedeling = toedeling.add_stand(stand_of(ontvanger.extra))
    pattern = loaded.mailing.bestandsnaam or (_WITH_CODE if code else _WITHOUT_CODE)
    stem = safe_name(pattern.fill(pattern_words(ontvanger, number))) or f"{number:04}"
    kix, texts = loaded.house.huisstijl.kix is not None, loaded.texts
    words = letter_words(ontvanger, number, gemeente, toedeling, loaded.mailing, texts, kix=kix)
    key = code or ontvanger.naam or ontvanger.organisatie or stem
    return Letter(number, key, f"{stem}.docx", words, ontvanger.plaats_in_bestand)


def plan_letters(
    loaded: LoadedMailing,
    watches: Sequence[Callable[[Letter], object]] = (),
    *,
    whole: bool = True,
) -> tuple[dict[str, int], list[Problem]]:
    """Return the number of each letter by its folded file name, and every problem there is.

    Each of `watches` sees each letter once. A `whole` run of taakstelling letters goes to every
    gemeente.
    """
    planner, recipients = _Planner(loaded, watches), loaded.recipients
    complete = whole and loaded.mailing.taakstelling is not None
    planner.problems += check_ontvangers(
        recipients,
        loaded.register,
        str(recipients.path),
        complete=complete,
        watch=planner.see,
    )
    planner.add_clashes()
    problems = [*planner.problems, *planner.findings.as_list(), *recipients.problems]
    return planner.names.numbers, problems


class _Unique:
    """A text of the `pattern` that must be another one for every letter; `key` tells it is not.

    `clashes` are the numbers of two letters with the same text. Where two rows are the same
    recipient that is told of the rows, not of the pattern; then `of_rows` is true.
    """

    def __init__(self, pattern: str, key: str, text_of: Callable[[Letter], str]) -> None:
        self.pattern, self.key, self.text_of = pattern, key, text_of
        self.numbers: dict[str, int] = {}
        self.clashes: list[tuple[int, int]] = []
        self.of_rows = False

    def add(self, letter: Letter, *, again: bool) -> None:
        """Take in the text of the next letter, which goes to the same recipient `again`."""
        first = self.numbers.setdefault(fold_file(self.text_of(letter)), letter.number)
        if first == letter.number:
            return
        if again:
            self.of_rows = True
        else:
            self.clashes.append((letter.number, first))


class _Planner:
    """Makes every letter once, on its way to the other checks, and keeps what must be unique."""

    def __init__(
        self, loaded: LoadedMailing, watches: Sequence[Callable[[Letter], object]]
    ) -> None:
        self.loaded, self.watches = loaded, watches
        self.view = view_of(loaded.house.huisstijl)
        self.names = _Unique("bestandsnaam", "LRT703", lambda letter: letter.file)
        self.uniques = [self.names]
        columns = loaded.recipients.columns
        if loaded.mailing.onze_referentie is not None or "onze_referentie" in columns:
            own = _Unique(
                "onze_referentie", "LRT704", lambda letter: str(letter.words[own.pattern])
            )
            self.uniques.append(own)
        self.problems: list[Problem] = []
        self.findings = Findings()
        self.numbers = loaded.walk_numbers()
        self.first = True
        self.usable = True

    def see(self, ontvanger: Ontvanger, again: bool) -> None:
        """Plan the letter to the next recipient, who may be there `again`."""
        number = next(self.numbers)
        if self.first:
            self.first = False
            loaded = self.loaded
            known = {*pattern_words(ontvanger, 1), *loaded.recipients.columns}
            self.problems += _check_patterns(loaded.mailing, loaded.node, known)
            self.problems += _check_texts(loaded, known)
            self.usable = not has_errors(self.problems)
        if self.usable:
            self._plan(ontvanger, number, again=again)

    def _plan(self, ontvanger: Ontvanger, number: int, *, again: bool) -> None:
        if self.loaded.verdeling is not None:
            self._check_numbers(ontvanger, self.loaded.verdeling)
        self._check_cells(ontvanger)
        try:
            letter = make_letter(self.loaded, ontvanger, number)
        except WordsError as error:
            self.findings.extend(self._tell_fault(each, ontvanger) for each in error.faults)
            return
        self._check_window(ontvanger, letter)
        for unique in self.uniques:
            unique.add(letter, again=again)
        for watch in self.watches:
            watch(letter)

    def _check_numbers(self, ontvanger: Ontvanger, verdeling: Verdeling) -> None:
        toedeling = verdeling.rijen.get(ontvanger.code or "")
        if toedeling is None:
            place, code = ontvanger.plaats_in_bestand, ontvanger.code or ""
            name = ontvanger.naam or code or "deze ontvanger"
            self.findings.add(messages.problem("LRT702", place, name=name, code=code))
            return
        table = self.loaded.recipients.table
        self.findings.extend(find_differences(ontvanger, toedeling, table))

    def _check_window(self, ontvanger: Ontvanger, letter: Letter) -> None:
        """Tell of an address that the windows of the envelopes do not show whole.

        And, where letters have a KIX, of one from which none can be made.
        """
        printed = break_address(ontvanger.adresregels)
        place, kix = ontvanger.plaats_in_bestand, cast("Words", letter.words["ontvanger"])["kix"]
        limit = self.view.count_lines(kix=kix is not None)
        if self.loaded.house.huisstijl.kix and not kix and not ontvanger.is_abroad:
            address = ", ".join((ontvanger.adres or "").split("\n"))
            self.findings.add(messages.problem("LRT746", place, address=address))
        if len(printed) > limit:
            lines = len(printed)
            self.findings.add(messages.problem("LRT745", place, lines=lines, limit=limit))
        wide = find_wide(printed, self.view)
        if wide is not None:
            line, width, room = wide
            told = {"line": line, "width": math.ceil(width), "room": math.floor(room)}
            self.findings.add(messages.problem("LRT745.breed", place, None, **told))

    def _check_cells(self, ontvanger: Ontvanger) -> None:
        """Tell of a word in braces in a cell that is a text of the letter: it is filled nowhere."""
        for name in (*COLUMNS, "aanhef"):
            text = ontvanger.aanhef if name == "aanhef" else ontvanger.extra.get(name)
            found = LITERAL.search(text) if text and isinstance(text, str) else None
            if found is not None:
                place = self._cell(ontvanger, name)
                told = {"found": found[0], "column": name}
                self.findings.add(messages.problem("LRT723.cel", place, None, **told))

    def _tell_fault(self, fault: WordFault, ontvanger: Ontvanger) -> Problem:
        """Return the problem of a word that cannot be printed, at the cell of its value."""
        name = fault.woord.naam
        value, place = fault.value, self._cell(ontvanger, name)
        if name in self.loaded.mailing.velden:
            place = self.loaded.place("velden", name)
        if isinstance(value, Value) and value.place is not None:
            place = value.place
        told = {"text": str(value), "word": str(fault.woord), "where": fault.key}
        return refused(fault.error, "LRT723", place, **told)

    def _cell(self, ontvanger: Ontvanger, name: str) -> Place:
        """Return the cell of the column `name`, or that which names the recipient."""
        table, place = self.loaded.recipients.table, ontvanger.plaats_in_bestand
        return table.place_in(place, name) if table is not None and table.has(name) else place

    def add_clashes(self) -> None:
        """Add a problem for each letter whose text another had before.

        Rows that are the same recipient are then an error: there would be one letter less. The list
        is gone through again for it, since only the numbers of its letters are known.
        """
        if any(unique.of_rows for unique in self.uniques):
            self.problems = [
                replace(each, severity=Severity.ERROR) if each.key == DOUBLE else each
                for each in self.problems
            ]
        wanted = {number for unique in self.uniques for pair in unique.clashes for number in pair}
        walk = walk_letters(self.loaded) if wanted else ()
        letters = {letter.number: letter for letter in walk if letter.number in wanted}
        for unique in self.uniques:
            for number, first in unique.clashes:
                self.findings.add(_clash(unique, letters[number], letters[first]))
        told = {letter.place for letter in letters.values()}
        self.problems = [p for p in self.problems if p.key != MORE or p.place not in told]


def _clash(unique: _Unique, letter: Letter, other: Letter) -> Problem:
    text, pattern = unique.text_of(letter), unique.pattern
    fields = {"text": text, "other": other.key, "where": other.place, "pattern": pattern}
    same = unique.key == "LRT703" and letter.choice == other.choice
    key = "LRT703.gemeente" if same else unique.key
    return messages.problem(key, letter.place, None, **fields)


# --- words in braces


def _check_patterns(mailing: Mailing, node: Node, known: Set[str]) -> Iterator[Problem]:
    """Yield a problem for every word in a pattern of the `mailing` in `node` that is not `known`.

    Only the name of a file and a reference are patterns. `known` are the words that every recipient
    has.
    """
    for name in PATTERNS:
        pattern: Patroon | None = getattr(mailing, name)
        for word in sorted(pattern.words - known) if pattern else ():
            guess = suggest(word, known)
            fields = {"guess": f"; {guess}" if guess else ".", "known": ", ".join(sorted(known))}
            yield messages.problem("LRT705", place_of(node, (name,)), None, word=word, **fields)


def _check_texts(loaded: LoadedMailing, columns: Set[str]) -> Iterator[Problem]:
    """Yield a problem for every word in braces that the texts of the mailing cannot have.

    `columns` are the words that every recipient has. What is no word would stand in every letter as
    it was typed: an error, unless it may be meant so, like a word in the quotes of a sentence.
    """
    reading, known = Reading(loaded.node, Fields(Mailing)), known_words(loaded, columns)
    filled: set[Place] = set()
    for key, place, inside in _find_words(loaded, reading):
        filled.add(place)
        here = known - {*MADE} if key in MADE else known
        try:
            word = parse_woord(inside).naam
        except FaultError as error:
            yield error.fault.at(place)
            continue
        if word not in here:
            guess = suggest(word, here)
            told = {"guess": f"; {guess}" if guess else ".", "known": ", ".join(sorted(here))}
            yield messages.problem("LRT705.tekst", place, None, word=word, **told)
    for loc, place, found in find_tags(reading):
        with_words = _has_words(loc)
        if loc[0] in PATTERNS or (place in filled and WORD.fullmatch(found[0])):
            continue
        if not (with_words and is_escaped(found.string, found.start())):
            is_tekst = reading.fields.is_tekst(loc[:1])
            yield _braced(found, place, known, with_words=with_words, is_tekst=is_tekst)


def _braced(
    found: re.Match[str], place: Place, known: Set[str], *, with_words: bool, is_tekst: bool
) -> Problem:
    """Return the problem of what was `found` at `place`, where it is not filled in."""
    tag = found["braced"] or found["quoted"] or found["phrase"] or found[0]
    word = _WORD.match(tag.lower())
    meant = normalize_heading(tag) if found["phrase"] else word[0] if word else "naam"
    sure = found[0].startswith(_SURELY) or meant in known
    key, shown = ("LRT714", meant) if sure else ("LRT714.onbekend", tag)
    if sure and with_words and meant in known and not found[0].startswith("{%"):
        _, *asked = re.split(r"\s*[|:]\s*", tag.lower())
        key, shown = "LRT714.woord", ":".join([meant, *(one for one in asked if one in FILTERS)])
    elif not sure and not found["quoted"] and is_tekst:
        key = "LRT714.tekst"
    severity = Severity.ERROR if sure or found["braced"] else Severity.WARNING
    where = dutch.join_words([*PATTERNS, *WITH_WORDS])
    return messages.problem(key, place, severity, found=found[0], word=shown, patterns=where)


def known_words(loaded: LoadedMailing, columns: Set[str]) -> frozenset[str]:
    """Return the words that may stand in the texts of a mailing, whose list has these `columns`."""
    mailing = loaded.mailing
    own = {name for name, value in mailing.velden.items() if isinstance(value, str)}
    more = {"onze_referentie"} if mailing.onze_referentie else set()
    more |= {"dagtekening"} if mailing.dagtekening else set()
    parts = word_parts() if loaded.verdeling else frozenset()
    return frozenset({*columns, *own, *more, *MADE, *parts})


def _find_words(loaded: LoadedMailing, reading: Reading) -> Iterator[tuple[str, Place, str]]:
    """Yield each word in the texts: the key it stands under, its place, and what is in braces."""
    tekst = loaded.mailing.tekst
    for part in tekst.woorden if tekst else ():
        yield "tekst", reading.at(("tekst",), part.line, part.column), part.tekst[1:-1].strip()
    for loc, node in reading.nodes.items():
        if loc and loc[0] in LINES and _has_words(loc) and isinstance(node, ScalarNode):
            for number, line in enumerate(node.text.split("\n")):
                for found in find_words(line):
                    yield str(loc[0]), node.place_at(number, found.start()), found["inside"]


def _has_words(loc: Loc) -> bool:
    """Tell whether words of the recipient may stand in the text at `loc`."""
    key = next((part for part in reversed(loc) if isinstance(part, str)), "")
    return bool(loc) and loc[0] in WITH_WORDS and key in {loc[0], "titel"}
