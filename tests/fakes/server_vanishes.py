"""A Python with uno that dies itself on the first document, without a word."""

# ruff: noqa: T201  a program prints

import os
import signal
import sys

if "-c" in sys.argv:
    sys.exit()
print('{"ok": true}', flush=True)
sys.stdin.readline()
os.kill(os.getpid(), signal.SIGKILL)
