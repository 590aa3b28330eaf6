"""From the text of a YAML file to nodes with places."""
