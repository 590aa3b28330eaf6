"""Publication copies: what goes out for everyone to read, and the proof that it may."""
