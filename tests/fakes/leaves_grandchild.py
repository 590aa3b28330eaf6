"""A soffice that works but leaves a child of its own behind; its number stands in `grandchild`."""

# ruff: noqa: T201  a program prints

import shutil
import subprocess
import sys
from pathlib import Path

if "--version" in sys.argv:
    print("LibreOffice 25.2.3.2 520(Build:2)")
    sys.exit()
here = Path(__file__).parent
child = subprocess.Popen(["sleep", "600"])
(here / "grandchild").write_text(str(child.pid), encoding="utf-8")
target = Path(sys.argv[sys.argv.index("--outdir") + 1])
target.mkdir(exist_ok=True)
for source in sys.argv[sys.argv.index("--outdir") + 2 :]:
    shutil.copy(here / "sample.pdf", target / f"{Path(source).stem}.pdf")
