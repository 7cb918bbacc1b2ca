-- The universities of the pairings in the period. Affiliated schools are names; the few words for
-- "none" ($words_for_none) are no name.
SELECT
    *,
    CASE
        WHEN affiliated_schools IS NOT NULL
            THEN NOT list_contains($words_for_none, lower(affiliated_schools))
    END AS has_affiliated
FROM universities
WHERE university_no IN (SELECT university_no FROM pairings)
ORDER BY university_code
