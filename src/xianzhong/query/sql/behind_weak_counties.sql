-- The counties of the list, each with whether it has a school among the pairings; $part chooses
-- those that have one ('covered') or none ('uncovered').
WITH listed AS (
    SELECT
        *,
        coalesce(county_code IN (SELECT county_code FROM pairings WHERE county_code IS NOT NULL),
            false) AS covered
    FROM weak_counties
)
SELECT *
FROM listed
WHERE CASE $part WHEN 'covered' THEN covered WHEN 'uncovered' THEN NOT covered ELSE true END
ORDER BY listed_code, listed_name
