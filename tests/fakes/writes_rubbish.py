"""A soffice that ends with exit code 0 and a file that is no PDF."""

# ruff: noqa: T201  a program prints

import sys
from pathlib import Path

if "--version" in sys.argv:
    print("LibreOffice 25.2.3.2 520(Build:2)")
    sys.exit()
target = Path(sys.argv[sys.argv.index("--outdir") + 1])
target.mkdir(exist_ok=True)
for source in sys.argv[sys.argv.index("--outdir") + 2 :]:
    (target / f"{Path(source).stem}.pdf").write_bytes(b"PK\x03\x04 this is not a PDF")
