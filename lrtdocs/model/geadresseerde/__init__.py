"""Who is addressed, and how: a person by the parts of a name."""
