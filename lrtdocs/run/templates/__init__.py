"""Work on a user's template."""
