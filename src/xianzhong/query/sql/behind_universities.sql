-- The universities of the pairings in the period.
SELECT *
FROM universities
WHERE university_no IN (SELECT university_no FROM pairings)
ORDER BY university_code
