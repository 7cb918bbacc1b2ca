"""The parts of the page of good practice: the search, its hits, and one practice to read."""
