-- Pairings in the period by state at the reference day and by the school term in which their
-- cycle ends (see model/terms.py); year and half are missing where no end is known.
SELECT
    CASE
        WHEN cycle_start IS NULL THEN 'unknown'
        WHEN cycle_start > $reference_day THEN 'not_begun'
        WHEN cycle_end < $reference_day THEN 'ended'
        WHEN cycle_end <= $day_in_180 THEN 'ending'
        ELSE 'in_force'
    END AS state,
    year(cycle_end) - CASE WHEN month(cycle_end) < 9 THEN 1 ELSE 0 END AS "year",
    CASE
        WHEN cycle_end IS NULL THEN NULL
        WHEN month(cycle_end) BETWEEN 2 AND 8 THEN 2
        ELSE 1
    END AS half,
    count(*) AS pairings
FROM pairings
GROUP BY ALL
ORDER BY "year", half, state
