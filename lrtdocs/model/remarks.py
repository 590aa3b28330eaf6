"""What deserves a second look in a meeting or a mailing: told, never refused.

Remarks know keys and indexes, not lines: whoever read the file turns `loc` into a place.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtdocs import dutch
from lrtdocs.kinds import KINDS, Source, kinds_of
from lrtdocs.language import guess_taal
from lrtdocs.messages import Fault
from lrtdocs.model.deelnemer import Deelnemer, locate, split_deelnemer
from lrtdocs.model.namen import judge_aanhef
from lrtdocs.model.vergadering import (
    Loc,
    Status,
    Vergadering,
    number_items,
    walk_bijlagen,
    walk_numbered,
    walk_punten,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lrtdocs.model.mailing import Mailing
    from lrtdocs.model.tekst import Tekst
    from lrtdocs.model.velden import Tijdvak
    from lrtdocs.model.vergadering import Actiepunt, Besluit, Stemming, Subpunt

_DECISION = re.compile(
    r"\b(?:(?<!\bhet )(?<!\bde )(?<!\been )(?<!\bin )(?<!\bvan )besloten"
    r"(?! (?:deel|gedeelte|kring|zitting|vergadering|bijeenkomst|overleg|sessie|karakter)\b)"
    r"|ingestemd|akkoord gegaan|besluit(?=\s+(?:om|dat|tot)\b))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:niet|niets|geen|nooit|of|zoals|eerder|destijds|vorig\w*)\b[^.,:;\n]*$"
    r"|\b(?:het|een|dit|dat|elk|ieder|zijn|haar|hun|ons)(?: (?!college|ministerie)\w+en?)?"
    r" besluit$",
    re.IGNORECASE,
)
"""What makes of words of a decision one that is not taken now, a question, or a noun."""
_NUMBERED = re.compile(
    r"(?:[Aa]gendapunt\s+)?\d{1,2}[a-z]?[.):]\s+(?=\S)|\d{1,2}[a-df-z]\s+(?=[A-Z])"
)
_NONE = re.compile(
    r"geen(?: (?:besluiten|bijlagen|acties|actiepunten))?\.?|n\.?v\.?t\.?|nihil|-", re.IGNORECASE
)
_CHAIR = r"(?i)(?:[^,]*,\s*)?(?:vz\.?|voorzitter)"
_REFERENCE = (
    r"(?i)\b(?P<what>(?P<annex>bijlage)|agendapunt|(?<=zie )punt|(?<=bij )punt|(?<=onder )punt)"
    r"\s+(?P<number>\d+(?:\.\d+)*[a-z]?)\b(?![.,:/]\d)"
    r"(?!\s+(?:(?:en|of|t/m)\s+\S+\s+)?(?:van|uit|in|op|bij|behorend)\b|\s*\()"
    r"(?<!vorige agendapunt)"
)
"""A reference within this meeting: not "bijlage 7 bij de regeling"."""


_MOST_NAMED = 5
"""So many names a message tells."""


class Remark(NamedTuple):
    """Something to look at: `line` and `column` count from 0 within the value at `loc`."""

    fault: Fault
    loc: Loc
    line: int = 0
    column: int = 0


def remark(key: str, loc: Loc, **fields: object) -> Remark:
    """Return the remark on the value at `loc` that the message `key` makes."""
    return Remark(Fault(key, fields), loc)


def find_remarks(model: object, kind: str = "") -> list[Remark]:
    """Return all remarks on `model`, a meeting or a mailing, in the order of the rules.

    Those on minutes only if a document of that `kind` is made.
    """
    rules: tuple[Callable[[Any], Iterator[Remark]], ...] = ()
    if isinstance(model, Vergadering):
        more = (_OF_MINUTES if KINDS[kind].is_minutes else _OF_AGENDA) if kind in KINDS else ()
        rules = _OF_MEETING + more
    else:
        from lrtdocs.model.mailing import Mailing  # a meeting does without

        rules = _OF_MAILING if isinstance(model, Mailing) else ()
    return [remark for rule in rules for remark in rule(model)]


# --- a meeting


def _present_and_absent(vergadering: Vergadering) -> Iterator[Remark]:
    present = {name for deelnemer in vergadering.aanwezig for name in _names(deelnemer)}
    for loc, deelnemer in locate(vergadering.afwezig, "afwezig"):
        if not present.isdisjoint(_names(deelnemer)):
            yield remark("LRT221", loc, name=deelnemer.naam)


def _twice(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield everybody who stands twice among those present, absent or invited."""
    for key in ("genodigden", "aanwezig", "afwezig"):
        seen: set[str] = set()
        for loc, deelnemer in locate(getattr(vergadering, key), key):
            if str(deelnemer) in seen:
                yield remark("LRT293", loc, name=deelnemer.naam, where=key)
            seen.add(str(deelnemer))


def _replaced(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield who stands in for somebody and is not there, and what is said of the wrong people."""
    present = _by_name(vergadering.aanwezig)
    for loc, deelnemer in locate(vergadering.afwezig, "afwezig"):
        by = deelnemer.vervangen_door
        if by and present and not _is_among(Deelnemer.model_validate(split_deelnemer(by)), present):
            yield remark("LRT290", loc, name=deelnemer.naam, by=by)
    for key in ("genodigden", "aanwezig"):
        for loc, deelnemer in locate(getattr(vergadering, key), key):
            if deelnemer.bericht or deelnemer.vervangen_door:
                yield remark("LRT291", loc, name=deelnemer.naam, where=key)


def _invited(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield those invited of whom minutes do not tell whether they came."""
    told = _by_name((*vergadering.aanwezig, *vergadering.afwezig))
    if vergadering.genodigden and not told:
        yield remark("LRT292.niemand", ("genodigden",))
        return
    missing = [
        (loc, deelnemer)
        for loc, deelnemer in locate(vergadering.genodigden, "genodigden")
        if not _is_among(deelnemer, told)
    ]
    names = dutch.join_some([deelnemer.naam for _, deelnemer in missing], _MOST_NAMED)
    for loc, _ in missing[:1]:
        key = "LRT292.een" if len(missing) == 1 else "LRT292.meer"
        yield remark(key, loc, names=names)


def _unnamed_contacts(model: Vergadering | Mailing) -> Iterator[Remark]:
    """Yield each of several people to ask who has no name, and may be a part of another one."""
    for index, contact in enumerate(model.contactpersoon[1:], start=1):
        if not contact.naam:
            yield remark("LRT294", ("contactpersoon", index))


def _by_name(people: Iterable[Deelnemer]) -> dict[str, set[str]]:
    """Return the organisations of all `people` by their names."""
    found: dict[str, set[str]] = {}
    for one in people:
        found.setdefault(_person(one.naam), set()).add(_person(one.organisatie or ""))
    return found


def _is_among(deelnemer: Deelnemer, people: Mapping[str, set[str]]) -> bool:
    """Tell whether somebody of that name is among `people`, of no other organisation."""
    known, own = people.get(_person(deelnemer.naam), set()), _person(deelnemer.organisatie or "")
    return bool(known) and (not own or own in known or "" in known)


def _names(deelnemer: Deelnemer) -> set[str]:
    """Return how somebody is known: as printed, and by name and organisation."""
    return {_person(str(deelnemer)), _person(f"{deelnemer.naam} @ {deelnemer.organisatie or ''}")}


def _person(text: str) -> str:
    return " ".join(text.casefold().split())


def _doubled_numbers(vergadering: Vergadering) -> Iterator[Remark]:
    acties = [(loc, actie.nummer) for loc, actie in _all_actions(vergadering)]
    besluiten = [(loc, besluit.nummer) for loc, besluit in _decisions(vergadering)]
    for key, given in (("LRT226.actie", acties), ("LRT226.besluit", besluiten)):
        seen: set[str] = set()
        for loc, number in given:
            if number and number in seen:
                yield remark(key, (*loc, "nummer"), number=number)
            seen.add(number or "")


def _nobody(vergadering: Vergadering) -> Iterator[Remark]:
    for loc, actie in _all_actions(vergadering):
        if not actie.wie:
            yield remark("LRT202.wie", (*loc, "wat"), what=actie.wat)


def _actions(vergadering: Vergadering) -> Iterator[tuple[Loc, Actiepunt]]:
    for loc, punt in walk_punten(vergadering):
        for index, actie in enumerate(punt.actiepunten):
            yield (*loc, "actiepunten", index), actie


def _all_actions(vergadering: Vergadering) -> Iterator[tuple[Loc, Actiepunt]]:
    """Yield the actions that were open before, and then those of the items."""
    for index, actie in enumerate(vergadering.actielijst):
        yield ("actielijst", index), actie
    yield from _actions(vergadering)


def _decisions(vergadering: Vergadering) -> Iterator[tuple[Loc, Besluit]]:
    for loc, punt in walk_punten(vergadering):
        for index, besluit in enumerate(punt.besluiten):
            yield (*loc, "besluiten", index), besluit


def _walk_texts(vergadering: Vergadering) -> Iterator[tuple[Loc, Tekst]]:
    for loc, punt in walk_punten(vergadering):
        texts: list[tuple[Loc, Tekst | None]] = [
            *((("toelichting",), punt.toelichting), (("verslag",), punt.verslag)),
            *((("besluiten", at, "tekst"), each.tekst) for at, each in enumerate(punt.besluiten)),
        ]
        yield from (((*loc, *way), tekst) for way, tekst in texts if tekst)


_ALL = re.compile(r"(?P<count>\d+)(?:\s+(?:stem(?:men)?|lid|leden))?(?:\s*\((?P<who>.*)\))?")
"""A number of votes, and who they are: "3 stemmen (PvdA, GL)"."""
_PART = re.compile(r".*\(\s*(?P<count>\d+)(?:\s+(?:stem(?:men)?|lid|leden))?\s*\)")
"""Somebody with a number of votes: "PvdA (2)"."""
_AND = re.compile(r"\s+en\s+(?![^()]*\))")
_WON = {"aangenomen": True, "verworpen": False}


def _votes(vergadering: Vergadering) -> Iterator[tuple[Loc, Stemming]]:
    for loc, punt in walk_punten(vergadering):
        if punt.stemming:
            yield (*loc, "stemming"), punt.stemming
        for index, besluit in enumerate(punt.besluiten):
            if besluit.stemming:
                yield (*loc, "besluiten", index, "stemming"), besluit.stemming


def _outcomes(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield each outcome that the votes do not give; half the votes or less is not enough."""
    for loc, stemming in _votes(vergadering):
        won = _WON.get(stemming.uitslag or "")
        voor, tegen = _count(stemming.voor), _count(stemming.tegen)
        if won is not None and (voor or tegen) and (voor > tegen) is not won:
            told = {"outcome": stemming.uitslag, "voor": voor, "tegen": tegen}
            yield remark("LRT280", (*loc, "uitslag"), **told)


def _count(votes: Iterable[str]) -> int:
    """Return how many votes there are: a name counts as one, unless its number is behind it."""
    each = (part for vote in votes for part in _AND.split(vote))
    found = (_ALL.fullmatch(part) or _PART.fullmatch(part) for part in each)
    return sum(int(match["count"]) if match else 1 for match in found)


_HELD_OVER = re.compile(
    r"\b(?:punt|stuk|voorstel|onderwerp|notitie|nota|memo|motie|behandeling|bespreking|"
    r"besluitvorming)\b(?: (?!niet|geen)[^\s.;:]+){0,4} (?:wordt|is|zijn|worden)"
    r"(?: (?!niet)[^\s.;:]+){0,4} aangehouden\b",
    re.IGNORECASE,
)


def _held_over(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield each item that its text or its vote holds over, and its keys do not: it would be lost.

    That of an item goes for what is under it.
    """
    held: set[Loc] = set()
    for loc, punt in walk_punten(vergadering):
        below = (loc[:2] in held) or punt.aangehouden or punt.vast
        held |= {loc} if below else set()
        voted = punt.stemming and punt.stemming.uitslag == "aangehouden"
        said = _HELD_OVER.search(punt.verslag.source) if punt.verslag else None
        if (voted or said) and not below:
            yield remark("LRT295", (*loc, "titel"), title=punt.titel)


def _voted_twice(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield each name that stands among the votes twice: a party may be divided, with numbers."""
    for loc, stemming in _votes(vergadering):
        seen: dict[str, str] = {}
        for side in ("voor", "tegen", "onthouding"):
            for index, vote in enumerate(getattr(stemming, side)):
                for name in _voters(vote):
                    if first := seen.get(_person(name)):
                        told = {"name": name, "side": side, "first": first}
                        yield remark("LRT281", (*loc, side, index), **told)
                    seen[_person(name)] = side


def _voters(vote: str) -> list[str]:
    """Return the names in `vote`, without those of which only some voted so."""
    if match := _ALL.fullmatch(vote):
        named = re.split("[,;]", match["who"] or "")
        return [name for each in named if each.strip() for name in _voters(each.strip())]
    return [part for part in _AND.split(vote) if not _PART.fullmatch(part)]


def _of_texts(vergadering: Vergadering) -> Iterator[Remark]:
    for loc, tekst in _walk_texts(vergadering):
        yield from _of_tekst(tekst, loc)


def _of_tekst(tekst: Tekst, loc: Loc) -> Iterator[Remark]:
    """Pass on what reading a text gave: marks that stay, lines that look like items."""
    return (Remark(fault, loc, line, column) for line, column, fault in tekst.remarks)


def _stray_text(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield each item that is only a text, after one with a text that it may be a part of."""
    for index, (before, punt) in enumerate(pairwise(vergadering.agendapunten), start=1):
        text = before.verslag or before.toelichting
        bare = punt.model_fields_set == {"titel"} and text
        said = punt.titel.endswith((".", "!", "?")) and len(punt.titel.split()) > 3
        listed = text and text.source.rstrip().endswith(":")
        small = punt.titel[:1].islower() and not before.titel[:1].islower()
        if bare and (said or listed or small):
            yield remark("LRT250", ("agendapunten", index), title=punt.titel)


def _same_numbers(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield each number that an item before it has: at the own one of the two."""
    seen: dict[str, tuple[Loc, Subpunt]] = {}
    for number, loc, punt in walk_numbered(vergadering):
        first, other = seen.setdefault(number.lower(), (loc, punt))
        where, title = (loc, other.titel) if punt.nummer else (first, punt.titel)
        if number and other is not punt and (punt.nummer or other.nummer):
            yield remark("LRT226.punt", (*where, "nummer"), number=number, title=title)


def _own_numbers(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield each title that begins with a number: the heading has one of its own."""
    for loc, punt in walk_punten(vergadering):
        if match := _NUMBERED.match(punt.titel):
            rest = punt.titel[match.end() :]
            yield remark("LRT266", (*loc, "titel"), number=match.group().strip(), rest=rest)


def _nothing(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield each decision, annex and action that says that there is none."""
    said = [(loc, bijlage.titel) for loc, bijlage in walk_bijlagen(vergadering)]
    said += [(loc, actie.wat) for loc, actie in _all_actions(vergadering)]
    said += [(loc, str(besluit)) for loc, besluit in _decisions(vergadering)]
    for loc, text in said:
        if _NONE.fullmatch(text.strip()):
            yield remark("LRT267", loc, text=text.strip())


def _two_chairs(vergadering: Vergadering) -> Iterator[Remark]:
    chairs = [
        (loc, deelnemer.naam)
        for loc, deelnemer in locate(vergadering.aanwezig, "aanwezig")
        if re.fullmatch(_CHAIR, deelnemer.rol or "")
    ]
    for loc, name in chairs[1:]:
        yield remark("LRT253", loc, name=name, first=chairs[0][1])


def _times(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield each time outside the meeting, or before what it comes after, an item with its like."""
    whole = vergadering.tijd
    night = bool(whole and whole.eind and whole.eind < whole.begin)
    first, last = _minutes(whole, night) if whole else (0, 0)
    before: dict[int, Tijdvak] = {}
    for loc, punt in walk_punten(vergadering):
        before = {depth: span for depth, span in before.items() if depth <= len(loc)}
        span, earlier = punt.tijd, before.get(len(loc))
        if span is None:
            continue
        before[len(loc)] = span
        begin, end = _minutes(span, night)
        started, ended = _minutes(earlier, night) if earlier else (begin, begin)
        if whole and (begin < first or (whole.eind and end > last)):
            yield remark("LRT254.buiten", (*loc, "tijd"), span=str(span), whole=str(whole))
        elif begin < started:
            yield remark("LRT254.terug", (*loc, "tijd"), span=str(span), earlier=str(earlier))
        elif begin < ended:
            yield remark("LRT254.overlap", (*loc, "tijd"), span=str(span), earlier=str(earlier))


def _minutes(span: Tijdvak, night: bool) -> tuple[int, int]:
    """Return begin and end of `span` in minutes; after midnight comes later, at `night`."""
    begin, end = (
        time.hour * 60 + time.minute + (1440 if night and time.hour < 12 else 0)
        for time in (span.begin, span.eind or span.begin)
    )
    return begin, end if end >= begin else end + 1440


_Dated = tuple[str, Loc, object, bool]
"""A date as the message when it is on the wrong side, its place, itself and whether it is later."""
_FAR = 3660
"""So many days from a meeting nothing of it is dated."""


def _compare(day: dt.date, dates: Iterable[_Dated]) -> Iterator[Remark]:
    """Yield each of `dates` that cannot be, against the `day` of the meeting."""
    for key, loc, date, later in dates:
        if not isinstance(date, dt.date) or date == day:
            continue
        wrong = key if (date > day) is not later else "LRT255.ver"
        if wrong == key or abs((date - day).days) > _FAR:
            yield remark(wrong, loc, date=dutch.format_date(date), day=dutch.format_date(day))


def _dates(vergadering: Vergadering) -> Iterator[Remark]:
    following = getattr(vergadering.volgende_vergadering, "datum", None)
    dates: list[_Dated] = [
        ("LRT255.vorige", ("vorige",), vergadering.vorige, False),
        ("LRT255.volgende", ("volgende_vergadering",), following, True),
        ("LRT255.vastgesteld", ("vastgesteld",), vergadering.vastgesteld, True),
    ]
    dates += [
        ("LRT255.gereed", (*loc, "gereed"), actie.gereed, True)
        for loc, actie in _actions(vergadering)
        if actie.status is Status.OPEN and not actie.nummer  # one with a number may be overdue
    ]
    dates += [
        ("LRT255.sinds", (*loc, "sinds"), actie.sinds, False)
        for loc, actie in _all_actions(vergadering)
    ]
    return _compare(vergadering.datum, dates)


def _date_of_agenda(vergadering: Vergadering) -> Iterator[Remark]:
    dated = ("LRT255.agenda", ("dagtekening",), vergadering.dagtekening, False)
    return _compare(vergadering.datum, [dated])


def _date_of_minutes(vergadering: Vergadering) -> Iterator[Remark]:
    own = vergadering.dagtekening_verslag
    loc = ("dagtekening_verslag" if own else "dagtekening",)
    return _compare(vergadering.datum, [("LRT222", loc, own or vergadering.dagtekening, True)])


def _dates_in_texts(vergadering: Vergadering) -> Iterator[Remark]:
    texts = [(loc, tekst.source) for loc, tekst in _walk_texts(vergadering)]
    texts += [(loc, bijlage.titel) for loc, bijlage in walk_bijlagen(vergadering)]
    texts += [((*loc, "titel"), punt.titel) for loc, punt in walk_punten(vergadering)]
    for loc, actie in _actions(vergadering):  # those of before are dated by another meeting
        texts += [((*loc, "wat"), actie.wat), ((*loc, "gereed"), str(actie.gereed))]
    for loc, text in texts:
        yield from _judge_dates(text, loc, vergadering.datum)


def _judge_dates(text: str, loc: Loc, near: dt.date) -> Iterator[Remark]:
    for at, error in dutch.judge_dates(text, near):
        fault = Fault("LRT255.tekst", {"reason": error.message, "remedy": error.remedy})
        above = text[:at].split("\n")
        yield Remark(fault, loc, len(above) - 1, len(above[-1]))


def _doubled_annexes(vergadering: Vergadering) -> Iterator[Remark]:
    seen: dict[tuple[bool, str], str] = {}
    for loc, bijlage in walk_bijlagen(vergadering):
        # an annex of an item may stand among those of the meeting, in other words
        title = seen.setdefault((loc[0] == "bijlagen", bijlage.nummer or ""), bijlage.titel)
        if bijlage.nummer and _person(title) != _person(bijlage.titel):
            yield remark("LRT256", (*loc, "nummer"), number=bijlage.nummer, title=title)


def _references(vergadering: Vergadering) -> Iterator[Remark]:
    """Yield each reference in a text to an item, annex or action that is not there."""
    known = {
        "punt": {number for number in number_items(vergadering) if number},
        "bijlage": {bijlage.nummer or "" for _, bijlage in walk_bijlagen(vergadering)} - {""},
    }
    for loc, tekst in _walk_texts(vergadering):
        for line, row in enumerate(tekst.source.split("\n")):
            for match in re.finditer(_REFERENCE, row):
                numbers = known["bijlage" if match["annex"] else "punt"]
                if "." in match["number"] and not any("." in number for number in numbers):
                    continue  # of another paper
                if numbers and match["number"].lower() not in map(str.lower, numbers):
                    fault = Fault("LRT257", {"what": match["what"], "number": match["number"]})
                    yield Remark(fault, loc, line, match.start("what"))


def _concept(vergadering: Vergadering) -> Iterator[Remark]:
    if vergadering.vastgesteld and "concept" in (vergadering.rubricering or "").lower():
        yield remark("LRT258", ("rubricering",), mark=vergadering.rubricering)


def _without_text(vergadering: Vergadering) -> Iterator[Remark]:
    for loc, punt in walk_punten(vergadering):
        below = getattr(punt, "subpunten", ())
        pause = punt.nummer == ""
        if not (punt.verslag or punt.besluiten or punt.actiepunten or below or pause):
            yield remark("LRT223", (*loc, "titel"), title=punt.titel)


def _decision_words(vergadering: Vergadering) -> Iterator[Remark]:
    for loc, punt in walk_punten(vergadering):
        if punt.verslag is None or punt.besluiten:
            continue
        text = re.sub(r"\n(?=[^\W\d_])", " ", punt.verslag.source)
        for match in _DECISION.finditer(text):
            if not _OPEN.search(text, 0, match.end()):
                above = punt.verslag.source[: match.start()].split("\n")
                fault = Fault("LRT224", {"word": match.group()})
                yield Remark(fault, (*loc, "verslag"), len(above) - 1, len(above[-1]))
                break


# --- a mailing


def _of_kind(mailing: Mailing) -> Iterator[Remark]:
    """Yield what the kind of letter lacks or leaves out; a template of one's own is free."""
    kind = KINDS.get(mailing.sjabloon)
    if kind is None or kind.source is not Source.MAILING:
        return
    if not kind.counted and not mailing.betreft:
        yield remark("LRT235", ("sjabloon",))
    signs = mailing.ondertekening
    if not (signs and (signs.ambt or signs.naam or signs.namens)):
        yield remark("LRT239", ("ondertekening" if signs else "sjabloon",))
    if not kind.counted and mailing.taakstelling:
        counted = next(other.name for other in kinds_of(Source.MAILING) if other.counted)
        yield remark("LRT236", ("taakstelling",), kind=kind.name, counted=counted)


def _of_letter(mailing: Mailing) -> Iterator[Remark]:
    other = mailing.taal.other
    translated = mailing.vertaling.tekst if mailing.vertaling else None
    for tekst, loc, taal in (
        (mailing.tekst, ("tekst",), mailing.taal),
        (translated, ("vertaling", "tekst"), other),
    ):
        if tekst is None:
            continue
        yield from _of_tekst(tekst, loc)
        if mailing.dagtekening:
            yield from _judge_dates(tekst.source, loc, mailing.dagtekening)
        seems = guess_taal(tekst.source)
        if seems not in (None, taal):
            told = {"seems": seems.naam, "taal": taal.naam, "code": seems.value}
            yield remark("LRT243", loc, **told)


def _of_taakstelling(mailing: Mailing) -> Iterator[Remark]:
    block, loc = mailing.taakstelling, ("taakstelling",)
    if block is None:
        return
    if block.totaal == 0:
        yield remark("LRT240", (*loc, "totaal"))
    if block.peildatum and block.peildatum != block.halfjaar.peildatum:
        lawful = dutch.format_date(block.halfjaar.peildatum)
        yield remark("LRT237", (*loc, "peildatum"), halfjaar=block.halfjaar, lawful=lawful)
    if block.bijstelling and block.bijstelling.was == block.bijstelling.wordt:
        yield remark("LRT238", (*loc, "bijstelling", "wordt"))


def _salutation(mailing: Mailing) -> Iterator[Remark]:
    said: dict[tuple[str, ...], str | None] = {("aanhef",): mailing.aanhef}
    if mailing.vertaling:
        said["vertaling", "aanhef"] = mailing.vertaling.aanhef
    for loc, aanhef in said.items():
        key = judge_aanhef(aanhef) if aanhef else None
        if key is not None:
            yield remark(key, loc, text=aanhef)


_OF_MEETING = (
    *(
        _present_and_absent,
        _twice,
        _replaced,
        _unnamed_contacts,
        _two_chairs,
        _times,
        _dates,
        _doubled_numbers,
        _nobody,
        _doubled_annexes,
    ),
    *(
        _stray_text,
        _same_numbers,
        _own_numbers,
        _nothing,
        _outcomes,
        _voted_twice,
        _held_over,
        _of_texts,
        _dates_in_texts,
        _references,
        _concept,
    ),
)
_OF_AGENDA = (_date_of_agenda,)
_OF_MINUTES = (_date_of_minutes, _invited, _without_text, _decision_words)
_OF_MAILING = (_unnamed_contacts, _of_kind, _of_letter, _of_taakstelling, _salutation)
