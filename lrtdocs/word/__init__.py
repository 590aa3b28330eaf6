"""Word documents and templates: package, tags, compile, fill, check, house style."""
