"""docxtpl's Python objects: RichText, Listing, Subdoc, InlineImage."""
