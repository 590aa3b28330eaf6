"""Which letters there will be: every one gone through and checked before the first is made.

The recipients are gone through twice: once for the plan, which keeps a hash of each name, and once
while the letters are made. So memory hardly grows with the number of letters.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

from lrtdocs import dutch, messages
from lrtdocs.documents.letter_texts import LINES, MADE, WITH_WORDS, Filling, WordsError
from lrtdocs.documents.letters import letter_words, pattern_words, word_parts
from lrtdocs.documents.rows import TOTAL, row_words
from lrtdocs.errors import Problem, Severity, has_errors, suggest
from lrtdocs.findings import Findings
from lrtdocs.hashed import Hashed
from lrtdocs.language import Taal, writing
from lrtdocs.messages import FaultError
from lrtdocs.model.mailing import Mailing
from lrtdocs.model.ontvanger import DOUBLE, MORE, OF_MAILING, check_ontvangers, offer_group
from lrtdocs.model.patroon import WORD, find_words, is_escaped, parse_patroon, parse_woord
from lrtdocs.model.taakstelling import stand_of
from lrtdocs.model.tekst import TABEL, Tekst, has_table
from lrtdocs.model.typed import LITERAL
from lrtdocs.model.value import FILTERS, Value
from lrtdocs.run.folder.names import FileNames, fold_file, safe_name
from lrtdocs.run.letters.letter import Letter
from lrtdocs.run.load.model import check_in_view, view_of
from lrtdocs.run.load.number_conflicts import find_differences
from lrtdocs.source.build.build import find_tags
from lrtdocs.source.build.reading import Fields, Reading, place_of
from lrtdocs.source.lists.columns import refused
from lrtdocs.source.sheet import normalize_heading
from lrtdocs.source.yaml.nodes import ScalarNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence, Set

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
_WHOLE = re.compile(r"\\[{}]|\{[^{}]*\}")
_HALF = re.compile(
    r"\{\s*(?P<opened>[a-z_][a-z0-9_]*)\b|(?P<closed>\b[a-z_][a-z0-9_]*)(?::\w+)?\s*\}"
)
"""A word with a brace at one side, in a line without what has both."""
_SHAPED = re.compile(
    r"(?<![\\{])\{(?P<braced>[^{}=]+)\}(?![}])|(?<!!)(?<!\[)\[(?P<hooked>[^\[\]^]+)\](?![(\[{:\]])"
    r"|(?<!<)<(?P<pointed>[^<>/@:]+)>(?!>)"
)
"""What may be meant as a word in a text: between braces, or other marks."""
_SURELY = ("{{", "{%", "[[", "<<")
_WITH_CODE, _WITHOUT_CODE = parse_patroon("{code}-{naam}"), parse_patroon("{volgnummer:04}-{naam}")


def walk_letters(loaded: LoadedMailing) -> Iterator[Letter]:
    """Yield the letters of a mailing that was planned without errors."""
    for number, ontvanger in zip(loaded.walk_numbers(), loaded.recipients, strict=False):
        yield make_letter(loaded, ontvanger, number)


def make_letter(loaded: LoadedMailing, ontvanger: Ontvanger, number: int) -> Letter:
    """Return the letter to `ontvanger`; raise WordsError for words that cannot be printed."""
    ontvanger, code = with_taal(loaded, ontvanger), ontvanger.code or ""
    pattern = loaded.mailing.bestandsnaam or (_WITH_CODE if code else _WITHOUT_CODE)
    filling = Filling(loaded.texts, pattern_words(ontvanger, number))
    stem = safe_name(filling.line("bestandsnaam", pattern) or "") or f"{number:04}"
    if filling.faults:
        raise WordsError(filling.faults)
    words = words_of(loaded, ontvanger, number)
    key = code or ontvanger.naam or ontvanger.organisatie or stem
    place, rijen = ontvanger.plaats_in_bestand, ontvanger.rijen
    return Letter(number, key, f"{stem}.docx", words, place, rijen)


def words_of(loaded: LoadedMailing, ontvanger: Ontvanger, number: int) -> Words:
    """Return the words of the letter to `ontvanger`; raise WordsError as `make_letter`."""
    code = ontvanger.code or ""
    gemeente = loaded.register.find(code) if code else None
    toedeling = loaded.verdeling.rijen.get(code) if loaded.verdeling else None
    if toedeling is not None:
        toedeling = toedeling.add_stand(stand_of(ontvanger.extra))
    ontvanger = with_taal(loaded, ontvanger)
    taal = Taal(cast("str", ontvanger.taal))
    mailing, texts = loaded.mailing.in_taal(taal), loaded.texts_in(taal)
    kix, rows, rijen = loaded.house.huisstijl.kix is not None, {}, ontvanger.rijen
    if rijen is not None:
        with writing(taal):
            rows = row_words(rijen, loaded.sums, loaded.row_columns, loaded.tabel)
    return letter_words(ontvanger, number, gemeente, toedeling, mailing, texts, kix=kix, rows=rows)


def with_taal(loaded: LoadedMailing, ontvanger: Ontvanger) -> Ontvanger:
    """Return `ontvanger` with a language: that of the mailing, unless the list says another."""
    return ontvanger if ontvanger.taal else replace(ontvanger, taal=loaded.mailing.taal.value)


def plan_letters(
    loaded: LoadedMailing,
    watches: Sequence[Callable[[Letter], object]] = (),
    *,
    whole: bool = True,
) -> tuple[FileNames, list[Problem]]:
    """Return what the letters are called, with their numbers, and every problem there is.

    Each of `watches` sees each letter once. A `whole` run of taakstelling letters goes to every
    gemeente.
    """
    planner, recipients = _Planner(loaded, watches), loaded.recipients
    complete = whole and loaded.mailing.taakstelling is not None
    checked = check_ontvangers(
        recipients,
        loaded.register,
        str(recipients.path),
        complete=complete,
        watch=planner.see,
    )
    planner.problems += checked.problems
    planner.add_clashes(checked.again)
    problems = [*planner.problems, *planner.findings.as_list(), *recipients.problems]
    return FileNames(planner.names.texts, planner.made), problems


class _Unique:
    """A text of the `pattern` that must be another one for every letter; `key` tells it is not.

    Where two rows are the same recipient that is told of the rows, not of the pattern; then
    `of_rows` is true.
    """

    def __init__(self, pattern: str, key: str, text_of: Callable[[Letter], str]) -> None:
        self.pattern, self.key, self.text_of = pattern, key, text_of
        self.texts = Hashed()
        self.of_rows = False
        self.shared = bytearray()
        self._first: dict[str, _First] = {}

    def folded(self, letter: Letter) -> str:
        """Return the text of `letter` as it is compared."""
        return fold_file(self.text_of(letter))

    def compare(self, at: int, letter: Letter, *, again: bool) -> Problem | None:
        """Return the problem of the `letter` at a place in the list, if it has the text of another.

        It goes to the same recipient `again`. All `shared` texts are to be compared, in order.
        """
        if not (self.shared and self.shared[at]):
            return None
        text = self.text_of(letter)
        now = _First(letter.key, letter.place, letter.choice)
        first = self._first.setdefault(fold_file(text), now)
        if first is now:
            return None
        if again:
            self.of_rows = True
            return None
        same = self.key == "LRT703" and now.choice == first.choice
        told = {"text": text, "other": first.key, "where": first.place, "pattern": self.pattern}
        if not same:
            return messages.problem(self.key, letter.place, None, **told)
        column = "code" if cast("Words", letter.words["ontvanger"])["code"] else "naam"
        told["samen"] = offer_group(column) if letter.rijen is None else ""
        return messages.problem("LRT703.gemeente", letter.place, None, **told)


class _First(NamedTuple):
    """What is told of the first letter with a text."""

    key: str
    place: Place
    choice: str


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
        self.made = array("I")  # the numbers of the letters that were planned
        self.first = True
        self.usable = True

    def see(self, ontvanger: Ontvanger) -> None:
        """Plan the letter to the next recipient."""
        number = next(self.numbers)
        if self.first:
            self.first = False
            loaded = self.loaded
            known = {*pattern_words(ontvanger, 1), *loaded.recipients.columns}
            headings = _read_headings(loaded)
            self.problems += _check_patterns(loaded.mailing, loaded.node, known, headings)
            self.problems += _check_texts(loaded, known)
            self.usable = not has_errors(self.problems)
        if self.usable:
            self._plan(ontvanger, number)

    def _plan(self, ontvanger: Ontvanger, number: int) -> None:
        if self.loaded.verdeling is not None:
            self._check_numbers(ontvanger, self.loaded.verdeling)
        self._check_cells(ontvanger)
        try:
            letter = make_letter(self.loaded, ontvanger, number)
        except WordsError as error:
            self.findings.extend(self._tell_fault(each, ontvanger) for each in error.faults)
            for unique in self.uniques:
                unique.texts.add((number,))  # no text, and another for each
            return
        self._check_window(ontvanger, letter)
        self.made.append(number)
        for unique in self.uniques:
            unique.texts.add(unique.folded(letter))
        for watch in self.watches:
            watch(letter)

    def _check_numbers(self, ontvanger: Ontvanger, verdeling: Verdeling) -> None:
        toedeling = verdeling.rijen.get(ontvanger.code or "")
        if ontvanger.taal not in (None, Taal.NL):
            table, place = self.loaded.recipients.table, ontvanger.plaats_in_bestand
            place = table.place_in(place, "taal") if table else place
            self.findings.add(messages.problem("LRT793", place, None, text=ontvanger.taal))
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
        place, kix = ontvanger.plaats_in_bestand, cast("Words", letter.words["ontvanger"])["kix"]
        if self.loaded.house.huisstijl.kix and not kix and not ontvanger.is_abroad:
            address = ", ".join((ontvanger.adres or "").split("\n"))
            self.findings.add(messages.problem("LRT746", place, address=address))
        lines, has_kix = ontvanger.adresregels, kix is not None
        self.findings.extend(check_in_view(lines, self.view, place, kix=has_kix))

    def _check_cells(self, ontvanger: Ontvanger) -> None:
        """Tell of a word in braces in a cell that is a text of the letter: it is filled nowhere."""
        for name in (*OF_MAILING, "aanhef"):
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

    def _walk_shared(self) -> Iterator[tuple[int, Letter]]:
        """Yield the letters that may have a text of another, with their place in the list."""
        shared = [unique.shared for unique in self.uniques if unique.shared]
        rows = zip(self.loaded.walk_numbers(), self.loaded.recipients, strict=False)
        for at, (number, ontvanger) in enumerate(rows if shared else ()):
            if any(flags[at] for flags in shared):
                yield at, make_letter(self.loaded, ontvanger, number)

    def add_clashes(self, again: Sequence[int]) -> None:
        """Add a problem for each letter whose text another had before.

        Who is there `again`, by place in the list, is the same recipient: rows that are so are then
        an error, as there would be one letter less. The list is gone through once more for it,
        since only hashes of the texts are known.
        """
        for unique in self.uniques:
            unique.shared = unique.texts.shared()
        twice = {problem.place for problem in self.problems if problem.key == MORE}
        told: set[Place] = set()
        for at, letter in self._walk_shared():
            for unique in self.uniques:
                problem = unique.compare(at, letter, again=bool(again[at]))
                if problem is not None:
                    self.findings.add(problem)
                    told |= twice & {problem.place, problem.fields["where"]}
        if any(unique.of_rows for unique in self.uniques):
            self.problems = [
                replace(each, severity=Severity.ERROR) if each.key == DOUBLE else each
                for each in self.problems
            ]
        self.problems = [p for p in self.problems if p.key != MORE or p.place not in told]


# --- words in braces


def _read_headings(loaded: LoadedMailing) -> dict[str, tuple[str, str]]:
    """Return of each heading that is another word than it says: as a word, the text and that."""
    table = loaded.recipients.table
    found = {
        normalize_heading(heading.text): (heading.text, heading.word)
        for heading in (table.headings if table else ())
    }
    return {said: each for said, each in found.items() if said != each[1]}


def _tell_heading(word: str, headings: Mapping[str, tuple[str, str]], place: Place) -> Problem:
    """Return the problem of a `word` that is a heading of the list, and goes by another word."""
    column, meant = headings[word]
    return messages.problem("LRT705.kop", place, None, word=word, column=column, meant=meant)


def _check_patterns(
    mailing: Mailing, node: Node, known: Set[str], headings: Mapping[str, tuple[str, str]]
) -> Iterator[Problem]:
    """Yield a problem for every word in a pattern of the `mailing` in `node` that is not `known`.

    Only the name of a file and a reference are patterns. `known` are the words that every recipient
    has.
    """
    for name in PATTERNS:
        pattern: Patroon | None = getattr(mailing, name)
        for word in sorted(pattern.words - known) if pattern else ():
            if word in headings:
                yield _tell_heading(word, headings, place_of(node, (name,)))
                continue
            guess = suggest(word, known)
            fields = {"guess": f"; {guess}" if guess else ".", "known": ", ".join(sorted(known))}
            yield messages.problem("LRT705", place_of(node, (name,)), None, word=word, **fields)


def _check_texts(loaded: LoadedMailing, columns: Set[str]) -> Iterator[Problem]:
    """Yield a problem for every word in braces that the texts of the mailing cannot have.

    `columns` are the words that every recipient has. What is no word would stand in every letter as
    it was typed: an error, unless it may be meant so, like a word in the quotes of a sentence.
    """
    reading, known = Reading(loaded.node, Fields(Mailing)), known_words(loaded, columns)
    headings = {k: v for k, v in _read_headings(loaded).items() if k not in known}
    filled: set[Place] = set()
    for key, place, inside in _find_words(loaded, reading):
        filled.add(place)
        if key == TABEL:
            continue
        here = known - {*MADE} if key in MADE else known
        try:
            word = parse_woord(inside).naam
        except FaultError as error:
            yield error.fault.at(place)
            continue
        if word == TABEL and (key == "tekst" or word not in here):
            yield messages.problem("LRT705.tabel", place)
        elif word not in here:
            yield _tell_unknown(word, here, headings, place)
    yield from _check_marks(reading, known, headings, filled)


def _tell_unknown(
    word: str, known: Set[str], headings: Mapping[str, tuple[str, str]], place: Place
) -> Problem:
    """Return the problem of a `word` in a text that is not `known`."""
    if word in headings:
        return _tell_heading(word, headings, place)
    guess = suggest(word, known)
    told = {"guess": f"; {guess}" if guess else ".", "known": ", ".join(sorted(known))}
    return messages.problem("LRT705.tekst", place, None, word=word, **told)


def _check_marks(
    reading: Reading,
    known: Set[str],
    headings: Mapping[str, tuple[str, str]],
    filled: Set[Place],
) -> Iterator[Problem]:
    """Yield a problem for what stands in braces or other marks and is not `filled` in."""
    for loc, place, found in find_tags(reading):
        with_words = _has_words(loc)
        if loc[0] in PATTERNS or (place in filled and WORD.fullmatch(found[0])):
            continue
        is_tekst = reading.fields.is_tekst(loc[: len(loc) - len(_within(loc)) + 1])
        if with_words and is_escaped(found.string, found.start()):
            continue
        if is_tekst and with_words and WORD.fullmatch(found[0]):
            yield messages.problem("LRT714.adres", place, Severity.ERROR, found=found[0])
        else:
            word = normalize_heading(found["braced"] or "")
            if with_words and word in headings:
                yield _tell_heading(word, headings, place)
                continue
            yield _braced(found, place, known, with_words=with_words, is_tekst=is_tekst)
    for loc, node in reading.nodes.items():
        if _has_words(loc) and isinstance(node, ScalarNode):
            yield from _find_halves(node, known)
            is_tekst = reading.fields.is_tekst(loc[: len(loc) - len(_within(loc)) + 1])
            yield from _find_shaped(node, known, headings, is_tekst=is_tekst)


def _find_halves(node: ScalarNode, known: Set[str]) -> Iterator[Problem]:
    """Yield a problem for each word in the text of `node` that has a brace at one side only."""
    for number, line in enumerate(node.text.split("\n")):
        bare = _WHOLE.sub(lambda found: " " * len(found[0]), line)
        for found in _HALF.finditer(bare):
            word = found["opened"] or found["closed"]
            if word in known:
                told = {"found": found[0].strip(), "word": word}
                place = node.place_at(number, found.start())
                yield messages.problem("LRT714.half", place, Severity.ERROR, **told)


def _find_shaped(
    node: ScalarNode, known: Set[str], headings: Mapping[str, tuple[str, str]], *, is_tekst: bool
) -> Iterator[Problem]:
    """Yield a problem for what looks as if it was meant as a word in the text of `node`.

    That is a heading as it stands in the list, with or without a filter, or a word between other
    marks; what nobody knows only between braces.
    """
    for number, line in enumerate(node.text.split("\n")):
        taken = [found.span() for found in LITERAL.finditer(line)]
        for found in _SHAPED.finditer(line):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            inside = str(found[found.lastgroup or 0])
            if WORD.fullmatch(found[0]):
                continue
            first, *asked = re.split(r"\s*[|:;,]\s*", inside.strip())
            word = normalize_heading(first)
            word = headings[word][1] if word in headings else word
            told = {"found": found[0], "word": first}
            key, severity = "LRT714.tekst" if is_tekst else "LRT714.onbekend", Severity.WARNING
            if word in known:
                filters = [one.lower() for one in asked if one.lower() in FILTERS]
                key, told["word"] = "LRT714.woord", ":".join([word, *filters])
                severity = Severity.ERROR if found["braced"] else Severity.WARNING
            elif not (found["braced"] and first[:1].isalpha()):
                continue  # {1, 2} may be meant so
            yield messages.problem(key, node.place_at(number, found.start()), severity, **told)


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
    more |= {"aantal_rijen"} if loaded.recipients.grouping else set()
    more |= {TOTAL + word for word in loaded.sums}
    parts = word_parts() if loaded.verdeling else frozenset()
    return frozenset({*columns, *own, *more, *MADE, *parts}) - {"bijlagen", "kopie_aan"}


def _find_words(loaded: LoadedMailing, reading: Reading) -> Iterator[tuple[str, Place, str]]:
    """Yield each word in the texts: the key it stands under, its place, and what is in braces.

    That of the table of rows, where it stands as it should, is under `TABEL`.
    """
    teksten: dict[Loc, Tekst | None] = {("tekst",): loaded.mailing.tekst}
    if loaded.mailing.vertaling:
        teksten["vertaling", "tekst"] = loaded.mailing.vertaling.tekst
    for loc, tekst in teksten.items():
        spots = filter(has_table, tekst.blocks if tekst and loaded.mailing.tabel else ())
        alone = [woord for block in spots for woord in Tekst("", (block,)).woorden]
        for part in tekst.woorden if tekst else ():
            key = TABEL if any(part is one for one in alone) else "tekst"
            yield key, reading.at(loc, part.line, part.column), part.tekst[1:-1].strip()
    for loc, node in reading.nodes.items():
        key = str(_within(loc)[0]) if _within(loc) else ""
        if key in LINES and _has_words(loc) and isinstance(node, ScalarNode):
            for number, line in enumerate(node.text.split("\n")):
                for found in find_words(line):
                    yield key, node.place_at(number, found.start()), found["inside"]


def _has_words(loc: Loc) -> bool:
    """Tell whether words of the recipient may stand in the text at `loc`."""
    key = next((part for part in reversed(loc) if isinstance(part, str)), "")
    within = _within(loc)
    return bool(within) and within[0] in WITH_WORDS and key in {within[0], "titel"}


def _within(loc: Loc) -> Loc:
    """Return `loc` as it is within a mailing, also of what stands in its translation."""
    return loc[1:] if loc[:1] == ("vertaling",) else loc
