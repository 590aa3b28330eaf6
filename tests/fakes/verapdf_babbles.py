"""A veraPDF that cannot start, as without Java."""

# ruff: noqa: T201  a program prints

import sys

print("verapdf: java: command not found")
sys.exit(127)
