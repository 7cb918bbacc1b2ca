"""Reviewing uploads and closing terms: what waits, what it would do, and the decision."""
