"""The parts of the page that sets two provinces, terms or universities side by side."""
