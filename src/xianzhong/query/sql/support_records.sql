-- The records of county support: a brand fee above 0 first, then the newest year, by place.
SELECT
    school_code,
    coalesce(school_name, school_code) AS school,
    coalesce(province, '') AS province,
    coalesce(county, '') AS county,
    coalesce(county_code, '') AS county_code,
    "year",
    category,
    promised,
    delivered,
    note,
    source,
    source_date,
    source_url,
    category = 'brand_fee' AND (coalesce(promised, 0) > 0 OR coalesce(delivered, 0) > 0) AS flagged
FROM support
ORDER BY flagged DESC, "year" DESC, county_code, school_code, category
LIMIT $row_limit
