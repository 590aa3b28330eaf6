"""The LibreOffice of Debian 12: works, but its PDFs are not accessible."""

# ruff: noqa: T201  a program prints

import shutil
import sys
from pathlib import Path

if "--version" in sys.argv:
    print("LibreOffice 7.4.7.2 40(Build:2)")
    sys.exit()
target = Path(sys.argv[sys.argv.index("--outdir") + 1])
target.mkdir(exist_ok=True)
for source in sys.argv[sys.argv.index("--outdir") + 2 :]:
    shutil.copy(Path(__file__).parent / "sample.pdf", target / f"{Path(source).stem}.pdf")
