-- Which of the measures the paired schools of a view have had in the period: by place ($level),
-- by how many of $measures a school has had, and how much was done for schools of what size.
WITH had AS MATERIALIZED (
    SELECT school_no, kind, count(*) AS activities
    FROM facts
    GROUP BY school_no, kind
),
done AS (
    SELECT
        school_no,
        sum(activities) AS activities,
        count(*) FILTER (WHERE list_contains($measures, kind)) AS measures
    FROM had
    GROUP BY school_no
),
paired AS (SELECT DISTINCT school_no FROM pairings),
by_school AS MATERIALIZED (
    SELECT
        school_no,
        CASE $level
            WHEN 'province' THEN schools.province
            WHEN 'prefecture' THEN coalesce(nullif(schools.prefecture, ''), schools.county_code)
            ELSE schools.county_code
        END AS place,
        coalesce(done.measures, 0) AS measures,
        CASE
            WHEN schools.students > 0 THEN least(schools.students // 1000, 4)::INTEGER
        END AS size,
        100 * coalesce(done.activities, 0) / nullif(schools.students, 0) AS per_100
    FROM schools
    INNER JOIN paired USING (school_no)
    LEFT JOIN done USING (school_no)
)
SELECT
    'place' AS part,
    place AS code,
    '' AS kind,
    count(*) AS schools,
    sum(measures) AS measures,
    NULL AS low,
    NULL AS middle,
    NULL AS high
FROM by_school
GROUP BY place
UNION ALL BY NAME
SELECT 'had' AS part, place AS code, kind::VARCHAR AS kind, count(*) AS schools
FROM had
INNER JOIN by_school USING (school_no)
WHERE list_contains($measures, kind)
GROUP BY place, kind
UNION ALL BY NAME
SELECT 'number' AS part, measures::VARCHAR AS code, '' AS kind, count(*) AS schools
FROM by_school
GROUP BY measures
UNION ALL BY NAME
SELECT
    'size' AS part,
    coalesce(size::VARCHAR, '') AS code,
    '' AS kind,
    count(*) AS schools,
    quantile_cont(per_100, 0.25) AS low,
    median(per_100) AS middle,
    quantile_cont(per_100, 0.75) AS high
FROM by_school
GROUP BY size
ORDER BY part, code, kind
