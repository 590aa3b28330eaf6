"""A soffice that ends with exit code 0 and a PDF that stops in the middle."""

# ruff: noqa: T201  a program prints

import sys
from pathlib import Path

if "--version" in sys.argv:
    print("LibreOffice 25.2.3.2 520(Build:2)")
    sys.exit()
sample = (Path(__file__).parent / "sample.pdf").read_bytes()
target = Path(sys.argv[sys.argv.index("--outdir") + 1])
target.mkdir(exist_ok=True)
for source in sys.argv[sys.argv.index("--outdir") + 2 :]:
    (target / f"{Path(source).stem}.pdf").write_bytes(sample[: len(sample) // 2])
