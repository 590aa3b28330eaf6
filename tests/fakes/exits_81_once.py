"""A soffice that answers 81 the first time it sees a fresh profile, and works the next time."""

# ruff: noqa: T201  a program prints

import shutil
import sys
from pathlib import Path

if "--version" in sys.argv:
    print("LibreOffice 25.2.3.2 520(Build:2)")
    sys.exit()
here = Path(__file__).parent
if not (here / "called").exists():
    (here / "called").touch()
    sys.exit(81)
target = Path(sys.argv[sys.argv.index("--outdir") + 1])
target.mkdir(exist_ok=True)
for source in sys.argv[sys.argv.index("--outdir") + 2 :]:
    shutil.copy(here / "sample.pdf", target / f"{Path(source).stem}.pdf")
