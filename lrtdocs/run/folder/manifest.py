"""What was made: one line of JSON a letter, added batch by batch, so that a run can go on.

The file begins with a head and is only ever added to while a run is at work; the last line about a
letter counts, and a torn line does not. A letter has two lines in a run: one before it comes into
the folder and one when it is there. So every file that a run can leave is known, whenever it was
killed, and a letter that is not known was changed by somebody.

At the end it is written anew in the order of the letters, so that a run that was broken off ten
times leaves the same bytes as one that was not. It holds no clock times for the same reason. In
memory is where the line of each letter stands, not the line. Above the letters stands what they
were made on the basis of, who has which number, and letters that are in the folder and of none any
more; below them the print files made of them, and which letters went out, to whom and how.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice, zip_longest
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast
from weakref import finalize

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, Place, UsageError
from lrtdocs.hashed import Hashed, hash_of
from lrtdocs.model.gemeente import CODE
from lrtdocs.model.namen import fold_name
from lrtdocs.run.folder import disk
from lrtdocs.run.folder.names import fold_file, spell_names
from lrtdocs.run.folder.write import replacing
from lrtdocs.source.files import ABSENT, exists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lrtdocs.run.folder.names import FileNames

NAME = "manifest.jsonl"
FORMAT = 2
_READABLE = (1, FORMAT)
"""In the first one letters did not tell whom they are for."""
MOST_NUMBERS = 10_000_000
"""No number is higher: one that is was not given here."""
_AT_ONCE = 1000
_IN_MEMORY = 200_000
BUSY, MADE, FAILED = "bezig", "gemaakt", "mislukt"
_COUNTED = re.compile(r"^\d+-")
_OFFSET_BITS = 40
_OFFSET = (1 << _OFFSET_BITS) - 1


class Addressee(NamedTuple):
    """Whom a letter is for, and by what it is known, as it said when it was made.

    `dagtekening` is the date on it, as "2025-03-14"; `adres` are the lines above it. `taal` is ""
    for Dutch.
    """

    naam: str = ""
    kenmerk: str = ""
    dagtekening: str = ""
    adres: tuple[str, ...] = ()
    email: str = ""
    betreft: str = ""
    aanhef: str = ""
    taal: str = ""

    def told(self) -> dict[str, object]:
        """Return what is known of it."""
        return {name: value for name, value in self._asdict().items() if value}


NOBODY = Addressee()


def _parse_addressee(data: Mapping[str, Any]) -> Addressee:
    return Addressee(**{**data, "adres": tuple(data.get("adres", ()))})


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one letter.

    `sjabloon` is the digest of its basis, `gegevens` that of its own words; `woorden` has a short
    one of each of them, to tell which changed. `docx`, `pdf` and `html` are the SHA-256 of the
    files ("" if not made), `bladzijden` how many pages the PDF has, `problemen` the texts of what
    went wrong. `eerder` are digests of letters that may be there instead, because a run was broken
    off or did not get further. If the letter was edited, and the PDF is of that, `bewerkt` is the
    SHA-256 of the edited letter. `aan` tells whom it is for; a later version `vervangt` the letter
    in that file, which went out.
    """

    nummer: int
    sleutel: str
    bestand: str
    sjabloon: str
    gegevens: str
    status: str
    docx: str = ""
    eerder: tuple[str, ...] = ()
    pdf: str = ""
    bladzijden: int = 0
    bewerkt: str = ""
    problemen: tuple[str, ...] = ()
    woorden: Mapping[str, str] = field(default_factory=dict)
    aan: Addressee = NOBODY
    vervangt: str = ""
    html: str = ""

    @property
    def ours(self) -> tuple[str, ...]:
        """The digests of every letter that lrtdocs may have left there."""
        return tuple(dict.fromkeys(digest for digest in (self.docx, *self.eerder) if digest))

    def line(self) -> bytes:
        """Return the entry as a line of the manifest; keys without a value are left out."""
        return _line_of(self)


class Traits(NamedTuple):
    """By what a recipient is known: the code of a gemeente, digests of the name and the address.

    `more` has a short one of each other cell.
    """

    code: str = ""
    name: str = ""
    rest: str = ""
    more: str = ""


def digest_name(name: str) -> str:
    """Return by what a recipient with that `name` is known."""
    return digest_trait(fold_name(name))


def digest_trait(text: str, size: int = 6) -> str:
    """Return a short digest of what a recipient is known by, "" of nothing."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=size).hexdigest() if text else ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Whose number this is, for ever; `weg` tells that the list does not have them any more.

    One that was given in `twijfel` may be of who had another one before.
    """

    nummer: int
    ontvanger: str
    kenmerken: Traits
    weg: bool = False
    twijfel: bool = False

    def line(self) -> bytes:
        """Return it as a line of the manifest."""
        fields = {"nummer": self.nummer, "ontvanger": self.ontvanger, "kenmerken": self.kenmerken}
        flags = {name: True for name in ("weg", "twijfel") if getattr(self, name)}
        return _as_line(fields | flags)


class Lines:
    """The lines of the file at `path`, by where they begin; it is open from the first asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def at(self, offset: int) -> bytes:
        """Return the line at `offset`, whatever other lines were added since."""
        if self._file is None:
            self._file = self._path.open("rb")
        self._file.seek(offset)
        return self._file.readline()

    def close(self) -> None:
        """Close the file; what is asked for after that opens it again."""
        file, self._file = self._file, None
        if file is not None:
            file.close()


class _Spool(Lines):
    """Lines that are kept until nobody asks for them any more: many of them on disk.

    The system removes the file, also when this process is killed.
    """

    def __init__(self) -> None:
        self._file = cast("BinaryIO", SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - it is kept
        self._end = 0
        finalize(self, self._file.close)

    def add(self, line: bytes) -> int:
        """Add a `line` and return where it begins."""
        assert self._file is not None  # noqa: S101 - for the type
        self._file.seek(self._end)
        self._file.write(line)
        self._end += len(line)
        return self._end - len(line)


class Numbers(Mapping[int, "Numbered"]):
    """Whose number is whose, as `lines` on disk; in memory is where each stands, and its hash.

    Without `lines` they are kept here. The line of a letter of before numbers were kept tells whose
    it was as well.
    """

    def __init__(self, lines: Lines | None = None) -> None:
        self._offsets = array("Q")  # by number, and one more: 0 is for none
        self._hashes = array("Q")
        self._count = 0
        self._lines = lines or _Spool()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[int]:
        return (number for number, offset in enumerate(self._offsets) if offset)

    def __contains__(self, number: object) -> bool:
        within = isinstance(number, int) and 0 < number < len(self._offsets)
        return within and self._offsets[cast("int", number)] > 0

    def __getitem__(self, number: int) -> Numbered:
        record = _parse_record(self.line(number)) if number in self else None
        if isinstance(record, Entry):
            return _number_of(record)
        if not isinstance(record, Numbered):
            raise KeyError(number)
        return record

    def line(self, number: int) -> bytes:
        """Return the line about `number`."""
        return self._lines.at(self._offsets[number] - 1)

    def says(self, record: Numbered) -> bool:
        """Tell whether a line about a number, as it is written now, is that of the `record`."""
        number = record.nummer
        return number in self and self._hashes[number] == hash_of(record)

    def agrees(self, other: Numbers, number: int) -> bool:
        """Tell whether the same is said of `number` here as in the `other`."""
        return number in self and number in other and self._hashes[number] == other._hashes[number]

    def index(self, record: Numbered | Entry, offset: int) -> None:
        """Take in that a `record` stands at `offset`, the last of its number that counts."""
        known = isinstance(record, Numbered)
        if known or record.nummer not in self:
            self._put(record.nummer, offset, hash_of(record) if known else 0)

    def copy(self, other: Numbers, number: int, offset: int) -> None:
        """Take in that what the `other` says of `number` also stands at `offset`."""
        self._put(number, offset, other._hashes[number])

    def _put(self, number: int, offset: int, hashed: int) -> None:
        if not (isinstance(number, int) and 0 < number <= MOST_NUMBERS):
            return
        if (more := number + 1 - len(self._offsets)) > 0:
            more = max(more, _AT_ONCE)
            self._offsets.frombytes(bytes(8 * more))
            self._hashes.frombytes(bytes(8 * more))
        self._count += not self._offsets[number]
        self._offsets[number] = offset + 1
        if number < len(self._hashes):
            self._hashes[number] = hashed

    def reserve(self, other: Numbers) -> None:
        """Make room for as many as the `other` has; where none are known nothing is compared."""
        self._offsets = array("Q", bytes(8 * len(other._offsets)))
        self._hashes = array("Q")

    def add(self, record: Numbered) -> None:
        """Keep one more `record`, where they are kept here."""
        if isinstance(self._lines, _Spool):
            self.index(record, self._lines.add(record.line()))

    def forget(self, *, all_of_it: bool = False) -> None:
        """Forget the hashes, by which two are compared, or `all_of_it`."""
        self._hashes = array("Q")
        if all_of_it:
            self._offsets, self._count = array("Q"), 0

    def close(self) -> None:
        """Let go of the file; what is where in it is still known."""
        if not isinstance(self._lines, _Spool):
            self._lines.close()


PROOF_DIGEST = 8
"""Signs of base64, so many for each letter."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The last proof: how many letters it had, and what all letters shared then (`van`).

    `brieven` has a short digest of each letter that there was to be, in the order of the numbers.
    """

    proef: int
    van: Mapping[str, str]
    brieven: str

    def line(self) -> bytes:
        """Return it as a line of the manifest."""
        return _as_line({"proef": self.proef, "van": self.van, "brieven": self.brieven})

    def of(self, number: int) -> str:
        """Return the digest of the letter with that `number`, "" if it was not there yet."""
        return self.brieven[(number - 1) * PROOF_DIGEST : number * PROOF_DIGEST]


class Known(NamedTuple):
    """What the manifest of a folder says of earlier runs: its head, and who has which number.

    `there` tells whether there is one at all, be it of another mailing; `proof` is the last one.
    """

    head: Mapping[str, Any]
    numbers: Numbers
    there: bool = False
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What letters were made on the basis of: its digest, and one `van` each thing in it."""

    basis: str
    van: Mapping[str, str]

    def line(self) -> bytes:
        """Return it as a line of the manifest."""
        return _as_line({"basis": self.basis, "van": self.van})


@dataclass(frozen=True, slots=True)
class Print:
    """A print file: its name, a digest of the PDFs it was made `uit`, and the SHA-256 of itself.

    `dubbelzijdig` is how it is to be printed, if that was told, `brieven` what it is made of: the
    files of a choice of letters, or of those with a `waarde` in the column `per`, in a `keuze` of
    letters or in all; none if it is of all. They stand in the `volgorde` of a column, and `orde` is
    a digest of that.
    """

    bestand: str
    uit: str
    pdf: str
    dubbelzijdig: bool | None = None
    brieven: tuple[str, ...] = ()
    per: str = ""
    waarde: str = ""
    keuze: bool = False
    volgorde: str = ""
    orde: str = ""

    def line(self) -> bytes:
        """Return it as a line of the manifest."""
        told = {"samengevoegd": self.bestand, "uit": self.uit, "pdf": self.pdf}
        more = {"dubbelzijdig": self.dubbelzijdig, "brieven": self.brieven or None}
        more |= {
            name: getattr(self, name) or None
            for name in ("per", "waarde", "keuze", "volgorde", "orde")
        }
        return _as_line(told | {key: value for key, value in more.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that went out on the day `verzonden`, and may not be written over: it is a copy.

    `docx` and `pdf` are the SHA-256 of its files, "" for one that was not there, and `bladzijden`
    how many pages the PDF has. `hoe` tells by what it went, "" if that was not told: who got it by
    post and by mail has two lines. A letter may have been `bewerkt`. `tekst` is a digest of what it
    says, `beelden` that of the pictures in its texts. A line with the day on which it was taken
    back, `terug`, undoes the one before it of the same letter, which stays.
    """

    verzonden: str
    nummer: int
    bestand: str
    docx: str
    pdf: str = ""
    bladzijden: int = 0
    hoe: str = ""
    sleutel: str = ""
    aan: Addressee = NOBODY
    vervangt: str = ""
    bewerkt: bool = False
    tekst: str = ""
    beelden: str = ""
    terug: str = ""

    @property
    def going(self) -> tuple[str, str, str]:
        """Which letter went out, and by what: the same in the line that takes it back."""
        return self.bestand, self.docx, self.hoe

    def line(self) -> bytes:
        """Return it as a line of the manifest."""
        return _line_of(self)


def still_sent(records: Iterable[Sent]) -> list[Sent]:
    """Return those of `records` that were not taken back, in their order."""
    left: dict[tuple[int, tuple[str, str, str]], Sent] = {}
    for record in records:
        if record.terug:
            left.pop((record.nummer, record.going), None)
        else:
            left[record.nummer, record.going] = record
    return list(left.values())


def by_number(records: Iterable[Sent]) -> dict[int, list[Sent]]:
    """Return those of `records` that were not taken back, by the number of their letter."""
    found: dict[int, list[Sent]] = {}
    for record in still_sent(records):
        found.setdefault(record.nummer, []).append(record)
    return found


def _line_of(record: Entry | Sent) -> bytes:
    told = {key: value for key in record.__slots__ if (value := getattr(record, key))}
    return _as_line(told | ({"aan": record.aan.told()} if record.aan != NOBODY else {}))


def _as_line(data: Mapping[str, object]) -> bytes:
    return (json.dumps(data, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _parse_line(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


Record = Entry | Print | Basis | Numbered | Sent | Proof


def _parse_record(line: bytes) -> Record | None:
    """Return what `line` tells of, or None if that is nothing whole."""
    data = _parse_line(line)
    try:
        if "aan" in data:
            data["aan"] = _parse_addressee(data["aan"])
        if "basis" in data:
            return Basis(**data)
        if "proef" in data:
            return Proof(**data)
        if "verzonden" in data:
            return Sent(**data)
        if "kenmerken" in data:
            numbered = Numbered(**{**data, "kenmerken": Traits(*data["kenmerken"])})
            return numbered if hash(numbered) is not None else None
        if "samengevoegd" in data:
            brieven = tuple(data.pop("brieven", ()))
            return Print(data.pop("samengevoegd"), brieven=brieven, **data)
        lists = {key: tuple(data.get(key, ())) for key in ("problemen", "eerder")}
        return Entry(**{**data, **lists})
    except (KeyError, TypeError):
        return None


def name_mailing(path: Path, folder: Path) -> str:
    """Return where the mailing at `path` stands, seen from `folder`.

    Two mailings may have one name, and the folder and its mailing may move together.
    """
    mailing = path.resolve()
    with contextlib.suppress(ValueError):  # on another drive
        mailing = Path(os.path.relpath(mailing, folder.resolve()))
    return mailing.as_posix()


def find_folder(mailing: Path) -> Path:
    """Return the folder with the letters of `mailing` that were made last: beside it, or in it.

    Where none is known to have them, that is the one that `mailing` is in.
    """
    around, found = mailing.parent, []
    for path in (around / NAME, *around.glob(f"*/{NAME}")):
        with contextlib.suppress(OSError), path.open("rb") as file:
            head = _parse_line(next(file, b""))
            if head.get("mailing") == name_mailing(mailing, path.parent):
                found.append((path.stat().st_mtime_ns, path.parent))
    return max(found, default=(0, around))[1]


def read_known(folder: Path, mailing: str) -> Known:
    """Return what is known in `folder`; nothing where it is not that of the `mailing`.

    Letters of before numbers were kept tell whose they were. Raises FileProblemError if there is a
    manifest that cannot be read.
    """
    path = folder / NAME
    numbers = Numbers(Lines(path))
    proof: Proof | None = None
    try:
        with path.open("rb") as file:
            line = next(file, b"")
            head, offset = _parse_line(line), len(line)
            if head.get("mailing") != mailing:
                return Known({}, numbers, bool(head))
            for line in file:
                record = _parse_record(line)
                if isinstance(record, Numbered | Entry):
                    numbers.index(record, offset)
                elif isinstance(record, Proof):
                    proof = record
                offset += len(line)
    except OSError as error:
        if error.errno in ABSENT:
            return Known({}, numbers)
        place, reason = Place(str(path)), messages.system_reason(error)
        raise FileProblemError(
            messages.problem("LRT748.onleesbaar", place, reason=reason)
        ) from None
    return Known(head, numbers, there=True, proof=proof)


class Made(NamedTuple):
    """What a folder tells of its letters: the last of each, by its number, and their bases.

    Of who was renamed that is the letter that bears the present name. `gone` are the numbers of who
    is not in the list any more; `sent` are all lines about letters that went out, `head` is the
    first line. `prints` are the files to print.
    """

    bases: dict[str, Mapping[str, str]]
    sent: list[Sent]
    current: dict[int, Entry]
    gone: set[int]
    head: dict[str, Any]
    prints: list[Print]

    def find_mailing(self, folder: Path) -> Path:
        """Return the file of the mailing that `folder` is of, as people write it."""
        return Path(os.path.normpath(folder / str(self.head.get("mailing"))))


def read_made(folder: Path) -> Made:
    """Return what is known of the letters in `folder`; raise FileProblemError if nothing is."""
    path, made = folder / NAME, Made({}, [], {}, set(), {}, [])
    try:
        with path.open("rb") as file:
            made.head.update(_parse_line(next(file, b"")))
            for record in map(_parse_record, file):
                if isinstance(record, Entry):
                    made.current[record.nummer] = record
                elif isinstance(record, Numbered):
                    made.gone.add(record.nummer) if record.weg else made.gone.discard(record.nummer)
                elif isinstance(record, Basis):
                    made.bases[record.basis] = record.van
                elif isinstance(record, Sent):
                    made.sent.append(record)
                elif isinstance(record, Print):
                    made.prints.append(record)
    except OSError as error:
        reason = messages.system_reason(error)
        told = messages.problem("LRT748.onleesbaar", Place(str(path)), reason=reason)
        raise FileProblemError(told) from error
    return made


def is_sent(path: Path) -> bool:
    """Tell whether the file at `path`, a letter or the PDF of one, is as it went out."""
    with contextlib.suppress(OSError):
        digest, letter = disk.digest(path), path.with_suffix(".docx").name
        with path.with_name(NAME).open("rb") as file:
            records = [_parse_record(line) for line in file if b'"verzonden"' in line]
        sent = still_sent(one for one in records if isinstance(one, Sent))
        return any(one.bestand == letter and digest in (one.docx, one.pdf) for one in sent)
    return False


def add_sent(folder: Path, letters: Sequence[Sent]) -> None:
    """Add that `letters` went out to the manifest in `folder`, down to the disk.

    Raises OSError if that fails.
    """
    path = folder / NAME
    torn = not path.read_bytes().endswith(b"\n")
    handle = disk.open_file(path, disk.APPEND)
    try:
        disk.write(handle, b"\n" * torn + b"".join(record.line() for record in letters))
        disk.sync(handle)
    finally:
        disk.close(handle)


def _number_of(entry: Entry) -> Numbered:
    """Return whose number a letter had, of which only its key and its name tell that."""
    code = entry.sleutel if CODE.fullmatch(entry.sleutel) else ""
    name = "" if code else _COUNTED.sub("", entry.sleutel)
    return Numbered(entry.nummer, entry.sleutel, Traits(code, digest_name(name)))


class Manifest:
    """The manifest of `folder`, open for a run of letters with these `names`.

    `head` is written when there is none. Raises UsageError if the folder is that of another
    mailing, and OSError if it cannot be read or written.
    """

    def __init__(self, folder: Path, head: Mapping[str, object], names: FileNames) -> None:
        self.path = folder / NAME
        self._head = _as_line({"formaat": FORMAT, **head})
        self._order = names.numbers
        self.highest = max(self._order, default=0)
        self._offsets = array("Q", bytes(8 * (self.highest + 1)))  # of its last line, by number
        self._lines_of = Lines(self.path)
        self.numbers = Numbers(self._lines_of)
        self._strangers: dict[str, Entry] = {}  # letters of another run
        self._prints: dict[str, Print] = {}
        self.bases: dict[str, Mapping[str, str]] = {}
        self._proof: Proof | None = None
        self._sent = array("Q")  # number and offset of each line about a letter that went out
        self._sent_sorted = False
        self._sent_names, self._sent_numbers = Hashed(), array("I")  # of each of them
        self._torn = False
        if not self._read(names, head.get("mailing")):
            with replacing(self.path, [self._head]):
                self._torn = False
        self._handle = disk.open_file(self.path, disk.APPEND)

    def _read(self, names: FileNames, mailing: object) -> bool:
        """Index the lines that are there; tell whether there is a head above them."""
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return False
        with file:
            offset = 0
            for line in file:
                self._torn = not line.endswith(b"\n")
                if offset:
                    self._index(_parse_record(line), offset, names)
                elif not self._torn:
                    self._check_head(_parse_line(line), mailing)
                offset += len(line)
                if self._torn:
                    return offset > len(line)
        return offset > 0

    def _check_head(self, found: Mapping[str, object], mailing: object) -> None:
        place = Place(str(self.path))
        if found.get("formaat") not in _READABLE:
            raise FileProblemError(messages.problem("LRT001.andere-versie", place))
        if found.get("mailing") != mailing:
            other = str(found.get("mailing"))
            raise UsageError(messages.problem("LRT001.andere-mailing", place, other=other))

    def _index(self, record: Record | None, offset: int, names: FileNames) -> None:
        match record:
            case Basis(digest, van):
                self.bases[digest] = van
            case Numbered():
                self.numbers.index(record, offset)
            case Sent(nummer=number, bestand=name):
                self._sent.append(number << _OFFSET_BITS | offset)
                self._sent_names.add(fold_file(name))
                self._sent_numbers.append(number)
            case Proof():
                self._proof = record
            case Print(name):
                self._prints[fold_file(name)] = record
            case Entry(bestand=name) if number := names.find(name):
                self._offsets[number] = offset
            case Entry(bestand=name):
                self._strangers[fold_file(name)] = record

    def find(self, number: int, file: str = "") -> Entry | None:
        """Return the last that is known of the letter with that `number`, or None.

        With a `file` only if that is the letter, or a version of it.
        """
        offset = self._offsets[number] if number < len(self._offsets) else 0
        record = _parse_record(self._lines_of.at(offset)) if offset else None
        if not isinstance(record, Entry):
            return None
        other = file and set(spell_names(file)).isdisjoint(spell_names(record.bestand))
        return None if other else record

    def find_print(self, file: str) -> Print | None:
        """Return what is known of the print file called `file`, or None."""
        return self._prints.get(fold_file(file))

    def sent_of(self, number: int) -> list[Sent]:
        """Return how the letters with that `number` went out, but for what was taken back."""
        if not self._sent:
            return []
        self._sort_sent()
        start = bisect_left(self._sent, number << _OFFSET_BITS)
        end = bisect_left(self._sent, (number + 1) << _OFFSET_BITS)
        lines = (self._lines_of.at(packed & _OFFSET) for packed in self._sent[start:end])
        return still_sent(one for one in map(_parse_record, lines) if isinstance(one, Sent))

    @property
    def has_sent(self) -> bool:
        """Whether letters went out."""
        return bool(self._sent)

    def find_sent(self, file: str) -> list[Sent]:
        """Return how the letter in `file` went out, [] if it did not."""
        folded = fold_file(file)
        numbers = {self._sent_numbers[at] for at in self._sent_names.find(folded)}
        sent = (each for number in sorted(numbers) for each in self.sent_of(number))
        return [each for each in sent if fold_file(each.bestand) == folded]

    def _sort_sent(self) -> None:
        if not self._sent_sorted:
            self._sent, self._sent_sorted = array("Q", sorted(self._sent)), True

    def find_file(self, file: str) -> Entry | None:
        """Return what is known of the letter in `file`, if that is none of this run, or None."""
        return self._strangers.get(fold_file(file))

    def prints(self) -> list[Print]:
        """Return what is known of print files, by their names."""
        return sorted(self._prints.values(), key=lambda record: record.bestand)

    def entries(self) -> Iterator[tuple[int, Entry | None]]:
        """Yield the number of each letter of this run, in order, and the last known of it."""
        return ((number, self.find(number)) for number in self._order)

    def add(self, entries: Sequence[Entry]) -> None:
        """Add `entries` down to the disk; raise OSError, with nothing known, if that fails."""
        lines = [entry.line() for entry in entries]
        offset = self._append(b"".join(lines))
        for entry, line in zip(entries, lines, strict=True):
            self._offsets[entry.nummer] = offset
            self._strangers.pop(fold_file(entry.bestand), None)
            offset += len(line)

    def add_numbers(self, numbers: Numbers) -> None:
        """Add whose number is whose, before any letter has one; raise OSError if that fails.

        Of who is not in `numbers`, it stays what it was. It is asked once.
        """
        if not self.numbers:
            self.numbers.reserve(numbers)
        new = (number for number in numbers if not self.numbers.agrees(numbers, number))
        while some := list(islice(new, _AT_ONCE)):
            lines = [numbers.line(number) for number in some]
            offset = self._append(b"".join(lines))
            for number, line in zip(some, lines, strict=True):
                self.numbers.copy(numbers, number, offset)
                offset += len(line)
        self.numbers.forget()

    def add_basis(self, made: Basis) -> None:
        """Add what letters are made on the basis of, unless it is there; raise OSError if not."""
        if made.basis not in self.bases:
            self._append(made.line())
            self.bases[made.basis] = made.van

    def add_print(self, made: Print) -> None:
        """Add a print file; raise OSError, with nothing known, if that fails."""
        self._append(made.line())
        self._prints[fold_file(made.bestand)] = made

    def add_proof(self, made: Proof) -> None:
        """Add what letters there were at a proof; raise OSError if that fails."""
        if made != self._proof:
            self._append(made.line())
            self._proof = made

    def _append(self, data: bytes) -> int:
        """Write `data` to the end and return where it begins; what stands torn there is ended."""
        start = b"\n" if self._torn else b""
        offset = self.path.stat().st_size + len(start)
        self._torn = True  # until all of it is there
        disk.write(self._handle, start + data)
        disk.sync(self._handle)
        self._torn = False
        return offset

    def strangers(self) -> list[Entry]:
        """Return the entries of letters that are not in this run, by file name."""
        return sorted(self._strangers.values(), key=lambda record: record.bestand)

    def finish(self) -> None:
        """Write the manifest anew in the order of the letters; what belongs to none comes first.

        Of that, what is not in the folder any more is left out. Nothing can be added after it.
        Raises OSError, with the manifest as it was, if that fails.
        """
        if not self._holds(self._lines()):
            with replacing(self.path, self._lines()):
                self.close()  # Windows does not replace a file that is open

    def _lines(self) -> Iterator[bytes]:
        yield self._head
        yield from (Basis(*each).line() for each in self._used_bases())
        if self._proof is not None:
            yield self._proof.line()
        yield from (self.numbers.line(number) for number in self.numbers)
        yield from self._records()
        self._sort_sent()
        yield from (self._lines_of.at(packed & _OFFSET) for packed in self._sent)

    def _used_bases(self) -> list[tuple[str, Mapping[str, str]]]:
        """Return every basis that a letter was made on, in the order of their digests."""
        used = {basis for line in self._records() for basis in self.bases if basis.encode() in line}
        return sorted((basis, self.bases[basis]) for basis in used)

    def _records(self) -> Iterator[bytes]:
        yield from self._lines_there(self.strangers())
        yield from (self._lines_of.at(offset) for offset in self._offsets if offset)
        yield from self._lines_there(self.prints())

    def _lines_there(self, records: Iterable[Entry | Print]) -> Iterator[bytes]:
        """Yield the lines of those of `records` whose file is in the folder."""
        for record in records:
            if exists(self.path.with_name(record.bestand)):
                yield record.line()

    def _holds(self, lines: Iterator[bytes]) -> bool:
        """Tell whether the file is these `lines` already."""
        with self.path.open("rb") as file:
            return all(line == there for line, there in zip_longest(lines, file))

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            with contextlib.suppress(OSError):  # every line was synced when it was written
                disk.close(handle)
        self._lines_of.close()
