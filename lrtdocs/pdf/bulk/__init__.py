"""Many letters in one conversion."""
