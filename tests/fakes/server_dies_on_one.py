"""A Python with uno whose LibreOffice dies on a document with the word STUK."""

# ruff: noqa: T201  a program prints

import json
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

if "-c" in sys.argv:
    sys.exit()
print('{"ok": true}', flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    source, target = (unquote(urlparse(asked[name]).path) for name in ("source", "target"))
    if b"STUK" in Path(source).read_bytes():
        print('{"error": "DisposedException", "died": 134}', flush=True)
        sys.exit()
    shutil.copy(Path(__file__).parent / "sample.pdf", target)
    print('{"ok": true}', flush=True)
