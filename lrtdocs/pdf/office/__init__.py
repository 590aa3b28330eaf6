"""LibreOffice: find it, start it, convert with it."""
