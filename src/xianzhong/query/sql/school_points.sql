-- Schools as points on the map: place, name, supporters' count, activities in the period.
WITH supported AS (
    SELECT school_code, list_sort(list_distinct(list(university_code::VARCHAR))) AS universities
    FROM pairings
    GROUP BY school_code
),
done AS (SELECT school_code, count(*) AS activities FROM facts GROUP BY school_code)
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
INNER JOIN supported USING (school_code)
LEFT JOIN done USING (school_code)
WHERE schools.longitude IS NOT NULL
ORDER BY schools.school_code
