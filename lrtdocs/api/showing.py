"""A paper beside what somebody types: its pages as pictures, and where each field stands there."""

from __future__ import annotations

from lrtdocs.pdf.picture import PagePicture
from lrtdocs.run.showing.sight import Overtaken, Sight, Spot, nearest_spot
from lrtdocs.run.showing.viewer import Viewer

__all__ = ["Overtaken", "PagePicture", "Sight", "Spot", "Viewer", "nearest_spot"]
