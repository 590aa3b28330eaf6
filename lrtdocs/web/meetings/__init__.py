"""What one does with a meeting on the page, once it is written."""
