"""Patterns that bring a provider's answers into the landing zone."""
