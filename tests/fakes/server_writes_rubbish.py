"""A Python with uno that says all went well and writes a file that is no PDF."""

# ruff: noqa: T201  a program prints

import json
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

if "-c" in sys.argv:
    sys.exit()
print('{"ok": true}', flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    source, target = (unquote(urlparse(asked[name]).path) for name in ("source", "target"))
    Path(target).write_bytes(b"PK\x03\x04 this is not a PDF")
    print('{"ok": true}', flush=True)
