"""A Python with uno whose LibreOffice starts and never answers; it has a child of its own."""

# ruff: noqa: T201  a program prints

import subprocess
import sys
import time
from pathlib import Path

if "-c" in sys.argv:
    sys.exit()
child = subprocess.Popen(["sleep", "600"])
with Path(__file__).with_name("children").open("a", encoding="ascii") as children:
    children.write(f"{child.pid}\n")
print('{"ok": true}', flush=True)
time.sleep(600)
