"""Meetings: to gather parts of views, to put them in order, and to show them on a wall."""
