-- The counties of the list, or those of them that have a school among the pairings ($covered).
SELECT *
FROM weak_counties
WHERE NOT $covered OR county_code IN (SELECT county_code FROM pairings)
ORDER BY listed_code, listed_name
