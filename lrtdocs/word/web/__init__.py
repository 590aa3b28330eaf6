"""A finished document as one web page: the same text, for who reads on a screen or has it read."""
