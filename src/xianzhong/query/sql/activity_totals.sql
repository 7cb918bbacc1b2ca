-- One pass over the activities: totals, by kind and by place. `place` is the province of the
-- school, or its county where a province is chosen ($by_county).
-- A school has one place, so schools are counted by rows and never by DISTINCT, which costs
-- seven times as much here.
WITH cells AS MATERIALIZED (
    SELECT
        school_no,
        kind,
        coalesce(any_value(CASE WHEN $by_county THEN county_code ELSE province END), '') AS place,
        count(*) AS activities,
        sum(people_sent) AS people_sent,
        count(people_sent) AS people_sent_known,
        sum(participants) AS participants,
        count(participants) AS participants_known,
        sum(days_on_site) AS days_on_site,
        count(days_on_site) AS days_on_site_known,
        sum(people_sent * days_on_site) AS people_days,
        count(people_sent * days_on_site) AS people_days_known,
        sum(lessons) AS lessons,
        count(lessons) AS lessons_known
    FROM facts
    GROUP BY school_no, kind
),
by_school AS (
    SELECT
        any_value(place) AS place,
        sum(COLUMNS('^(activities|people|participants|days|lessons)')),
        count(*) FILTER (WHERE list_contains($measures, kind)) AS measures_received
    FROM cells
    GROUP BY school_no
),
by_place AS MATERIALIZED (
    SELECT
        place AS code,
        sum(COLUMNS('^(activities|people|participants|days|lessons|measures)')),
        count(*) AS active_schools
    FROM by_school
    GROUP BY place
)
SELECT 'place' AS part, by_place.*
FROM by_place
UNION ALL BY NAME
SELECT
    'kind' AS part,
    kind AS code,
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
