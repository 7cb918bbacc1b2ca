"""What the web server adds around Streamlit: the HTML shell, its assets, and plain routes."""
