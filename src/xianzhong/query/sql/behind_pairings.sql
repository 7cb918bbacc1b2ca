-- The pairings of a view in their own words, newest cycle first; $state chooses among those whose
-- cycle holds, nears or has passed its end on the reference day. Rules as in pairing_totals.
SELECT *
FROM pairings
WHERE
    CASE $state
        WHEN 'in_force' THEN cycle_start <= $reference_day AND cycle_end >= $reference_day
        WHEN 'ending'
            THEN cycle_start <= $reference_day
                AND cycle_end BETWEEN $reference_day AND $day_in_180
        WHEN 'ended' THEN cycle_end < $reference_day
        ELSE true
    END
ORDER BY cycle_start DESC, school_code, university_code
