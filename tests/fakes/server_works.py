"""A Python with uno and a LibreOffice that works; `starts` has a dot for each."""

# ruff: noqa: T201  a program prints

import json
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

if "-c" in sys.argv:
    sys.exit()
here = Path(__file__).parent
with (here / "starts").open("a", encoding="ascii") as starts:
    starts.write(".")
print('{"ok": true}', flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    source, target = (unquote(urlparse(asked[name]).path) for name in ("source", "target"))
    shutil.copy(here / "sample.pdf", target)
    print('{"ok": true}', flush=True)
