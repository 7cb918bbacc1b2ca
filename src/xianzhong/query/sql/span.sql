-- First and last activity on record, whatever the period.
SELECT min("start") AS first_start, max("start") AS last_start, count(*) AS activities
FROM facts_any
