"""From nodes to models, with problems."""
