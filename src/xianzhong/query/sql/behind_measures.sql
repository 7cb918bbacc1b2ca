-- The paired schools that have had every one of the measures that a view is about ($wanted of
-- them) or, with $every false, not one. Where the view is about none of them: nothing.
WITH done AS (
    SELECT
        school_no,
        count(*) AS activities,
        count(DISTINCT kind) FILTER (WHERE list_contains($measures, kind)) AS measures
    FROM facts
    GROUP BY school_no
)
SELECT
    schools.*,
    coalesce(done.activities, 0) AS activities,
    coalesce(done.measures, 0) AS measures
FROM schools
LEFT JOIN done USING (school_no)
WHERE
    schools.school_no IN (SELECT school_no FROM pairings)
    AND $wanted > 0
    AND coalesce(done.measures, 0) = CASE WHEN $every THEN $wanted ELSE 0 END
ORDER BY schools.school_code
