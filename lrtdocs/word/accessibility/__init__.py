"""What keeps a finished Word document from an accessible PDF, in Word's own terms."""

from lrtdocs.word.accessibility.check import check_accessibility, is_in_house_style

__all__ = ["check_accessibility", "is_in_house_style"]
