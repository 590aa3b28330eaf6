"""The pieces the house style's templates are composed of; `word.build` puts them together."""
