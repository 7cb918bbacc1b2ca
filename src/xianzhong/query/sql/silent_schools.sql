-- Schools with an agreement in force at the reference day and no activity on record in the 90
-- and the 180 days before it.
WITH in_force AS (
    SELECT DISTINCT school_no
    FROM pairings_any
    WHERE cycle_start <= $reference_day AND cycle_end >= $reference_day
),
recent AS (
    SELECT school_no, max("start") AS last_start
    FROM facts_any
    WHERE "start" BETWEEN $day_180 AND $reference_day
    GROUP BY school_no
)
SELECT
    count(*) AS schools_in_force,
    count(*) FILTER (WHERE last_start IS NULL OR last_start < $day_90) AS silent_90,
    count(*) FILTER (WHERE last_start IS NULL) AS silent_180
FROM in_force
LEFT JOIN recent USING (school_no)
