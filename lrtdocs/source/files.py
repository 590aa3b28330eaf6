"""Reading from disk, and finding what belongs to a file; only here are paths known.

What reading finds odd (an old encoding) is a problem like any other.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, Place, Problem, suggest
from lrtdocs.shipped import examples_folder, templates_folder

MAX_BYTES = 5_000_000
"""So large a text may be: far beyond any meeting, and still read in seconds."""
HUISSTIJL = "huisstijl.yaml"
TEMPLATES = "sjablonen"


def read_text(path: Path) -> tuple[str, list[Problem]]:
    """Read the text of `path`, with a warning if it is not UTF-8; line ends stay as they are.

    Raises FileProblemError if there is nothing to read, or no text.
    """
    data = read_bytes(path)
    try:
        encoding, odd = find_encoding(data)
    except UnicodeDecodeError as error:
        raise FileProblemError(messages.problem("LRT001.geen-tekst", Place(str(path)))) from error
    if odd is None:
        return data.decode(encoding), []
    before = data[:odd].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    place = Place(str(path), before.count(b"\n") + 1, odd - data.rfind(b"\n", 0, odd))
    return data.decode(encoding), [messages.problem("LRT140", place)]


def find_encoding(data: bytes) -> tuple[str, int | None]:
    """Return the encoding of `data`, and the offset of the first byte that is not UTF-8, or None.

    With a mark for it that is UTF-16, else UTF-8, or Windows-1252 of older programs. Raises
    UnicodeDecodeError if it is none of these.
    """
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    try:
        data.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError as error:
        if wide or b"\x00" in data:
            raise
        data.decode("cp1252")
        return "cp1252", error.start
    return "utf-16" if wide else "utf-8-sig", None


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Read `path` whole, up to `limit` bytes; raise FileProblemError if that cannot be done."""
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
    if isinstance(error, FileNotFoundError):
        return FileProblemError(messages.problem("LRT001.weg", place, guess=_similar(path)))
    if isinstance(error, IsADirectoryError) or path.is_dir():
        return FileProblemError(messages.problem("LRT001.een-map", place))
    if isinstance(error, PermissionError):
        return FileProblemError(messages.problem("LRT001.leesrecht", place))
    return FileProblemError(messages.problem("LRT001.onleesbaar", place))


def _similar(path: Path) -> str:
    """Return a hint at a file with almost the same name in the same folder, or ""."""
    with contextlib.suppress(OSError):
        files = (entry.name for entry in path.parent.iterdir() if entry.is_file())
        guess = suggest(path.name, files)
        return f" {guess[:1].upper()}{guess[1:]}" if guess else ""
    return ""


# --- finding


def find_upwards(start: Path, name: str) -> Path | None:
    """Return the nearest `name` in the folder of the file `start` or a folder above it, or None."""
    folder = start.absolute().parent
    return next(
        (candidate for above in (folder, *folder.parents) if (candidate := above / name).exists()),
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
    if (asked.suffix.lower() == ".docx" or asked.name != name) and Path(file).is_file():
        return Path(file)
    own = (folder / file for folder in template_folders(start))
    return next((path for path in own if path.is_file()), None)


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
                if not path.name.startswith(("~$", ".")) and path.is_file():
                    found.setdefault(path.stem, []).append(path)
    return found
