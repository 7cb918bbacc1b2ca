"""What a record is: tables, divisions, terms, schemes, activity kinds and indicators.

Pure declarations. Nothing here knows files, DuckDB or Streamlit.
"""
