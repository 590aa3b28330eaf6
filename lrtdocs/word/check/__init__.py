"""What is wrong with a template, told to who edits it."""
