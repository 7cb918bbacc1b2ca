-- The activities of some kinds ($kinds) as activity_records gives them, with the participants of
-- each audience in a column of its own.
SELECT
    activities.*,
    coalesce(schools.name, activities.school_code) AS school,
    coalesce(schools.province, '') AS province,
    coalesce(schools.prefecture, '') AS prefecture,
    coalesce(schools.county, '') AS county,
    coalesce(schools.county_code, '') AS county_code,
    CASE WHEN activities.audience = 'principals' THEN activities.participants END AS principals,
    CASE WHEN activities.audience = 'teachers' THEN activities.participants END AS teachers,
    CASE WHEN activities.audience = 'principals_teachers' THEN activities.participants END
        AS principals_teachers,
    CASE
        WHEN coalesce(activities.audience, '') NOT IN (
            'principals', 'teachers', 'principals_teachers'
        )
            THEN activities.participants
    END AS unsplit
FROM activities
LEFT JOIN schools USING (school_code)
WHERE list_contains($kinds, activities.kind)
ORDER BY activities."start" DESC, activities.activity_code
