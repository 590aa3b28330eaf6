"""What a docxtpl user writes: read the sheet, then open, render and save for each row.

Usage: docxtpl_loop.py ADDRESSES.xlsx FOLDER [LIMIT]
"""

import sys
from pathlib import Path

import openpyxl
from docxtpl import DocxTemplate
from letters import JINJA, build_template, make_records


def main(sheet: Path, folder: Path, limit: int) -> None:
    """Write a letter into `folder` for each row of `sheet`, at most `limit`."""
    folder.mkdir()
    template = folder / "sjabloon.docx"
    template.write_bytes(build_template(JINJA))
    rows = openpyxl.load_workbook(sheet, read_only=True).worksheets[0].values
    coded = [row for row in rows if str(row[0]).startswith("GM")][:limit]
    for row, record in zip(coded, make_records(len(coded)), strict=True):
        document = DocxTemplate(template)
        document.render({**record, "adres": row[2]}, autoescape=True)
        document.save(folder / f"{row[0]}.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 10_000)
