"""A soffice that crashes whenever it is called, and counts how often that is."""

# ruff: noqa: T201  a program prints

import sys
from pathlib import Path

if "--version" in sys.argv:
    print("LibreOffice 25.2.3.2 520(Build:2)")
    sys.exit()
with (Path(__file__).parent / "calls").open("a", encoding="ascii") as calls:
    calls.write(".")
sys.exit(77)
