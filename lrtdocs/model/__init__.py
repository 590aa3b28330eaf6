"""What lrtdocs knows about meetings, letters and senders: frozen models, filled from text."""
