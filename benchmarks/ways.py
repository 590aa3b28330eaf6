"""The ways to fill the letter: each opened once in a folder, then asked for letter after letter."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import IO

import jinja2
from docxtpl import DocxTemplate
from letters import (
    DOCXTEMPLATER,
    JINJA,
    MERGEFIELD,
    SHARED,
    Record,
    Syntax,
    build_template,
    prefix_rows,
)
from mailmerge import MailMerge

import lrtdocs
from lrtdocs.word.compile.template import compile_template
from lrtdocs.word.fill.render import Filler
from lrtdocs.word.package.archive import FASTEST, ZLIB, Compressor

HERE = Path(__file__).parent
NODE_FOLDER = HERE / "node"
NODE_PACKAGES = ("docxtemplater", "pizzip")

Write = Callable[[Record, Path], float]
"""Writes one letter to a path; returns the seconds it took."""


def _template(folder: Path, syntax: Syntax) -> Path:
    path = folder / f"sjabloon-{syntax.name}.docx"
    path.write_bytes(build_template(syntax))
    return path


def _timed(write: Callable[[Record, Path], object]) -> Write:
    def timed(record: Record, path: Path) -> float:
        start = time.perf_counter()
        write(record, path)
        return time.perf_counter() - start

    return timed


def open_docxtpl(folder: Path) -> Write:
    """Fill as docxtpl's README shows: open, render, save for each letter."""
    template = _template(folder, JINJA)

    def write(record: Record, path: Path) -> None:
        document = DocxTemplate(template)
        document.render(record, autoescape=True)
        document.save(path)

    return _timed(write)


def open_docxtpl_again(folder: Path) -> Write:
    """Fill with one docxtpl object and one Jinja environment for all letters."""
    document = DocxTemplate(_template(folder, JINJA))
    environment = jinja2.Environment(autoescape=True)

    def write(record: Record, path: Path) -> None:
        document.render(record, environment)
        document.save(path)

    return _timed(write)


def open_mailmerge(folder: Path) -> Write:
    """Fill merge fields with docx-mailmerge2."""
    template = _template(folder, MERGEFIELD)

    def write(record: Record, path: Path) -> None:
        words = prefix_rows(record)
        rows = words.pop("rijen")
        with MailMerge(template) as document:
            document.merge_rows("rij_halfjaar", rows)
            document.merge(**words)
            document.write(path)

    return _timed(write)


class Docxtemplater:
    """docxtemplater in a Node process that stays; it times itself, pipes not included."""

    def __init__(self, folder: Path) -> None:
        template = _template(folder, DOCXTEMPLATER)
        self.process = subprocess.Popen(
            ["node", str(HERE / "docxtemplater.cjs"), str(template), str(NODE_FOLDER)],  # noqa: S607
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __call__(self, record: Record, path: Path) -> float:
        """Write one letter."""
        asked, told = self.process.stdin, self.process.stdout
        if asked is None or told is None:
            raise BrokenPipeError(path)
        return _ask(asked, told, {"record": prefix_rows(record), "path": str(path)})


def _ask(asked: IO[str], told: IO[str], question: Mapping[str, object]) -> float:
    asked.write(json.dumps(question) + "\n")
    asked.flush()
    return float(told.readline())


def _open_lrtdocs(folder: Path, compressor: Compressor) -> Write:
    """Fill with lrtdocs, words that all letters share given once; each part is parsed first."""
    template = compile_template(_template(folder, JINJA).read_bytes(), "sjabloon.docx")
    filler = Filler(template, SHARED, compressor=compressor)

    def write(record: Record, path: Path) -> None:
        path.write_bytes(filler.render(record))

    def own(record: Record, path: Path) -> float:
        words = {name: value for name, value in record.items() if name not in SHARED}
        return _timed(write)(words, path)

    return own


def open_lrtdocs(folder: Path) -> Write:
    """Fill with lrtdocs and its fastest compressor."""
    return _open_lrtdocs(folder, FASTEST)


def open_lrtdocs_zlib(folder: Path) -> Write:
    """Fill with lrtdocs and zlib."""
    return _open_lrtdocs(folder, ZLIB)


def open_fill(folder: Path) -> Write:
    """Fill with a call of `lrtdocs.fill` for each letter, given the template and all words."""
    template = _template(folder, JINJA).read_bytes()

    def write(record: Record, path: Path) -> None:
        path.write_bytes(lrtdocs.fill(template, record))

    return _timed(write)


def install_node() -> str:
    """Install docxtemplater beside the scripts when Node is here; return its version, or ""."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return ""
    if not (NODE_FOLDER / "node_modules" / "docxtemplater").is_dir():
        NODE_FOLDER.mkdir(exist_ok=True)
        command = [npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix"]
        done = subprocess.run([*command, str(NODE_FOLDER), *NODE_PACKAGES], check=False)
        if done.returncode:
            return ""
    about = NODE_FOLDER / "node_modules" / "docxtemplater" / "package.json"
    return str(json.loads(about.read_text(encoding="utf-8"))["version"])


def find_ways() -> dict[str, tuple[str, Callable[[Path], Write]]]:
    """Return the ways that can run here, by name: (version, how to open)."""
    docxtpl = version("docxtpl")
    ways: dict[str, tuple[str, Callable[[Path], Write]]] = {
        "docxtpl": (docxtpl, open_docxtpl),
        "docxtpl, hergebruikt": (docxtpl, open_docxtpl_again),
        "docx-mailmerge2": (version("docx-mailmerge2"), open_mailmerge),
    }
    node = install_node()
    if node:
        ways["docxtemplater (Node)"] = (node, Docxtemplater)
    ways["lrtdocs, fill"] = (version("lrtdocs"), open_fill)
    ways["lrtdocs, zlib"] = (version("lrtdocs"), open_lrtdocs_zlib)
    if FASTEST is not ZLIB:
        ways["lrtdocs"] = (version("lrtdocs"), open_lrtdocs)
    return ways
