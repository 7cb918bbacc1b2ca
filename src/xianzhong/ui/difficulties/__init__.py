"""The parts of the page of difficulties: the board, one difficulty, its form and its history."""
