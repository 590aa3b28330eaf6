"""A finished document read back: its paragraphs as a reader sees them, changes and remarks."""
