"""Measurements of the dashboard; `python -m bench` writes docs/performance.md."""
