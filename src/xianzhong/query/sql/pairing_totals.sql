-- Pairings in the period: totals and by place ($by_county as in activity_totals).
WITH chosen AS MATERIALIZED (
    SELECT
        CASE WHEN $by_county THEN county_code ELSE province END AS place,
        university_no,
        school_no,
        county_code,
        cycle_start <= $reference_day AND cycle_end >= $reference_day AS in_force,
        cycle_start <= $reference_day AND cycle_end BETWEEN $reference_day AND $day_in_180
            AS ending,
        cycle_end < $reference_day AS ended
    FROM pairings
)
SELECT
    'place' AS part,
    coalesce(place, '') AS code,
    count(*) AS pairings,
    NULL AS universities,
    NULL AS schools,
    NULL AS counties,
    NULL AS agreements_in_force,
    NULL AS agreements_ending_180,
    NULL AS agreements_ended
FROM chosen
GROUP BY place
UNION ALL
SELECT
    'all' AS part,
    '' AS code,
    count(*) AS pairings,
    count(DISTINCT university_no) AS universities,
    count(DISTINCT school_no) AS schools,
    count(DISTINCT county_code) AS counties,
    count(*) FILTER (WHERE in_force) AS agreements_in_force,
    count(*) FILTER (WHERE ending) AS agreements_ending_180,
    count(*) FILTER (WHERE ended) AS agreements_ended
FROM chosen
