"""Publication copies, packages and archives: what goes out, and the proof that it may."""
