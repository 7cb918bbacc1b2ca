"""How much a file may hold, and what reading it may cost. A larger one is refused in words."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

# The file.
MAX_FILE = 20 * MEGABYTE
MAX_UNPACKED = 100 * MEGABYTE
# Sheets pack to a tenth or a twentieth; a hundredth is no sheet. Small parts may do as they like.
MAX_RATIO = 100
RATIO_COUNTS_FROM = 10 * MEGABYTE
MAX_MEMBERS = 500

# The sheets.
MAX_SHEETS = 200
MAX_SHEET_NAME = 255
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELLS = 2_500_000
MAX_MERGED = 50_000
MAX_TAGS = 1_000_000
MAX_TEXT = 5_000
MAX_FIELD = 100_000

# The process that reads it. The memory is address space, so that no more can ever be resident.
CHILD_SECONDS = 4
CHILD_MEMORY = 480 * MEGABYTE
CHILD_FILES = 32
# A large workbook is honest work: each further megabyte that is sent earns time.
FREE_MEGABYTES = 2
SECONDS_PER_MEGABYTE = 0.75
MAX_ANSWER = 160 * MEGABYTE
CHILDREN = 2
WAIT_SECONDS = 30
