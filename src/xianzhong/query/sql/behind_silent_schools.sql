-- Schools with an agreement in force at the reference day and no activity on record in the $days
-- days before it, with the last day of an activity before that. Rules as in silent_schools.
WITH in_force AS (
    SELECT school_no, any_value(school_code) AS school_code, max(cycle_end) AS cycle_end,
        min(cycle_start) AS began
    FROM pairings_any
    WHERE cycle_start <= $reference_day AND cycle_end >= $reference_day
    GROUP BY school_no
),
done AS (
    SELECT school_no, max(ended_on) AS last_day
    FROM facts_any
    WHERE "start" <= $reference_day
    GROUP BY school_no
)
SELECT in_force.school_code, in_force.cycle_end, done.last_day, schools.* EXCLUDE (school_code)
FROM in_force
LEFT JOIN done USING (school_no)
LEFT JOIN schools USING (school_no)
WHERE
    began <= CASE WHEN $days = 90 THEN $day_90 ELSE $day_180 END
    AND (last_day IS NULL OR last_day < CASE WHEN $days = 90 THEN $day_90 ELSE $day_180 END)
ORDER BY last_day NULLS FIRST, in_force.school_code
