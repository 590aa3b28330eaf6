"""A soffice that works: each document becomes the sample PDF that lies beside this file."""

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
    shutil.copy(Path(__file__).parent / "sample.pdf", target / f"{Path(source).stem}.pdf")
