"""A soffice that writes down how it was called: arguments, environment, profile."""

# ruff: noqa: T201  a program prints

import json
import os
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

if "--version" in sys.argv:
    print("LibreOffice 25.2.3.2 520(Build:2)")
    sys.exit()
here = Path(__file__).parent
url = next(word for word in sys.argv if word.startswith("-env:UserInstallation="))
profile = Path(unquote(urlparse(url.partition("=")[2]).path))
settings = profile / "user" / "registrymodifications.xcu"
told = {
    "arguments": sys.argv[1:],
    "environment": dict(os.environ),
    "settings": settings.read_text(encoding="utf-8"),
    "fonts": Path(os.environ["FONTCONFIG_FILE"]).read_text(encoding="utf-8"),
}
(here / "told.json").write_text(json.dumps(told), encoding="utf-8")
target = Path(sys.argv[sys.argv.index("--outdir") + 1])
target.mkdir(exist_ok=True)
for source in sys.argv[sys.argv.index("--outdir") + 2 :]:
    shutil.copy(here / "sample.pdf", target / f"{Path(source).stem}.pdf")
