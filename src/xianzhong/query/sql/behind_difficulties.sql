-- Difficulties as they stood at the reference day; $part chooses the unresolved ('open'), of these
-- the overdue, and the resolved. What is resolved without a date counts only over all time. A
-- date that is known to the month counts to the month's end.
WITH dated AS (
    SELECT
        *,
        CASE WHEN raised_precision = 'month' THEN last_day(raised) ELSE raised END AS raised_until,
        CASE WHEN due_precision = 'month' THEN last_day(due) ELSE due END AS due_until,
        CASE
            WHEN "state" <> 'resolved' THEN NULL
            WHEN resolved_precision = 'month' THEN last_day(resolved)
            ELSE resolved
        END AS resolved_until
    FROM difficulties
),
judged AS (
    SELECT
        *,
        "state" = 'resolved' AND coalesce(resolved_until, $reference_day) <= $reference_day
            AS solved,
        CASE
            WHEN resolved_until < raised_until THEN 0
            ELSE date_diff('day', raised_until, resolved_until)
        END AS days_to_solve
    FROM dated
    WHERE coalesce(raised, $reference_day) <= $reference_day
)
SELECT *
FROM judged
WHERE
    CASE $part
        WHEN 'open' THEN NOT solved
        WHEN 'overdue' THEN NOT solved AND due_until < $reference_day
        WHEN 'resolved' THEN solved AND (resolved_until IS NOT NULL OR $all_time)
        ELSE true
    END
ORDER BY raised DESC, school_code, record_id
