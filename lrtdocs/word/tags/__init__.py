"""From the text of paragraphs to tags."""
