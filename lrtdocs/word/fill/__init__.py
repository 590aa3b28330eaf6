"""From a compiled template and words to a document."""
