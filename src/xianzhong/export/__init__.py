"""Views as files: readable tables, CSV and XLSX."""
