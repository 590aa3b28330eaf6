"""What keeps any PDF, of whoever made it, from being read by who cannot see it."""

from lrtdocs.pdf.accessibility.check import Looked, look
from lrtdocs.pdf.accessibility.validator import Verdict, ask_validator

__all__ = ["Looked", "Verdict", "ask_validator", "look"]
