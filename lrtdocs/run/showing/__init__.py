"""A paper shown while it is being typed: its pages as pictures, and where each field stands."""
