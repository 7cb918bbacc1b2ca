"""How a chart comes onto the page: a component of our own that Plotly draws into."""
