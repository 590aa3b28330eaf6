"""What a page shows of a mailing: at a glance, its list by cell, what became of its letters."""
