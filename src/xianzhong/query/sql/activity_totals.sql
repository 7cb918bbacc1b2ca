-- One pass over the activities: totals, by kind and by place. `place` is the province of the
-- school, or its county where a province is chosen ($by_county).
-- A school has one place, so schools are counted by rows and never by DISTINCT, which costs
-- seven times as much here.
WITH cells AS MATERIALIZED (
    SELECT
        school_code,
        kind,
        count(*) AS activities,
        sum(people_sent) AS people_sent,
        count(people_sent) AS people_sent_known,
        sum(participants) AS participants,
        count(participants) AS participants_known,
        sum(days_on_site) AS days_on_site,
        count(days_on_site) AS days_on_site_known,
        sum(lessons) AS lessons,
        count(lessons) AS lessons_known
    FROM facts
    GROUP BY school_code, kind
),
by_school AS (
    SELECT
        school_code,
        sum(COLUMNS('^(activities|people|participants|days|lessons)')),
        count(*) FILTER (WHERE list_contains($measures, kind::VARCHAR)) AS measures_received
    FROM cells
    GROUP BY school_code
),
by_place AS MATERIALIZED (
    SELECT
        CASE WHEN $by_county THEN schools.county_code ELSE schools.province END AS code,
        sum(COLUMNS('^(activities|people|participants|days|lessons|measures)')),
        count(*) AS active_schools
    FROM by_school
    LEFT JOIN schools USING (school_code)
    GROUP BY 1
)
SELECT 'place' AS part, coalesce(code, '') AS code, by_place.* EXCLUDE (code)
FROM by_place
UNION ALL BY NAME
SELECT
    'kind' AS part,
    kind::VARCHAR AS code,
    sum(COLUMNS('^(activities|people|participants|days|lessons)')),
    count(*) AS active_schools
FROM cells
GROUP BY kind
UNION ALL BY NAME
SELECT
    'all' AS part,
    '' AS code,
    sum(COLUMNS('^(activities|people|participants|days|lessons|measures|active)'))
FROM by_place
HAVING count(*) > 0
