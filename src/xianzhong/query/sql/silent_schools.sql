-- Schools with an agreement in force at the reference day and no activity on record that took
-- place in the 90 and the 180 days before it. One that began earlier and still ran counts: a
-- teacher who stays a year is no silence. What ends later counts until the reference day.
-- An agreement that is younger than the silence cannot have been silent for so long.
WITH in_force AS (
    SELECT school_no, min(cycle_start) AS began
    FROM pairings_any
    WHERE cycle_start <= $reference_day AND cycle_end >= $reference_day
    GROUP BY school_no
),
recent AS (
    SELECT school_no, max(ended_on) AS last_day
    FROM facts_any
    WHERE "start" <= $reference_day AND ended_on >= $day_180
    GROUP BY school_no
)
SELECT
    count(*) AS schools_in_force,
    count(*) FILTER (
        WHERE began <= $day_90 AND (last_day IS NULL OR last_day < $day_90)
    ) AS silent_90,
    count(*) FILTER (WHERE began <= $day_180 AND last_day IS NULL) AS silent_180
FROM in_force
LEFT JOIN recent USING (school_no)
