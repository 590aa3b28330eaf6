"""From files to loaded data."""
