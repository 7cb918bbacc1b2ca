-- Training ($training) in the period by place ($level), kind and audience; and the schools with a
-- pairing of each place, and those of them that it reached. What names neither principals nor
-- teachers as its audience is `unsplit`.
WITH cells AS MATERIALIZED (
    SELECT
        school_no,
        kind,
        CASE
            WHEN audience IN ('principals', 'teachers', 'principals_teachers') THEN audience::VARCHAR
            ELSE 'unsplit'
        END AS audience,
        count(*) AS sessions,
        sum(participants) AS trained,
        count(participants) AS trained_known
    FROM facts
    WHERE list_contains($training, kind)
    GROUP BY ALL
),
paired AS (SELECT DISTINCT school_no FROM pairings),
reached AS (SELECT DISTINCT school_no FROM cells),
placed AS MATERIALIZED (
    SELECT
        school_no,
        CASE $level
            WHEN 'province' THEN province
            WHEN 'prefecture' THEN coalesce(nullif(prefecture, ''), county_code)
            ELSE county_code
        END AS place
    FROM schools
)
SELECT
    'session' AS part,
    coalesce(place, '') AS code,
    kind::VARCHAR AS kind,
    audience,
    sum(sessions) AS sessions,
    sum(trained) AS trained,
    sum(trained_known) AS trained_known,
    NULL AS schools,
    NULL AS reached
FROM cells
LEFT JOIN placed USING (school_no)
GROUP BY place, kind, audience
UNION ALL BY NAME
SELECT
    'school' AS part,
    place AS code,
    '' AS kind,
    '' AS audience,
    count(*) AS schools,
    count(reached.school_no) AS reached
FROM placed
INNER JOIN paired ON paired.school_no = placed.school_no
LEFT JOIN reached ON reached.school_no = placed.school_no
GROUP BY place
ORDER BY part, code, kind, audience
