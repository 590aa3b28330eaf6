"""Letters for tests of many in one conversion: made, merged and converted."""

import re
import zipfile
from contextlib import closing
from functools import cache
from io import BytesIO

from pdf_converting import documents
from pdf_documents import build_letter

from lrtdocs.messages import Fault
from lrtdocs.pdf import ConversionPool, probe
from lrtdocs.pdf.bulk.merging import Merging
from lrtdocs.word.merge import merge_documents

DOCX = b"PK not really"
MERGED = (b"PK merged", (("a", "b"), ("c", "d")))
NAMES = ("Bergen (NH.)", "Súdwest-Fryslân", "'s-Gravenhage")


def make_letters(names=NAMES, change=None):
    """Return (name, letter) for each of `names`, as a template would: equal but for the text."""
    change = change or without_spacing
    return [
        (f"{name}.docx", change(build_letter(f"Aan de gemeente {name}.", pages=number + 1)))
        for number, name in enumerate(names)
    ]


def without_spacing(docx):
    """Return `docx` without room above and below paragraphs, as letters of ours begin."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/styles.xml":
                data = re.sub(rb'w:(before|after)="\d+"', rb'w:\1="0"', data)
            new.writestr(old.getinfo(name), data)
    return target.getvalue()


def never_merge(_docs):
    return Fault("deel.apart_voetnoten")


def convert(batch, merge=None):
    """Return what becomes of the letters of `batch`, and why they were not merged."""
    names, docx = zip(*batch, strict=True)
    merging = Merging(merge) if merge else None
    with closing(ConversionPool(probe(), merging=merging)) as pool:
        results = pool.convert(documents(docx, names))
    return results, merging.apart if merging else {}


def pdfs_of(results):
    return [result.data for result in results]


@cache
def both_ways():
    """Return the same letters converted together and apart, and why any were not merged."""
    merged, reasons = convert(make_letters(), merge=merge_documents)
    apart, _ = convert(make_letters(), merge=never_merge)
    return pdfs_of(merged), pdfs_of(apart), reasons
