"""Patterns that turn loaded records into tables."""
