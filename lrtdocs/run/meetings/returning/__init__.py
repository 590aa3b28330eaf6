"""A paper that was edited in Word, back into the file of its meeting."""
