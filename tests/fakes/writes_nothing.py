"""A soffice that ends with exit code 0 and no PDF, as on a full disk."""

# ruff: noqa: T201  a program prints

import sys

if "--version" in sys.argv:
    print("LibreOffice 25.2.3.2 520(Build:2)")
    sys.exit()
print("Error: source file could not be loaded")
