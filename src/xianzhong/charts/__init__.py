"""Data frame in, Plotly figure out."""
