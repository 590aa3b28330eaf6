"""From files to files: read what belongs together, plan names, make, write and report."""
