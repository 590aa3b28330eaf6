"""Word templates: read safely, compiled once, filled many times."""

from lrtdocs.word.archive import COMPRESSOR
from lrtdocs.word.comments import mark_problems, remove_marks
from lrtdocs.word.environment import make_environment
from lrtdocs.word.package import Package, read_package, write_package
from lrtdocs.word.render import Filler, render
from lrtdocs.word.template import Template, check_names, compile_template
from lrtdocs.word.variants import picture_names

__all__ = [
    "COMPRESSOR",
    "Filler",
    "Package",
    "Template",
    "check_names",
    "compile_template",
    "make_environment",
    "mark_problems",
    "picture_names",
    "read_package",
    "remove_marks",
    "render",
    "write_package",
]
