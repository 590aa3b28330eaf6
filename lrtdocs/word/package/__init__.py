"""The package: bytes to parts and back, nothing of templates."""
