"""A Python with uno that writes down how it was called and what was asked."""

# ruff: noqa: T201  a program prints

import json
import os
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

if "-c" in sys.argv:
    sys.exit()
here = Path(__file__).parent
told = {"arguments": sys.argv[1:], "environment": dict(os.environ)}
print('{"ok": true}', flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    source, target = (unquote(urlparse(asked[name]).path) for name in ("source", "target"))
    (here / "told.json").write_text(json.dumps(told | {"asked": asked}), encoding="utf-8")
    shutil.copy(here / "sample.pdf", target)
    print('{"ok": true}', flush=True)
