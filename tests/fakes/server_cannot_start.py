"""A Python with uno whose LibreOffice ends at once."""

# ruff: noqa: T201  a program prints

import sys

if "-c" in sys.argv:
    sys.exit()
print('{"ok": false}', flush=True)
