"""Makes the pictures of the local page again: `python tests/page_pictures.py FOLDER PICTURES`.

The page is served in FOLDER, which is emptied and filled with examples, and gone through.
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import browser
import docx
from PIL import Image
from web_tab import serving

from lrtdocs import api

if TYPE_CHECKING:
    from lrtdocs.web.desk import Desk

EXAMPLES = Path(__file__).parent.parent / "examples"
MEETING, PUBLIC, MAILING = "2025-03-19-lrt", "2026-10-07-opvang", "taakstelling-2025-II"
COLOURS = 72
HIDE = ".voet{visibility:hidden}"
"""The foot tells the folder, which is another one each time."""
SEEN, WRONG = ".beeld[data-staat=goed]", ".beeld[data-staat=fout]"
LONG = 120_000


def make_pictures(folder: Path, pictures: Path) -> None:
    """Fill `folder`, and write the pictures."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(EXAMPLES, folder, ignore=shutil.ignore_patterns("verzendingen", "nieuw*"))
    with serving(folder) as desk, browser.opened(offline=False, bypass_csp=True) as tab:
        tab.goto(desk.link)
        keep(tab, pictures / "pagina-overzicht", 700)
        look_at_meeting(tab, desk, pictures)
        look_at_others(tab, desk, pictures)


def look_at_meeting(tab: Any, desk: Desk, pictures: Path) -> None:
    """Take the pictures of a meeting: its form, and a paper that came back."""
    own = address(desk, f"{MEETING}.yaml")
    tab.goto(own)
    tab.locator(SEEN).wait_for(timeout=LONG)
    tab.get_by_label("Plaats", exact=True).first.focus()
    keep(tab, pictures / "pagina-formulier", 860)
    look_at_text(tab, own, pictures)
    api.make_documents([desk.folder / f"{MEETING}.yaml"], "verslag")
    tab.goto(f"{own}/terug")
    tab.get_by_label("Het bewerkte document").set_input_files(
        {
            "name": "verslag met opmerkingen.docx",
            "mimeType": "application/octet-stream",
            "buffer": edited(desk.folder / f"{MEETING}-verslag.docx"),
        }
    )
    tab.get_by_role("button", name="Bekijk wat er anders is").click()
    tab.get_by_role("checkbox").first.wait_for()
    keep(tab, pictures / "pagina-terug", 620)


def look_at_text(tab: Any, own: str, pictures: Path) -> None:
    """Take the picture of the file as text, with a day in it that does not exist."""
    tab.goto(f"{own}/tekst")
    tab.locator(SEEN).wait_for(timeout=LONG)
    tab.locator(".cm-line", has_text="datum: 2025-03-19").first.click()
    tab.keyboard.press("End")
    tab.keyboard.press("Backspace")
    tab.keyboard.press("Backspace")
    tab.keyboard.type("32")
    tab.locator(".cm-lint-marker").first.wait_for()
    tab.locator(WRONG).wait_for(timeout=LONG)
    keep(tab, pictures / "pagina-tekst", 860)


def look_at_others(tab: Any, desk: Desk, pictures: Path) -> None:
    """Take the pictures of a publication, a mailing and a template."""
    tab.goto(address(desk, f"openbaar/{PUBLIC}.yaml") + "/openbaar")
    tab.locator(SEEN).wait_for(timeout=LONG)
    keep(tab, pictures / "pagina-openbaar", 860)
    tab.goto(address(desk, f"{MAILING}.yaml", "mailing") + "/controle")
    keep(tab, pictures / "pagina-mailing", 700)
    look_at_making(tab, desk, pictures)
    tab.goto(f"http://127.0.0.1:{desk.port}/sjablonen")
    tab.locator("input[type=file]").first.set_input_files(
        {"name": "agenda.docx", "mimeType": "application/octet-stream", "buffer": broken()}
    )
    tab.get_by_role("button", name="Kijk na").first.click()
    tab.get_by_role("img").first.wait_for(timeout=LONG)
    keep(tab, pictures / "pagina-sjabloon", 860)


def look_at_making(tab: Any, desk: Desk, pictures: Path) -> None:
    """Take the picture of letters being made, and stop that."""
    tab.goto(address(desk, f"{MAILING}.yaml", "mailing") + "/maken")
    tab.get_by_label("Ook een PDF van elke brief").check()
    tab.get_by_role("button", name="Maak de brieven").click()
    tab.wait_for_function("document.querySelector('progress')?.value >= 1", timeout=LONG)
    keep(tab, pictures / "pagina-maken", 460)
    tab.get_by_role("button", name="Stop").click()
    tab.locator("progress").wait_for(state="detached", timeout=LONG)


def address(desk: Desk, name: str, kind: str = "vergadering") -> str:
    return f"http://127.0.0.1:{desk.port}/{kind}/{desk.files.id_of(desk.folder / name)}"


def edited(path: Path) -> bytes:
    """The minutes at `path` with what a colleague changed."""
    document, changed = docx.Document(str(path)), 0
    for paragraph in document.paragraphs:
        if changed < 2 and len(paragraph.text) > 60 and paragraph.runs:
            paragraph.runs[-1].text += " Dat is ook in de brief gezegd."
            changed += 1
    return saved(document)


def broken() -> bytes:
    """The template of the agenda with two mistakes that are often made."""
    document = docx.Document(str(EXAMPLES.parent / "templates" / "agenda.docx"))
    document.paragraphs[-1].add_run("{{ overlg }} {% if plaats %}")
    return saved(document)


def saved(document: Any) -> bytes:
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def keep(tab: Any, path: Path, height: int) -> None:
    """Write the top of what `tab` shows, in few colours."""
    tab.add_style_tag(content=HIDE)
    tab.set_viewport_size({"width": 1200, "height": height})
    tab.wait_for_load_state()
    with Image.open(BytesIO(tab.screenshot())) as picture:
        small = picture.convert("RGB").resize((900, 900 * height // 1200), Image.Resampling.LANCZOS)
        small.quantize(COLOURS).save(path.with_suffix(".png"), optimize=True)


if __name__ == "__main__":
    make_pictures(Path(sys.argv[1]), Path(sys.argv[2]))
