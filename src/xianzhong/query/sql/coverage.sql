-- Weak counties and those with at least one school among the pairings, in all and by place
-- ($by_county as in activity_totals). A county counts once, however many schemes it is in.
WITH supported AS (SELECT DISTINCT county_code FROM pairings),
listed AS (
    SELECT
        weak_counties.record_id,
        CASE
            WHEN $by_county THEN coalesce(weak_counties.county_code, '')
            ELSE weak_counties.province
        END AS place,
        supported.county_code IS NOT NULL AS covered,
        weak_counties.county_code IS NULL AS unmatched
    FROM weak_counties
    LEFT JOIN supported USING (county_code)
)
SELECT
    CASE WHEN grouping(place) = 0 THEN 'place' ELSE 'all' END AS part,
    coalesce(place, '') AS code,
    count(*) AS weak_counties,
    count(*) FILTER (WHERE covered) AS weak_counties_covered,
    count(*) FILTER (WHERE unmatched) AS unmatched
FROM listed
GROUP BY GROUPING SETS ((), (place))
