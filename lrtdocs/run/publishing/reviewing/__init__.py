"""What people decide of a publication: what may have been missed, what is left out, and why."""
