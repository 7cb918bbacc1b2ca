-- One pass over the activities: totals, by kind and by place. `place` is the province of the
-- school, or its county where a province is chosen ($by_county).
WITH cells AS (
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
    FROM activities
    GROUP BY school_code, kind
)
SELECT
    CASE
        WHEN grouping(kind) = 0 THEN 'kind'
        WHEN grouping(place) = 0 THEN 'place'
        ELSE 'all'
    END AS part,
    coalesce(kind, place, '') AS code,
    sum(activities)::BIGINT AS activities,
    sum(people_sent)::BIGINT AS people_sent,
    sum(people_sent_known)::BIGINT AS people_sent_known,
    sum(participants)::BIGINT AS participants,
    sum(participants_known)::BIGINT AS participants_known,
    sum(days_on_site) AS days_on_site,
    sum(days_on_site_known)::BIGINT AS days_on_site_known,
    sum(lessons) AS lessons,
    sum(lessons_known)::BIGINT AS lessons_known,
    count(DISTINCT school_code) AS active_schools,
    count(*) FILTER (WHERE list_contains($measures, kind)) AS measures_received
FROM (
    SELECT
        cells.*,
        CASE WHEN $by_county THEN schools.county_code ELSE schools.province END AS place
    FROM cells
    LEFT JOIN schools USING (school_code)
)
GROUP BY GROUPING SETS ((), (kind), (place))
