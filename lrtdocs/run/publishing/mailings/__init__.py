"""Publication copies of letters: what is left out of a mailing and of each recipient."""
