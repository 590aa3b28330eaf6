"""A soffice that dies on a document holding the word STUK; what comes after it is not made."""

# ruff: noqa: T201  a program prints

import shutil
import sys
from pathlib import Path

if "--version" in sys.argv:
    print("LibreOffice 25.2.3.2 520(Build:2)")
    sys.exit()
target = Path(sys.argv[sys.argv.index("--outdir") + 1])
target.mkdir(exist_ok=True)
for source in sys.argv[sys.argv.index("--outdir") + 2 :]:
    if b"STUK" in Path(source).read_bytes():
        sys.exit(134)
    shutil.copy(Path(__file__).parent / "sample.pdf", target / f"{Path(source).stem}.pdf")
