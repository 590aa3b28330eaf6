"""Reading from disk, and finding what belongs to a file; only here are paths known.

What reading finds odd (an old encoding) is a problem like any other.
"""

from __future__ import annotations

import contextlib
import errno
import re
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, Place, Problem, suggest
from lrtdocs.model.characters import word_at
from lrtdocs.shipped import examples_folder, templates_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_BYTES = 5_000_000
"""So large a text may be: far beyond any meeting, and still read in seconds."""
FILE_KINDS = {
    b"PK\x03\x04": "een bestand van Word of Excel",
    b"\xd0\xcf\x11\xe0": "een oud bestand van Word, Excel of Outlook",
    b"\x89PNG": "een afbeelding",
    b"\xff\xd8\xff\xe0": "een afbeelding",
    b"%PDF": "een PDF",
    b"{\\rt": "een RTF-document",
    b"<htm": "een webpagina",
    b"<!DO": "een webpagina",
    b"<?xm": "een XML-bestand",
}
"""What a file is that begins so, where another kind of file is asked."""
ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}
"""The errors of the system after which a file is surely not there; one with so long a name too."""
HUISSTIJL = "huisstijl.yaml"
TEMPLATES = "sjablonen"


_OF_UTF8 = re.compile(
    rb"\A\xef\xbb\xbf|[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]"
    rb"|\xed[\xa0-\xbf][\x80-\xbf]|\xf0\x9f[\x80-\xbf]{2}"
)
_MAYBE_UTF8 = re.compile(rb"[\xc6-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_OF_DOS = re.compile(rb"[A-Za-z][\x82-\x84\x87-\x89\x8b\x8e\x9f\xa1-\xa4][a-z]")
"""A sign of Windows that is no letter, within a word: é, ë, ú of MS-DOS or of an older Mac."""


def read_text(path: Path) -> tuple[str, list[Problem]]:
    """Read the text of `path`, with a warning if it is not UTF-8; line ends stay as they are.

    Raises FileProblemError if there is nothing to read, or no text.
    """
    data = read_bytes(path)
    if kind := FILE_KINDS.get(data.removeprefix(b"\xef\xbb\xbf")[:4]):
        raise FileProblemError(messages.problem("LRT001.ander-soort", Place(str(path)), kind=kind))
    try:
        encoding, odd = find_encoding(data, str(path))
    except UnicodeDecodeError as error:
        raise FileProblemError(messages.problem("LRT001.geen-tekst", Place(str(path)))) from error
    return data.decode(encoding), [messages.problem("LRT140", odd[0], word=odd[1])] if odd else []


def encode_as(text: str, data: bytes) -> bytes:
    """Return `text`, which was read from `data`, in the encoding of that, and with its mark for it.

    What that encoding has no letter for makes it UTF-8.
    """
    encoding, _ = find_encoding(data, "")
    if encoding == "utf-16":
        return data[:2] + text.encode("utf-16-be" if data[0] == 0xFE else "utf-16-le")
    mark = data[:3] if data.startswith(b"\xef\xbb\xbf") else b""
    try:
        return mark + text.encode("cp1252" if encoding == "cp1252" else "utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8")


def find_encoding(data: bytes, file: str) -> tuple[str, tuple[Place, str] | None]:
    """Return the encoding of `data`, and where it is not UTF-8: the place, and the word there.

    With a mark for it that is UTF-16, else UTF-8, or Windows-1252 of older programs. Where letters
    stand as UTF-8 writes them an odd byte is a mistake, never a reason to read the others as
    Windows text: then, and for MS-DOS, raises FileProblemError. UnicodeDecodeError if it is no
    text.
    """
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    try:
        data.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError as error:
        if wide or b"\x00" in data:
            raise
        at = error.start
        odd = sum(sign >= "\udc80" for sign in data.decode("utf-8", "surrogateescape"))
        # É’ and é»… of Windows could be UTF-8 too; Â, Ã, Ä and Å before a sign are nothing else
        if _OF_UTF8.search(data) or len(_MAYBE_UTF8.findall(data)) > odd:
            letter = data[at : at + 1].decode("cp1252", "replace")
            place, word = _word_at(data, at, file, "utf-8")
            mixed = messages.problem("LRT141.byte", place, word=word, letter=letter, more=odd)
            raise FileProblemError(mixed) from error
        if dos := _OF_DOS.search(data):
            place, word = _word_at(data, dos.start() + 1, file, "cp1252")
            raise FileProblemError(messages.problem("LRT141.dos", place, word=word)) from error
        data.decode("cp1252")
        return "cp1252", _word_at(data, at, file, "cp1252")
    return "utf-16" if wide else "utf-8-sig", None


def _word_at(data: bytes, at: int, file: str, encoding: str) -> tuple[Place, str]:
    """Return the place of the byte `at`, and the word around it."""
    line = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    start = max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at)) + 1
    text = data[start : at + 30].decode(encoding, "replace")
    column = len(data[start:at].decode(encoding, "replace"))
    return Place(file, line, column + 1), word_at(text, column)


_UNSAVED: ContextVar[tuple[Path, bytes] | None] = ContextVar("unsaved", default=None)


@contextlib.contextmanager
def unsaved(path: Path, text: str | None) -> Iterator[None]:
    """Let `path` read as `text` here, which is not saved yet; with None as the file that it is.

    Only what this context calls sees it: no other thread, and nothing on disk.
    """
    data = None if text is None else text.removeprefix("\ufeff").encode("utf-8", "surrogatepass")
    held = _UNSAVED.set(None if data is None else (path.absolute(), data))
    try:
        yield
    finally:
        _UNSAVED.reset(held)


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Read `path` whole, up to `limit` bytes; raise FileProblemError if that cannot be done."""
    held = _UNSAVED.get()
    if held is not None and held[0] == path.absolute():
        return held[1]
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(data) > limit:
        size = limit // 1_000_000
        raise FileProblemError(messages.problem("LRT001.groot", Place(str(path)), size=size))
    return data


def _unreadable(path: Path, error: OSError) -> FileProblemError:
    place = Place(str(path))
    if error.errno in ABSENT:
        return FileProblemError(messages.problem("LRT001.weg", place, guess=similar_name(path)))
    if isinstance(error, IsADirectoryError) or is_dir(path):
        return FileProblemError(messages.problem("LRT001.een-map", place))
    if isinstance(error, PermissionError):
        return FileProblemError(messages.problem("LRT001.leesrecht", place))
    return FileProblemError(messages.problem("LRT001.onleesbaar", place))


def similar_name(path: Path) -> str:
    """Return a hint at a file with almost the same name in the same folder, or ""."""
    with contextlib.suppress(OSError):
        files = (entry.name for entry in path.parent.iterdir() if is_file(entry))
        guess = suggest(path.name, files)
        return f" {guess[:1].upper()}{guess[1:]}" if guess else ""
    return ""


# --- finding


def _looks(look: Callable[[Path], bool]) -> Callable[[Path], bool]:
    """Return `look`, which says no where a path is too long a name or may not be looked at.

    Path.is_file and its like raise then, up to Python 3.13.
    """

    def ask(path: Path) -> bool:
        with contextlib.suppress(OSError):
            return look(path)
        return False

    return ask


is_file, is_dir, exists = _looks(Path.is_file), _looks(Path.is_dir), _looks(Path.exists)


def find_upwards(start: Path, name: str) -> Path | None:
    """Return the nearest `name` in the folder of the file `start` or a folder above it, or None."""
    folder = start.absolute().parent
    return next(
        (candidate for above in (folder, *folder.parents) if exists(candidate := above / name)),
        None,
    )


def find_huisstijl(start: Path) -> Path:
    """Return the huisstijl.yaml that goes for the file `start`; the packaged one if need be."""
    return find_upwards(start, HUISSTIJL) or examples_folder() / HUISSTIJL


def find_template(name: str, start: Path) -> Path | None:
    """Return the template `name` for the file `start`, or None.

    `name` is a path to a .docx, that ending left out or not, or a name looked up in `sjablonen/`
    beside `start` and above it, in every such folder, and then in the package.
    """
    asked = Path(name)
    file = name if asked.suffix.lower() == ".docx" else f"{name}.docx"
    if (asked.suffix.lower() == ".docx" or asked.name != name) and is_file(Path(file)):
        return Path(file)
    own = (folder / file for folder in template_folders(start))
    return next((path for path in own if is_file(path)), None)


def show_path(path: Path) -> str:
    """Return `path` as a user calls it: from the current folder, if it is in there."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def template_folders(start: Path) -> list[Path]:
    """Return the folders in which templates for the file `start` are looked up, the first first.

    The last one is that of the package.
    """
    folder = start.absolute().parent
    return [*(above / TEMPLATES for above in (folder, *folder.parents)), templates_folder()]


def list_templates(start: Path) -> dict[str, list[Path]]:
    """Return the templates for the file `start` by name, of each the one in force first.

    What Word keeps beside an open document ("~$agenda.docx") is no template.
    """
    found: dict[str, list[Path]] = {}
    for folder in template_folders(start):
        with contextlib.suppress(OSError):
            for path in sorted(folder.glob("*.docx")):
                if not path.name.startswith(("~$", ".")) and is_file(path):
                    found.setdefault(path.stem, []).append(path)
    return found
