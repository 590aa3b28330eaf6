"""The real soffice, but for a Word document with the word STUK in it: on that it dies.

A file `real` beside it tells where the real one is. It does not stay up.
"""

import os
import sys
import zipfile
from pathlib import Path

if any(argument.startswith("--accept") for argument in sys.argv):
    sys.exit(1)
for source in sys.argv:
    if source.endswith(".docx"):
        with zipfile.ZipFile(Path(source)) as package:
            if b"STUK" in package.read("word/document.xml"):
                os.abort()
real = Path(__file__).with_name("real").read_text(encoding="utf-8")
os.execv(real, [real, *sys.argv[1:]])
