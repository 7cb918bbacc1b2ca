-- Paired schools without training ($training) on record in the period, with their supporters and
-- the last session before or after it.
WITH reached AS (SELECT DISTINCT school_no FROM facts WHERE list_contains($training, kind)),
supporters AS (
    SELECT school_no, list_sort(list_distinct(list(university_code))) AS universities
    FROM pairings
    WHERE school_no NOT IN (SELECT school_no FROM reached)
    GROUP BY school_no
),
latest AS (
    SELECT school_no, max("start") AS last_start, arg_max(start_precision, "start") AS last_precision
    FROM facts_any
    WHERE
        list_contains($training, kind)
        AND school_no IN (SELECT school_no FROM supporters)
    GROUP BY school_no
)
SELECT
    schools.school_code,
    schools.name AS school,
    schools.province,
    schools.prefecture,
    schools.county,
    schools.county_code,
    supporters.universities,
    latest.last_start,
    latest.last_precision AS last_start_precision
FROM schools
INNER JOIN supporters USING (school_no)
LEFT JOIN latest USING (school_no)
ORDER BY schools.school_code
