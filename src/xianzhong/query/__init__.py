"""Questions to the lake: SQL files, typed functions that run them, filters and scope."""
