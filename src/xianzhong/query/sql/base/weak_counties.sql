-- The list of weak counties with the place of the county that corresponds today.
SELECT
    source.*,
    coalesce(county.province, left(listed_code, 2)) AS province,
    coalesce(county.prefecture, left(listed_code, 4)) AS prefecture,
    coalesce(county.name, listed_name) AS county
FROM source
LEFT JOIN reference.divisions AS county
    ON county.code = source.county_code AND county.level = 'county'
