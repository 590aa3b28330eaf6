"""From the parts of a template to compiled programs."""
