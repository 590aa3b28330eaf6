"""The house style as code, and the templates built from it."""
