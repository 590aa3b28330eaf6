"""A soffice that dies of a signal in the middle of its work, as after a segmentation fault."""

# ruff: noqa: T201  a program prints

import os
import signal
import sys

if "--version" in sys.argv:
    print("LibreOffice 25.2.3.2 520(Build:2)")
    sys.exit()
print("Unspecified Application Error", flush=True)
os.kill(os.getpid(), signal.SIGSEGV)
