-- The schools of the pairings in the period.
SELECT *
FROM schools
WHERE school_no IN (SELECT school_no FROM pairings)
ORDER BY school_code
