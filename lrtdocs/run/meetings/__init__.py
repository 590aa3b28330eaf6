"""What happens with meetings over time."""
