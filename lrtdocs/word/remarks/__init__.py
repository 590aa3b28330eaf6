"""Comments in the margin of a document."""
