"""What may have been missed in what is left for publication: told where it was typed.

It is sought in the file, for that has places, and only told where it still stands in the data that
is published: however something was left out, it is silent then. What somebody has seen and allows
is silent too. Nothing here says that a paper is ready: it is told what was looked at, and by which
rules.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from lrtdocs.errors import Place
from lrtdocs.findings import MAX_TOLD, cut_short
from lrtdocs.messages import problem
from lrtdocs.messages import text as message
from lrtdocs.model.deelnemer import Deelnemer, split_deelnemer
from lrtdocs.model.namen import BETWEEN, fold_letters
from lrtdocs.model.openbaar.blok import Openbaar
from lrtdocs.model.openbaar.marks import find_marks, without_marks
from lrtdocs.model.openbaar.personen import find_people, name_words
from lrtdocs.model.openbaar.vermoedens import Soort, Vermoeden, Zoeker
from lrtdocs.model.openbaar.woorden import Seeker
from lrtdocs.model.tekst import Tekst
from lrtdocs.run.publishing.naming import spell_out
from lrtdocs.source.build.reading import Fields, Reading
from lrtdocs.source.yaml.nodes import ScalarNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lrtdocs.errors import Problem
    from lrtdocs.run.load.model import ModelFile
    from lrtdocs.source.build.reading import Loc

_CODES = {
    Soort.WEGGELATEN: "LRT820",
    Soort.NAAM: "LRT821",
    Soort.MAIL: "LRT822",
    Soort.TELEFOON: "LRT823",
    Soort.BSN: "LRT824",
    Soort.IBAN: "LRT825",
    Soort.ADRES: "LRT826",
    Soort.KENTEKEN: "LRT827",
}
_GROUNDS = {Soort.BSN: "5.1.1e"}
_PRIVACY = "5.1.2e"
_GROUPED = ("aanwezig", "afwezig", "genodigden")
_PEOPLE = frozenset((*_GROUPED, "notulist", "gasten", "contactpersoon", "ondertekening"))
_OF_PEOPLE = frozenset(
    (
        *("organisatie", "rol", "opmerking", "aanhef", "telefoon", "email", "publiek", "bericht"),
        *("ambt", "namens", "mede_namens", "functie"),
    )
)
"""What is said of people, and is no name."""
_UNREAD = frozenset({"openbaar", "afzender", "sjabloon", "ontvangers"})
"""Keys of which the words are in no paper."""
_NAME = re.compile(r"(?:[^\W\d_.]+[.'’-]? ?){1,5}")
HIDDEN = "\ufffc"
"""What stands for each sign of what is marked to be left out."""


class TypedText(NamedTuple):
    """A text of the file: its way, its node, and its words without what is marked in it.

    Those are as long as the text of the node. With `named` it is a key: the name of a group.
    """

    loc: Loc
    node: ScalarNode
    words: str
    named: bool = False


class Found(NamedTuple):
    """What may have been missed in a text: the `vermoeden` of that, and its words on one line."""

    vermoeden: Vermoeden
    text: TypedText
    words: str

    @property
    def grond(self) -> str:
        """The ground on which such a thing may be left out."""
        return _GROUNDS.get(self.vermoeden.soort, _PRIVACY)

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        text, start = self.text.words, self.vermoeden.start
        line = text.count("\n", 0, start)
        return self.text.node.place_at(line, start - text.rfind("\n", 0, start) - 1)


class Suspicions(NamedTuple):
    """What may have been missed, and in a sentence what was looked at and by which rules.

    Of the `problems` those of one kind are cut short; `found` is all of it, but for `named`: what
    is in the name of the file.
    """

    problems: list[Problem]
    looked: str
    found: list[Found]
    named: list[Problem]


def find_suspicions(file: ModelFile[Any], left: BaseModel, own: object = ()) -> Suspicions:
    """Return what may have been missed in `left`, that which is published of the model in `file`.

    `own` holds texts that are in no doubt, as those of the sender: what stands in them is allowed.
    Problems of one kind are cut short.
    """
    reading = Reading(file.node, Fields(type(file.model)))
    texts = [
        TypedText(loc, node, _without_marked(node.text))
        for loc, node in reading.nodes.items()
        if isinstance(node, ScalarNode) and node.text.strip() and _UNREAD.isdisjoint(loc)
    ]
    texts += [
        TypedText(loc, key, key.text, named=True)
        for loc, key in reading.keys.items()
        if _is_group(loc)
    ]
    stays = _Left(left)
    block = getattr(file.model, "openbaar", None) or Openbaar()
    people = _People(stays)
    people.learn(reading, texts)
    people.gone.update(word for word in block.weglaten if _is_name(word))
    allowed = [*block.toelaten, *people.details, *_numbers_in(_strings(own))]
    zoeker = Zoeker(sorted(people.gone), sorted(people.shown), allowed)
    found = [
        Found(one, text, " ".join(words.split()))
        for text in texts
        for one in zoeker.find(text.words)
        if stays.has(text.loc, words := text.words[one.start : one.end])
    ]
    named = list(_in_name(file.path, zoeker, block))
    gone = len({name_words(name) for name in people.gone})
    counts = {"texts": len(texts), "people": gone, "found": len(found) + len(named)}
    looked = message("deel.gezocht", **counts)
    return Suspicions([*named, *cut_short(_problems(found))], looked, found, named)


def _in_name(path: Path, zoeker: Zoeker, block: Openbaar) -> Iterator[Problem]:
    """Yield who is named in the name of the file, which those of its papers begin with."""
    stem = spell_out(path.stem)
    left = Seeker(block.weglaten).find(stem)
    for one in zoeker.find(stem):
        gone = any(spot.begin < one.end and one.start < spot.end for spot in left)
        if one.soort is Soort.WEGGELATEN and not gone:
            words = stem[one.start : one.end]
            yield problem("LRT820.bestand", Place(str(path)), None, words=words, grond=_PRIVACY)


def _is_group(loc: Loc) -> bool:
    """Tell whether the key at `loc` is the name of a group of people."""
    return len(loc) == 2 and loc[0] in _GROUPED


def _problems(found: list[Found]) -> Iterator[Problem]:
    """Yield each of `found` as a problem; of many of a kind, those that were not told come first.

    Looking up a place takes time, and of what is cut short it is not told.
    """
    counts = Counter(one.vermoeden.soort for one in found)
    if max(counts.values(), default=0) > MAX_TOLD:
        seen: Counter[tuple[str, str]] = Counter()
        again = []
        for one in found:
            key = one.vermoeden.soort, fold_letters(one.words)
            again.append(seen[key] > 0)
            seen[key] += 1
        found = [one for _, one in sorted(zip(again, found, strict=True), key=lambda each: each[0])]
    told: Counter[Soort] = Counter()
    for one in found:
        soort = one.vermoeden.soort
        told[soort] += 1
        place = one.place if told[soort] <= MAX_TOLD + 1 else one.text.node.place
        yield problem(_CODES[soort], place, None, words=one.words, grond=one.grond)


def _numbers_in(own: Iterable[str]) -> Iterator[str]:
    """Yield what in the texts `own` would be suspected elsewhere."""
    zoeker = Zoeker()
    for text in own:
        yield from (text[one.start : one.end] for one in zoeker.find(text))


def _without_marked(text: str) -> str:
    """Return `text`, as long as it was, without what is marked to be left out."""
    if "weglaten" not in text.lower():
        return text
    pieces, done = [], 0
    for begin, end, _ in find_marks(text):
        hidden = re.sub(r"[^\n]", HIDDEN, text[begin:end])
        pieces += [text[done:begin], hidden]
        done = end
    return "".join((*pieces, text[done:]))


def _is_name(text: str) -> bool:
    """Tell whether `text` may be a name: a few words, with capitals."""
    words = text.replace("-", " ").split()
    return bool(_NAME.fullmatch(text.strip())) and all(
        word[0].isupper() or fold_letters(word) in BETWEEN for word in words
    )


# --- what is left


class _Left:
    """What is published, by the way to it."""

    def __init__(self, model: BaseModel) -> None:
        self._model = model
        self._at: dict[Loc, str] = {}
        self._known: dict[tuple[Loc, str], bool] = {}

    def has(self, loc: Loc, words: str) -> bool:
        """Tell whether `words`, in the value at `loc`, still stand there."""
        key = loc, fold_letters(words)
        if key not in self._known:
            self._known[key] = key[1] in self._folded(loc)
        return self._known[key]

    def _folded(self, loc: Loc) -> str:
        if loc not in self._at:
            self._at[loc] = "\n".join(map(fold_letters, _strings(self._value(loc))))
        return self._at[loc]

    def _value(self, loc: Loc) -> object:
        """Return the value at `loc`, or the nearest around it: people in groups are one list."""
        value: object = self._model
        for part in loc:
            if isinstance(part, int):
                if not isinstance(value, tuple | list) or part >= len(value):
                    return value
                value = value[part]
            elif isinstance(value, BaseModel):
                value = getattr(value, part, None)
            elif isinstance(value, dict):
                value = value.get(part)
            else:
                return value
        return value


def _strings(value: object) -> Iterator[str]:
    """Yield every text in `value`, whole and in parts."""
    if isinstance(value, Tekst):
        yield str(value)
        yield from _strings(value.blocks)
    elif isinstance(value, BaseModel):
        yield str(value)
        if isinstance(value, Deelnemer):
            yield value.groep
        for name in type(value).model_fields:
            yield from _strings(getattr(value, name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))
    elif value is not None:
        yield str(value)


# --- who is left out, and who is shown


class _People:
    """Who is left out, who is shown, and by what those can be reached."""

    def __init__(self, left: _Left) -> None:
        self._left = left
        self.gone: set[str] = set()
        self.shown: set[str] = set()
        self.details: set[str] = set()

    def learn(self, reading: Reading, texts: Iterable[TypedText]) -> None:
        """Take in everybody who is named where people are, and whom the copy leaves out elsewhere.

        A name that is marked in one text is sought in the others too.
        """
        for loc, node, words, _ in texts:
            text = without_marks(node.text)
            keys = [part for part in loc if isinstance(part, str)]
            if not _PEOPLE.isdisjoint(keys) and keys[-1] not in _OF_PEOPLE:
                title = reading.nodes.get((*loc[:-1], "aanhef")) if keys[-1] == "naam" else None
                self._person(loc, text, title.text if isinstance(title, ScalarNode) else "")
            elif "contactpersoon" in keys and self._left.has(loc, text):
                self.details.add(text)
            for one in find_people(words):
                name = words[one.start : one.end]
                if not self._left.has(loc, name):
                    self.gone.add(name)
            self.gone.update(name for _, _, name in find_marks(node.text) if _is_name(name))

    def _person(self, loc: Loc, text: str, title: str) -> None:
        parts = split_deelnemer(text)
        title, name = parts.get("aanhef") or title, parts["naam"]
        if title or _is_name(name):  # "en twee leden van de raad" is nobody
            told = self.shown if self._left.has(loc, name) else self.gone
            told.add(f"{title} {name}".strip())
        if by := parts.get("vervangen_door"):
            self._person(loc, by, "")
