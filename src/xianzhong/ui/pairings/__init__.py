"""The parts of the page of pairings and agreements."""
