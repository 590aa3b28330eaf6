"""A soffice that leaves rows out of the PDF of a document whose rows must stay whole."""

# ruff: noqa: T201  a program prints

import shutil
import sys
import zipfile
from pathlib import Path

if "--version" in sys.argv:
    print("LibreOffice 25.2.3.2 520(Build:2)")
    sys.exit()
target = Path(sys.argv[sys.argv.index("--outdir") + 1])
target.mkdir(exist_ok=True)
for source in sys.argv[sys.argv.index("--outdir") + 2 :]:
    whole = b"cantSplit" in zipfile.ZipFile(source).read("word/document.xml")
    made = Path(__file__).parent / ("lost.pdf" if whole else "sample.pdf")
    shutil.copy(made, target / f"{Path(source).stem}.pdf")
