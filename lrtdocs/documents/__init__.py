"""From models to the words that a template knows, and what those words mean."""
