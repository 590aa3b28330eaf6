"""From a value to XML."""
