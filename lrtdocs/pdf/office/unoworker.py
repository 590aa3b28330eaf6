"""The far side of `server`: a program for the Python that has `uno`; it knows nothing of lrtdocs.

Called with the name of a pipe and the command that starts LibreOffice. It starts LibreOffice, says
that it is there, and then answers each line of JSON (a document to convert) with a line that tells
what came of it. When its standard input ends it goes, and takes LibreOffice along. Python 3.8.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from queue import SimpleQueue
from typing import Any, Dict, Tuple  # noqa: UP035  this runs on Python 3.8

Properties = Tuple[Any, ...]  # noqa: UP006  as above
Answer = Dict[str, object]  # noqa: UP006  as above
PAUSE = 0.02  # seconds between two tries to reach LibreOffice
LAST_BREATH = 2.0  # seconds for LibreOffice to be gone
END = b""
NEVER_EXECUTE = NO_UPDATE = 0
CONTENTS_PASSES = 2  # the first may make the table longer, and move the pages behind it


def main() -> None:
    """Start LibreOffice and convert what is asked on standard input, until that ends."""
    pipe, *command = sys.argv[1:]
    lines: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=read_lines, args=(lines,), daemon=True).start()
    office = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr)  # noqa: S603  given by lrtdocs
    try:
        serve(pipe, office, lines)
    except BaseException:  # who asked may be dead, and nobody hears an answer
        end_all()
        raise


def serve(pipe: str, office: subprocess.Popen[bytes], lines: SimpleQueue[bytes]) -> None:
    """Convert what `lines` ask for."""
    desktop = connect(pipe, office)
    say({"ok": desktop is not None})
    if desktop is None:
        return
    for line in iter(lines.get, END):
        answer = convert(desktop, json.loads(line))
        if "error" in answer and is_gone(office):
            answer["died"] = office.returncode
        say(answer)
    desktop.terminate()
    office.wait()


def read_lines(lines: SimpleQueue[bytes]) -> None:
    """Pass on the lines of standard input; when it ends, end everything, even a conversion."""
    for line in sys.stdin.buffer:
        lines.put(line)
    lines.put(END)
    time.sleep(LAST_BREATH)
    end_all()


def end_all() -> None:
    """End everything that was started here, and this program."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def say(answer: Answer) -> None:
    """Write `answer` as one line."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def is_gone(office: subprocess.Popen[bytes]) -> bool:
    """Tell whether `office` has ended, or is about to."""
    try:
        office.wait(LAST_BREATH if office.poll() is None else 0)
    except subprocess.TimeoutExpired:
        return False
    return True


def connect(pipe: str, office: subprocess.Popen[bytes]) -> Any:
    """Return the desktop of `office` once it listens, or None if it ends before."""
    import uno

    local = uno.getComponentContext()
    name = "com.sun.star.bridge.UnoUrlResolver"
    resolver = local.ServiceManager.createInstanceWithContext(name, local)
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    while office.poll() is None:
        try:
            context = resolver.resolve(address)
        except Exception:  # noqa: BLE001  it does not listen yet; whose class this is depends
            time.sleep(PAUSE)
        else:
            return context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )
    return None


def convert(desktop: Any, asked: dict[str, Any]) -> Answer:
    """Write the document at the URL `source` as PDF to `target`; never raise.

    Loaded on any other thread, the main one spins beside it and takes a quarter of the time.
    """
    try:
        document = desktop.loadComponentFromURL(
            asked["source"],
            "_blank",
            0,
            properties(
                Hidden=True,
                ReadOnly=True,
                OnMainThread=True,
                FilterName="MS Word 2007 XML",
                MacroExecutionMode=NEVER_EXECUTE,
                UpdateDocMode=NO_UPDATE,
            ),
        )
        if document is None:
            return {"error": "source file could not be loaded"}
        try:
            for _ in range(CONTENTS_PASSES if asked["contents"] else 0):
                contents = document.getDocumentIndexes()
                for number in range(contents.getCount()):
                    contents.getByIndex(number).update()
            document.storeToURL(asked["target"], export_properties(asked["options"]))
        finally:
            document.close(True)
    except Exception as error:  # noqa: BLE001  UNO's exceptions have no class in common
        return {"error": f"{type(error).__name__}: {error}"}
    return {"ok": True}


def export_properties(options: dict[str, object]) -> Properties:
    """Return what makes LibreOffice write a PDF with `options`."""
    import uno

    data = uno.Any("[]com.sun.star.beans.PropertyValue", properties(**options))
    return properties(FilterName="writer_pdf_Export", FilterData=data)


def properties(**values: object) -> Properties:
    """Return `values` as UNO wants them."""
    import uno

    made = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


if __name__ == "__main__":
    main()
