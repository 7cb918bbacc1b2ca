-- Schools with an activity in the period: how many, and how many of the seven measures. One that
-- is no longer on record stands with its code alone.
WITH done AS (
    SELECT
        school_code,
        count(*) AS activities,
        count(DISTINCT kind) FILTER (WHERE list_contains($measures, kind)) AS measures
    FROM activities
    GROUP BY school_code
)
SELECT done.*, schools.* EXCLUDE (school_code)
FROM done
LEFT JOIN schools USING (school_code)
ORDER BY done.school_code
