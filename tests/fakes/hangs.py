"""A soffice that starts, says its version, and never finishes a conversion."""

# ruff: noqa: T201  a program prints

import sys
import time

if "--version" in sys.argv:
    print("LibreOffice 25.2.3.2 520(Build:2)")
    sys.exit()
time.sleep(600)
