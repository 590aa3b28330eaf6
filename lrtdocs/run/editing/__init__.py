"""Changing a file by its fields: what can be filled in, what stands there, and what is changed."""
