"""What becomes of letters once they are there: sent, listed, mailed."""
