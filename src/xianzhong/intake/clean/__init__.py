"""Cleaning: what the words in a cell mean, by the type of its column."""
