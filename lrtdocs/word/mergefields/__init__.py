"""Word's own mail merge, and what becomes of its fields: tags."""
