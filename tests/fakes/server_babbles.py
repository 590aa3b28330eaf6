"""A Python with uno that answers with something else than it should."""

# ruff: noqa: T201  a program prints

import sys

if "-c" in sys.argv:
    sys.exit()
print("Warning: failed to launch javaldx", flush=True)
for _ in sys.stdin:
    print("[1, 2", flush=True)
