"""A part made whole, numbered and placed."""
