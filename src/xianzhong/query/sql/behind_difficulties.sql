-- Difficulties as they stood at the reference day; $part chooses the unresolved ('open'), of these
-- the overdue, and the resolved. What is resolved without a date counts only over all time.
SELECT *, days_taken AS days_to_solve
FROM difficulties_judged
WHERE
    CASE $part
        WHEN 'open' THEN standing <> 'resolved'
        WHEN 'overdue' THEN days_overdue IS NOT NULL
        WHEN 'resolved' THEN standing = 'resolved' AND (resolved_on IS NOT NULL OR $all_time)
        ELSE true
    END
ORDER BY raised DESC, school_code, record_id
