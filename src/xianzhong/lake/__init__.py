"""The lake: Delta tables, one commit per upload, snapshots, history and undo."""
