-- Schools as points on the map: place, name, supporters' count, activities in the period.
WITH supported AS (
    SELECT school_no, list_sort(list_distinct(list(university_code))) AS universities
    FROM pairings
    GROUP BY school_no
),
done AS (SELECT school_no, count(*) AS activities FROM facts GROUP BY school_no)
SELECT
    schools.school_code,
    schools.name AS school,
    schools.county,
    schools.county_code,
    schools.longitude,
    schools.latitude,
    supported.universities,
    coalesce(done.activities, 0) AS activities
FROM schools
INNER JOIN supported USING (school_no)
LEFT JOIN done USING (school_no)
WHERE schools.longitude IS NOT NULL
ORDER BY schools.school_code
