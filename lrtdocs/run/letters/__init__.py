"""A run of letters, from plan to files."""
