"""From the PDF that LibreOffice wrote to finished letters, in a process of its own.

Finishing is work for a processor and Python does one thing at a time; so each worker of a bulk run
has a helper process, which reads jobs from its standard input and writes results to its output.
When the helper cannot be started or dies, the job is done here.
"""

from __future__ import annotations

import contextlib
import pickle
import re
import string
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import unescape

from lrtdocs.pdf.office.convert import moment_of

if TYPE_CHECKING:
    from datetime import datetime

    from pikepdf import Pdf

    from lrtdocs.pdf.structure.text import PageTexts
    from lrtdocs.pdf.structure.tree import Tree

_SIZE = struct.Struct(">Q")
_SERVE = "from lrtdocs.pdf.bulk.finish import serve; serve()"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FACTS = {"title": "/Title", "creator": "/Author", "subject": "/Subject", "keywords": "/Keywords"}
_SIGNS = re.compile(r"[\W_]+")
_SPACE = re.compile(r"[\s\u00ad\u2010\u2011-]+")
_CORE, _MAIN = "docProps/core.xml", "word/document.xml"
_BESIDE = re.compile(r"word/(?:(?:header|footer)[^/]*|numbering)\.xml")
MOST_SIGNS = 500
_signs: dict[tuple[str, int, int], frozenset[str]] = {}
_ALWAYS = frozenset(string.ascii_letters + string.digits + " -.")  # labels, numbers of pages


@dataclass(frozen=True, slots=True)
class Letter:
    """What a PDF has to hold: what it says about itself, its one date, and its paragraphs.

    `signs` are the characters that may be in it, in headers and list labels too.
    """

    facts: dict[str, str]
    moment: datetime
    paragraphs: frozenset[str]
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Job:
    """A PDF of one letter (no `spans`) or of several, to be finished."""

    pdf: bytes
    spans: tuple[tuple[str, str], ...]
    letters: tuple[Letter, ...]
    claim: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished letter: `found` of its paragraphs are in it, and it misses `lost` table rows."""

    pdf: bytes
    found: float = 1.0
    lost: int = 0
    strange: str = ""

    @property
    def doubt(self) -> str:
        """Why a letter that was taken out of a merged document is not believed, or ""."""
        if self.found < 1:
            return "niet alle tekst kwam terug"
        return "een tabel mist rijen" if self.lost else self.strange


def read_letter(docx: bytes, moment: datetime | None) -> Letter:
    """Return what the PDF of `docx` has to hold; `moment` is its date, if not the document's."""
    try:
        with zipfile.ZipFile(BytesIO(docx)) as package:
            names = set(package.namelist())
            facts = _read_facts(package.read(_CORE)) if _CORE in names else {}
            paragraphs = _read_paragraphs(package.read(_MAIN)) if _MAIN in names else frozenset()
            beside = [_read_signs(package, name) for name in names if _BESIDE.fullmatch(name)]
    except (OSError, ValueError, zipfile.BadZipFile):
        facts, paragraphs, beside = {}, frozenset[str](), []
    signs = _ALWAYS.union(*beside, *paragraphs)
    signs = signs.union("".join(signs).upper())
    return Letter(facts, moment or moment_of(docx), paragraphs, signs)


def _read_facts(data: bytes) -> dict[str, str]:
    try:
        core = ET.fromstring(data)  # noqa: S314  made by ourselves
    except ET.ParseError:
        return {}
    named = {element.tag.rpartition("}")[2]: (element.text or "").strip() for element in core}
    return {key: named[name] for name, key in _FACTS.items() if named.get(name)}


def _read_paragraphs(data: bytes) -> frozenset[str]:
    """Return the text of each paragraph."""
    try:
        root = ET.fromstring(data)  # noqa: S314  as above
    except ET.ParseError:
        return frozenset()
    return frozenset(
        "".join(text.text or "" for text in paragraph.iter(f"{_WORD}t"))
        for paragraph in root.iter(f"{_WORD}p")
    )


def _read_signs(package: zipfile.ZipFile, name: str) -> frozenset[str]:
    """Return the characters in a header, a footer, or the labels of lists."""
    about = package.getinfo(name)
    key = (name, about.CRC, about.file_size)  # letters of a run have most of these in common
    if key not in _signs:
        if len(_signs) >= MOST_SIGNS:
            _signs.clear()
        _signs[key] = frozenset(unescape(package.read(name).decode("utf-8", "replace")))
    return _signs[key]


def plain(text: str) -> str:
    """Return the letters and digits of `text`, in lower case: what no layout changes."""
    return _SIGNS.sub("", text.casefold().replace("\u00ad", ""))


def squeeze(text: str) -> str:
    """Return `text` without space and hyphens: what is the same however a line was broken."""
    return _SPACE.sub("", text)


def finish(job: Job) -> list[Finished] | str:
    """Return the finished letters of `job`, or why they cannot be taken apart, in Dutch."""
    import pikepdf

    from lrtdocs.pdf.bulk.glyphs import NotSeparableError
    from lrtdocs.pdf.bulk.split import split_letters
    from lrtdocs.pdf.structure.accessible import make_accessible
    from lrtdocs.pdf.structure.text import PageTexts
    from lrtdocs.pdf.structure.tree import Tree

    made: list[Finished] = []
    try:
        facts = [letter.facts for letter in job.letters]
        for letter, opened in zip(
            job.letters, split_letters(job.pdf, job.spans, facts), strict=True
        ):
            with opened:
                made.append(_finish_open(opened, letter, claim=job.claim))
    except NotSeparableError as error:
        if job.spans:
            return str(error)
    except (pikepdf.PdfError, KeyError, ValueError, TypeError, AttributeError) as error:
        if job.spans:
            return f"de PDF is anders dan verwacht: {error}"
    else:
        return made
    letter = job.letters[0]
    try:
        pdf = make_accessible(job.pdf, moment=letter.moment, claim=job.claim)
    except pikepdf.PdfError as error:
        return str(error).splitlines()[0]
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [Finished(pdf, *_judge(opened, letter, PageTexts(opened), Tree(opened)))]


def _finish_open(opened: Pdf, letter: Letter, *, claim: bool) -> Finished:
    from lrtdocs.pdf.structure.accessible import make_open_accessible
    from lrtdocs.pdf.structure.text import PageTexts
    from lrtdocs.pdf.structure.tree import Tree

    tree, texts = Tree(opened), PageTexts(opened)
    pdf = make_open_accessible(opened, moment=letter.moment, claim=claim, texts=texts, tree=tree)
    return Finished(pdf, *_judge(opened, letter, texts, tree))


def _judge(opened: Pdf, letter: Letter, texts: PageTexts, tree: Tree) -> tuple[float, int, str]:
    """Return how much of `letter` is in the PDF, how many rows are not, and what is strange."""
    from lrtdocs.pdf.structure.rows import count_empty_rows

    root = tree.root
    text = (
        texts.text(root)
        if root is not None
        else "".join("".join(texts.pieces_of(page).values()) for page in opened.pages)
    )
    whole = plain(text)
    wanted = [paragraph for paragraph in map(plain, letter.paragraphs) if paragraph]
    there = sum(1 for paragraph in wanted if paragraph in whole)
    found = there / len(wanted) if wanted else 1.0
    return found, count_empty_rows(tree), _find_strange(letter, squeeze(text), texts)


def _find_strange(letter: Letter, text: str, texts: PageTexts) -> str:
    """Return why characters in `text` may be those of another letter; "" if they are its own.

    LibreOffice tells for each glyph of a font which character it is, once in the whole document.
    Where two characters share a glyph, such as the two signs for ohm, that of another letter may
    have come first.
    """
    if texts.signs() - letter.signs:
        return "een teken van een andere brief"
    for paragraph in map(squeeze, letter.paragraphs):
        if paragraph not in text and paragraph.upper() not in text:
            return "een teken dat op twee manieren te schrijven is"
    return ""


class Finisher:
    """A helper process that finishes letters; used by one thread at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._usable = True

    def run(self, job: Job) -> list[Finished] | str:
        """Return what `finish` returns for `job`, worked out by the helper if there is one."""
        self.start()
        process = self._process
        if process is not None and process.stdin is not None and process.stdout is not None:
            try:
                _send(process.stdin, job)
                answer: list[Finished] | str = _receive(process.stdout)
            except (OSError, EOFError, pickle.PickleError):
                self.close()
                self._usable = False
            else:
                return answer
        return finish(job)

    def start(self) -> None:
        """Start the helper, if it does not run yet."""
        if not self._usable or self._process is not None:
            return
        try:
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter
                [sys.executable, "-c", _SERVE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            self._usable = False

    def close(self) -> None:
        """Stop the helper."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.kill()
        process.wait()


def serve() -> None:
    """Finish jobs from standard input until it ends; what that takes is loaded before the first."""
    for name in ("structure.accessible", "structure.rows", "bulk.split", "structure.text"):
        import_module(f"lrtdocs.pdf.{name}")

    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            job = _receive(jobs)
        except EOFError:
            return
        _send(answers, finish(job))


def _send(pipe: IO[bytes], thing: object) -> None:
    data = pickle.dumps(thing)
    pipe.write(_SIZE.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError
    data = pipe.read(_SIZE.unpack(head)[0])
    return pickle.loads(data)  # noqa: S301  from our own process
