"""Makes the pictures of docs/sjablonen.md again: `python tests/guide_pictures.py FOLDER PICTURES`.

The guide is played in FOLDER. LibreOffice draws comments in the margin only with the parts of its
screens: on Debian the package libreoffice-uiconfig-writer, which its nogui packages leave out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import guide
from docx.shared import Mm
from PIL import Image

MARGIN = Mm(30)
"""The room at the right that LibreOffice's comments need beside what it makes free itself."""
COLOURS = 48
COMMENTS = {
    "ExportNotesInMargin": {"type": "boolean", "value": "true"},
    "ExportNotes": {"type": "boolean", "value": "false"},
}


def make_pictures(folder: Path, pictures: Path) -> None:
    """Play the guide in `folder` and write its pictures: a template, its comments, a letter."""
    for step, _, _ in guide.play(guide.read_steps(guide.GUIDE.read_text(encoding="utf-8")), folder):
        given = " ".join(step.commands)
        if given.endswith("sjabloon kopieer brief"):
            show(folder / "sjablonen" / "brief.docx", pictures / "sjabloon", 72)
        if "--markeer" in given and step.output and step.output.startswith("…"):
            wide = widen(folder / "nakijken.docx")
            crop = ["-x", "50", "-y", "225", "-W", "810", "-H", "490"]
            show(wide, pictures / "nakijken", 90, *crop, options=COMMENTS)
        if "--pdf" in given:
            draw(folder / "brief-voorbeeld.pdf", pictures / "voorbeeld", 72)
            return


def widen(path: Path) -> Path:
    """Write the document at `path` again with more room at the right."""
    document = docx.Document(str(path))
    for section in document.sections:
        section.page_width, section.right_margin = (
            (section.page_width or 0) + MARGIN,
            (section.right_margin or 0) + MARGIN,
        )
    wide = path.with_name("breed.docx")
    document.save(str(wide))
    return wide


def show(path: Path, picture: Path, dpi: int, *crop: str, options: object = None) -> None:
    """Draw the first page of the Word document at `path`, tags and all."""
    kind = f"pdf:writer_pdf_Export:{json.dumps(options)}" if options else "pdf"
    command = ["soffice", "--headless", "--convert-to", kind, "--outdir", str(path.parent)]
    subprocess.run([*command, str(path)], check=True, stdout=subprocess.DEVNULL)
    draw(path.with_suffix(".pdf"), picture, dpi, *crop)
    path.with_suffix(".pdf").unlink()


def draw(pdf: Path, picture: Path, dpi: int, *crop: str) -> None:
    """Draw the first page of `pdf`, in few colours, so that the file is small."""
    page = ["-png", "-singlefile", "-r", str(dpi), *crop]
    subprocess.run(["pdftoppm", *page, str(pdf), str(picture)], check=True)
    file = picture.with_suffix(".png")
    with Image.open(file) as drawn:
        drawn.quantize(COLOURS).save(file, optimize=True)


if __name__ == "__main__":
    work, target = (Path(one).resolve() for one in sys.argv[1:])
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    make_pictures(work, target)
