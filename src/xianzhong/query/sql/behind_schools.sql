-- The schools of the pairings in the period, and whether each had an activity of $kinds in it.
SELECT
    *,
    school_no IN (SELECT school_no FROM facts WHERE list_contains($kinds, kind)) AS reached
FROM schools
WHERE school_no IN (SELECT school_no FROM pairings)
ORDER BY school_code
