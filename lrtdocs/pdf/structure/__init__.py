"""What a finished PDF holds: tags, order, metadata, text."""
