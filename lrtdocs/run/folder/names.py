"""What documents are called, where they go, and what may not be replaced there.

A name made of data keeps its letters, accents included. What Windows, Linux or a network folder
between them refuses is replaced here, before anything is written.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from lrtdocs import messages
from lrtdocs.errors import FileProblemError, Place, UsageError
from lrtdocs.run.folder import disk
from lrtdocs.source.files import is_dir
from lrtdocs.word.provenance import is_sealed
from lrtdocs.word.web.seal import source_of

if TYPE_CHECKING:
    from array import array
    from collections.abc import Container

    from lrtdocs.hashed import Hashed

PAGE = ".html"
DOCUMENT_SUFFIXES = {".docx", ".pdf", PAGE}
_OTHER_SUFFIXES = {".doc", ".odt", ".rtf", ".txt", ".yaml", ".yml", ".xlsx"}

MAX_BYTES = 160
"""Of a name without its suffix, in UTF-8; that is never fewer than its units in UTF-16."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])", re.IGNORECASE)
_SOURCE = re.compile(rb"<stRef:documentID>sha256:([0-9a-f]{64})<")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9' ()_-]{4,80}[A-Za-z0-9)_-]")


def safe_name(text: str) -> str:
    """Return `text` as a file name without suffix that is good on every system; "" if none is left.

    Cutting comes before the check on reserved names, because cutting can make one.
    """
    if _PLAIN.fullmatch(text) and "  " not in text:
        return text if _RESERVED.fullmatch(text.partition(" ")[0]) is None else f"_{text}"
    text = "".join(map(_visible, unicodedata.normalize("NFC", text)))
    text = " ".join(_FORBIDDEN.sub("-", text).split())
    text = _cut(text.lstrip(". ")).rstrip(". ")
    if text.startswith("~"):
        text = f"_{text[1:]}"
    if _RESERVED.fullmatch(text.partition(".")[0].strip()):
        return f"_{text}"
    return text


def _visible(letter: str) -> str:
    """Return `letter`, a space for what breaks lines, nothing for what cannot be seen."""
    kind = unicodedata.category(letter)
    if kind in {"Zs", "Zl", "Zp"} or letter in "\t\n\r\v\f":
        return " "
    return "" if kind in {"Cc", "Cf", "Cs", "Co", "Cn"} else letter


def _cut(text: str) -> str:
    return text.encode("utf-8", "ignore")[:MAX_BYTES].decode("utf-8", "ignore")


def fold_file(name: str) -> str:
    """Return a text that is equal for names that some system takes for the same file."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


class FileNames:
    """What the letters of a run are called, in their order, with their `numbers`.

    Of each folded name only a hash is kept, in `names`.
    """

    def __init__(self, names: Hashed, numbers: array[int]) -> None:
        self._names, self.numbers = names, numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def fits(self, at: int, file: str, number: int) -> bool:
        """Tell whether the letter at that place in the order may still be `file`, `number`."""
        known = at < len(self.numbers) and self.numbers[at] == number
        return known and self._names.may_be(at, fold_file(file))

    def find(self, file: str) -> int:
        """Return the number of the letter that may be called `file`, or be a version of it, or 0.

        That it is, is for who has the letter to say: see `spell_names`.
        """
        for name in spell_names(file):
            for at in self._names.find(name):
                return self.numbers[at]
        return 0


def spell_names(file: str) -> tuple[str, ...]:
    """Return the folded names that the letter in `file` may have: of a version also the first."""
    stem, version = split_version(file.removesuffix(".docx"))
    folded = fold_file(file)
    return (folded,) if version == 1 else (folded, fold_file(f"{stem}.docx"))


def pdf_name(file: str) -> str:
    """Return the name of the PDF beside the letter `file`."""
    return f"{file.removesuffix('.docx')}.pdf"


def page_name(file: str) -> str:
    """Return the name of the web page beside the letter `file`."""
    return f"{file.removesuffix('.docx')}{PAGE}"


# --- versions

_NUMBERED = re.compile(r"(?P<name>.+?)-v(?P<version>[1-9]\d*)")


def name_version(name: str, version: int) -> str:
    """Return the `name` of a paper as its `version` bears it: agenda.docx, agenda-v2.docx."""
    stem, dot, suffix = name.rpartition(".")
    return name if version == 1 else f"{stem}-v{version}{dot}{suffix}"


def split_version(stem: str) -> tuple[str, int]:
    """Return a name without its version, and which one that is: ("lrt-agenda", 2)."""
    match = _NUMBERED.fullmatch(stem)
    return (match["name"], int(match["version"])) if match else (stem, 1)


# --- single documents


def refuse_suffix(path: Path, refused: Container[str], made: str, wanted: str) -> None:
    """Raise UsageError if the name of what is `made` ends as that of another kind of file."""
    suffix = path.suffix.lower()
    if suffix in refused:
        told = {"made": made, "suffix": suffix, "wanted": wanted}
        raise UsageError(messages.problem("LRT002.uitgang", Place(str(path)), None, **told))


def refuse_no_yaml(path: Path) -> None:
    """Raise UsageError if the name of a YAML file that is made ends as that of a document."""
    made = messages.text("deel.een_yaml")
    refuse_suffix(path, {".docx", ".doc", ".pdf", ".xlsx", ".odt"}, made, ".yaml")


def plan_target(source: Path, default: str, output: str | None, *, many: bool) -> Path:
    """Return where the document of `source` goes: beside it, or at `output`, a file or a folder.

    `default` is its name where `output` does not give one; with `many` documents `output` must be a
    folder. A name that ends in .pdf or .html stands for the Word document beside that file.
    """
    made, own = "deel.een_document", DOCUMENT_SUFFIXES
    target = plan_file(source, default, output, made, own, _OTHER_SUFFIXES)
    if many and output is not None and target.parent != Path(output):
        raise UsageError(messages.problem("LRT002", Place(output)))
    return target


def plan_file(
    source: Path,
    default: str,
    output: str | None,
    made: str,
    own: Container[str],
    refused: Container[str],
) -> Path:
    """Return where what is `made` of `source` goes: beside it, or at `output`, a file or a folder.

    A name that ends in one of its `own` suffixes stands for the file with that of `default`; one
    that ends in one that is `refused` is that of something else, and any other that of a folder.
    `made` is the key of what it is called.
    """
    if output is None:
        return source.with_name(default)
    path, suffix = Path(output), Path(default).suffix
    if is_dir(path):
        return path / default
    if path.suffix.lower() in refused:
        refuse_suffix(path, refused, messages.text(made), suffix)
    return path.with_suffix(suffix) if path.suffix.lower() in own else path / default


def is_edited(path: Path, *, known: bool = False) -> bool:
    """Tell whether `path` holds what somebody made or changed: all but what lrtdocs left there.

    What cannot be read may be that; half a package, or an empty file, is nobody's. Of a file that
    is `known` not to be as it was made, only a seal says that it was not edited.
    """
    try:
        if path.is_dir():
            return False
    except OSError:  # nor can anything be written there
        return False
    try:
        return not is_sealed(path, plain=not known)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    except zipfile.BadZipFile:
        with path.open("rb") as file:
            begin = file.read(4096)
        return not begin.startswith(b"PK") and bool(begin.strip(b"\0"))


def check_replaceable(path: Path, *, overwrite: bool) -> bool:
    """Tell whether `path` was edited, and a copy is to be kept of it when it is replaced.

    Raises FileProblemError if it was, and is not to be replaced to `overwrite` it.
    """
    edited = is_edited(path)
    if edited and not overwrite:
        key, reason = "LRT001.bewerkt", find_reason(path)
        key = "LRT001.misschien-bewerkt" if reason else key
        fields = {"file": quote_path(path), "reason": reason}
        raise FileProblemError(messages.problem(key, Place(str(path)), None, **fields))
    return edited


def find_reason(path: Path) -> str:
    """Return why the file at `path` cannot be read, "" if it can."""
    try:
        path.open("rb").close()
    except OSError as error:
        return messages.system_reason(error)
    return ""


def is_old_pdf(docx: Path) -> bool:
    """Tell whether beside the document `docx` is a PDF that was made of it as it was before.

    Ours tell of which document they were made; of others the time counts.
    """
    pdf = docx.with_suffix(".pdf")
    try:
        found = _SOURCE.findall(pdf.read_bytes())
        if not found:
            return pdf.stat().st_mtime < docx.stat().st_mtime
        return disk.digest(docx).encode() not in found
    except OSError:
        return False


def is_old_page(docx: Path) -> bool:
    """Tell whether beside the document `docx` is a web page of it as it was before."""
    try:
        source = source_of(docx.with_suffix(PAGE).read_bytes())
        return bool(source) and source != disk.digest(docx)
    except OSError:
        return False


def is_own_page(path: Path) -> bool:
    """Tell whether `path` holds a web page that somebody made or changed: not as we left it."""
    try:
        page = path.read_bytes()
    except OSError:
        return False
    return bool(page.strip(b"\0")) and not source_of(page)


def quote_path(path: Path) -> str:
    """Return `path` as it is typed behind a command."""
    return f'"{path}"' if " " in str(path) else str(path)
