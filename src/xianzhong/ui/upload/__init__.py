"""The steps of an upload: what was recognised and found, what would change, what came of it."""
