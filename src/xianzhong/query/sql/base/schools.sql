-- Schools with the province and prefecture of their county, and a running number that stands for
-- their code in facts.
SELECT
    source.*,
    (row_number() OVER (ORDER BY school_code))::INTEGER AS school_no,
    coalesce(county.province, left(county_code, 2)) AS province,
    coalesce(county.prefecture, left(county_code, 4)) AS prefecture,
    coalesce(county.name, county_code) AS county,
    county.longitude,
    county.latitude
FROM source
LEFT JOIN reference.divisions AS county
    ON county.code = source.county_code AND county.level = 'county'
