"""Facts that come with lrtdocs: the gemeenten and their inhabitants."""
