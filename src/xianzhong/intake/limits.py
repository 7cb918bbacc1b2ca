"""How much a file may hold. A larger one is refused before it is opened."""

from __future__ import annotations

MEGABYTE = 1024 * 1024
MAX_FILE = 20 * MEGABYTE
MAX_UNPACKED = 100 * MEGABYTE
MAX_MEMBERS = 500
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_TEXT = 5_000
MAX_FIELD = 100_000
