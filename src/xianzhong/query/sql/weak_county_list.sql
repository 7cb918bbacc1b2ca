-- The list of weak counties, a row for each, with the schemes that reach it among the pairings of
-- the view (empty where none does) and how many of its schools they support.
WITH supported AS (
    SELECT
        county_code,
        string_agg(DISTINCT scheme, ',' ORDER BY scheme) AS schemes,
        count(DISTINCT school_no) AS schools
    FROM pairings
    GROUP BY county_code
)
SELECT
    weak_counties.listed_code,
    weak_counties.listed_name,
    coalesce(weak_counties.province, '') AS province,
    coalesce(weak_counties.prefecture, '') AS prefecture,
    weak_counties.county,
    coalesce(weak_counties.county_code, '') AS county_code,
    weak_counties.delisted_year,
    weak_counties.note,
    weak_counties.source,
    weak_counties.source_date,
    weak_counties.source_url,
    coalesce(supported.schemes, '') AS schemes,
    coalesce(supported.schools, 0) AS schools
FROM weak_counties
LEFT JOIN supported USING (county_code)
ORDER BY weak_counties.province, county_code, listed_code, listed_name
