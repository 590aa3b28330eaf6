"""What is left out of a publication copy: the grounds of the Woo, who says so, and what it was."""
