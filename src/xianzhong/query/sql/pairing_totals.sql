-- Pairings in the period: totals and by place ($by_county as in activity_totals).
SELECT
    CASE WHEN grouping(place) = 0 THEN 'place' ELSE 'all' END AS part,
    coalesce(place, '') AS code,
    count(*) AS pairings,
    count(DISTINCT university_code) AS universities,
    count(DISTINCT school_code) AS schools,
    count(DISTINCT county_code) AS counties,
    count(DISTINCT province) AS provinces,
    count(*) FILTER (WHERE cycle_start <= $reference_day AND cycle_end >= $reference_day)
        AS agreements_in_force,
    count(*) FILTER (
        WHERE cycle_start <= $reference_day AND cycle_end BETWEEN $reference_day AND $day_in_180
    ) AS agreements_ending_180,
    count(*) FILTER (WHERE cycle_end < $reference_day) AS agreements_ended
FROM (
    SELECT *, CASE WHEN $by_county THEN county_code ELSE province END AS place FROM pairings
)
GROUP BY GROUPING SETS ((), (place))
