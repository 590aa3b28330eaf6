"""A Python with uno that says all went well and writes nothing, as on a full disk."""

# ruff: noqa: T201  a program prints

import sys

if "-c" in sys.argv:
    sys.exit()
print('{"ok": true}', flush=True)
for _ in sys.stdin:
    print('{"ok": true}', flush=True)
