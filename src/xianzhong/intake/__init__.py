"""The road in: read a sheet, match headers, clean, check, compare, and commit as one upload."""
