"""Agenda, minutes and one letter."""
