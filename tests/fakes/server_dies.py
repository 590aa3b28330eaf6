"""A Python with uno whose LibreOffice dies on the first document."""

# ruff: noqa: T201  a program prints

import sys

if "-c" in sys.argv:
    sys.exit()
print('{"ok": true}', flush=True)
sys.stdin.readline()
print('{"error": "DisposedException: Binary URP bridge disposed", "died": -11}', flush=True)
