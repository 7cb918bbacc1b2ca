"""What is told of the running server: logs and counts, without a word of anybody's content."""
