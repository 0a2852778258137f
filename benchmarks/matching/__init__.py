"""Trains and measures the matcher."""
