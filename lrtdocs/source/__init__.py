"""From disk to model: text with places, nodes with places, and all problems of a file at once."""
