"""The file of the next meeting, made out of that of this one.

The text of the old file is edited by place, so that comments, order and ways of writing stay where
text is used again. Standing items stay without what was said last time; items that were held over
stay with it; open actions go to `actielijst`, with their numbers. What belongs to this meeting
alone falls away. The old file stays as it is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from lrtdocs import dutch, messages
from lrtdocs.errors import (
    FileProblemError,
    Place,
    Problem,
    ProblemsFoundError,
    UsageError,
    has_errors,
)
from lrtdocs.model.deelnemer import is_stand_in, locate, without_absence
from lrtdocs.model.numbering import find_numbers
from lrtdocs.model.typed import find_references
from lrtdocs.model.vergadering import Vergadering, VolgendeVergadering
from lrtdocs.run.folder.names import quote_path, refuse_no_yaml, split_version
from lrtdocs.run.load.model import ModelFile, load_model
from lrtdocs.run.load.series import CLOSED, is_same_thing, list_actions
from lrtdocs.run.meetings.sending import soort_of
from lrtdocs.source.build.build import build_model
from lrtdocs.source.files import is_dir, is_file, read_text
from lrtdocs.source.yaml.edit import Edit, Insert, Put, Remove, data_of, edit_nodes, node_at
from lrtdocs.source.yaml.nodes import MappingNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lrtdocs.model.deelnemer import Deelnemer
    from lrtdocs.model.vergadering import Actiepunt, Loc, Subpunt
    from lrtdocs.run.load.series import Entry
    from lrtdocs.source.yaml.writing import Data

LEFT = frozenset(
    {
        *("dagtekening_verslag", "versie", "versie_verslag", "vastgesteld"),
        *("bijlagen", "afwezig"),
    }
)
"""The keys that belong to one meeting: the next one begins without."""
_JUDGED = ("beoordeling", "reden")
"""What was judged of the publication of one meeting."""
_OF_ITEM = ("titel", "duur", "inbrenger", "doel", "vast", "vertrouwelijk", "subpunten")
"""What a standing item keeps, and its times while the meeting has the same ones."""
_OF_HELD = (*_OF_ITEM, "toelichting", "gasten", "bijlagen")
_OF_ACTION = ("nummer", "wat", "wie", "gereed", "status", "toelichting", "sinds")
_ADOPTS = re.compile(r"\b(?:concept)?(?:verslag|notulen|besluitenlijst)\b", re.IGNORECASE)
_BEGINS = re.compile(
    r"(?:opening|welkom|mededelingen|(?:vast\w+ )?(?:van )?(?:de )?agenda)\b", re.IGNORECASE
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_FIGURES = re.compile(r"(?P<day>\d\d?)(?P<sign>[-/. ])(?P<month>\d\d?)(?P=sign)\d{4}")
_DATE = re.compile(
    rf"(?<!\w)(?:{_ISO.pattern}|{_FIGURES.pattern}"
    rf"|\d\d? (?:{'|'.join(dutch.MONTHS)}) \d{{4}})(?!\w)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b\d+(?:e|de|ste) (?:vergadering|overleg|bijeenkomst|zitting)", re.IGNORECASE
)
_PICTURE = re.compile(r"(!\[[^\]]*\]\()([^()\"]*[^()\"\s])")
"""The file of a picture in a text, with what stands before it."""
_FARTHEST = 60
"""An agenda is dated at most so many days before its meeting."""


@dataclass(slots=True)
class Carried:
    """What goes to the next meeting and what does not, for whoever wants to know beforehand."""

    actions: list[Entry[Actiepunt]] = field(default_factory=list)
    closed: list[Entry[Actiepunt]] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class NextMeeting(NamedTuple):
    """The file of the next meeting: where it goes, its text, and what of the old one is in it."""

    path: Path
    text: str
    carried: Carried


def follow_meeting(path: Path, day: date | None, output: Path | None) -> NextMeeting:
    """Return the file of the meeting after that at `path`, which is on `day` or as that says.

    Raises ProblemsFoundError for a file with errors, UsageError without a date for the next one.
    """
    problems: list[Problem] = []
    file = load_model(path, Vergadering, problems)
    if file is None:
        raise ProblemsFoundError(*(each for each in problems if has_errors([each])))
    when = _find_day(file, day)
    target = _find_target(path, file.model.datum, when, output)
    work = _Work(file, target, when)
    text, node = edit_nodes(read_text(path)[0], file.node, list(work.edits()), str(target))
    wrong = build_model(node, Vergadering)[1]
    if has_errors(wrong):
        raise ProblemsFoundError(*wrong)
    return NextMeeting(target, text, work.carried)


def _find_day(file: ModelFile[Vergadering], day: date | None) -> date:
    following = file.model.volgende_vergadering
    found = following.datum if isinstance(following, VolgendeVergadering) else None
    if day is None and isinstance(following, str) and is_file(file.beside(following)):
        raise FileProblemError(
            messages.problem("LRT001.bestaat", Place(str(file.beside(following))))
        )
    if day is None and found is None:
        example = (file.model.datum + timedelta(weeks=13)).isoformat()
        told = {"example": example, "file": quote_path(file.path)}
        raise UsageError(
            messages.problem("LRT021.geen-datum", file.place("volgende_vergadering"), None, **told)
        )
    when = day or found or file.model.datum
    if when <= file.model.datum:
        told = {"new": dutch.format_date(when), "old": dutch.format_date(file.model.datum)}
        place = file.place("datum" if day else "volgende_vergadering")
        raise UsageError(messages.problem("LRT021.eerder", place, None, **told))
    return when


def _find_target(path: Path, old: date, new: date, output: Path | None) -> Path:
    """Return where the next file goes: beside the old one, with the other date in its name."""
    name = _rename(path.name, old, new)
    if output is None:
        return path.with_name(name)
    if is_dir(output):
        return output / name
    refuse_no_yaml(output)
    return output


def _rename(name: str, old: date, new: date) -> str:
    """Return `name` with the date in it changed from `old` to `new`, or put before it."""
    for way in ("%Y-%m-%d", "%Y%m%d", "%Y_%m_%d", "%d-%m-%Y", "%d%m%Y"):
        if old.strftime(way) in name:
            return name.replace(old.strftime(way), new.strftime(way))
    if (written := dutch.format_date(old)) in name:
        return name.replace(written, dutch.format_date(new))
    if len(_ISO.findall(name)) == 1:
        return _ISO.sub(new.isoformat(), name)
    return f"{new.isoformat()}-{name}"


class _Work:
    """The edits that make the next file of a `file`, and what they carry."""

    def __init__(self, file: ModelFile[Vergadering], target: Path, when: date) -> None:
        self.file, self.model, self.target, self.when = file, file.model, target, when
        self.root = file.node if isinstance(file.node, MappingNode) else None
        self.names = [key.text for key, _ in self.root.entries] if self.root else []
        self.carried = Carried()
        self.same_times = True

    def edits(self) -> Iterator[Edit]:
        """Yield all edits."""
        yield from self._head()
        yield from self._people()
        yield from self._actions()
        yield from self._items()
        yield from (Remove((name,)) for name in self.names if name in LEFT)

    def _raw(self, *loc: int | str) -> Data:
        return data_of(node_at(self.root, loc))

    def _text(self, *loc: int | str) -> str:
        found = self._raw(*loc)
        return found if isinstance(found, str) else ""

    @cached_property
    def _old_day(self) -> str:
        return dutch.format_date(self.model.datum)

    # --- what stands above the items

    def _head(self) -> Iterator[Edit]:
        yield Put(("datum",), write_like(self._text("datum"), self.when))
        following = self._raw("volgende_vergadering")
        planned = following if isinstance(following, dict) else {}
        plan = self.model.volgende_vergadering
        if not isinstance(plan, VolgendeVergadering) or plan.datum != self.when:
            planned = {}
        for name, after in (("tijd", ("datum",)), ("plaats", ("tijd", "datum"))):
            if planned.get(name):
                yield Put((name,), planned[name], after)
                changed = _even(planned[name]) != _even(self._raw(name))
                self.same_times = self.same_times and not (name == "tijd" and changed)
        if any(name in self.names and not planned.get(name) for name in ("tijd", "plaats")):
            self.carried.notes.append(messages.text("deel.zelfde_tijd_en_plaats"))
        if "volgende_vergadering" in self.names:
            yield Put(("volgende_vergadering",), None)
        if _even(self._raw("rubricering")).casefold() == "concept":
            yield Remove(("rubricering",))
            self.carried.notes.append(messages.text("deel.geen_concept"))
        yield from self._dates()
        previous = os.path.relpath(self.file.path, self.target.parent).replace(os.sep, "/")
        yield Put(("vorige",), previous, ("dagtekening", "plaats", "tijd", "datum"))
        numbers = find_numbers(self.model)
        if numbers.laatste_actie:
            yield Put(("laatste_actie",), numbers.laatste_actie, ("vorige",))
        if numbers.laatste_besluit:
            yield Put(("laatste_besluit",), numbers.laatste_besluit, ("laatste_actie", "vorige"))

    def _dates(self) -> Iterator[Edit]:
        """Yield the date of the agenda, as long before the meeting as it was; and no reference."""
        own = self.model.dagtekening
        before = (self.model.datum - own).days if own else -1
        if own and 0 <= before <= _FARTHEST:
            dated = _workday(self.when - timedelta(days=before))
            yield Put(("dagtekening",), write_like(self._text("dagtekening"), dated))
            told = {"date": dutch.format_date(dated)}
            self.carried.notes.append(messages.text("deel.nieuwe_dagtekening", **told))
        elif "dagtekening" in self.names:
            yield Put(("dagtekening",), None)
        for name in ("overleg", "omschrijving", "plaats"):
            if found := _DATE.search(self._text(name)) or _COUNTED.search(self._text(name)):
                told = {"key": name, "date": found[0]}
                self.carried.notes.append(messages.text("deel.oude_datum", **told))
        yield from self._judgement()
        if old := self._text("onze_referentie"):
            yield Put(("onze_referentie",), None)
            self.carried.notes.append(messages.text("deel.oude_referentie", old=old))

    def _judgement(self) -> Iterator[Edit]:
        """Yield what takes away how this meeting was judged for publication; what is left stays."""
        said = self._raw("openbaar")
        gone = [name for name in said if name in _JUDGED] if isinstance(said, Mapping) else []
        if gone and isinstance(said, Mapping) and len(gone) == len(said):
            yield Remove(("openbaar",))
        else:
            yield from (Remove(("openbaar", name)) for name in gone)

    # --- who is invited

    def _people(self) -> Iterator[Edit]:
        """Yield what invites those present and absent again; who stood in for another goes."""
        if self.model.genodigden:
            yield from (Remove((name,)) for name in self.names if name == "aanwezig")
            return
        node = node_at(self.root, ("aanwezig",))
        present = dict(locate(self.model.aanwezig, "aanwezig"))
        absent = dict(locate(self.model.afwezig, "afwezig"))
        if not isinstance(node, (MappingNode, SequenceNode)):
            people = [self._invited(loc, one) for loc, one in [*present.items(), *absent.items()]]
            yield from [Put(("aanwezig",), people)] if absent or present else []
            return
        back: dict[Loc, Loc] = {}
        there = {without_absence(str(one)) for one in present.values()}
        apart: dict[str, list[Data]] = {}
        for loc, one in absent.items():
            places = (at for at in present if at not in back.values())
            place = next((at for at in places if is_stand_in(present[at], one)), None)
            if place and one.vervangen_door:
                back[loc] = place
                yield Put(place, self._invited(loc, one))
            elif without_absence(str(one)) not in there:
                yield from self._append(node, loc, one, apart)
        for group, people in apart.items():
            yield Put(("aanwezig", group), people, self._last_group(node))
        for loc, one in present.items():
            if loc not in back.values():
                yield Put(loc, self._invited(loc, one))
        self.carried.back = [without_absence(str(one)) for one in absent.values()]

    def _invited(self, loc: Loc, deelnemer: Deelnemer) -> Data:
        """Return somebody as typed, without how he or she was absent or stood in."""
        raw = self._raw(*loc)
        if isinstance(raw, dict):
            kept = {key: raw[key] for key in raw if key not in {"bericht", "vervangen_door"}}
            remark = kept.get("opmerking")
            if isinstance(remark, str) and not without_absence(f"x ({remark})")[1:]:
                del kept["opmerking"]
            return kept
        text = raw if isinstance(raw, str) else str(deelnemer)
        return without_absence(text) if "(" in text or deelnemer.vervangen_door else text

    def _append(
        self,
        node: MappingNode | SequenceNode,
        loc: Loc,
        one: Deelnemer,
        apart: dict[str, list[Data]],
    ) -> Iterator[Edit]:
        """Yield what puts somebody behind those present, in the group that he or she is of.

        Who is of a group that nobody was there of, goes into `apart`, by the name of that.
        """
        if isinstance(node, SequenceNode):
            yield Insert(("aanwezig", len(node.items)), self._invited(loc, one))
            return
        group = one.groep or self._group_of(node, one)
        people = node.get(group)
        if people is None:
            apart.setdefault(group, []).append(self._invited(loc, one))
            return
        number = len(people.items) if isinstance(people, SequenceNode) else 0
        yield Insert(("aanwezig", group, number), self._invited(loc, one))

    def _group_of(self, node: MappingNode, one: Deelnemer) -> str:
        """Return the group of somebody who was absent and stood in none, and tell of a guess."""
        names = [key.text for key, _ in node.entries]
        own = (one.organisatie or "").casefold()
        alike = [
            name for name in names if own and re.match(rf"{re.escape(own)}\b", name.casefold())
        ]
        others = (each for each in self.model.aanwezig if own)
        alike += [each.groep for each in others if (each.organisatie or "").casefold() == own]
        group = alike[0] if alike else messages.text("deel.geen_groep")
        told = {"name": without_absence(str(one)), "group": group}
        self.carried.notes.append(messages.text("deel.zonder_groep", **told))
        return group

    def _last_group(self, node: MappingNode | SequenceNode) -> tuple[str, ...]:
        return (node.entries[-1][0].text,) if isinstance(node, MappingNode) else ()

    # --- actions

    def _actions(self) -> Iterator[Edit]:
        """Yield what leaves the open actions in `actielijst`, each with its number."""
        number = len(self.model.actielijst)
        fresh: list[Data] = []
        entries = list_actions(self.model)
        again = {each.number: each for each in entries[number:]}
        since: dict[str, Data] = {}
        for entry in entries:
            other = again.get(entry.number, entry)
            if other is not entry and is_same_thing(entry.text, other.text):
                since[entry.number] = self._raw(*entry.loc, "sinds")
                yield Remove(entry.loc)  # what was said of it this time goes along
                continue
            closed = entry.said.status in CLOSED
            (self.carried.closed if closed else self.carried.actions).append(entry)
            if entry.loc[0] == "actielijst":
                if closed:
                    yield Remove(entry.loc)
                elif not entry.said.nummer:
                    yield Put((*entry.loc, "nummer"), entry.number)
            elif not closed:
                fresh.append(self._open_action(entry, since.get(entry.number)))
        if node_at(self.root, ("actielijst",)) is not None:
            yield from (Insert(("actielijst", number), each) for each in fresh)
        elif fresh:
            yield Put(("actielijst",), fresh, self._above_items())

    def _open_action(self, entry: Entry[Actiepunt], since: Data) -> Data:
        raw = self._raw(*entry.loc)
        typed = raw if isinstance(raw, dict) else {"wat": entry.text}
        sinds = since or write_like(self._text("datum"), self.model.datum)
        said: dict[str, Data] = {"status": "open", "sinds": sinds, **typed, "nummer": entry.number}
        return {key: said[key] for key in _OF_ACTION if said.get(key) is not None}

    def _above_items(self) -> tuple[str, ...]:
        at = self.names.index("agendapunten")
        return (self.names[at - 1],) if at else ()

    # --- items

    def _items(self) -> Iterator[Edit]:
        """Yield what leaves the items that come back, and what adds the minutes of this time."""
        adopts: Loc | None = None
        after = -1
        leading = True
        for index, punt in enumerate(self.model.agendapunten):
            loc: Loc = ("agendapunten", index)
            below = [
                ((*loc, "subpunten", at), each)
                for at, each in enumerate(punt.subpunten)
                if punt.aangehouden or each.aangehouden or each.vast
            ]
            if not (punt.vast or punt.aangehouden or below):
                self.carried.gone.append(punt.titel)
                yield Remove(loc)
                continue
            leading = leading and bool(_BEGINS.match(punt.titel))
            after = index if leading else after
            known = adopts is None and punt.vast and not punt.aangehouden
            adopts = loc if known and _ADOPTS.search(punt.titel) else adopts
            yield from self._item(loc, punt, held=punt.aangehouden, adopts=adopts == loc)
            yield from self._subitems(loc, dict(below), len(punt.subpunten), punt.aangehouden)
        if adopts is None and not self.model.vastgesteld:
            made: Data = {
                "titel": "Vaststellen verslag",
                "doel": "ter vaststelling",
                "bijlagen": [self._minutes()],
            }
            yield Insert(("agendapunten", after + 1), made)
        elif len(self.carried.gone) == len(self.model.agendapunten):
            yield Insert(("agendapunten", 0), {"titel": "Opening", "vast": "ja"})
            self.carried.notes.append(messages.text("deel.alleen_opening"))
        if not self.carried.standing:
            self.carried.notes.append(messages.text("deel.geen_vaste_punten"))

    def _subitems(
        self, loc: Loc, kept: dict[Loc, Subpunt], number: int, held: bool
    ) -> Iterator[Edit]:
        if number and not kept:
            yield Remove((*loc, "subpunten"))
            return
        for at in range(number):
            below: Loc = (*loc, "subpunten", at)
            if below in kept:
                punt = kept[below]
                yield from self._item(below, punt, held=held or punt.aangehouden)
            else:
                yield Remove(below)

    def _item(self, loc: Loc, punt: Subpunt, *, held: bool, adopts: bool = False) -> Iterator[Edit]:
        """Yield what makes an item as it comes back."""
        node = node_at(self.root, loc)
        if held or punt.vast:
            (self.carried.held if held else self.carried.standing).append(punt.titel)
        if not isinstance(node, MappingNode):
            return
        stays = set(_OF_HELD if held else _OF_ITEM)
        stays |= {"tijd"} if self.same_times and not held else set()
        stays |= {"nummer"} if punt.nummer == "" or loc == ("agendapunten", 0) else set()
        minutes = adopts and not self.model.vastgesteld
        for name in (key.text for key, _ in node.entries):
            if name not in stays and not (minutes and name == "bijlagen"):
                yield Remove((*loc, name))
        yield from () if held else self._dated_title(loc, punt, adopts=adopts)
        if minutes:
            yield Put((*loc, "bijlagen"), [self._minutes()])
        if held:
            yield Put((*loc, "toelichting"), self._history(loc, punt), ("doel", "titel"))
            yield from self._still_to_come(loc)

    def _dated_title(self, loc: Loc, punt: Subpunt, *, adopts: bool) -> Iterator[Edit]:
        """Yield what puts the day of these minutes in the title of an item that adopts them."""
        title = self._text(*loc, "titel") or punt.titel
        if _DATE.search(title) is None:
            return
        if adopts:
            title = _DATE.sub(lambda match: write_like(match[0], self.model.datum), title)
            yield Put((*loc, "titel"), title)
        else:
            self.carried.notes.append(messages.text("deel.datum_in_titel", title=title))

    def _history(self, loc: Loc, punt: Subpunt) -> str:
        """Return the text of an item for the agenda, with what was said of it this time."""
        said = self._text(*loc, "verslag") if punt.verslag else ""
        key = "deel.aangehouden_met_verslag" if said else "deel.aangehouden"
        lead = messages.text(key, date=self._old_day)
        before = self._text(*loc, "toelichting") if punt.toelichting else ""
        said = _renumber_notes(before, said)
        text = "\n\n".join(part.strip("\n") for part in (before, lead, said) if part)
        return _PICTURE.sub(lambda found: found[1] + self._seen_from_next(found[2]), text)

    def _still_to_come(self, loc: Loc) -> Iterator[Edit]:
        """Yield what leaves the annexes as they are now: those that came later are there."""
        annexes = self._raw(*loc, "bijlagen")
        for at, each in enumerate(annexes if isinstance(annexes, list) else []):
            if not isinstance(each, dict):
                continue
            if (each.get("nazending") or "ja") != "ja":
                yield Remove((*loc, "bijlagen", at, "nazending"))
            name = each.get("bestand")
            if isinstance(name, str) and self._seen_from_next(name) != name:
                yield Put((*loc, "bijlagen", at, "bestand"), self._seen_from_next(name))

    def _seen_from_next(self, name: str) -> str:
        """Return what the next file, perhaps in another folder, has to call the file `name`."""
        if self.target.parent.resolve() == self.file.path.parent.resolve() or not name:
            return name
        path = os.path.relpath(self.file.beside(name), self.target.parent)
        return path.replace(os.sep, "/")

    def _minutes(self) -> Data:
        """Return the annex with the minutes of this meeting, with its file if that is there."""
        title = messages.text("deel.conceptverslag", date=self._old_day)
        file = self._find_minutes()
        if file is None:
            return title
        path = os.path.relpath(file, self.target.parent).replace(os.sep, "/")
        return {"titel": title, "bestand": path}

    def _find_minutes(self) -> Path | None:
        """Return the file of the minutes, a concept first: the last version, its PDF if made."""
        soorten, own = ("verslag", "verslag-concept"), self.file.path
        made = [
            (soorten.index(soort), split_version(file.stem)[1], file.suffix, file)
            for file in own.parent.iterdir()
            if file.suffix in {".docx", ".pdf"}
            and (soort := soort_of(file.stem, own.stem, soorten)) in soorten
        ]
        return max(made, default=(None,))[-1]


def _renumber_notes(before: str, text: str) -> str:
    """Return `text` with other names for notes that `before`, which goes above it, has too."""
    taken = {*find_references(before), *find_references(text)}
    for name in sorted(set(find_references(before)) & set(find_references(text))):
        new = next(each for each in map(str, count(1)) if each not in taken)
        taken.add(new)
        text = text.replace(f"[^{name}]", f"[^{new}]")
    return text


def write_like(text: str, day: date) -> str:
    """Return `day` in the way in which `text` writes a date."""
    if _ISO.fullmatch(text.strip()) or not text:
        return day.isoformat()
    if match := _FIGURES.fullmatch(text.strip()):
        width = 2 if match["day"].startswith("0") or match["month"].startswith("0") else 1
        parts = (f"{day.day:0{width}}", f"{day.month:0{width}}", str(day.year))
        return match["sign"].join(parts)
    return dutch.format_date(day)


def _workday(day: date) -> date:
    """Return `day`, or the Friday before it in a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _even(value: Data) -> str:
    return " ".join(str(value or "").split())
