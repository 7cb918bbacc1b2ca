-- Paired schools whose number of students is on record, with their activities in the period.
WITH done AS (SELECT school_no, count(*) AS activities FROM facts GROUP BY school_no),
paired AS (SELECT DISTINCT school_no FROM pairings)
SELECT
    schools.school_code,
    schools.name AS school,
    schools.county,
    schools.students,
    coalesce(done.activities, 0) AS activities
FROM schools
INNER JOIN paired USING (school_no)
LEFT JOIN done USING (school_no)
WHERE schools.students > 0
ORDER BY schools.school_code
LIMIT $row_limit
