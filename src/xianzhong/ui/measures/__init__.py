"""The measures page: what schools have had, when, how much, and how soon it was reported."""
