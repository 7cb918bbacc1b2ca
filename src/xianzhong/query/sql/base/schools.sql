-- Schools with the province and prefecture of their county.
SELECT
    source.*,
    coalesce(county.province, left(county_code, 2)) AS province,
    coalesce(county.prefecture, left(county_code, 4)) AS prefecture,
    coalesce(county.name, county_code) AS county,
    county.longitude,
    county.latitude
FROM source
LEFT JOIN reference.divisions AS county
    ON county.code = source.county_code AND county.level = 'county'
